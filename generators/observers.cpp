#include "generators/observers.hpp"

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/validation/validate.hpp"
#include "generators/builder.hpp"
#include "generators/transform.hpp"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <utility>

namespace touchstone::generators {

namespace {

using Kind = ValType::Kind;
constexpr ValType i32_type{Kind::I32};
constexpr ValType i64_type{Kind::I64};

void add_function(
    Module& m, std::string name, FuncType const& type, Code& code, std::vector<Locals> locals = {})
{
    code.end();
    m.exports.push_back({.name = std::move(name),
        .kind = ExternKind::Func,
        .index = static_cast<Index>(m.funcs.size())});
    m.funcs.push_back(
        {.type = type_index(m, type), .locals = std::move(locals), .body = code.take()});
}

Module importing(std::string const& module, std::string const& name, ExternType type)
{
    Module m;
    m.imports.push_back({.module = module, .name = name, .type = type});
    return m;
}

/// digest = digest * 31 + word, for each of the 512 words from an address; past the end it traps.
void add_fold(Module& m)
{
    constexpr Index address = 0;
    constexpr Index words = 1;
    constexpr Index digest = 2;
    Code c;
    c.i32_const(fold_bytes / 8);
    c.op(Opcode::LocalSet, words);
    c.block(Opcode::Loop, {});
    c.op(Opcode::LocalGet, digest);
    c.constant(Kind::I64, 31);
    c.op(Opcode::I64Mul);
    c.op(Opcode::LocalGet, address);
    c.memory(Opcode::I64Load, 0, 0, 0);
    c.op(Opcode::I64Add);
    c.op(Opcode::LocalSet, digest);
    c.op(Opcode::LocalGet, address);
    c.i32_const(8);
    c.op(Opcode::I32Add);
    c.op(Opcode::LocalSet, address);
    c.op(Opcode::LocalGet, words);
    c.i32_const(1);
    c.op(Opcode::I32Sub);
    c.op(Opcode::LocalTee, words);
    c.op(Opcode::BrIf, 0);
    c.end();
    c.op(Opcode::LocalGet, digest);
    add_function(m, "fold", {{i32_type}, {i64_type}}, c, {{1, i32_type}, {1, i64_type}});
}

Module memory_observer(std::string const& module, std::string const& name)
{
    auto m = importing(module, name, {.kind = ExternKind::Memory, .memory = {}});
    Code size;
    size.op(Opcode::MemorySize);
    add_function(m, "size", {{}, {i32_type}}, size);
    Code word;
    word.op(Opcode::LocalGet, 0);
    word.memory(Opcode::I64Load, 0, 0, 0);
    add_function(m, "word", {{i32_type}, {i64_type}}, word);
    add_fold(m);
    return m;
}

Module global_observer(std::string const& module, std::string const& name, GlobalType type)
{
    auto m = importing(module, name, {.kind = ExternKind::Global, .global = type});
    Code get;
    get.op(Opcode::GlobalGet, 0);
    add_function(m, "get", {{}, {type.value}}, get);
    return m;
}

Module table_observer(std::string const& module, std::string const& name, ValType element)
{
    auto m = importing(
        module, name, {.kind = ExternKind::Table, .table = {.limits = {}, .element = element}});
    Code size;
    size.op(Opcode::TableSize);
    add_function(m, "size", {{}, {i32_type}}, size);
    Code is_null;
    is_null.op(Opcode::LocalGet, 0);
    is_null.op(Opcode::TableGet);
    is_null.op(Opcode::RefIsNull);
    add_function(m, "is_null", {{i32_type}, {i32_type}}, is_null);
    return m;
}

/// The types of an index space, imports first.
template <class Type, class Defined>
std::vector<Type> types_of(
    Module const& m, ExternKind kind, Type ExternType::* imported, std::vector<Defined> const& own)
{
    std::vector<Type> types;
    for (auto const& i : m.imports)
        if (i.type.kind == kind)
            types.push_back(i.type.*imported);
    for (auto const& d : own)
        types.push_back(d.type);
    return types;
}

std::optional<Module> observer_of(Module const& m, std::string const& module, Export const& e)
{
    switch (e.kind) {
    case ExternKind::Memory:
    {
        auto const type = types_of(m, e.kind, &ExternType::memory, m.memories)[e.index];
        if (type.limits.addr == AddrType::I32)
            return memory_observer(module, e.name);
        break;
    }
    case ExternKind::Global:
    {
        auto const type = types_of(m, e.kind, &ExternType::global, m.globals)[e.index];
        if (type.value.kind <= Kind::F64)
            return global_observer(module, e.name, type);
        break;
    }
    case ExternKind::Table:
    {
        auto const type = types_of(m, e.kind, &ExternType::table, m.tables)[e.index];
        if (type.limits.addr == AddrType::I32 && type.element.heap.is_abstract())
            return table_observer(module, e.name, type.element);
        break;
    }
    case ExternKind::Func:
    case ExternKind::Tag: break;
    }
    return std::nullopt;
}

Observer::Of kind_of(ExternKind k)
{
    return k == ExternKind::Memory   ? Observer::Of::Memory
           : k == ExternKind::Global ? Observer::Of::Global
                                     : Observer::Of::Table;
}

void add_segment_observer(
    Module& m, std::string const& name, Opcode init, Index segment, Index target)
{
    Code c;
    c.i32_const(0);
    c.i32_const(0);
    c.i32_const(1);
    c.op(init, segment, target);
    add_function(m, name, {}, c);
}

/// The names of the functions added, one for each segment that is not empty.
std::vector<std::string> add_segment_observers(Module& m)
{
    std::vector<std::string> names;
    for (Index i = 0; i < m.datas.size(); ++i) {
        if (m.datas[i].bytes.empty())
            continue;
        auto const memory =
            count_imports(m, ExternKind::Memory) + static_cast<Index>(m.memories.size());
        m.memories.push_back({.type = {.limits = {.min = 1}}});
        names.push_back(fmt::format("touchstone:data:{}", i));
        add_segment_observer(m, names.back(), Opcode::MemoryInit, i, memory);
        m.has_data_count = true;
    }
    for (Index i = 0; i < m.elems.size(); ++i) {
        auto type = m.elems[i].type;
        if (m.elems[i].init.empty())
            continue;
        type.nullable = true; // a table of other references needs a first one
        auto const table =
            count_imports(m, ExternKind::Table) + static_cast<Index>(m.tables.size());
        m.tables.push_back({.type = {.limits = {.min = 1}, .element = type}, .init = {}});
        names.push_back(fmt::format("touchstone:elem:{}", i));
        add_segment_observer(m, names.back(), Opcode::TableInit, i, table);
    }
    return names;
}

} // namespace

Observed with_segment_observers(Case const& c)
{
    Observed observed{.what = c, .observers = {}};
    for (std::uint32_t i = 0; i < c.modules.size(); ++i) {
        auto m = decode(c.modules[i].bytes);
        if (!m || !validate(*m))
            continue;
        for (auto& name : add_segment_observers(*m))
            observed.observers.push_back(
                {.of = Observer::Of::Segment, .module = i, .function = std::move(name)});
        observed.what.modules[i].bytes = encode(*m);
    }
    return observed;
}

Observed with_observers(Case const& c)
{
    Observed observed{.what = c, .observers = {}};
    auto& modules = observed.what.modules;
    for (std::size_t i = 0; i < c.modules.size(); ++i) {
        auto m = decode(c.modules[i].bytes);
        if (!m || !validate(*m))
            continue;
        auto const exported = export_everything(*std::move(m));
        modules[i].bytes = encode(exported);
        // what is exported twice is shown twice, which harms nobody
        for (auto const& e : exported.exports) {
            auto const observer = observer_of(exported, c.modules[i].name, e);
            if (!observer)
                continue;
            observed.observers.push_back(
                {.of = kind_of(e.kind), .module = static_cast<std::uint32_t>(modules.size())});
            modules.push_back({.name = fmt::format("touchstone:observer:{}", modules.size()),
                .bytes = encode(*observer)});
        }
    }
    return observed;
}

} // namespace touchstone::generators
