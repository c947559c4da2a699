#pragma once
// Known wrong answers of other people's engines, as data: each with its reason and how to see it.

#include "oracles/oracle.hpp"

#include <span>
#include <string_view>

namespace touchstone {

/// One step of a case as the reference and as the other engine showed it.
struct QuirkStep
{
    Case const& what;
    bool in_instantiation = false;
    std::size_t step = 0; ///< which module or call
    CallObservation const& ours;
    CallObservation const& theirs;
};

struct Quirk
{
    std::string_view id;
    std::string_view oracle;
    std::string_view versions; ///< the exact version it was seen in; "" is every one
    std::string_view reason;
    std::string_view reproduction;
    bool (*shows)(QuirkStep const&);
};

[[nodiscard]] std::span<Quirk const> quirks();

/// The known quirk of this oracle that explains a step in which it differs from the reference.
[[nodiscard]] Quirk const* find_quirk(OracleInfo const& oracle, QuirkStep const& step);

} // namespace touchstone
