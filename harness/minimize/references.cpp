#include "harness/minimize/references.hpp"

#include "harness/minimize/indices.hpp"

namespace touchstone::minimize {

namespace {

void add_references(Expr const& e, std::vector<bool>& refs)
{
    for (auto const& i : e.instrs)
        if (i.op == Opcode::RefFunc && i.x < refs.size())
            refs[i.x] = true;
}

} // namespace

FunctionReferences function_references(Module const& m)
{
    auto const count = size_of(m, Space::Func);
    FunctionReferences refs{
        .in_bodies = std::vector<bool>(count), .outside = std::vector<bool>(count)};
    for (auto const& f : m.funcs)
        add_references(f.body, refs.in_bodies);
    for (auto const& t : m.tables)
        if (t.init)
            add_references(*t.init, refs.outside);
    for (auto const& g : m.globals)
        add_references(g.init, refs.outside);
    for (auto const& e : m.elems)
        for (auto const& x : e.init)
            add_references(x, refs.outside);
    return refs;
}

} // namespace touchstone::minimize
