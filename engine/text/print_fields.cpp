// Imports, exports, tables, memories, globals, tags and segments to text.

#include "engine/text/module_printer.hpp"
#include "engine/text/print_literals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone::text {

void ModulePrinter::limits(SizeLimits const& limits)
{
    out_ += limits.addr == AddrType::I64 ? " i64" : "";
    out_ += fmt::format(" {}", limits.min);
    if (limits.max)
        out_ += fmt::format(" {}", *limits.max);
}

void ModulePrinter::memory_type(MemoryType const& type)
{
    limits(type.limits);
    out_ += type.is_shared ? " shared" : "";
    if (type.page_bytes() != page_size)
        out_ += fmt::format(" (pagesize {})", type.page_bytes());
}

void ModulePrinter::table_type(TableType const& type)
{
    limits(type.limits);
    out_ += ' ' + instructions_.val_type(type.element);
}

void ModulePrinter::global_type(GlobalType const& type)
{
    auto const value = instructions_.val_type(type.value);
    out_ += type.is_mutable ? fmt::format(" (mut {})", value) : ' ' + value;
}

void ModulePrinter::imports()
{
    Index funcs = 0, tables = 0, memories = 0, globals = 0, tags = 0;
    for (auto const& import : m_.imports) {
        out_ +=
            fmt::format("\n  (import {} {} (", name_text(import.module), name_text(import.name));
        auto const& type = import.type;
        switch (type.kind) {
        case ExternKind::Func:
            out_ += "func";
            id(ids_.funcs, funcs++);
            type_use(type.func);
            break;
        case ExternKind::Table:
            out_ += "table";
            id(ids_.tables, tables++);
            table_type(type.table);
            break;
        case ExternKind::Memory:
            out_ += "memory";
            id(ids_.memories, memories++);
            memory_type(type.memory);
            break;
        case ExternKind::Global:
            out_ += "global";
            id(ids_.globals, globals++);
            global_type(type.global);
            break;
        case ExternKind::Tag:
            out_ += "tag";
            id(ids_.tags, tags++);
            type_use(type.tag.type);
            break;
        }
        out_ += "))";
    }
}

void ModulePrinter::tables()
{
    auto index = count_imports(m_, ExternKind::Table);
    for (auto const& table : m_.tables) {
        out_ += "\n  (table";
        id_or_name(ids_.tables, m_.names.tables, index++);
        table_type(table.type);
        if (table.init)
            instructions_.body(*table.init, out_, false);
        out_ += ')';
    }
}

void ModulePrinter::memories()
{
    auto index = count_imports(m_, ExternKind::Memory);
    for (auto const& memory : m_.memories) {
        out_ += "\n  (memory";
        id_or_name(ids_.memories, m_.names.memories, index++);
        memory_type(memory.type);
        out_ += ')';
    }
}

void ModulePrinter::tags()
{
    auto index = count_imports(m_, ExternKind::Tag);
    for (auto const& tag : m_.tags) {
        out_ += "\n  (tag";
        id_or_name(ids_.tags, m_.names.tags, index++);
        type_use(tag.type.type);
        out_ += ')';
    }
}

void ModulePrinter::globals()
{
    auto index = count_imports(m_, ExternKind::Global);
    for (auto const& global : m_.globals) {
        out_ += "\n  (global";
        id_or_name(ids_.globals, m_.names.globals, index++);
        global_type(global.type);
        instructions_.body(global.init, out_, false);
        out_ += ')';
    }
}

void ModulePrinter::exports()
{
    for (auto const& e : m_.exports) {
        auto const what = [&]() -> std::pair<char const*, Ids const*> {
            switch (e.kind) {
            case ExternKind::Func: return {"func", &ids_.funcs};
            case ExternKind::Table: return {"table", &ids_.tables};
            case ExternKind::Memory: return {"memory", &ids_.memories};
            case ExternKind::Global: return {"global", &ids_.globals};
            case ExternKind::Tag: break;
            }
            return {"tag", &ids_.tags};
        }();
        out_ += fmt::format("\n  (export {} ({} {}))", name_text(e.name), what.first,
            reference(*what.second, e.index));
    }
}

void ModulePrinter::offset(Expr const& e)
{
    out_ += " (offset";
    instructions_.body(e, out_, false);
    out_ += ')';
}

static bool is_function_reference(Expr const& e)
{
    return e.instrs.size() == 2 && e.instrs[0].op == Opcode::RefFunc;
}

void ModulePrinter::elem_list(Elem const& elem)
{
    if (elem.type == ValType::ref(false, AbsHeapType::Func) &&
        std::ranges::all_of(elem.init, is_function_reference)) {
        out_ += " func";
        for (auto const& e : elem.init)
            out_ += ' ' + reference(ids_.funcs, e.instrs[0].x);
        return;
    }
    out_ += ' ' + instructions_.val_type(elem.type);
    for (auto const& e : elem.init) {
        out_ += " (item";
        instructions_.body(e, out_, false);
        out_ += ')';
    }
}

void ModulePrinter::elems()
{
    Index index = 0;
    for (auto const& elem : m_.elems) {
        out_ += "\n  (elem";
        id_or_name(ids_.elems, m_.names.elems, index++);
        if (elem.mode == Elem::Mode::Declarative)
            out_ += " declare";
        if (elem.mode == Elem::Mode::Active) {
            if (elem.table != 0)
                out_ += fmt::format(" (table {})", reference(ids_.tables, elem.table));
            offset(elem.offset);
        }
        elem_list(elem);
        out_ += ')';
    }
}

void ModulePrinter::datas()
{
    constexpr std::size_t line = 64;
    Index index = 0;
    for (auto const& data : m_.datas) {
        out_ += "\n  (data";
        id_or_name(ids_.datas, m_.names.datas, index++);
        if (data.mode == Data::Mode::Active) {
            if (data.memory != 0)
                out_ += fmt::format(" (memory {})", reference(ids_.memories, data.memory));
            offset(data.offset);
        }
        std::string const bytes{data.bytes.begin(), data.bytes.end()};
        for (std::size_t from = 0; from < bytes.size(); from += line) {
            out_ += bytes.size() > line ? "\n    " : " ";
            out_ += bytes_text(std::string_view{bytes}.substr(from, line));
        }
        out_ += ')';
    }
}

/// Annotations that say where a custom section stood; names stand at what they name.
void ModulePrinter::customs()
{
    constexpr std::array<char const*, 14> sections{"first", "type", "import", "func", "table",
        "memory", "global", "export", "start", "elem", "code", "data", "datacount", "tag"};
    for (auto const& custom : m_.customs) {
        if (custom.name == "name" || custom.after >= sections.size())
            continue;
        std::string const bytes{custom.bytes.begin(), custom.bytes.end()};
        out_ += fmt::format("\n  (@custom {} ({} {}) {})", name_text(custom.name),
            custom.after == 0 ? "before" : "after", sections[custom.after], bytes_text(bytes));
    }
}

} // namespace touchstone::text
