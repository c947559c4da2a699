#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

namespace touchstone::generators {

/// How often the next loop may turn; 0: none may.
std::uint32_t FunctionWriter::trips()
{
    auto const wanted = 2 + in_.below(in_.chance(40) ? 19 : 9);
    auto const most =
        std::min(budget_.iterations / work_, (std::max(budget_.fuel, fuel_) - fuel_) / (2 * work_));
    auto const n = std::min(wanted, most);
    return n < 2 ? 0 : n;
}

/// c = c op 1
void FunctionWriter::step(Index c, Opcode op)
{
    code_.op(Opcode::LocalGet, c);
    code_.i32_const(1);
    code_.op(op);
    code_.op(Opcode::LocalTee, c);
}

void FunctionWriter::counted_loop(std::uint32_t nesting)
{
    if (in_.chance(shape.endless_loop) && budget_.may_trap)
        return endless_loop(nesting);
    auto const n = trips();
    if (n == 0)
        return assign(i32);
    auto const c = counter();
    auto const how = in_.below(4);
    auto const outer = work_;
    spend(n);
    if (how == 0) { // up
        code_.i32_const(0);
        code_.op(Opcode::LocalSet, c);
    } else if (how == 1) { // down from a number that is computed
        small(n, 2);
        code_.i32_const(1);
        code_.op(Opcode::I32Add);
        code_.op(Opcode::LocalSet, c);
    } else {
        code_.i32_const(n);
        code_.op(Opcode::LocalSet, c);
    }
    work_ = outer * n;
    counters_.push_back(c);
    if (how == 3) {
        while_loop(c, nesting);
    } else {
        open(Opcode::Loop, {}, {}, false);
        statements(3, nesting);
        step(c, how == 0 ? Opcode::I32Add : Opcode::I32Sub);
        if (how == 0) {
            code_.i32_const(n);
            code_.op(Opcode::I32LtU);
        }
        code_.op(Opcode::BrIf, 0);
        close();
    }
    counters_.pop_back();
    free_counters_.push_back(c);
    work_ = outer;
}

/// The test first; the counter moves before the body, which may then continue and break.
void FunctionWriter::while_loop(Index c, std::uint32_t nesting)
{
    open(Opcode::Block, {}, {}, true);
    open(Opcode::Loop, {}, {}, false);
    code_.op(Opcode::LocalGet, c);
    code_.op(Opcode::I32Eqz);
    code_.op(Opcode::BrIf, 1);
    step(c, Opcode::I32Sub);
    code_.op(Opcode::Drop);
    labels_.back().may_branch = true;
    statements(3, nesting);
    code_.op(Opcode::Br, 0);
    close();
    close();
}

/// Only data ends it: mostly at once, seldom never.
void FunctionWriter::endless_loop(std::uint32_t nesting)
{
    open(Opcode::Loop, {}, {}, false);
    statements(2, nesting);
    condition(3);
    code_.op(Opcode::BrIf, 0);
    close();
}

/// A value that is carried around a loop on the stack, where blocks may have parameters.
void FunctionWriter::loop_value(ValType t, std::uint32_t depth)
{
    auto const n = trips();
    if (n == 0)
        return leaf(t);
    auto const c = counter();
    auto const outer = work_;
    auto const carries = plan_.uses(Group::MultiValue);
    spend(n);
    if (carries)
        expression(t, depth - 1);
    code_.i32_const(n);
    code_.op(Opcode::LocalSet, c);
    work_ = outer * n;
    counters_.push_back(c);
    if (carries) {
        open(Opcode::Loop, {t}, {t}, false);
        expression(t, depth - 1);
        code_.op(combine(t.kind));
        if (in_.chance(100))
            statement(0);
        step(c, Opcode::I32Sub);
        code_.op(Opcode::BrIf, 0);
    } else {
        open(Opcode::Loop, {}, {t}, false);
        statement(0);
        step(c, Opcode::I32Sub);
        code_.op(Opcode::BrIf, 0);
        expression(t, depth - 1);
    }
    close();
    counters_.pop_back();
    free_counters_.push_back(c);
    work_ = outer;
}

void FunctionWriter::conditional_value(ValType t, std::uint32_t depth)
{
    auto const carries = plan_.uses(Group::MultiValue) && in_.chance(80);
    if (carries)
        expression(t, depth - 1);
    condition(depth - 1);
    open(Opcode::If, carries ? ResultType{t} : ResultType{}, {t}, true);
    auto const arm = [&](bool may_be_empty) {
        if (carries && may_be_empty && in_.chance(80))
            return;
        if (in_.chance(40))
            statement(0);
        expression(t, depth - 1);
        if (carries)
            code_.op(combine(t.kind));
    };
    arm(false);
    if (!carries || in_.chance(180)) {
        code_.op(Opcode::Else);
        arm(true);
    }
    close();
}

void FunctionWriter::block_value(ValType t, std::uint32_t depth)
{
    open(Opcode::Block, {}, {t}, true);
    if (in_.chance(40))
        statement(0);
    expression(t, depth - 1);
    condition(depth - 1);
    code_.op(Opcode::BrIf, 0);
    expression(t, depth - 1);
    code_.op(combine(t.kind));
    close();
}

void FunctionWriter::switch_value(ValType t, std::uint32_t depth)
{
    auto const cases = 1 + in_.below(3);
    for (std::uint32_t i = 0; i <= cases; ++i)
        open(Opcode::Block, {}, {t}, true);
    expression(t, depth - 1);
    small(cases + 2, depth - 1);
    std::vector<Index> targets;
    for (auto n = 1 + in_.below(cases + 2); n > 0; --n)
        targets.push_back(in_.below(cases + 1));
    code_.br_table(targets);
    close();
    for (std::uint32_t i = 0; i < cases; ++i) {
        expression(t, depth - 1);
        code_.op(combine(t.kind));
        if (in_.chance(80))
            code_.op(Opcode::Br, static_cast<Index>(cases - 1 - i));
        close();
    }
}

} // namespace touchstone::generators
