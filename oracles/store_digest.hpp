#pragma once
// Everything that a store of our engines holds, in the form in which observations compare it.

#include "engine/embedding/store.hpp"
#include "oracles/observation.hpp"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace touchstone {

/// XXH3-64 of the contents of a memory.
[[nodiscard]] std::uint64_t digest_bytes(std::span<std::uint8_t const> bytes);

/// XXH3-64 of the elements of a table, whose references are canonical already.
[[nodiscard]] std::uint64_t digest_values(std::span<Value const> values);

/// An instance in a store, which of the modules observed it is, and what it was made from.
struct ObservedInstance
{
    InstanceAddr address{};
    std::uint32_t module = 0;
    std::shared_ptr<ValidModule const> from;
};

/// Turns what one step shows of a store into what two engines can be compared by: a function
/// reference becomes its identity, an object the number of its first appearance in this step, or
/// in a table within this table: another engine may not show what is elsewhere.
class CanonicalStep
{
public:
    CanonicalStep(Store const& store, std::span<std::optional<ObservedInstance> const> instances)
        : store_{store}, instances_{instances}
    {}

    [[nodiscard]] Value value(Value v);
    [[nodiscard]] StoreDigest digest();

private:
    [[nodiscard]] InstanceState state(ObservedInstance const& instance);
    [[nodiscard]] Extent memory(MemAddr a);
    [[nodiscard]] Extent table(TableAddr a);
    [[nodiscard]] Extent heap();
    [[nodiscard]] std::uint64_t identity(FuncAddr a) const;
    [[nodiscard]] std::uint64_t identity(TagAddr a) const;
    [[nodiscard]] Value canonical(Value v);

    Store const& store_;
    std::span<std::optional<ObservedInstance> const> instances_;
    std::map<std::pair<RefKind, std::uint64_t>, std::uint64_t> objects_;
    std::vector<Value> numbered_;        // objects by their number
    std::vector<std::uint64_t> seen_;    // numbers, each time a value led to an object
    std::map<MemAddr, Extent> memories_; // instances share them
    std::map<TableAddr, Extent> tables_;
};

} // namespace touchstone
