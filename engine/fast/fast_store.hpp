#pragma once
// The store of the fast engine: what it owns, by address, and the machine that runs it.

#include "engine/fast/machine.hpp"
#include "engine/fast/runtime.hpp"

#include <array>
#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

namespace touchstone::fast {

struct FuncTypeHash
{
    std::size_t operator()(FuncType const& t) const;
};

class FastStore final : public Store
{
public:
    explicit FastStore(Limits const& limits) : machine_{limits, *this} {}

    [[nodiscard]] FeatureSet features() const override;
    [[nodiscard]] Instantiation module_instantiate(
        std::shared_ptr<ValidModule const> module, std::span<ExternVal const> imports) override;
    [[nodiscard]] std::optional<ExternVal> instance_export(
        InstanceAddr instance, std::string_view name) const override;

    [[nodiscard]] FuncAddr func_alloc(FuncType type, HostFunc code) override;
    [[nodiscard]] FuncType func_type(FuncAddr a) const override;
    [[nodiscard]] Outcome func_invoke(FuncAddr a, std::span<Value const> args) override;

    [[nodiscard]] TableAddr table_alloc(TableType type, Value init) override;
    [[nodiscard]] TableType table_type(TableAddr a) const override;
    [[nodiscard]] std::uint64_t table_size(TableAddr a) const override;
    [[nodiscard]] Value table_read(TableAddr a, std::uint64_t i) const override;
    void table_write(TableAddr a, std::uint64_t i, Value v) override;
    [[nodiscard]] bool table_grow(TableAddr a, std::uint64_t n, Value init) override;

    [[nodiscard]] MemAddr mem_alloc(MemoryType type) override;
    [[nodiscard]] MemoryType mem_type(MemAddr a) const override;
    [[nodiscard]] std::span<std::uint8_t const> mem_read(MemAddr a) const override;
    void mem_write(MemAddr a, std::uint64_t offset, std::span<std::uint8_t const> bytes) override;
    [[nodiscard]] std::uint64_t mem_size(MemAddr a) const override;
    [[nodiscard]] bool mem_grow(MemAddr a, std::uint64_t pages) override;

    [[nodiscard]] GlobalAddr global_alloc(GlobalType type, Value init) override;
    [[nodiscard]] GlobalType global_type(GlobalAddr a) const override;
    [[nodiscard]] Value global_read(GlobalAddr a) const override;
    void global_write(GlobalAddr a, Value v) override;

    [[nodiscard]] TagAddr tag_alloc(FuncType type) override;

    [[nodiscard]] InstanceView instance(InstanceAddr a) const override;
    [[nodiscard]] std::optional<FuncOrigin> func_origin(FuncAddr a) const override;

    void compile_all(InstanceAddr a);

private:
    // link.cpp
    [[nodiscard]] FuncType const* intern(FuncType const& type);
    /// What is wrong with the import, or empty; right ones are entered into the instance.
    [[nodiscard]] std::string_view link(
        Instance& to, ExternType const& wanted, ExternVal const* given);
    [[nodiscard]] std::string_view link_all(
        Instance& to, std::span<ExternVal const> imports, Import const*& culprit);

    // instantiate.cpp
    [[nodiscard]] std::optional<Limit> beyond_limits(Module const& m) const;
    [[nodiscard]] std::optional<Limit> allocate(Instance& to);
    void allocate_functions(Instance& to);
    void enter(Instance& made);
    using Cell = std::array<Slot, 2>; ///< the second of a v128 only
    [[nodiscard]] Cell evaluate(Instance const& in, Expr const& constant) const;
    void evaluate_segments(Instance& in) const;
    [[nodiscard]] Outcome run_segments(Instance& in);
    [[nodiscard]] Outcome begin(Instance& in);

    Machine machine_;
    std::unordered_map<FuncType, char, FuncTypeHash> types_; ///< its keys do not move
    std::vector<std::unique_ptr<Instance>> instances_;
    std::vector<Table*> tables_; ///< by address; so with what follows
    std::vector<Memory*> memories_;
    std::vector<Global*> globals_;
    std::vector<FuncType> tags_;
    std::deque<Function> host_funcs_; ///< what the embedder allocated; so with what follows
    std::deque<Table> host_tables_;
    std::deque<Memory> host_memories_;
    std::deque<Global> host_globals_;
};

} // namespace touchstone::fast
