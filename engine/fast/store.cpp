#include "engine/fast/store.hpp"

#include "engine/fast/compile.hpp"
#include "engine/fast/fast_store.hpp"

#include <algorithm>
#include <cstring>

namespace touchstone::fast {

namespace {

template <class Address>
[[nodiscard]] std::uint32_t number(Address a)
{
    return static_cast<std::uint32_t>(a);
}

/// Puts what the embedder allocates where it stays, and gives it its address.
template <class T>
std::uint32_t enter_own(std::deque<T>& own, std::vector<T*>& by_address, T made)
{
    made.address = static_cast<std::uint32_t>(by_address.size());
    own.push_back(std::move(made));
    by_address.push_back(&own.back());
    return own.back().address;
}

template <class Address, class T>
[[nodiscard]] std::vector<Address> addresses(std::vector<T*> const& all)
{
    std::vector<Address> as;
    as.reserve(all.size());
    for (auto const* x : all)
        as.push_back(Address{x->address});
    return as;
}

} // namespace

std::unique_ptr<Store> make_store(Limits const& limits)
{
    return std::make_unique<FastStore>(limits);
}

void compile_all(Store& store, InstanceAddr instance)
{
    static_cast<FastStore&>(store).compile_all(instance);
}

void FastStore::compile_all(InstanceAddr a)
{
    for (auto& f : instances_[number(a)]->own_funcs)
        f.code = compile(f);
}

FeatureSet FastStore::features() const
{
    return {Feature::Wasm1, Feature::SignExtension, Feature::SatFloatToInt, Feature::MultiValue,
        Feature::BulkMemory, Feature::ReferenceTypes, Feature::ExtendedConst, Feature::MultiMemory,
        Feature::TailCall, Feature::Simd, Feature::RelaxedSimd, Feature::Memory64};
}

std::optional<ExternVal> FastStore::instance_export(
    InstanceAddr instance, std::string_view name) const
{
    auto const& in = *instances_[number(instance)];
    auto const& exports = in.module->module().exports;
    auto const e = std::ranges::find(exports, name, &Export::name);
    if (e == exports.end())
        return std::nullopt;
    switch (e->kind) {
    case ExternKind::Func: return ExternVal{e->kind, in.funcs[e->index]->address};
    case ExternKind::Table: return ExternVal{e->kind, in.tables[e->index]->address};
    case ExternKind::Memory: return ExternVal{e->kind, in.memories[e->index]->address};
    case ExternKind::Global: return ExternVal{e->kind, in.globals[e->index]->address};
    case ExternKind::Tag: break;
    }
    return std::nullopt;
}

// Functions

FuncAddr FastStore::func_alloc(FuncType type, HostFunc code)
{
    Function f;
    f.type = intern(type);
    f.params = static_cast<std::uint32_t>(type.params.size());
    f.results = static_cast<std::uint32_t>(type.results.size());
    f.param_slots = slots_of(type.params);
    f.result_slots = slots_of(type.results);
    f.host = std::make_unique<HostFunc>(std::move(code));
    return FuncAddr{enter_own(host_funcs_, machine_.functions, std::move(f))};
}

FuncType FastStore::func_type(FuncAddr a) const
{
    return *machine_.functions[number(a)]->type;
}

Outcome FastStore::func_invoke(FuncAddr a, std::span<Value const> args)
{
    auto& f = *machine_.functions[number(a)];
    if (!machine_.fits(args, f.type->params))
        return {.end = Outcome::End::Trapped, .trap = Trap::CastFailure};
    if (!machine_.may_reenter())
        return {.end = Outcome::End::Exhausted, .limit = Limit::Frames};
    return machine_.under_way(
        FuelOf::Caller, machine_.limits().fuel_per_call, [&] { return machine_.invoke(f, args); });
}

std::optional<FuncOrigin> FastStore::func_origin(FuncAddr a) const
{
    auto const& f = *machine_.functions[number(a)];
    if (f.instance == nullptr)
        return std::nullopt;
    return FuncOrigin{InstanceAddr{f.instance->address}, f.index};
}

// Tables

TableAddr FastStore::table_alloc(TableType type, Value init)
{
    Table t;
    t.type = type;
    (void)t.resize(type.limits.min, machine_.to_slot(init)); // not that much: an empty one
    return TableAddr{enter_own(host_tables_, tables_, std::move(t))};
}

TableType FastStore::table_type(TableAddr a) const
{
    auto const& t = *tables_[number(a)];
    auto type = t.type;
    type.limits.min = t.elements.size();
    return type;
}

std::uint64_t FastStore::table_size(TableAddr a) const
{
    return tables_[number(a)]->elements.size();
}

Value FastStore::table_read(TableAddr a, std::uint64_t i) const
{
    auto const& t = *tables_[number(a)];
    return machine_.to_value(t.elements[i], t.type.element);
}

void FastStore::table_write(TableAddr a, std::uint64_t i, Value v)
{
    tables_[number(a)]->elements[i] = machine_.to_slot(v);
}

bool FastStore::table_grow(TableAddr a, std::uint64_t n, Value init)
{
    auto& t = *tables_[number(a)];
    auto const most = std::min(t.max_size(), machine_.limits().elements);
    if (t.elements.size() > most || n > most - t.elements.size())
        return false;
    return t.resize(t.elements.size() + n, machine_.to_slot(init));
}

// Memories

MemAddr FastStore::mem_alloc(MemoryType type)
{
    Memory m;
    (void)m.allocate(type); // not that much: an empty one
    return MemAddr{enter_own(host_memories_, memories_, std::move(m))};
}

MemoryType FastStore::mem_type(MemAddr a) const
{
    return memories_[number(a)]->type();
}

std::span<std::uint8_t const> FastStore::mem_read(MemAddr a) const
{
    auto const& m = *memories_[number(a)];
    return {m.base(), m.size()};
}

void FastStore::mem_write(MemAddr a, std::uint64_t offset, std::span<std::uint8_t const> bytes)
{
    if (!bytes.empty())
        std::memcpy(memories_[number(a)]->base() + offset, bytes.data(), bytes.size());
}

std::uint64_t FastStore::mem_size(MemAddr a) const
{
    return memories_[number(a)]->pages();
}

bool FastStore::mem_grow(MemAddr a, std::uint64_t pages)
{
    auto& m = *memories_[number(a)];
    auto const most = std::min(m.max_pages(), machine_.limits().pages);
    if (m.pages() > most || pages > most - m.pages())
        return false;
    return m.resize(m.pages() + pages);
}

// Globals and tags

GlobalAddr FastStore::global_alloc(GlobalType type, Value init)
{
    Global g;
    g.type = type;
    machine_.write(g.value.data(), init);
    return GlobalAddr{enter_own(host_globals_, globals_, g)};
}

GlobalType FastStore::global_type(GlobalAddr a) const
{
    return globals_[number(a)]->type;
}

Value FastStore::global_read(GlobalAddr a) const
{
    auto const& g = *globals_[number(a)];
    return machine_.read(g.value.data(), g.type.value);
}

void FastStore::global_write(GlobalAddr a, Value v)
{
    machine_.write(globals_[number(a)]->value.data(), v);
}

TagAddr FastStore::tag_alloc(FuncType type)
{
    tags_.push_back(std::move(type));
    return TagAddr{static_cast<std::uint32_t>(tags_.size() - 1)};
}

// Inspection

InstanceView FastStore::instance(InstanceAddr a) const
{
    auto const& in = *instances_[number(a)];
    InstanceView view{.funcs = addresses<FuncAddr>(in.funcs),
        .tables = addresses<TableAddr>(in.tables),
        .memories = addresses<MemAddr>(in.memories),
        .globals = addresses<GlobalAddr>(in.globals)};
    for (auto const& segment : in.elems)
        view.elems_dropped.push_back(segment.dropped);
    for (auto const& segment : in.datas)
        view.datas_dropped.push_back(segment.dropped);
    return view;
}

} // namespace touchstone::fast
