#pragma once
// Labels of branches, where blocks around them come and go.

#include "harness/minimize/cut.hpp"

namespace touchstone::minimize {

/// Calls `f(label)` with each label of an instruction.
template <class F>
void for_each_label(Expr const& e, Instr const& i, F f)
{
    switch (info(i.op).immediates) {
    case Immediates::Label:
    case Immediates::BrCast: f(i.x); return;
    case Immediates::Labels:
        for (Index k = i.x; k < i.x + i.y; ++k)
            f(e.labels[k]);
        return;
    case Immediates::TryTable:
        for (Index k = i.x; k < i.x + i.y; ++k)
            f(e.catches[k].label);
        return;
    default: return;
    }
}

/// The instruction with each label replaced by `f(label)`; what stands in a pool is added anew.
template <class F>
[[nodiscard]] Instr with_labels(Expr& e, Instr i, F f)
{
    switch (info(i.op).immediates) {
    case Immediates::Label:
    case Immediates::BrCast: i.x = f(i.x); return i;
    case Immediates::Labels:
    {
        auto const first = static_cast<Index>(e.labels.size());
        for (Index k = i.x; k < i.x + i.y; ++k)
            e.labels.push_back(f(e.labels[k]));
        i.x = first;
        return i;
    }
    case Immediates::TryTable:
    {
        auto const first = static_cast<Index>(e.catches.size());
        for (Index k = i.x; k < i.x + i.y; ++k) {
            auto c = e.catches[k];
            c.label = f(c.label);
            e.catches.push_back(c);
        }
        i.x = first;
        return i;
    }
    default: return i;
    }
}

/// The try_table without the clauses that lead to this label.
[[nodiscard]] inline Instr without_clauses_to(Expr& e, Instr i, Index label)
{
    auto const first = static_cast<Index>(e.catches.size());
    for (Index k = i.x; k < i.x + i.y; ++k)
        if (auto const c = e.catches[k]; c.label != label)
            e.catches.push_back(c);
    i.x = first;
    i.y = static_cast<Index>(e.catches.size()) - first;
    return i;
}

/// An instruction of a range, and how many of the range's blocks are around it. Labels of a
/// try_table's clauses count from outside of it, as its depth does.
template <class F>
void for_each_with_depth(CodeView const& code, Range r, F f)
{
    Index depth = 0;
    for (auto i = r.begin; i < r.end; ++i) {
        auto const partner = code.nesting->partner[i];
        if (code.instrs()[i].op == Opcode::End)
            --depth;
        f(i, depth);
        if (partner != Nesting::none && partner > i)
            ++depth;
    }
}

/// Nothing in the range branches out of it, or returns.
[[nodiscard]] inline bool stays_inside(CodeView const& code, Range r)
{
    bool stays = true;
    for_each_with_depth(code, r, [&](std::uint32_t i, Index depth) {
        auto const& instr = code.instrs()[i];
        stays &= instr.op != Opcode::Return && instr.op != Opcode::ReturnCall &&
                 instr.op != Opcode::ReturnCallRef && instr.op != Opcode::ReturnCallIndirect;
        for_each_label(code.func->body, instr, [&](Index l) { stays &= l < depth; });
    });
    return stays;
}

} // namespace touchstone::minimize
