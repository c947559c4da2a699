#pragma once
// Text format: tokens to Module (text/modules.html), in three passes over a module's fields: names,
// types, and the rest.

#include "engine/syntax/module.hpp"
#include "engine/text/cursor.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace touchstone::text {

/// One index space while its identifiers are collected and resolved.
struct IndexSpace
{
    char const* category; ///< as in "unknown function $f"
    NameMap* names;       ///< where identifiers go
    Index count = 0;
    std::unordered_map<std::string_view, Index> ids;
};

/// The heap type that the word names by itself.
[[nodiscard]] std::optional<AbsHeapType> abstract_heap_type(Word word);

/// Parses the fields of one module from a cursor that stands at the first, up to what is no field.
class ModuleParser
{
public:
    explicit ModuleParser(Cursor& in) : in_{in} {}

    /// The module without its parentheses.
    Module fields(std::optional<std::string_view> id);

    /// What was wrong with the module's annotations for custom sections.
    std::vector<Error> take_custom_problems() { return std::move(custom_problems_); }

private:
    /// A function type as written, with the identifiers of its parameters.
    struct Signature
    {
        FuncType type;
        std::vector<std::optional<std::string_view>> param_ids;
        std::uint32_t offset = 0;
    };

    /// (type x) without parameters and results written out
    struct TypeUse
    {
        Index type;
        std::uint32_t offset;
    };

    // names (parse_names.cpp)
    void collect_names();
    void collect_field(Word word);
    void collect_import();
    void collect_rec();
    void collect_definition(IndexSpace& space);
    void count_inline_segment(Word word);
    void bind(IndexSpace& space, std::optional<std::string_view> id, std::uint32_t offset);
    Index resolve(IndexSpace const& space, Token const& token);
    Index index(IndexSpace const& space);
    Index index_opt(IndexSpace const& space);
    void collect_extern(Index count);
    [[nodiscard]] bool has(Feature f) const { return in_.list().features.has(f); }
    [[nodiscard]] bool at_index() const
    {
        return in_.at(Token::Kind::Nat) || in_.at(Token::Kind::Id);
    }
    [[noreturn]] void unknown(char const* category, std::uint32_t offset, std::string_view id);

    // types (parse_types.cpp)
    void type_fields();
    void type_definition();
    CompType composite(Index type);
    void struct_fields(Index type, std::vector<FieldType>& fields);
    FieldType field_type();
    StorageType storage_type();
    bool at_val_type() const;
    ValType val_type();
    ValType ref_type();
    HeapType heap_type();
    void val_types_to_close(std::vector<ValType>& types);
    GlobalType global_type();
    SizeLimits limits(AddrType addr);
    AddrType addr_type_opt();
    TableType table_type();
    MemoryType memory_type();
    void shared_and_page_size(MemoryType& type);
    void page_size_opt(MemoryType& type);
    void signature(Signature& s, bool with_ids);
    std::optional<Index> type_use_opt();
    Index type_of(std::optional<Index> use, Signature const& s);
    Index implicit_type(FuncType const& type);
    FuncType const* func_type(Index type) const;
    FuncType const& known_func_type(Index type, std::uint32_t offset);
    void remember_type(Index type);

    // fields (parse_fields.cpp, parse_segments.cpp)
    void field();
    void import_field(Where where);
    ExternType import_type(bool may_have_id);
    void import_items(std::string const& module);
    void func_field(Where where);
    void table_field(Where where);
    void memory_field(Where where);
    void global_field(Where where);
    void tag_field(Where where);
    void export_field(Where where);
    void start_field(Where where);
    void elem_field(Where where);
    void data_field(Where where);
    void inline_exports(ExternKind kind);
    std::optional<Import> inline_import(ExternKind kind, Where where);
    void add_import(Import import);
    Index define(ExternKind kind, char const* what);
    [[nodiscard]] bool at_first_index() const;
    Expr offset_expr();
    Expr zero_offset(AddrType addr, Where where);
    void elem_items(Elem& elem);
    void elem_functions(Elem& elem);

    // functions (parse_function.cpp)
    void function_body(Func& func, Index index, Signature const& s, std::optional<TypeUse> silent);
    void locals(Func& func);
    void bind_local(std::string_view id, std::uint32_t offset);

    // instructions (parse_instructions.cpp)
    /// Instructions up to what is none, with a final end.
    Expr expression();
    [[nodiscard]] bool at_instruction() const
    {
        auto const& first = in_.peek(in_.at(Token::Kind::Open) ? 1 : 0);
        return first.kind == Token::Kind::Keyword && is_opcode(first.keyword);
    }
    /// One folded instruction, with a final end.
    Expr folded_expression();
    void instructions(bool only_one);
    void open_folded(Opcode op, Where where);
    void flat(Opcode op, Where where);
    void close_folded();
    void flat_else(Where where);
    void flat_end(Where where);
    void check_end_label();
    void emit(Instr const& instr);
    void emit(Opcode op, Where where);
    // the instructions of legacy exceptions (parse_try.cpp)
    [[nodiscard]] bool at_flat_catch() const;
    void flat_catch(Where where);
    void flat_delegate(Where where);
    void close_try_part(Where where);

    void push_label(std::optional<std::string_view> id);
    void pop_label();
    Index label();

    // immediates (parse_immediates.cpp)
    Instr plain_instruction(Opcode op, Where where);
    Instr block_head(Opcode op, Where where);
    Index local();
    void catches(Instr& i);
    void labels(Instr& i);
    void select_types(Instr& i);
    void call_indirect(Instr& i);
    void two_or_none(Instr& i, IndexSpace const& space);
    void segment_and_place(Instr& i, IndexSpace const& segments, IndexSpace const& places);
    void memarg(Instr& i);
    void memarg_lane(Instr& i);
    void offset_and_align(Instr& i);
    void shuffle_lanes(Instr& i);
    void vector(Instr& i);
    void heap_type_of(Instr& i);
    void br_cast(Instr& i);
    void type_field(Instr& i);

    struct Frame
    {
        enum class Kind : std::uint8_t
        {
            Operator,  ///< "(op", with operands only
            Condition, ///< "(if", before "(then"
            Then,      ///< "(if ... (then"
            Else,      ///< "(if ... (else"
            Folded,    ///< "(block", "(loop", "(try_table"
            Flat,      ///< block, loop, try_table
            FlatIf,    ///< if, where else may follow
            TryPart,   ///< "(try ... (do" and "(try ... (catch"
            FlatTry,   ///< try, where catch or delegate may follow
        };
        Kind kind;
        Instr instr; ///< of Operator and Condition: to be emitted after the operands
        std::optional<std::string_view> label;
    };

    Cursor& in_;
    Module m_;
    std::vector<Error> custom_problems_;
    IndexSpace types_{"type", &m_.names.types};
    IndexSpace funcs_{"function", &m_.names.funcs};
    IndexSpace tables_{"table", &m_.names.tables};
    IndexSpace memories_{"memory", &m_.names.memories};
    IndexSpace globals_{"global", &m_.names.globals};
    IndexSpace tags_{"tag", &m_.names.tags};
    IndexSpace elems_{"elem segment", &m_.names.elems};
    IndexSpace datas_{"data segment", &m_.names.datas};
    std::unordered_map<Index, std::unordered_map<std::string_view, Index>> field_ids_;
    std::vector<std::size_t> type_places_;            // tokens where (type and (rec start
    std::unordered_map<std::string, Index> by_shape_; // function types that an abbreviation finds
    char const* defined_ = nullptr;                   // what was defined last, if anything
    std::map<ExternKind, Index> next_;                // index of the next of each kind

    // of the function or expression that is being parsed
    Expr* body_ = nullptr;
    std::optional<Index> function_; // in whose names labels and locals go
    std::unordered_map<std::string_view, Index> locals_;
    Index local_count_ = 0;
    std::optional<TypeUse> untold_params_; // they count, but their type was not looked at yet
    std::vector<Frame> frames_;
    std::vector<std::optional<std::string_view>> labels_;
    std::unordered_map<std::string_view, std::vector<std::size_t>> label_depths_;
    Index block_count_ = 0;
};

} // namespace touchstone::text
