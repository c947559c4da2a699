#pragma once
// Module to text, part by part; print.hpp is what others use.

#include "engine/syntax/module.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace touchstone::text {

/// Identifiers of one index space that can be printed: they are unique, and text can say them.
using Ids = std::unordered_map<Index, std::string>;
[[nodiscard]] Ids printable_ids(NameMap const& names, std::uint64_t count);

/// The identifier, or the index itself where there is none or a very long one.
[[nodiscard]] std::string reference(Ids const& ids, Index index);

/// All identifiers of a module.
struct ModuleIds
{
    Ids types, funcs, tables, memories, globals, elems, datas, tags;
    std::unordered_map<Index, Ids> fields; ///< by type
};

/// Prints instructions, with the identifiers that it is given and the labels that are open.
class InstructionPrinter
{
public:
    explicit InstructionPrinter(ModuleIds const& ids) : ids_{ids} {}

    /// Begins a function: its locals' identifiers, its labels by block, and hints on its branches.
    void enter(Ids locals, NameMap const* labels, FuncHints const* hints);

    /// Everything but the final end, one instruction a line, or all in one line.
    void body(Expr const& e, std::string& out, bool lines);
    void instruction(Expr const& e, Instr const& i, std::string& out);

    [[nodiscard]] std::string val_type(ValType t) const;
    [[nodiscard]] std::string heap_type(HeapType h) const;

private:
    void block_type(BlockType bt, std::string& out) const;
    void block(Expr const& e, Instr const& i, std::string& out);
    void close_label();
    void catches(Expr const& e, Instr const& i, std::string& out);
    void memarg(Instr const& i, std::string& out);
    void vector(V128 const& v, std::string& out) const;
    void field(Instr const& i, std::string& out);
    [[nodiscard]] std::string label(Index depth) const;

    ModuleIds const& ids_;
    Ids locals_;
    NameMap const* label_names_ = nullptr;
    FuncHints const* hints_ = nullptr;
    Index block_count_ = 0;
    std::vector<std::optional<std::string>> labels_;
    std::unordered_map<std::string, std::vector<std::size_t>> label_depths_;
};

/// Prints a module's fields in the order of the binary format's sections.
class ModulePrinter
{
public:
    explicit ModulePrinter(Module const& m);
    std::string run();

private:
    void types();
    void type(Index index, std::string_view indent);
    void composite(Index index, CompType const& comp);
    void field_type(FieldType const& field);
    void func_type(FuncType const& type, Ids const& params);
    void limits(SizeLimits const& limits);
    void memory_type(MemoryType const& type);
    void table_type(TableType const& type);
    void global_type(GlobalType const& type);
    void imports();
    void tables();
    void memories();
    void tags();
    void globals();
    void exports();
    void elems();
    void elem_list(Elem const& elem);
    void funcs();
    void func(Index index, Func const& f);
    void locals(Func const& f, Ids const& ids, Index first);
    void datas();
    void customs();

    void id(Ids const& ids, Index index);
    /// The same of a definition: a name that is no identifier, or not the first of it, stands in an
    /// annotation.
    void id_or_name(Ids const& ids, NameMap const& names, Index index);
    void type_use(Index type);
    void offset(Expr const& e);
    [[nodiscard]] FuncType const* func_type_of(Index type) const;

    Module const& m_;
    ModuleIds ids_;
    InstructionPrinter instructions_{ids_};
    std::string out_;
    std::uint64_t locals_left_;
};

} // namespace touchstone::text
