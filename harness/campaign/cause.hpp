#pragma once
// What makes two findings one bug: who differs, after which instruction, and in what way.

#include "harness/campaign/locate.hpp"
#include "harness/campaign/signature.hpp"

#include <optional>
#include <string>

namespace touchstone::campaign {

struct Cause
{
    std::string suspect;     ///< as in a signature
    std::string oracles;     ///< "reference/fast"
    std::string instruction; ///< after which they differ; empty if that is not known
    std::string effect; ///< "result", "branch", "trap", "memory", ...; else the signature's kind

    /// One line, the key of a bucket: "i32.shl: result, reference/fast".
    [[nodiscard]] std::string text() const;
    friend bool operator==(Cause const&, Cause const&) = default;
};

/// Of a finding that was located, or of one that could not be.
[[nodiscard]] Cause cause_of(Signature const& s, std::optional<Location> const& l);

/// What the minimized case tells besides: where growing cannot be left out, every access
/// afterwards goes wrong in its own way, and all of them are one bug.
[[nodiscard]] Cause refined(Cause cause, Case const& minimal);

} // namespace touchstone::campaign
