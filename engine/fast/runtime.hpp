#pragma once
// What a store of the fast engine is made of: functions, tables, globals and instances
// (exec/runtime.html), in places that do not move.

#include "engine/embedding/store.hpp"
#include "engine/fast/code.hpp"
#include "engine/fast/memory.hpp"

#include <array>
#include <memory>
#include <span>
#include <vector>

namespace touchstone::fast {

struct Instance;

/// How many a value of this type takes.
[[nodiscard]] constexpr std::uint32_t slots_of(ValType t)
{
    return t.is_vec() ? 2 : 1;
}
[[nodiscard]] inline std::uint32_t slots_of(ResultType const& types)
{
    std::uint32_t slots = 0;
    for (auto const t : types)
        slots += slots_of(t);
    return slots;
}

/// A function instance: of a module, or of the embedder (no instance, `host` set).
struct alignas(16) Function
{
    FuncType const* type = nullptr; ///< interned by the store: equal types are the same object
    Instance* instance = nullptr;
    Func const* source = nullptr;
    Index index = 0; ///< in the instance
    std::uint32_t address = 0;
    std::uint32_t params = 0;
    std::uint32_t results = 0;
    std::uint32_t param_slots = 0;
    std::uint32_t result_slots = 0;
    std::uint32_t local_slots = 0; ///< beyond the parameters
    std::uint64_t values = 0;      ///< what a frame of it counts: parameters, locals, operands
    std::unique_ptr<Code> code;    ///< made at the first call
    std::unique_ptr<HostFunc> host;
};

struct Table
{
    TableType type; ///< as declared
    std::vector<Slot> elements;
    std::uint32_t address = 0;

    /// Elements that may be there at most, by its type or, without a maximum, by its addresses.
    [[nodiscard]] std::uint64_t max_size() const
    {
        return type.limits.max.value_or(is_wide() ? ~0ULL : 0xFFFF'FFFF);
    }
    [[nodiscard]] bool is_wide() const { return type.limits.addr == AddrType::I64; }
    /// Upwards only; false if the machine has not that much, and nothing has changed.
    [[nodiscard]] bool resize(std::uint64_t size, Slot init);
};

struct Global
{
    std::array<Slot, 2> value{}; ///< the second of a v128 only
    GlobalType type;
    std::uint32_t address = 0;
};

/// An element segment, evaluated; dropping empties it.
struct ElemSegment
{
    std::vector<Slot> refs;
    bool dropped = false;
};

/// A data segment; the module owns the bytes, and dropping leaves none.
struct DataSegment
{
    std::span<std::uint8_t const> bytes;
    bool dropped = false;
};

/// A module instance. Index spaces point at what it owns or imports.
struct Instance
{
    std::shared_ptr<ValidModule const> module;
    std::uint32_t address = 0;
    Memory* memory0 = nullptr;          ///< the first memory, or an empty one
    std::vector<FuncType const*> types; ///< interned, by type index
    std::vector<Function*> funcs;
    std::vector<Table*> tables;
    std::vector<Memory*> memories;
    std::vector<Global*> globals;
    std::vector<ElemSegment> elems;
    std::vector<DataSegment> datas;

    std::vector<Function> own_funcs;
    std::vector<Table> own_tables;
    std::vector<Memory> own_memories;
    std::vector<Global> own_globals;
};

} // namespace touchstone::fast
