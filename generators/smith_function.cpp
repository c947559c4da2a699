#include "generators/smith_function.hpp"

#include "generators/boundary.hpp"
#include "generators/shape.hpp"

namespace touchstone::generators {

FunctionWriter::FunctionWriter(Entropy& in, ModulePlan& plan, Index function, Budget budget)
    : in_{in}, plan_{plan}, function_{function}, budget_{budget}, limit_{budget.instructions}
{
    if (budget_.may_trap && in_.chance(shape.any_risk))
        risks_ = in_.chance(shape.second_risk) ? 2 : 1;
}

void FunctionWriter::write()
{
    auto const type = plan_.funcs[function_].type;
    plan_locals();
    labels_.push_back({type.results, true});
    prime_references();
    if (budget_.throws)
        throw_by_argument();
    auto const recursion_at = budget_.recurses ? in_.below(3) : 0;
    for (std::uint32_t n = 0; n < 12 && wants_more(); ++n) {
        if (budget_.recurses && n == recursion_at)
            recurse();
        // a loop early on: what follows has something to work with
        if (n == 1 && !budget_.bare)
            counted_loop(shape.nesting);
        else
            statement(shape.nesting);
    }
    if (plan_.uses(Group::TailCalls) && in_.chance(64))
        tail_call();
    sink_locals();
    results();
    code_.end();

    auto& f = defined(plan_, function_);
    f.body = code_.take();
    for (auto i = type.params.size(); i < locals_.size(); ++i) {
        if (!f.locals.empty() && f.locals.back().type == locals_[i])
            ++f.locals.back().count;
        else
            f.locals.push_back({1, locals_[i]});
    }
    plan_.funcs[function_].fuel = fuel_ * (budget_.recurses ? recursions + 1 : 1);
}

void FunctionWriter::plan_locals()
{
    auto const& params = plan_.funcs[function_].type.params;
    locals_.assign(params.begin(), params.end());
    assignable_.assign(params.size(), true);
    if (budget_.recurses)
        assignable_[0] = false; // counts down
    auto const add = [this](ValType t) {
        locals_.push_back(t);
        assignable_.push_back(true);
    };
    add(i32);
    for (auto n = in_.below(4); n > 0; --n)
        add(plan_.value(in_));
    if (plan_.uses(Group::Exceptions))
        add(exnref);
    if (!plan_.uses(Group::Gc))
        return;
    auto const& t = plan_.types; // always there, never null
    auto const& objects = in_.chance(100) ? t.structs : t.arrays;
    for (auto n = 1 + in_.below(2); n > 0; --n)
        add(ValType::ref(
            false, HeapType::type(objects[in_.below(static_cast<std::uint32_t>(objects.size()))])));
    if (in_.chance(128))
        add(in_.chance(128) ? anyref : ValType::ref(true, AbsHeapType::Eq));
}

std::uint32_t FunctionWriter::weighted(std::span<std::uint8_t const> weights)
{
    std::uint32_t sum = 0;
    for (auto const w : weights)
        sum += w;
    auto at = in_.below(sum);
    for (std::uint32_t i = 0;; ++i) {
        if (at < weights[i])
            return i;
        at -= weights[i];
    }
}

bool FunctionWriter::risk()
{
    if (risks_ == 0 || !in_.chance(shape.take_risk))
        return false;
    --risks_;
    return true;
}

bool FunctionWriter::affords(std::uint32_t fuel) const
{
    return fuel_ + work_ * fuel <= budget_.fuel;
}

std::optional<Index> FunctionWriter::local(ValType t, bool to_assign)
{
    std::uint32_t fitting = 0;
    for (Index i = 0; i < locals_.size(); ++i)
        fitting += locals_[i] == t && (!to_assign || assignable_[i]) ? 1 : 0;
    if (fitting == 0)
        return std::nullopt;
    auto which = in_.below(fitting);
    for (Index i = 0;; ++i)
        if (locals_[i] == t && (!to_assign || assignable_[i]) && which-- == 0)
            return i;
}

std::optional<Index> FunctionWriter::global(ValType t, bool to_assign)
{
    if (budget_.bare || !plan_.uses(Group::Globals))
        return std::nullopt;
    std::uint32_t fitting = 0;
    for (auto const& g : plan_.globals)
        fitting += g.type == t && (!to_assign || g.is_mutable) ? 1 : 0;
    if (fitting == 0)
        return std::nullopt;
    auto which = in_.below(fitting);
    for (Index i = 0;; ++i) {
        auto const& g = plan_.globals[i];
        if (g.type == t && (!to_assign || g.is_mutable) && which-- == 0)
            return i;
    }
}

Index FunctionWriter::counter()
{
    if (free_counters_.empty()) {
        locals_.push_back(i32);
        assignable_.push_back(false);
        return static_cast<Index>(locals_.size() - 1);
    }
    auto const c = free_counters_.back();
    free_counters_.pop_back();
    return c;
}

Opcode FunctionWriter::combine(ValType::Kind number)
{
    auto const which = in_.below(4);
    switch (number) {
    case ValType::Kind::I64:
        return std::array{Opcode::I64Add, Opcode::I64Sub, Opcode::I64Xor, Opcode::I64Mul}[which];
    case ValType::Kind::F32:
        return std::array{
            Opcode::F32Add, Opcode::F32Sub, Opcode::F32Copysign, Opcode::F32Mul}[which];
    case ValType::Kind::F64:
        return std::array{
            Opcode::F64Add, Opcode::F64Sub, Opcode::F64Copysign, Opcode::F64Mul}[which];
    case ValType::Kind::V128:
        return std::array{
            Opcode::I32x4Add, Opcode::I64x2Sub, Opcode::V128Xor, Opcode::I16x8Mul}[which];
    default:
        return std::array{Opcode::I32Add, Opcode::I32Sub, Opcode::I32Xor, Opcode::I32Mul}[which];
    }
}

/// What was computed goes where it is compared: a global of its type, or memory.
void FunctionWriter::sink_locals()
{
    if (budget_.bare)
        return;
    for (Index i = 0; i < locals_.size(); ++i) {
        auto const t = locals_[i];
        if (!assignable_[i] || !in_.chance(120))
            continue;
        if (auto const g = global(t, true)) {
            code_.op(Opcode::LocalGet, i);
            if (!t.is_ref()) {
                code_.op(Opcode::GlobalGet, *g);
                code_.op(combine(t.kind));
            }
            code_.op(Opcode::GlobalSet, *g);
        } else if (!t.is_ref() && plan_.uses(Group::Memory) && !plan_.memories.empty()) {
            auto const store = t == i32   ? Opcode::I32Store
                               : t == i64 ? Opcode::I64Store
                               : t == f32 ? Opcode::F32Store
                               : t == f64 ? Opcode::F64Store
                                          : Opcode::V128Store;
            code_.i32_const(in_.below(64));
            code_.to_address(plan_.memories[0].addr);
            code_.op(Opcode::LocalGet, i);
            auto const offset = in_.below(256);
            code_.memory(store, 0, offset, in_.below(3));
        }
    }
}

void FunctionWriter::results()
{
    auto const types = plan_.funcs[function_].type.results;
    for (auto const t : types) {
        expression(t, 2);
        if (t.is_ref())
            continue;
        for (auto n = in_.below(3); n > 0; --n)
            if (auto const l = local(t, false)) {
                code_.op(Opcode::LocalGet, *l);
                code_.op(combine(t.kind));
            }
    }
}

} // namespace touchstone::generators
