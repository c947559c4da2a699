#pragma once
// What `smith` knows of a module under construction: enough to write functions that run.

#include "generators/builder.hpp"
#include "generators/entropy.hpp"
#include "generators/operations.hpp"
#include "generators/smith_types.hpp"

#include <optional>
#include <string>
#include <vector>

namespace touchstone::generators {

/// A function of the index space, imports first.
struct FuncPlan
{
    FuncType type;
    std::uint32_t fuel = 1;  ///< estimated upper bound of what a call spends
    bool calls_back = false; ///< may call this module's leaves: leaves may not call it
    bool throws = false;     ///< often: called where somebody catches
    bool is_leaf = false;    ///< calls nothing that may call again: fit for tables
};

struct MemoryPlan
{
    std::uint64_t bytes = 0; ///< always there
    AddrType addr = AddrType::I32;
};

/// Neighbouring slots of a table that hold functions of one type.
struct Run
{
    Index first = 0;
    Index length = 1;
    FuncType type;
};

struct TablePlan
{
    ValType element = funcref;
    std::uint32_t size = 0; ///< always there
    AddrType addr = AddrType::I32;
    std::vector<Run> runs; ///< filled when the module is instantiated
};

struct GlobalPlan
{
    ValType type;
    bool is_mutable = false;
    bool is_imported = false;
    bool is_small = false; ///< an immutable i32 below 64: fit for an offset
};

struct SegmentPlan
{
    bool is_passive = false;
    std::uint32_t size = 0;
    ValType element = funcref; ///< of an element segment
    bool stays = false;        ///< arrays are made from it: nobody drops it
};

/// A module under construction, and what may be said of its index spaces.
struct ModulePlan
{
    Module module;
    Groups groups;
    FeatureSet features;
    Palette palette;
    TypePlan types; ///< what module.types begins with
    std::vector<FuncPlan> funcs;
    std::vector<MemoryPlan> memories;
    std::vector<TablePlan> tables;
    std::vector<GlobalPlan> globals;
    std::vector<ResultType> tags; ///< payloads
    std::vector<SegmentPlan> datas;
    std::vector<SegmentPlan> elems;
    std::vector<bool> referenced; ///< functions that ref.func names: to be declared

    /// May the case use it: wanted by the swarm, and there in the feature set.
    [[nodiscard]] bool uses(Group g) const { return groups.has(g); }
    [[nodiscard]] bool has(Feature f) const { return features.has(f); }
    /// A number or vector type that the case uses.
    [[nodiscard]] ValType number(Entropy& in) const;
    /// The same, or now and then a reference type.
    [[nodiscard]] ValType value(Entropy& in) const;
};

/// The groups that features allow, thinned out by the first bytes of the entropy.
[[nodiscard]] Groups swarm(Entropy& in, FeatureSet features);

/// A function type of up to three parameters; results as the case uses them.
[[nodiscard]] FuncType function_type(Entropy& in, ModulePlan const& plan, bool wants_result);

/// The block type with these operands, if the features allow it: otherwise it must be one result.
[[nodiscard]] BlockType block_type(
    ModulePlan& plan, ResultType const& params, ResultType const& results);

// Building blocks of modules, used by the environment and the main module.

/// An empty module that begins with these types.
[[nodiscard]] ModulePlan empty_plan(Groups groups, FeatureSet features, TypePlan const& types);

/// A nullable reference type beside funcref and externref; the case has some.
[[nodiscard]] ValType typed_reference_type(Entropy& in, ModulePlan const& plan);

/// A constant expression's value of a reference type; null where that is allowed and nothing fits.
void constant_reference(Entropy& in, ModulePlan const& plan, ValType type, Code& c);

/// Globals, tables and segments of typed references, behind everything else; nothing if the case
/// has none.
void add_typed_state(Entropy& in, ModulePlan& plan);

/// What addresses a new memory or table: 64 bits now and then, where the case has them.
[[nodiscard]] AddrType address_type(Entropy& in, ModulePlan const& plan, std::uint8_t wide);
void add_memory(Entropy& in, ModulePlan& plan);
void add_table(Entropy& in, ModulePlan& plan, ValType element);
void add_global(Entropy& in, ModulePlan& plan, ValType type, bool is_mutable);
/// One or two tags, where the case has exceptions.
void add_tags(Entropy& in, ModulePlan& plan);
void add_data_segments(Entropy& in, ModulePlan& plan);
void add_export(ModulePlan& plan, std::string name, ExternKind kind, Index index);

/// Appends a defined function whose body is written later.
Index add_function(ModulePlan& plan, FuncPlan f);
[[nodiscard]] Func& defined(ModulePlan& plan, Index function);

/// Fills runs of slots [first, end) of a function table with `candidates`, by an active segment.
/// If `forced` is given, the first four slots hold functions of that type.
void fill_table(Entropy& in, ModulePlan& plan, Index table, Index first, Index end,
    std::vector<Index> const& candidates, FuncType const* forced);

/// Writes a segment as a list of functions where it is one: always, or half of the time.
void choose_form(Entropy& in, ModulePlan const& plan, Elem& elem);

/// Declares what ref.func names and nothing else mentions.
void declare_references(ModulePlan& plan);

} // namespace touchstone::generators
