#pragma once
// What an engine was seen to do with a case: data that `harness/compare` alone judges.

#include "engine/embedding/outcome.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace touchstone {

/// Where a stage or a call ended, in the words of the specification's test scripts as far as those
/// go.
enum class End : std::uint8_t
{
    Malformed,
    Invalid,
    Unlinkable,
    Returned,
    Trapped,
    Threw,       // as assert_malformed ... assert_exception name them
    Rejected,    // decoding or validation said no, and not which
    OutOfFuel,   // exact between our two engines; others have no such limit
    Exhausted,   // stack, heap or size limit: exact between our two engines, else inconclusive
    Refused,     // an implementation limit of the engine
    Unsupported, // a feature the engine does not have; decided before it is asked
    TimedOut,
    Crashed,
    NotRun, // what it needs was not instantiated
};

inline constexpr auto end_names = std::to_array<std::string_view>(
    {"malformed", "invalid", "unlinkable", "returned", "trapped", "threw", "rejected",
        "out-of-fuel", "exhausted", "refused", "unsupported", "timed-out", "crashed", "not-run"});

[[nodiscard]] constexpr std::string_view name(End e)
{
    return end_names[static_cast<std::size_t>(e)];
}

/// The kinds of trap that an engine's answer may mean; its own message does not always tell.
class TrapSet
{
public:
    constexpr TrapSet() = default;
    constexpr TrapSet(std::initializer_list<Trap> traps)
    {
        for (auto const t : traps)
            bits_ |= 1U << static_cast<unsigned>(t);
    }
    [[nodiscard]] static constexpr TrapSet any() { return from_bits((1U << trap_count) - 1); }
    [[nodiscard]] static constexpr TrapSet from_bits(std::uint32_t bits)
    {
        TrapSet s;
        s.bits_ = bits;
        return s;
    }
    [[nodiscard]] constexpr std::uint32_t bits() const { return bits_; }
    [[nodiscard]] constexpr bool has(Trap t) const
    {
        return (bits_ >> static_cast<unsigned>(t) & 1) != 0;
    }
    [[nodiscard]] constexpr bool meets(TrapSet other) const { return (bits_ & other.bits_) != 0; }
    friend constexpr bool operator==(TrapSet, TrapSet) = default;

private:
    std::uint32_t bits_ = 0;
};

/// Size in pages or elements, and XXH3-64 of the contents. A table's contents are its elements as
/// values whose function references are `function_identity`.
struct Extent
{
    std::uint64_t size = 0;
    std::uint64_t digest = 0;
    friend constexpr bool operator==(Extent, Extent) = default;
};

/// One instance as far as the engine shows it: nullopt is unseen, which is not the same as equal.
/// Vectors are index spaces, imports first.
struct InstanceState
{
    std::vector<std::optional<Extent>> memories;
    std::vector<std::optional<Extent>> tables;
    std::vector<std::optional<Value>> globals;
    std::optional<std::vector<bool>> elems_dropped;
    std::optional<std::vector<bool>> datas_dropped;
    friend bool operator==(InstanceState const&, InstanceState const&) = default;
};

/// The store: one entry a module of the case that was tried; nullopt if it has no instance.
struct StoreDigest
{
    std::vector<std::optional<InstanceState>> instances;
    /// Structs, arrays and exceptions that the values of the step and the instances lead to, as a
    /// graph: how many, and a digest that does not depend on addresses.
    std::optional<Extent> heap = std::nullopt;
    friend bool operator==(StoreDigest const&, StoreDigest const&) = default;
};

/// The payload of a function reference in an observation: module of the case, index in that module.
[[nodiscard]] constexpr std::uint64_t function_identity(std::uint32_t module, std::uint32_t index)
{
    return std::uint64_t{module} << 32 | index;
}

/// One stage or call as seen from outside. What the engine cannot show is absent.
struct CallObservation
{
    End end = End::NotRun;
    TrapSet traps;                     ///< of Trapped
    std::optional<Limit> limit;        ///< of Exhausted
    std::optional<Feature> feature;    ///< of Unsupported
    std::vector<Value> values;         ///< results, or the payload of an exception
    bool values_unseen = false;        ///< of an engine that cannot show all of them
    bool nan_choice = false;           ///< up to here another engine may have made other NaN bits
    bool relaxed_choice = false;       ///< up to here its relaxed operations may answer otherwise
    std::optional<std::uint64_t> fuel; ///< used by this call
    std::optional<StoreDigest> store;  ///< after it
    std::optional<Place> place;        ///< of a trap; for people and signatures, never compared
    std::string detail;                ///< the engine's own words, for people: never compared
};

/// All that an engine was seen to do with one case: as many as were asked for, in order.
struct Observation
{
    std::vector<CallObservation> instantiations; ///< one a module of the case
    std::vector<CallObservation> calls;
};

} // namespace touchstone
