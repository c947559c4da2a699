#include "generators/builder.hpp"

namespace touchstone::generators {

Index type_index(Module& m, FuncType const& type)
{
    for (Index i = 0; i < m.types.size(); ++i)
        if (m.types[i].comp.kind == CompType::Kind::Func && m.types[i].comp.func == type)
            return i;
    auto const index = static_cast<Index>(m.types.size());
    m.types.push_back({.comp = {.func = type}});
    m.rec_groups.push_back({.first = index, .count = 1});
    return index;
}

} // namespace touchstone::generators
