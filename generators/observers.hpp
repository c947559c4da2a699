#pragma once
// Modules that show the store of a case by calls, so that a script can assert what memories,
// globals and tables are left with.

#include "cases/case.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace touchstone::generators {

/// One object of an instance and the module that shows it.
struct Observer
{
    enum class Of : std::uint8_t
    {
        Memory, ///< "size"; "fold" (address): digest of 4 KiB from there; "word" (address): 8 bytes
        Global, ///< "get"
        Table,  ///< "size"; "is_null" (index)
        Segment, ///< `function`: traps if the segment is dropped
    };
    Of of = Of::Memory;
    std::uint32_t module = 0; ///< of the observed case: the one that has the functions
    std::string function;     ///< of Segment
};

inline constexpr std::uint32_t fold_bytes = 4'096;

struct Observed
{
    Case what; ///< the same modules and calls, everything exported, and the observers behind them
    std::vector<Observer> observers;
};

/// For every memory and table with 32-bit addresses, every table of a type without type index and
/// every global that holds a number. Modules that are not valid have none.
[[nodiscard]] Observed with_observers(Case const& c);

/// For every segment that is not empty, a function of its own module, which copies from it to a
/// memory or table of its own.
[[nodiscard]] Observed with_segment_observers(Case const& c);

} // namespace touchstone::generators
