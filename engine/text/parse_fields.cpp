// The last pass over a module's fields: everything but types, in the order of the text.

#include "engine/text/annotations.hpp"
#include "engine/text/module_parser.hpp"

#include <fmt/format.h>

namespace touchstone::text {

Module ModuleParser::fields(std::optional<std::string_view> id)
{
    auto const first = in_.position();
    if (id)
        m_.names.module = std::string{*id};
    collect_names();
    type_fields();
    while (in_.at(Token::Kind::Open))
        field();
    custom_problems_ = apply_annotations(in_.list(), first, in_.position(), m_);
    return std::move(m_);
}

void ModuleParser::field()
{
    Where const where{in_.offset()};
    if (in_.at_open(Word::Type) || in_.at_open(Word::Rec))
        return in_.skip_parens();
    in_.take();
    if (in_.take_if(Word::Import))
        import_field(where);
    else if (in_.take_if(Word::Func))
        func_field(where);
    else if (in_.take_if(Word::Table))
        table_field(where);
    else if (in_.take_if(Word::Memory))
        memory_field(where);
    else if (in_.take_if(Word::Global))
        global_field(where);
    else if (in_.take_if(Word::Tag))
        tag_field(where);
    else if (in_.take_if(Word::Export))
        export_field(where);
    else if (in_.take_if(Word::Start))
        start_field(where);
    else if (in_.take_if(Word::Elem))
        elem_field(where);
    else if (in_.take_if(Word::Data))
        data_field(where);
    else
        in_.unexpected();
    in_.close();
}

/// (import "module" "name" externtype)
void ModuleParser::import_field(Where where)
{
    Import import;
    import.where = where;
    import.module = in_.name();
    if (has(Feature::CompactImportSection) && in_.at_open(Word::Item))
        return import_items(import.module);
    import.name = in_.name();
    import.type = import_type(true);
    add_import(std::move(import));
}

/// compact-import-section: (item "name" externtype)+ or (item "name")+ externtype
void ModuleParser::import_items(std::string const& module)
{
    std::vector<Import> untyped;
    bool typed = false;
    while (in_.at_open(Word::Item)) {
        Import import;
        import.where = {in_.offset()};
        in_.expect_open(Word::Item);
        import.module = module;
        import.name = in_.name();
        if (in_.at(Token::Kind::Open) ? !untyped.empty() : typed)
            in_.unexpected();
        typed = in_.at(Token::Kind::Open);
        if (typed) {
            import.type = import_type(true);
            add_import(std::move(import));
        } else {
            untyped.push_back(std::move(import));
        }
        in_.close();
    }
    if (typed)
        return;
    auto const type = import_type(false);
    for (auto& import : untyped) {
        import.type = type;
        add_import(std::move(import));
    }
}

ExternType ModuleParser::import_type(bool may_have_id)
{
    in_.expect(Token::Kind::Open);
    auto const kind = in_.peek();
    in_.take();
    if (!may_have_id && in_.at(Token::Kind::Id))
        in_.refuse("identifier not allowed");
    in_.id_opt();
    auto type_use = [this] {
        auto const use = type_use_opt();
        Signature s;
        signature(s, true);
        return type_of(use, s);
    };
    ExternType type;
    switch (kind.kind == Token::Kind::Keyword ? static_cast<Word>(kind.keyword) : Word::End) {
    case Word::Func:
        type.kind = ExternKind::Func;
        type.func = type_use();
        break;
    case Word::Tag:
        type.kind = ExternKind::Tag;
        type.tag.type = type_use();
        break;
    case Word::Table:
        type.kind = ExternKind::Table;
        type.table = table_type();
        break;
    case Word::Memory:
        type.kind = ExternKind::Memory;
        type.memory = memory_type();
        break;
    case Word::Global:
        type.kind = ExternKind::Global;
        type.global = global_type();
        break;
    default: in_.refuse(kind.offset, "unexpected token");
    }
    in_.close();
    return type;
}

void ModuleParser::add_import(Import import)
{
    if (defined_ != nullptr)
        in_.refuse(import.where.offset, fmt::format("import after {} definition", defined_));
    ++next_[import.type.kind];
    m_.imports.push_back(std::move(import));
}

/// The index of a definition.
Index ModuleParser::define(ExternKind kind, char const* what)
{
    defined_ = what;
    return next_[kind]++;
}

/// (export "name")*
void ModuleParser::inline_exports(ExternKind kind)
{
    while (in_.at_open(Word::Export)) {
        Export e;
        e.where = {in_.offset()};
        e.kind = kind;
        e.index = next_[kind];
        in_.expect_open(Word::Export);
        e.name = in_.name();
        in_.close();
        m_.exports.push_back(std::move(e));
    }
}

/// (import "module" "name"), for a field whose type follows
std::optional<Import> ModuleParser::inline_import(ExternKind kind, Where where)
{
    if (!in_.take_open_if(Word::Import))
        return std::nullopt;
    Import import;
    import.where = where;
    import.module = in_.name();
    import.name = in_.name();
    import.type.kind = kind;
    in_.close();
    return import;
}

/// func: (func $id? exports (import)? typeuse locals instructions)
void ModuleParser::func_field(Where where)
{
    in_.id_opt();
    inline_exports(ExternKind::Func);
    auto import = inline_import(ExternKind::Func, where);
    auto const use_at = in_.offset();
    auto const use = type_use_opt();
    Signature s;
    signature(s, true);
    auto const type = type_of(use, s);
    if (import) {
        import->type.func = type;
        return add_import(std::move(*import));
    }
    Func func;
    func.where = where;
    func.type = type;
    auto const silent = use && s.type.params.empty() && s.type.results.empty();
    function_body(func, define(ExternKind::Func, "function"), s,
        silent ? std::optional{TypeUse{*use, use_at}} : std::nullopt);
    m_.funcs.push_back(std::move(func));
}

/// table: limits and type with or without initial value, or only a type and the elements
void ModuleParser::table_field(Where where)
{
    in_.id_opt();
    inline_exports(ExternKind::Table);
    if (auto import = inline_import(ExternKind::Table, where)) {
        import->type.table = table_type();
        return add_import(std::move(*import));
    }
    Table table;
    table.where = where;
    auto const x = define(ExternKind::Table, "table");
    auto const addr = addr_type_opt();
    if (in_.at(Token::Kind::Nat)) {
        table.type.limits = limits(addr);
        table.type.element = ref_type();
        if (!in_.at(Token::Kind::Close)) {
            if (!at_instruction())
                in_.unexpected();
            table.init = expression();
        }
        m_.tables.push_back(std::move(table));
        return;
    }
    table.type.element = ref_type();
    Elem elem;
    elem.where = where;
    elem.mode = Elem::Mode::Active;
    elem.table = x;
    elem.type = table.type.element;
    elem.offset = zero_offset(addr, where);
    in_.expect_open(Word::Elem);
    if (at_index())
        elem_functions(elem);
    else
        elem_items(elem);
    in_.close();
    table.type.limits = {addr, elem.init.size(), elem.init.size()};
    m_.tables.push_back(std::move(table));
    m_.elems.push_back(std::move(elem));
}

/// memory: limits, or the bytes
void ModuleParser::memory_field(Where where)
{
    in_.id_opt();
    inline_exports(ExternKind::Memory);
    if (auto import = inline_import(ExternKind::Memory, where)) {
        import->type.memory = memory_type();
        return add_import(std::move(*import));
    }
    Memory memory;
    memory.where = where;
    auto const x = define(ExternKind::Memory, "memory");
    auto const addr = addr_type_opt();
    page_size_opt(memory.type);
    if (in_.take_open_if(Word::Data)) {
        Data data;
        data.where = where;
        data.mode = Data::Mode::Active;
        data.memory = x;
        data.offset = zero_offset(addr, where);
        auto const bytes = in_.strings();
        data.bytes.assign(bytes.begin(), bytes.end());
        in_.close();
        auto const page = memory.type.page_bytes();
        auto const pages = (bytes.size() + page - 1) / page;
        memory.type.limits = {addr, pages, pages};
        m_.datas.push_back(std::move(data));
    } else {
        memory.type.limits = limits(addr);
        shared_and_page_size(memory.type);
    }
    m_.memories.push_back(memory);
}

void ModuleParser::global_field(Where where)
{
    in_.id_opt();
    inline_exports(ExternKind::Global);
    if (auto import = inline_import(ExternKind::Global, where)) {
        import->type.global = global_type();
        return add_import(std::move(*import));
    }
    Global global;
    global.where = where;
    define(ExternKind::Global, "global");
    global.type = global_type();
    global.init = expression();
    m_.globals.push_back(std::move(global));
}

void ModuleParser::tag_field(Where where)
{
    in_.id_opt();
    inline_exports(ExternKind::Tag);
    auto import = inline_import(ExternKind::Tag, where);
    auto const use = type_use_opt();
    Signature s;
    signature(s, true);
    TagType const type{type_of(use, s)};
    if (import) {
        import->type.tag = type;
        return add_import(std::move(*import));
    }
    define(ExternKind::Tag, "tag");
    m_.tags.push_back({type, where});
}

/// (export "name" (kind index))
void ModuleParser::export_field(Where where)
{
    Export e;
    e.where = where;
    e.name = in_.name();
    in_.expect(Token::Kind::Open);
    auto of = [&e, this](Word word, ExternKind kind, IndexSpace const& space) {
        if (!in_.take_if(word))
            return false;
        e.kind = kind;
        e.index = index(space);
        return true;
    };
    if (!of(Word::Func, ExternKind::Func, funcs_) && !of(Word::Table, ExternKind::Table, tables_) &&
        !of(Word::Memory, ExternKind::Memory, memories_) &&
        !of(Word::Global, ExternKind::Global, globals_) && !of(Word::Tag, ExternKind::Tag, tags_))
        in_.unexpected();
    in_.close();
    m_.exports.push_back(std::move(e));
}

void ModuleParser::start_field(Where where)
{
    if (m_.start)
        in_.refuse(where.offset, "multiple start sections");
    m_.start = index(funcs_);
    m_.start_where = where;
}

} // namespace touchstone::text
