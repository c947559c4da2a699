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

/// The one that was read; others of its name are not ours to lose.
static void drop_first(Module& m, std::string_view section)
{
    auto const at = std::ranges::find(m.customs, section, &Custom::name);
    if (at != m.customs.end())
        m.customs.erase(at);
}

/// Writing `names` would give this very section again: it has no subsections of a later version, no
/// order, length or repetition of its own, and no second section beside it.
static bool names_say_all(Module const& m)
{
    auto const at = std::ranges::find(m.customs, name_section, &Custom::name);
    return std::ranges::count(m.customs, name_section, &Custom::name) == 1 && m.names != Names{} &&
           at->bytes == encode_names(m.names);
}

std::vector<Error> read_custom_sections(Module& module)
{
    std::vector<Error> problems;
    if (auto names = decode_names(module, &problems)) {
        for (auto& p : problems)
            p = placed(std::move(p), name_section, module);
        module.names = *std::move(names);
        if (problems.empty() && names_say_all(module))
            drop_first(module, name_section);
    }
    if (auto hints = decode_branch_hints(module)) {
        module.branch_hints = *std::move(hints);
        drop_first(module, branch_hint_section);
    } else {
        problems.push_back(placed(hints.error(), branch_hint_section, module));
    }
    return problems;
}

} // namespace touchstone
