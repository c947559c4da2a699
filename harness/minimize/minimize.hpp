#pragma once
// Minimizing: the least case that is still interesting, found by trying smaller and smaller ones.

#include "cases/case.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <limits>
#include <string>

namespace touchstone::minimize {

/// What a candidate turned out to be.
enum class Trial : std::uint8_t
{
    Interesting,
    Not,
    Slipped, ///< it diverges too, but with another signature: not taken
};

using Interesting = std::function<Trial(Case const&)>;

struct Budget
{
    double seconds = std::numeric_limits<double>::infinity();
    std::uint64_t tries = std::numeric_limits<std::uint64_t>::max();
};

struct Progress
{
    std::uint64_t tries = 0;
    std::uint64_t accepted = 0;
    std::size_t instructions = 0; ///< of the best so far
    std::size_t bytes = 0;        ///< of its modules
};

struct Result
{
    Case best;
    std::uint64_t tries = 0;
    std::uint64_t accepted = 0;
    std::uint64_t slipped = 0;
    double seconds = 0;
    bool complete = false; ///< nothing more could be taken away; otherwise it was ended before
};

/// Tries candidates until none is interesting or the budget is used up. Every candidate's modules
/// are valid if those of `start` are, and no two are alike. `improved` gets each case that becomes
/// the best; `go_on`, if any, is asked before each try and ends the search with false. The error
/// says that `start` is not interesting, or that an empty case is.
[[nodiscard]] std::expected<Result, std::string> minimize(Case const& start,
    Interesting const& interesting, Budget const& budget,
    std::function<void(Case const&)> const& improved,
    std::function<bool(Progress const&)> const& go_on = {});

/// Instructions of all modules' code, without `end`.
[[nodiscard]] std::size_t instruction_count(Case const& c);

/// Bytes of all modules, and of their code sections' bodies alone.
[[nodiscard]] std::size_t module_bytes(Case const& c);
[[nodiscard]] std::size_t code_bytes(Case const& c);

} // namespace touchstone::minimize
