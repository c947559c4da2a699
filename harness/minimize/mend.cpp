#include "harness/minimize/mend.hpp"

#include "harness/minimize/indices.hpp"

#include <algorithm>

namespace touchstone::minimize {

namespace {

void add_refs(Expr const& e, std::vector<bool>& refs)
{
    for (auto const& i : e.instrs)
        if (i.op == Opcode::RefFunc && i.x < refs.size())
            refs[i.x] = true;
}

/// The functions that occur outside of bodies.
std::vector<bool> declared(Module const& m)
{
    std::vector<bool> refs(size_of(m, Space::Func));
    for (auto const& t : m.tables)
        if (t.init)
            add_refs(*t.init, refs);
    for (auto const& g : m.globals)
        add_refs(g.init, refs);
    for (auto const& e : m.elems)
        for (auto const& x : e.init)
            add_refs(x, refs);
    for (auto const& e : m.exports)
        if (e.kind == ExternKind::Func)
            refs[e.index] = true;
    return refs;
}

void declare_refs(Module& m)
{
    auto const already = declared(m);
    std::vector<bool> needed(already.size());
    for (auto const& f : m.funcs)
        add_refs(f.body, needed);
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
