#include "engine/binary/custom_sections.hpp"

#include "engine/binary/branch_hints.hpp"
#include "engine/binary/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace touchstone {

/// Within the whole file, and with the name of the section.
static Error placed(Error e, std::string_view section, Module const& m)
{
    auto const at = std::ranges::find(m.customs, section, &Custom::name);
    e.message = fmt::format("custom section {}, byte {}: {}", section, e.offset, e.message);
    e.offset = at->where.offset;
    return e;
}

static void drop(Module& m, std::string_view section)
{
    std::erase_if(m.customs, [section](Custom const& c) { return c.name == section; });
}

std::vector<Error> read_custom_sections(Module& module)
{
    std::vector<Error> problems;
    if (auto names = decode_names(module, &problems)) {
        for (auto& p : problems)
            p = placed(std::move(p), name_section, module);
        module.names = *std::move(names);
        if (problems.empty())
            drop(module, name_section);
    }
    if (auto hints = decode_branch_hints(module)) {
        module.branch_hints = *std::move(hints);
        drop(module, branch_hint_section);
    } else {
        problems.push_back(placed(hints.error(), branch_hint_section, module));
    }
    return problems;
}

} // namespace touchstone
