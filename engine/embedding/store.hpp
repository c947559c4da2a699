#pragma once
// The store as the specification's Embedding appendix offers it: the one door to either engine.

#include "engine/embedding/limits.hpp"
#include "engine/embedding/outcome.hpp"
#include "engine/embedding/schedule.hpp"
#include "engine/syntax/module.hpp"
#include "engine/validation/validate.hpp"

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace touchstone {

// Addresses in a store; they are dense, from 0, in order of allocation.
enum class FuncAddr : std::uint32_t
{
};
enum class TableAddr : std::uint32_t
{
};
enum class MemAddr : std::uint32_t
{
};
enum class GlobalAddr : std::uint32_t
{
};
enum class TagAddr : std::uint32_t
{
};
enum class InstanceAddr : std::uint32_t
{
};
enum class ThreadAddr : std::uint32_t
{
};

/// externval: what an import is given and an export gives; `address` is of the kind named.
struct ExternVal
{
    ExternKind kind = ExternKind::Func;
    std::uint32_t address = 0;
    friend constexpr bool operator==(ExternVal, ExternVal) = default;
};

class Store;

/// A function of the embedder. It may use the store, also to call back; it answers Returned,
/// Trapped or Threw, the last with `tag` and the values that the tag's type asks for, or with what
/// a call back threw.
using HostFunc = std::function<Outcome(Store&, std::span<Value const>)>;

/// What `module_instantiate` did. There is an instance as soon as linking succeeded, the declared
/// minima fit and constant expressions did not run out of anything, also when a segment or the
/// start function ended otherwise than Returned: its effects stay.
struct Instantiation
{
    Outcome outcome;
    std::optional<InstanceAddr> instance;
};

/// An instance as inspection sees it: every index space with imports first, and what is dropped.
struct InstanceView
{
    std::vector<FuncAddr> funcs;
    std::vector<TableAddr> tables;
    std::vector<MemAddr> memories;
    std::vector<GlobalAddr> globals;
    std::vector<TagAddr> tags;
    std::vector<bool> elems_dropped;
    std::vector<bool> datas_dropped;
};

/// Where a function comes from: instance and index there; absent for host functions.
struct FuncOrigin
{
    InstanceAddr instance{};
    Index index = 0;
};

/// What a reference to a struct, an array or an exception refers to; packed fields zero-extended.
struct ObjectView
{
    std::optional<TagAddr> tag; ///< of an exception
    std::vector<Value> fields;
};

/// A store and the engine that runs it. Addresses must come from this store, and values given must
/// have the types asked for: `func_invoke` and `module_instantiate` check that, the small accessors
/// do not. A store is used by one thread at a time. References to structs, arrays and exceptions
/// that only the embedder holds are good until the store executes again, and afterwards too where
/// the limit counts all objects.
class Store
{
public:
    Store() = default;
    Store(Store const&) = delete;
    Store& operator=(Store const&) = delete;
    virtual ~Store() = default;

    /// What this engine executes; a module that uses more ends as Unsupported.
    [[nodiscard]] virtual FeatureSet features() const = 0;

    // Functions of the specification's appendix, under its names.

    /// One extern for each import, in order. Fewer, or of the wrong type: Unlinkable.
    [[nodiscard]] virtual Instantiation module_instantiate(
        std::shared_ptr<ValidModule const> module, std::span<ExternVal const> imports) = 0;
    /// The export with this name.
    [[nodiscard]] virtual std::optional<ExternVal> instance_export(
        InstanceAddr instance, std::string_view name) const = 0;

    [[nodiscard]] virtual FuncAddr func_alloc(FuncType type, HostFunc code) = 0;
    [[nodiscard]] virtual FuncType func_type(FuncAddr a) const = 0;
    /// Arguments of the wrong number or kind end as Trapped(CastFailure) without executing
    /// anything.
    [[nodiscard]] virtual Outcome func_invoke(FuncAddr a, std::span<Value const> args) = 0;

    [[nodiscard]] virtual TableAddr table_alloc(TableType type, Value init) = 0;
    /// With the current size as minimum.
    [[nodiscard]] virtual TableType table_type(TableAddr a) const = 0;
    [[nodiscard]] virtual std::uint64_t table_size(TableAddr a) const = 0;
    /// `i` below the size.
    [[nodiscard]] virtual Value table_read(TableAddr a, std::uint64_t i) const = 0;
    virtual void table_write(TableAddr a, std::uint64_t i, Value v) = 0;
    /// False if the maximum or a limit forbids it.
    [[nodiscard]] virtual bool table_grow(TableAddr a, std::uint64_t n, Value init) = 0;

    [[nodiscard]] virtual MemAddr mem_alloc(MemoryType type) = 0;
    /// With the current size as minimum.
    [[nodiscard]] virtual MemoryType mem_type(MemAddr a) const = 0;
    /// All bytes; valid until the store executes, grows or goes.
    [[nodiscard]] virtual std::span<std::uint8_t const> mem_read(MemAddr a) const = 0;
    /// `offset + bytes.size()` within the memory.
    virtual void mem_write(
        MemAddr a, std::uint64_t offset, std::span<std::uint8_t const> bytes) = 0;
    /// In pages.
    [[nodiscard]] virtual std::uint64_t mem_size(MemAddr a) const = 0;
    [[nodiscard]] virtual bool mem_grow(MemAddr a, std::uint64_t pages) = 0;

    [[nodiscard]] virtual GlobalAddr global_alloc(GlobalType type, Value init) = 0;
    [[nodiscard]] virtual GlobalType global_type(GlobalAddr a) const = 0;
    [[nodiscard]] virtual Value global_read(GlobalAddr a) const = 0;
    virtual void global_write(GlobalAddr a, Value v) = 0;

    [[nodiscard]] virtual TagAddr tag_alloc(FuncType type) = 0;

    // Threads, of an engine that has them. They take turns: one at a time uses the store.

    /// What follows from this seed is always the same interleaving. Before the first thread starts.
    virtual void thread_seed(std::uint64_t /*seed*/) {}
    /// Lets this decide instead, wherever the next instruction can see or change what threads share
    /// (their own steps between do not matter to others). It outlives the store's threads.
    virtual void thread_schedule(Schedule& /*schedule*/) {}
    /// A further thread that runs `body`, which may use the store. Nothing if the engine has no
    /// threads or the machine has no room for one.
    [[nodiscard]] virtual std::optional<ThreadAddr> thread_start(
        std::function<void()> const& /*body*/)
    {
        return std::nullopt;
    }
    /// Lets others run until this one is at its end.
    virtual void thread_join(ThreadAddr /*thread*/) {}

    // Inspection, for observers and tests.

    [[nodiscard]] virtual InstanceView instance(InstanceAddr a) const = 0;
    [[nodiscard]] virtual std::optional<FuncOrigin> func_origin(FuncAddr a) const = 0;
    /// Nothing if it refers to none, or if the engine has no such things.
    [[nodiscard]] virtual std::optional<ObjectView> object(Value const& /*ref*/) const
    {
        return std::nullopt;
    }
};

} // namespace touchstone
