#pragma once
// A module as the specification's Structure chapter has it: flat instruction arrays, everything
// with its byte offset.

#include "engine/syntax/opcode.hpp"
#include "engine/syntax/types.hpp"

#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace touchstone {

/// Where something stands: a byte offset in the binary, or in the text it was parsed from.
/// Two modules that differ in places only are equal.
struct Where
{
    std::uint32_t offset = 0;
    friend constexpr bool operator==(Where, Where) { return true; }
};

/// blocktype: nothing, one value type, or a type index; eight bytes, kept in `Instr::imm`.
struct BlockType
{
    enum class Kind : std::uint8_t
    {
        Empty,
        Value,
        Type,
    };

    Kind kind = Kind::Empty;
    ValType value;  ///< of Value
    Index type = 0; ///< of Type
    friend constexpr bool operator==(BlockType, BlockType) = default;
};

/// One instruction. Which members count is told by the `Immediates` of its row:
///
///   Block                imm: block type
///   TryTable             imm: block type; x, y: first and number of `Expr::catches`
///   Labels               x, y: first and number of `Expr::labels`, the default last
///   SelectTypes          x, y: first and number of `Expr::types`
///   BrCast               x: label; y: first of two `Expr::types` (from, to)
///   Label Func Type Tag Local Global Table Elem Memory Data     x
///   TypeTable ElemTable DataMemory TableTable MemoryMemory TypeField TypeCount
///   TypeData TypeElem TypeType                                  x, y in the order of the binary
///   Memarg               align: exponent; x: memory; imm: offset
///   MemargLane           the same, and lane
///   Lane                 lane
///   Zero                 nothing
///   Lanes16 V128         x: which of `Expr::vectors`
///   I32 I64 F32 F64      imm: the bits, zero-extended
///   HeapType             imm: heap type
struct Instr
{
    Opcode op = Opcode::Nop;
    std::uint8_t align = 0;
    std::uint8_t lane = 0;
    Where where;
    Index x = 0;
    Index y = 0;
    std::uint64_t imm = 0;

    [[nodiscard]] constexpr BlockType block_type() const
    {
        auto const kind = static_cast<BlockType::Kind>(imm & 0xFF);
        switch (kind) {
        case BlockType::Kind::Value: return {kind, val_type(), 0};
        case BlockType::Kind::Type: return {kind, {}, static_cast<Index>(imm >> 32)};
        default: return {};
        }
    }
    constexpr void set_block_type(BlockType bt)
    {
        if (bt.kind == BlockType::Kind::Value)
            set_val_type(bt.value);
        else
            imm = bt.kind == BlockType::Kind::Type ? std::uint64_t{bt.type} << 32 : 0;
        imm |= static_cast<std::uint8_t>(bt.kind);
    }
    [[nodiscard]] constexpr HeapType heap_type() const
    {
        return HeapType::from_bits(static_cast<std::uint32_t>(imm >> 32));
    }
    constexpr void set_heap_type(HeapType h) { imm = std::uint64_t{h.bits()} << 32; }

    friend constexpr bool operator==(Instr const&, Instr const&) = default;

private:
    // bytes from the lowest: block type's kind, value type's kind, nullable, free, heap type
    [[nodiscard]] constexpr ValType val_type() const
    {
        return {static_cast<ValType::Kind>(imm >> 8 & 0xFF), (imm >> 16 & 1) != 0, heap_type()};
    }
    constexpr void set_val_type(ValType t)
    {
        imm = std::uint64_t{t.heap.bits()} << 32 | std::uint64_t{t.nullable} << 16 |
              std::uint64_t{static_cast<std::uint8_t>(t.kind)} << 8;
    }
};
static_assert(sizeof(Instr) == 24);

/// catch: one clause of a try_table.
struct Catch
{
    enum class Kind : std::uint8_t
    {
        Catch,
        CatchRef,
        CatchAll,
        CatchAllRef,
    };

    Kind kind = Kind::Catch;
    Index tag = 0; ///< of Catch and CatchRef
    Index label = 0;
    friend constexpr bool operator==(Catch, Catch) = default;
};

/// expr: instructions with their final `end`, and the pools that their immediates point into.
struct Expr
{
    std::vector<Instr> instrs;
    std::vector<Index> labels;
    std::vector<ValType> types;
    std::vector<V128> vectors;
    std::vector<Catch> catches;
    friend bool operator==(Expr const&, Expr const&) = default;
};

enum class ExternKind : std::uint8_t
{
    Func,
    Table,
    Memory,
    Global,
    Tag,
};

/// externtype as an import writes it; the member that `kind` names counts.
struct ExternType
{
    ExternKind kind = ExternKind::Func;
    Index func = 0; ///< a type index
    TableType table;
    MemoryType memory;
    GlobalType global;
    TagType tag;
    friend bool operator==(ExternType const&, ExternType const&) = default;
};

struct Import
{
    std::string module;
    std::string name;
    ExternType type;
    Where where;
    friend bool operator==(Import const&, Import const&) = default;
};

/// `count` locals of one type, as the binary groups them; neighbours may have the same type.
struct Locals
{
    std::uint32_t count = 1;
    ValType type;
    friend constexpr bool operator==(Locals, Locals) = default;
};

struct Func
{
    Index type = 0;
    std::vector<Locals> locals; ///< without the parameters; their sum fits 32 bits
    Expr body;
    Where where;
    friend bool operator==(Func const&, Func const&) = default;
};

struct Table
{
    TableType type;
    std::optional<Expr> init; ///< absent: ref.null
    Where where;
    friend bool operator==(Table const&, Table const&) = default;
};

struct Memory
{
    MemoryType type;
    Where where;
    friend bool operator==(Memory const&, Memory const&) = default;
};

struct Global
{
    GlobalType type;
    Expr init;
    Where where;
    friend bool operator==(Global const&, Global const&) = default;
};

struct Tag
{
    TagType type;
    Where where;
    friend bool operator==(Tag const&, Tag const&) = default;
};

struct Export
{
    std::string name;
    ExternKind kind = ExternKind::Func;
    Index index = 0;
    Where where;
    friend bool operator==(Export const&, Export const&) = default;
};

struct Elem
{
    enum class Mode : std::uint8_t
    {
        Passive,
        Active,
        Declarative,
    };

    Mode mode = Mode::Passive;
    Index table = 0; ///< of Active
    Expr offset;     ///< of Active
    ValType type = funcref;
    std::vector<Expr> init;
    Where where;
    friend bool operator==(Elem const&, Elem const&) = default;
};

struct Data
{
    enum class Mode : std::uint8_t
    {
        Passive,
        Active,
    };

    Mode mode = Mode::Passive;
    Index memory = 0; ///< of Active
    Expr offset;      ///< of Active
    std::vector<std::uint8_t> bytes;
    Where where;
    friend bool operator==(Data const&, Data const&) = default;
};

/// A custom section, uninterpreted, and the id of the non-custom section it follows (0: none before
/// it).
struct Custom
{
    std::string name;
    std::vector<std::uint8_t> bytes;
    std::uint8_t after = 0;
    Where where;
    friend bool operator==(Custom const&, Custom const&) = default;
};

/// The name of each named thing of one index space.
using NameMap = std::map<Index, std::string>;

/// Identifiers, for people and for printing: from the text's `$ids` or from the name section.
struct Names
{
    std::optional<std::string> module;
    NameMap types, funcs, tables, memories, globals, elems, datas, tags;
    std::map<Index, NameMap> locals; ///< by function index
    std::map<Index, NameMap> labels; ///< by function index; labels counted in order of their blocks
    std::map<Index, NameMap> fields; ///< by type index
    friend bool operator==(Names const&, Names const&) = default;
};

/// Of one function: by the index of an `if` or `br_if` in its body, whether it is likely to branch.
using FuncHints = std::map<std::uint32_t, bool>;

/// By function index (appendix of code metadata: metadata.code.branch_hint).
using BranchHints = std::map<Index, FuncHints>;

struct Module
{
    std::vector<SubType> types;
    std::vector<RecGroup> rec_groups; ///< partition of `types`, in order
    std::vector<Import> imports;
    std::vector<Func> funcs; ///< defined ones; so with all that follow
    std::vector<Table> tables;
    std::vector<Memory> memories;
    std::vector<Tag> tags;
    std::vector<Global> globals;
    std::vector<Export> exports;
    std::optional<Index> start;
    Where start_where;
    std::vector<Elem> elems;
    std::vector<Data> datas;
    bool has_data_count = false;
    Where data_count_where;
    std::vector<Custom> customs;
    Names names;
    BranchHints branch_hints; ///< from text; `decode` leaves the section in `customs`
    friend bool operator==(Module const&, Module const&) = default;
};

/// How many imports are of this kind; they come first in their index space.
[[nodiscard]] inline Index count_imports(Module const& m, ExternKind kind)
{
    return static_cast<Index>(
        std::ranges::count(m.imports, kind, [](Import const& i) { return i.type.kind; }));
}

} // namespace touchstone
