#include "oracles/quirks.hpp"

#include <algorithm>
#include <array>

namespace touchstone {

/// The other engine took a module that decoding or validation must refuse, with this reason.
static bool accepted_although(QuirkStep const& s, std::string_view reason)
{
    auto const refused = s.ours.end == End::Malformed || s.ours.end == End::Invalid;
    auto const taken = s.theirs.end != End::Malformed && s.theirs.end != End::Invalid &&
                       s.theirs.end != End::Rejected && s.theirs.end < End::OutOfFuel;
    return s.in_instantiation && refused && taken &&
           s.ours.detail.find(reason) != std::string::npos;
}

static constexpr auto table = std::to_array<Quirk>({
    {"wabt-body-without-end", "wabt", "1.0.32",
        "accepts a function body whose last block is not closed",
        "00 61 73 6d 01 00 00 00 01 04 01 60 00 00 03 02 01 00 0a 06 01 04 00 02 40 0b",
        [](QuirkStep const& s) {
            return accepted_although(s, "END opcode expected") ||
                   accepted_although(s, "unexpected end");
        }},
});

std::span<Quirk const> quirks()
{
    return table;
}

Quirk const* find_quirk(OracleInfo const& oracle, QuirkStep const& step)
{
    auto const found = std::ranges::find_if(table, [&](Quirk const& q) {
        return q.oracle == oracle.name && (q.versions.empty() || q.versions == oracle.version) &&
               q.shows(step);
    });
    return found == table.end() ? nullptr : &*found;
}

} // namespace touchstone
