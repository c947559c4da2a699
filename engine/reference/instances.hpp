#pragma once
// The runtime structure (exec/runtime.html): the store and what it holds.

#include "engine/embedding/store.hpp"
#include "engine/reference/bytes.hpp"
#include "engine/reference/heap.hpp"
#include "engine/reference/rule_counts.hpp"
#include "engine/reference/types.hpp"
#include "engine/reference/value.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace touchstone::reference {

struct ModuleInst;

/// LABEL_n {instr*}, of which a validated function has one for each block: all but `height` is
/// known from the syntax, and validation makes the height the same each time the block is entered.
struct Label
{
    Index arity = 0;        ///< n
    Index continuation = 0; ///< where instr* begins: behind the block, or the loop itself
    Index otherwise = 0;    ///< of an `if`: where its second branch begins
    Index params = 0;       ///< how many operands enter the block
    bool is_loop = false;
    std::uint64_t height = 0; ///< what lies below the block's operands, in values of the frame
};

/// HANDLER_n {catch*}, of which a validated function has one for each try_table and each try.
struct Handler
{
    Index outer = 0; ///< the next one outwards in the function, counted as in `Body::handler_of`;
                     ///< of a try with delegate the one that it names
    Index first = 0; ///< of `Expr::catches`
    Index count = 0;
    Index parts = 0; ///< of a try: 1 + the first of `Body::catch_parts`
};

/// A catch or catch_all of a try.
struct CatchPart
{
    Index instr = 0; ///< itself
    Index label = 0; ///< of its try
    Index next = 0;  ///< the one behind it, counted as `Handler::parts`
};

/// What a function's syntax says of its blocks, so that a step needs no search.
struct Body
{
    std::vector<Label> labels; ///< the function's own label first
    std::vector<Index>
        label_of; ///< by instruction: the label of a block, its else and end, or of a branch
    std::vector<Index> targets; ///< by entry of `Expr::labels`: the label
    std::vector<Handler> handlers;
    std::vector<Index>
        handler_of; ///< by instruction, if there is any: 1 + the innermost handler around it, or 0
    std::vector<Index> catches; ///< by entry of `Expr::catches`: the label
    std::vector<Index> around;  ///< by instruction: the block around it; filled in for counting
    std::vector<CatchPart> catch_parts;
};

/// funcinst — exec/runtime.html#syntax-funcinst: {TYPE deftype, MODULE moduleinst, CODE funccode}
struct FuncInst
{
    DefType deftype{};
    FuncType const* type = nullptr; ///< its expansion, closed
    ModuleInst* module = nullptr;
    Func const* code = nullptr;     ///< absent: a host function
    Index index = 0;                ///< in the module's index space
    std::uint64_t locals = 0;       ///< those that are no parameters
    std::uint64_t stack_values = 0; ///< parameters + locals + maximal operand height
    std::unique_ptr<Body> body;     ///< made when the function is first called
    HostFunc host;                  ///< of a host function
};

/// tableinst — exec/runtime.html#syntax-tableinst; the type's minimum is the present size
struct TableInst
{
    TableType type;
    std::vector<Val> refs;
};

/// meminst — exec/runtime.html#syntax-meminst; the type's minimum is the present size
struct MemInst
{
    MemoryType type;
    Bytes bytes;
};

/// globalinst — exec/runtime.html#syntax-globalinst
struct GlobalInst
{
    GlobalType type;
    Val value;
};

/// taginst — exec/runtime.html#syntax-taginst
struct TagInst
{
    DefType type{};
};

/// eleminst — exec/runtime.html#syntax-eleminst
struct ElemInst
{
    std::vector<Val> refs;
    bool dropped = false;
};

/// datainst — exec/runtime.html#syntax-datainst; the bytes are the module's own
struct DataInst
{
    std::span<std::uint8_t const> bytes;
    bool dropped = false;
};

/// moduleinst — exec/runtime.html#syntax-moduleinst. Segments belong to one instance alone, so they
/// stand here and have no addresses.
struct ModuleInst
{
    InstanceAddr address{};
    std::shared_ptr<ValidModule const> module;
    std::span<DefType const> types;
    std::vector<Index> funcs, tables, mems, globals, tags; ///< addresses
    std::vector<ElemInst> elems;
    std::vector<DataInst> datas;
    std::map<std::string_view, ExternVal> exports;
};

/// store — exec/runtime.html#syntax-store; addresses are positions, and references to what stands
/// here stay good while more is allocated. Types of what stands here are closed.
struct Instances
{
    Instances(Limits const& limits, RuleCounts* c) : heap{limits}, counts{c} {}

    TypeGraph types;
    Heap heap;
    std::deque<FuncInst> funcs;
    std::deque<TableInst> tables;
    std::deque<MemInst> mems;
    std::deque<GlobalInst> globals;
    std::deque<TagInst> tags;
    std::deque<ModuleInst> modules;
    RuleCounts* counts = nullptr; ///< of the rules applied, if somebody wants to know

    void count(RuleName rule, std::uint64_t times = 1) const
    {
        if (counts != nullptr) [[unlikely]]
            counts->add(rule, times);
    }
};

} // namespace touchstone::reference
