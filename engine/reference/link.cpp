#include "engine/reference/link.hpp"

#include "engine/reference/matching.hpp"

namespace touchstone::reference {

namespace {

std::string quoted(Import const& import)
{
    return '"' + import.module + "\" \"" + import.name + '"';
}

} // namespace

/// (Externaddr_ok: s |- externaddr : xt_I)* — exec/modules.html#exec-instantiation
std::optional<std::string> link_error(Instances const& s, ValidModule const& module,
    std::span<DefType const> types, std::span<ExternVal const> given)
{
    auto const& imports = module.module().imports;
    for (std::size_t k = 0; k < imports.size(); ++k) {
        if (k >= given.size())
            return "unknown import " + quoted(imports[k]);
        if (!externaddr_ok(s, given[k], types, imports[k].type))
            return "incompatible import type for " + quoted(imports[k]);
    }
    return std::nullopt;
}

} // namespace touchstone::reference
