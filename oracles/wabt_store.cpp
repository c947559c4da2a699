#include "oracles/wabt_store.hpp"

#include "oracles/store_digest.hpp"
#include "oracles/wabt_front_end.hpp"
#include "oracles/wabt_messages.hpp"

#include <wabt/binary-reader.h>
#include <wabt/interp/binary-reader-interp.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace touchstone {

namespace interp = wabt::interp;

static CallObservation ended(End end, std::string detail)
{
    CallObservation o;
    o.end = end;
    o.detail = std::move(detail);
    return o;
}

static std::optional<ValType> type_from(interp::ValueType t)
{
    switch (static_cast<interp::ValueType::Enum>(t)) {
    case interp::ValueType::I32: return i32;
    case interp::ValueType::I64: return i64;
    case interp::ValueType::F32: return f32;
    case interp::ValueType::F64: return f64;
    case interp::ValueType::V128: return v128;
    case interp::ValueType::FuncRef: return funcref;
    case interp::ValueType::ExternRef: return externref;
    default: return std::nullopt;
    }
}

static bool fits(interp::ValueType type, Value const& v)
{
    auto const param = type_from(type);
    if (!param || param->kind != v.kind)
        return false;
    return v.kind != ValType::Kind::Ref || v.is_null() ||
           (*param == externref && v.ref == RefKind::Host && v.is_extern);
}

static interp::TableType& mutable_type(interp::Table& t)
{
    return const_cast<interp::TableType&>(t.type()); // the object is not const, its accessor is
}

static interp::MemoryType& mutable_type(interp::Memory& m)
{
    return const_cast<interp::MemoryType&>(m.type());
}

/// libwabt takes whatever a program grows: a maximum is the only limit it knows.
static wabt::Limits lower(wabt::Limits limits, std::uint64_t most)
{
    limits.max = limits.has_max ? std::min(limits.max, most) : most;
    limits.has_max = true;
    return limits;
}

WabtStore::WabtStore(wabt::Features const& features, Limits const& limits)
    : features_{features}, limits_{limits}, store_{features}
{}

std::expected<interp::ModuleDesc, CallObservation> WabtStore::read(
    std::span<std::uint8_t const> bytes) const
{
    // no names: a name section that makes no sense is no reason to refuse a module
    wabt::ReadBinaryOptions const options{features_, nullptr, false, true, true};
    wabt::Errors errors;
    interp::ModuleDesc desc;
    auto const ok =
        interp::ReadBinaryInterp("", bytes.data(), bytes.size(), options, &errors, &desc);
    if (wabt::Failed(ok))
        return std::unexpected{wabt_refusal(errors.empty() ? "" : errors.front().message)};
    // its interpreter takes what its validator refuses, such as a second `end` of a body
    if (auto why = refused_by_wabt(bytes, features_))
        return std::unexpected{wabt_refusal(*std::move(why))};
    return desc;
}

CallObservation WabtStore::validate(std::span<std::uint8_t const> bytes)
{
    auto const desc = read(bytes);
    return desc ? ended(End::Returned, {}) : desc.error();
}

std::expected<interp::RefVec, CallObservation> WabtStore::resolve(
    interp::Module const& module, Linker const& linker)
{
    interp::RefVec refs;
    refs.reserve(module.import_types().size());
    for (auto const& import : module.import_types()) {
        auto const from = linker(import.module);
        auto const found = from ? exported(*from, import.name) : std::nullopt;
        if (!found)
            return std::unexpected{ended(End::Unlinkable,
                "unknown import \"" + import.module + "\" \"" + import.name + "\"")};
        refs.push_back(*found);
    }
    return refs;
}

CallObservation WabtStore::instantiate(std::span<std::uint8_t const> bytes, std::uint32_t module,
    Linker const& linker, std::optional<Instance>& instance)
{
    instance.reset();
    auto desc = read(bytes);
    if (!desc)
        return desc.error();
    for (auto const& m : desc->memories)
        if (m.type.limits.initial > limits_.pages)
            return ended(End::Refused, "a memory larger than the limit");
    for (auto const& t : desc->tables)
        if (t.type.limits.initial > limits_.elements)
            return ended(End::Refused, "a table larger than the limit");

    auto const made = interp::Module::New(store_, std::move(*desc));
    auto const imports = resolve(*made, linker);
    if (!imports)
        return imports.error();

    show_declared(true); // so that linking sees what the modules declare
    auto const objects = store_.object_count();
    interp::Trap::Ptr trap;
    auto done = interp::Instance::Instantiate(store_, made.ref(), *imports, &trap);
    if (!done) {
        done = instance_after(objects);
        if (!done)
            return ended(End::Refused, "no instance to be seen");
        auto const matched = done->funcs().size() + done->tables().size() +
                             done->memories().size() + done->globals().size() + done->tags().size();
        if (matched < imports->size()) {
            show_declared(false);
            return ended(End::Unlinkable, trap ? trap->message() : "incompatible import type");
        }
    }
    instance = static_cast<Instance>(instances_.size());
    modules_.push_back(made);
    instances_.push_back(done);
    auto const imported = [&](interp::ExternKind kind) {
        return static_cast<std::size_t>(std::ranges::count(
            made->import_types(), kind, [](auto const& i) { return i.type->kind; }));
    };
    number_functions(*done, module, imported(interp::ExternKind::Func));
    for (auto i = imported(interp::ExternKind::Memory); i < done->memories().size(); ++i) {
        auto object = store_.UnsafeGet<interp::Memory>(done->memories()[i]);
        auto const declared = object->type().limits;
        memories_.push_back({std::move(object), declared, lower(declared, limits_.pages)});
    }
    for (auto i = imported(interp::ExternKind::Table); i < done->tables().size(); ++i) {
        auto object = store_.UnsafeGet<interp::Table>(done->tables()[i]);
        auto const declared = object->type().limits;
        tables_.push_back({std::move(object), declared, lower(declared, limits_.elements)});
    }
    show_declared(false);
    return trap ? wabt_trap(trap->message()) : ended(End::Returned, {});
}

CallObservation WabtStore::instantiate(std::string_view text, std::uint32_t module,
    Linker const& linker, std::optional<Instance>& instance)
{
    instance.reset();
    auto const bytes = assemble_by_wabt(text, features_);
    return bytes ? instantiate(*bytes, module, linker, instance) : wabt_refusal(bytes.error());
}

/// A failed instantiation answers nothing, but its instance is in the store.
interp::Instance::Ptr WabtStore::instance_after(std::size_t objects)
{
    for (auto i = objects; i < store_.object_count(); ++i)
        if (interp::Ref const ref{i}; store_.Is<interp::Instance>(ref))
            return store_.UnsafeGet<interp::Instance>(ref);
    return {};
}

void WabtStore::number_functions(
    interp::Instance const& instance, std::uint32_t module, std::size_t imported)
{
    functions_.resize(store_.object_count(), ~std::uint64_t{0});
    for (auto i = imported; i < instance.funcs().size(); ++i)
        functions_[instance.funcs()[i].index] =
            function_identity(module, static_cast<std::uint32_t>(i));
}

void WabtStore::show_declared(bool declared)
{
    auto const show = [declared](auto& capped) {
        for (auto& c : capped) {
            auto& limits = mutable_type(*c.object).limits;
            auto const& shown = declared ? c.declared : c.lowered;
            limits.max = shown.max;
            limits.has_max = shown.has_max;
        }
    };
    show(memories_);
    show(tables_);
}

std::optional<interp::Ref> WabtStore::exported(Instance instance, std::string const& name)
{
    auto const& exports = modules_[instance]->desc().exports;
    for (std::size_t i = 0; i < exports.size(); ++i)
        if (exports[i].type.name == name)
            return instances_[instance]->exports()[i];
    return std::nullopt;
}

interp::Value WabtStore::to_wabt(Value const& v)
{
    switch (v.kind) {
    case ValType::Kind::I32:
    case ValType::Kind::F32: return interp::Value::Make(static_cast<interp::u32>(v.lo));
    case ValType::Kind::I64:
    case ValType::Kind::F64: return interp::Value::Make(interp::u64{v.lo});
    case ValType::Kind::V128:
    {
        ::v128 bits;
        bits.set_u64(0, v.lo);
        bits.set_u64(1, v.hi);
        return interp::Value::Make(bits);
    }
    default: break;
    }
    if (v.is_null())
        return interp::Value::Make(interp::Ref::Null);
    for (auto const& e : externs_)
        if (std::bit_cast<std::uint64_t>(e->ptr()) == v.lo)
            return interp::Value::Make(e.ref());
    externs_.push_back(interp::Foreign::New(store_, std::bit_cast<void*>(v.lo)));
    return interp::Value::Make(externs_.back().ref());
}

Value WabtStore::from_wabt(interp::Ref ref) const
{
    if (ref == interp::Ref::Null)
        return Value::null_ref();
    for (auto const& e : externs_)
        if (e.ref() == ref)
            return Value::host_extern(std::bit_cast<std::uint64_t>(e->ptr()));
    return Value::reference(
        RefKind::Func, ref.index < functions_.size() ? functions_[ref.index] : ~std::uint64_t{0});
}

Value WabtStore::from_wabt(interp::ValueType type, interp::Value const& v) const
{
    Value out;
    out.kind = type_from(type).value_or(i32).kind;
    switch (out.kind) {
    case ValType::Kind::I32:
    case ValType::Kind::F32: out.lo = v.Get<interp::u32>(); break;
    case ValType::Kind::I64:
    case ValType::Kind::F64: out.lo = v.Get<interp::u64>(); break;
    case ValType::Kind::V128:
        out.lo = v.Get<::v128>().u64(0);
        out.hi = v.Get<::v128>().u64(1);
        break;
    default: return from_wabt(v.Get<interp::Ref>());
    }
    return out;
}

CallObservation WabtStore::invoke(
    Instance instance, std::string const& function, std::span<Value const> args)
{
    auto const ref = exported(instance, function);
    if (!ref || !store_.Is<interp::Func>(*ref))
        return ended(End::NotRun, "no such function");
    auto const func = store_.UnsafeGet<interp::Func>(*ref);
    auto const& type = func->type();
    if (!std::ranges::equal(type.params, args, fits))
        return ended(End::NotRun, "the arguments do not fit");

    interp::Values params;
    params.reserve(args.size());
    for (auto const& a : args)
        params.push_back(to_wabt(a));
    interp::Values results;
    interp::Trap::Ptr trap;
    if (wabt::Failed(func->Call(store_, params, results, &trap)))
        return wabt_trap(trap ? trap->message() : "");
    auto seen = ended(End::Returned, {});
    seen.values.reserve(results.size());
    for (std::size_t i = 0; i < std::min(results.size(), type.results.size()); ++i)
        seen.values.push_back(from_wabt(type.results[i], results[i]));
    return seen;
}

CallObservation WabtStore::get(Instance instance, std::string const& global)
{
    auto const ref = exported(instance, global);
    if (!ref || !store_.Is<interp::Global>(*ref))
        return ended(End::NotRun, "no such global");
    auto const g = store_.UnsafeGet<interp::Global>(*ref);
    auto seen = ended(End::Returned, {});
    seen.values.push_back(from_wabt(g->type().type, g->Get()));
    return seen;
}

InstanceState WabtStore::state(Instance instance)
{
    auto& from = *instances_[instance];
    InstanceState state;
    for (auto const ref : from.memories()) {
        auto const m = store_.UnsafeGet<interp::Memory>(ref);
        state.memories.emplace_back(
            Extent{m->PageSize(), digest_bytes({m->UnsafeData(), m->ByteSize()})});
    }
    for (auto const ref : from.tables()) {
        auto const t = store_.UnsafeGet<interp::Table>(ref);
        std::vector<Value> elements;
        elements.reserve(t->size());
        for (auto const e : t->elements())
            elements.push_back(from_wabt(e));
        state.tables.emplace_back(Extent{t->size(), digest_values(elements)});
    }
    for (auto const ref : from.globals()) {
        auto const g = store_.UnsafeGet<interp::Global>(ref);
        state.globals.emplace_back(from_wabt(g->type().type, g->Get()));
    }
    auto& elems = state.elems_dropped.emplace();
    for (auto const& e : from.elems())
        elems.push_back(e.size() == 0);
    auto& datas = state.datas_dropped.emplace();
    for (auto const& d : from.datas())
        datas.push_back(d.size() == 0);
    return state;
}

} // namespace touchstone
