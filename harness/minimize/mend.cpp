#include "harness/minimize/mend.hpp"

#include "harness/minimize/references.hpp"

#include <algorithm>

namespace touchstone::minimize {

namespace {

void declare_refs(Module& m)
{
    auto [needed, already] = function_references(m);
    for (auto const& e : m.exports)
        if (e.kind == ExternKind::Func)
            already[e.index] = true;
    Elem declaration{.mode = Elem::Mode::Declarative};
    for (Index x = 0; x < needed.size(); ++x) {
        if (!needed[x] || already[x])
            continue;
        Expr e;
        e.instrs = {{.op = Opcode::RefFunc, .x = x}, {.op = Opcode::End}};
        declaration.init.push_back(std::move(e));
    }
    if (!declaration.init.empty())
        m.elems.push_back(std::move(declaration));
}

bool names_data(Instr const& i)
{
    auto const imm = info(i.op).immediates;
    return imm == Immediates::Data || imm == Immediates::DataMemory || imm == Immediates::TypeData;
}

} // namespace

void mend(Module& m)
{
    declare_refs(m);
    m.has_data_count = std::ranges::any_of(
        m.funcs, [](Func const& f) { return std::ranges::any_of(f.body.instrs, names_data); });
}

} // namespace touchstone::minimize
