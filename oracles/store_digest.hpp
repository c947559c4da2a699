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

    [[nodiscard]] Value value(Value v) { return value(v, objects_); }
    [[nodiscard]] StoreDigest digest();

private:
    using Objects = std::map<std::pair<RefKind, std::uint64_t>, std::uint64_t>;

    [[nodiscard]] Value value(Value v, Objects& objects) const;
    [[nodiscard]] InstanceState state(ObservedInstance const& instance);
    [[nodiscard]] Extent memory(MemAddr a);
    [[nodiscard]] Extent table(TableAddr a);
    [[nodiscard]] std::uint64_t identity(FuncAddr a) const;

    Store const& store_;
    std::span<std::optional<ObservedInstance> const> instances_;
    Objects objects_;
    std::map<MemAddr, Extent> memories_; // instances share them
    std::map<TableAddr, Extent> tables_;
};

} // namespace touchstone
