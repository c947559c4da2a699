#pragma once
// Programs whose every stopping point the walk over limits visits.

#include <ostream>
#include <span>
#include <string_view>
#include <vector>

namespace touchstone {

struct WalkModule
{
    std::string_view name; ///< what later modules import it by
    std::string_view text;
};

/// Modules in order of instantiation, then every export named "run..." of the last is called.
struct WalkProgram
{
    std::string_view name;
    std::vector<WalkModule> modules;
};

[[nodiscard]] std::span<WalkProgram const> walk_programs();

/// For test output.
inline void PrintTo(WalkProgram const& p, std::ostream* out)
{
    *out << p.name;
}

} // namespace touchstone
