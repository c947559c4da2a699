// Module to text: the frame, types and functions.

#include "engine/text/print.hpp"

#include "engine/text/characters.hpp"
#include "engine/text/module_printer.hpp"
#include "engine/text/print_literals.hpp"

#include <fmt/format.h>

namespace touchstone::text {

/// So many locals are written out for all functions together; a binary of a few bytes may declare
/// thousands of millions.
static constexpr std::uint64_t most_locals = 4'000'000;

/// Functions of more parameters and results than this refer to their type only, unless parameters
/// have names.
static constexpr std::size_t most_written_out = 16;

/// Of a name that is no identifier; nothing of one that is no text.
static std::string name_annotation(std::string_view name)
{
    return is_utf8(name) ? fmt::format(" (@name {})", name_text(name)) : std::string{};
}

ModulePrinter::ModulePrinter(Module const& m) : m_{m}, locals_left_{most_locals}
{
    auto of = [&m](NameMap const& names, std::size_t defined, ExternKind kind) {
        return printable_ids(names, count_imports(m, kind) + defined);
    };
    ids_.types = printable_ids(m.names.types, m.types.size());
    ids_.funcs = of(m.names.funcs, m.funcs.size(), ExternKind::Func);
    ids_.tables = of(m.names.tables, m.tables.size(), ExternKind::Table);
    ids_.memories = of(m.names.memories, m.memories.size(), ExternKind::Memory);
    ids_.globals = of(m.names.globals, m.globals.size(), ExternKind::Global);
    ids_.tags = of(m.names.tags, m.tags.size(), ExternKind::Tag);
    ids_.elems = printable_ids(m.names.elems, m.elems.size());
    ids_.datas = printable_ids(m.names.datas, m.datas.size());
    for (auto const& [type, names] : m.names.fields)
        if (type < m.types.size() && m.types[type].comp.kind == CompType::Kind::Struct)
            ids_.fields.emplace(type, printable_ids(names, m.types[type].comp.fields.size()));
}

std::string ModulePrinter::run()
{
    out_ = "(module";
    if (m_.names.module) {
        auto const id = id_text(*m_.names.module);
        out_ += id ? ' ' + *id : name_annotation(*m_.names.module);
    }
    types();
    imports();
    tables();
    memories();
    tags();
    globals();
    exports();
    if (m_.start)
        out_ += fmt::format("\n  (start {})", reference(ids_.funcs, *m_.start));
    elems();
    funcs();
    datas();
    customs();
    out_ += "\n)\n";
    return std::move(out_);
}

void ModulePrinter::id(Ids const& ids, Index index)
{
    if (auto const at = ids.find(index); at != ids.end())
        out_ += ' ' + at->second;
}

void ModulePrinter::id_or_name(Ids const& ids, NameMap const& names, Index index)
{
    if (auto const at = names.find(index); at != names.end() && !ids.contains(index))
        out_ += name_annotation(at->second);
    else
        id(ids, index);
}

void ModulePrinter::type_use(Index type)
{
    out_ += fmt::format(" (type {})", reference(ids_.types, type));
}

FuncType const* ModulePrinter::func_type_of(Index type) const
{
    if (type >= m_.types.size() || m_.types[type].comp.kind != CompType::Kind::Func)
        return nullptr;
    return &m_.types[type].comp.func;
}

void ModulePrinter::types()
{
    for (auto const& group : m_.rec_groups) {
        if (group.count == 1) {
            type(group.first, "\n  ");
            continue;
        }
        out_ += "\n  (rec";
        for (Index k = 0; k < group.count; ++k)
            type(group.first + k, "\n    ");
        out_ += ')';
    }
}

void ModulePrinter::type(Index index, std::string_view indent)
{
    auto const& sub = m_.types[index];
    out_ += indent;
    out_ += "(type";
    id_or_name(ids_.types, m_.names.types, index);
    out_ += ' ';
    auto const plain = sub.is_final && sub.supers.empty();
    if (!plain) {
        out_ += sub.is_final ? "(sub final" : "(sub";
        for (auto const super : sub.supers)
            out_ += ' ' + reference(ids_.types, super);
        out_ += ' ';
    }
    composite(index, sub.comp);
    out_ += plain ? ")" : "))";
}

void ModulePrinter::composite(Index index, CompType const& comp)
{
    switch (comp.kind) {
    case CompType::Kind::Func:
        out_ += "(func";
        func_type(comp.func, {});
        break;
    case CompType::Kind::Array:
        out_ += "(array";
        for (auto const& field : comp.fields)
            field_type(field);
        break;
    case CompType::Kind::Struct:
    {
        out_ += "(struct";
        auto const ids = ids_.fields.find(index);
        for (Index k = 0; k < comp.fields.size(); ++k) {
            out_ += " (field";
            if (ids != ids_.fields.end())
                id(ids->second, k);
            field_type(comp.fields[k]);
            out_ += ')';
        }
        break;
    }
    }
    out_ += ')';
}

void ModulePrinter::field_type(FieldType const& field)
{
    out_ += field.is_mutable ? " (mut " : " ";
    switch (field.storage.pack) {
    case StorageType::Pack::I8: out_ += "i8"; break;
    case StorageType::Pack::I16: out_ += "i16"; break;
    case StorageType::Pack::No: out_ += instructions_.val_type(field.storage.unpacked); break;
    }
    out_ += field.is_mutable ? ")" : "";
}

/// (param $x t) by itself where it has a name, the others in one list
void ModulePrinter::func_type(FuncType const& type, Ids const& params)
{
    bool in_list = false;
    auto end_list = [&] {
        out_ += in_list ? ")" : "";
        in_list = false;
    };
    for (Index k = 0; k < type.params.size(); ++k) {
        auto const text = instructions_.val_type(type.params[k]);
        if (auto const at = params.find(k); at != params.end()) {
            end_list();
            out_ += fmt::format(" (param {} {})", at->second, text);
            continue;
        }
        out_ += in_list ? " " : " (param ";
        out_ += text;
        in_list = true;
    }
    end_list();
    for (auto const result : type.results) {
        out_ += in_list ? " " : " (result ";
        out_ += instructions_.val_type(result);
        in_list = true;
    }
    end_list();
}

void ModulePrinter::funcs()
{
    auto index = count_imports(m_, ExternKind::Func);
    for (auto const& f : m_.funcs)
        func(index++, f);
}

void ModulePrinter::func(Index index, Func const& f)
{
    out_ += "\n  (func";
    id_or_name(ids_.funcs, m_.names.funcs, index);
    type_use(f.type);
    Ids ids;
    auto const* const type = func_type_of(f.type);
    Index const params = type != nullptr ? static_cast<Index>(type->params.size()) : 0;
    if (auto const names = m_.names.locals.find(index);
        names != m_.names.locals.end() && type != nullptr) {
        std::uint64_t count = params;
        for (auto const& group : f.locals)
            count += group.count;
        ids = printable_ids(names->second, count);
    }
    if (type != nullptr) {
        auto const named =
            std::ranges::any_of(ids, [&](auto const& e) { return e.first < params; });
        if (named || type->params.size() + type->results.size() <= most_written_out)
            func_type(*type, ids);
    }
    locals(f, ids, params);
    auto const labels = m_.names.labels.find(index);
    auto const hints = m_.branch_hints.find(index);
    instructions_.enter(std::move(ids), labels != m_.names.labels.end() ? &labels->second : nullptr,
        hints != m_.branch_hints.end() ? &hints->second : nullptr);
    instructions_.body(f.body, out_, true);
    instructions_.enter({}, nullptr, nullptr);
    out_ += ')';
}

/// The parser's groups are locals of one type in a row, up to an empty (local).
void ModulePrinter::locals(Func const& f, Ids const& ids, Index first)
{
    std::optional<ValType> previous;
    std::uint64_t index = first;
    for (auto const& group : f.locals) {
        if (group.count == 0)
            continue; // declares nothing, and text has no word for it
        auto const text = instructions_.val_type(group.type);
        if (group.count > locals_left_) {
            out_ += fmt::format("\n    (; {} locals of type {} ;)", group.count, text);
            index += group.count;
            continue;
        }
        locals_left_ -= group.count;
        out_ += "\n   ";
        out_ += previous == group.type ? " (local)" : "";
        previous = group.type;
        bool in_list = false;
        for (auto const end = index + group.count; index < end; ++index) {
            if (auto const at = ids.find(static_cast<Index>(index)); at != ids.end()) {
                out_ += in_list ? ")" : "";
                in_list = false;
                out_ += fmt::format(" (local {} {})", at->second, text);
                continue;
            }
            out_ += in_list ? " " : " (local ";
            out_ += text;
            in_list = true;
        }
        out_ += in_list ? ")" : "";
    }
}

} // namespace touchstone::text

namespace touchstone {

std::string print(Module const& module)
{
    return text::ModulePrinter{module}.run();
}

std::string print(Expr const& in, Instr const& instr)
{
    text::ModuleIds const no_ids;
    text::InstructionPrinter printer{no_ids};
    std::string out;
    printer.instruction(in, instr, out);
    return out;
}

} // namespace touchstone
