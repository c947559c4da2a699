#pragma once
// What two findings must share to be one bug: kind, engines, instruction, and the class of what
// differs.

#include "harness/campaign/examine.hpp"

#include <string>

namespace touchstone::campaign {

/// Who is against whom, and about what.
struct Signature
{
    std::string suspect;     ///< the engine in the minority, or "?" where there are but two
    std::string oracles;     ///< "reference/fast": who differs
    std::string kind;        ///< the reason: "values", "end", "memory", ...
    std::string classes;     ///< "i32", "trapped:unreachable|returned"
    std::string instruction; ///< where one of them trapped, or empty

    /// One line, the key of a bucket.
    [[nodiscard]] std::string text() const;
    friend bool operator==(Signature const&, Signature const&) = default;
};

/// The signature of a case that ended as Diverge.
[[nodiscard]] Signature signature_of(Case const& c, Examination const& e, Panel const& panel);

/// The signature of a case during which this engine died or hung in the process that asked it.
[[nodiscard]] Signature signature_of_death(
    std::string const& reference, std::string const& oracle, std::string const& how);

} // namespace touchstone::campaign
