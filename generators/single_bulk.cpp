#include "engine/binary/encode.hpp"
#include "generators/builder.hpp"
#include "generators/single.hpp"

#include <array>
#include <optional>

namespace touchstone::generators {

namespace {

constexpr std::uint32_t calls_a_case = 48;
constexpr std::uint32_t segment_size = 16;
constexpr std::uint32_t table_size = 10;

/// What the operands of one instruction range over. A reference operand is a null or a function,
/// told by an i32.
struct Ranges
{
    std::vector<std::vector<std::uint32_t>> operands;
    std::vector<ValType> results;
    std::optional<std::size_t> reference; ///< which operand is one
};

std::vector<std::uint32_t> places(std::uint32_t size)
{
    return {0, 1, size - 1, size, size + 1, size / 2, 0x8000'0000, 0xFFFF'FFFF};
}

std::vector<std::uint32_t> lengths(std::uint32_t size)
{
    return {0, 1, 2, size / 2, size, size + 1, 0xFFFF'FFFF};
}

Ranges ranges_of(Opcode op)
{
    auto const page = static_cast<std::uint32_t>(page_size);
    std::vector<std::uint32_t> const growths{0, 1, 2, 5, 0xFFFF, 0x1'0000, 0x1'0001, 0xFFFF'FFFF};
    std::vector<std::uint32_t> const references{0, 1};
    switch (op) {
    case Opcode::MemoryFill: return {{places(page), {0, 0x1FF}, lengths(page)}, {}, {}};
    case Opcode::MemoryCopy: return {{places(page), places(page), lengths(page)}, {}, {}};
    case Opcode::MemoryInit:
        return {{places(page), places(segment_size), lengths(segment_size)}, {}, {}};
    case Opcode::MemoryGrow: return {{growths}, {i32}, {}};
    case Opcode::TableFill: return {{places(table_size), references, lengths(table_size)}, {}, 1};
    case Opcode::TableCopy:
        return {{places(table_size), places(table_size), lengths(table_size)}, {}, {}};
    case Opcode::TableInit: return {{places(table_size), places(4), lengths(4)}, {}, {}};
    case Opcode::TableGrow: return {{references, growths}, {i32}, 0};
    case Opcode::TableSet: return {{places(table_size), references}, {}, 1};
    case Opcode::TableGet: return {{places(table_size)}, {i32}, {}};
    default: return {};
    }
}

std::uint32_t combinations(Ranges const& r)
{
    if (r.operands.empty())
        return 0;
    std::uint32_t n = 1;
    for (auto const& o : r.operands)
        n *= static_cast<std::uint32_t>(o.size());
    return n;
}

/// Operands number `n`, the first one changing fastest.
std::vector<std::uint32_t> operands(Ranges const& r, std::uint32_t n)
{
    std::vector<std::uint32_t> values;
    for (auto const& o : r.operands) {
        values.push_back(o[n % o.size()]);
        n /= static_cast<std::uint32_t>(o.size());
    }
    return values;
}

void emit(Code& c, Opcode op, Ranges const& r, std::optional<std::vector<std::uint32_t>> constants)
{
    for (std::size_t i = 0; i < r.operands.size(); ++i) {
        if (r.reference == i) {
            // null or the function itself
            c.ref_null(AbsHeapType::Func);
            c.op(Opcode::RefFunc, 0);
            c.op(Opcode::LocalGet, static_cast<Index>(i));
            c.op(Opcode::I32Eqz);
            c.select(funcref);
        } else if (constants) {
            c.i32_const((*constants)[i]);
        } else {
            c.op(Opcode::LocalGet, static_cast<Index>(i));
        }
    }
    c.op(op);
    if (op == Opcode::TableGet)
        c.op(Opcode::RefIsNull);
}

Module surroundings(Opcode op)
{
    Module m;
    if (op == Opcode::MemoryFill || op == Opcode::MemoryCopy || op == Opcode::MemoryInit ||
        op == Opcode::MemoryGrow) {
        m.memories.push_back({.type = {{.min = 1, .max = 4}}});
        std::vector<std::uint8_t> bytes;
        for (std::uint32_t i = 0; i < segment_size; ++i)
            bytes.push_back(static_cast<std::uint8_t>(0x10 + 7 * i));
        for (auto const at : {0U, static_cast<std::uint32_t>(page_size) - segment_size})
            m.datas.push_back({.mode = Data::Mode::Active,
                .offset = constant_expr(ValType::Kind::I32, at),
                .bytes = bytes});
        if (op == Opcode::MemoryInit) {
            m.datas.insert(m.datas.begin(), {.mode = Data::Mode::Passive, .bytes = bytes});
            m.has_data_count = true;
        }
        return m;
    }
    m.tables.push_back({.type = {{.min = table_size, .max = 30}, funcref}});
    Elem passive{.mode = Elem::Mode::Passive};
    for (Index i = 0; i < 4; ++i)
        passive.init.push_back(i == 2 ? ref_null_expr(AbsHeapType::Func) : ref_func_expr(0));
    m.elems.push_back(std::move(passive));
    Elem active{.mode = Elem::Mode::Active, .offset = constant_expr(ValType::Kind::I32, 3)};
    for (Index i = 0; i < 4; ++i)
        active.init.push_back(ref_func_expr(i % 2));
    m.elems.push_back(std::move(active));
    return m;
}

void add(Module& m, std::string name, FuncType const& type, Code& c)
{
    c.end();
    auto const index = static_cast<Index>(m.funcs.size());
    m.exports.push_back({.name = std::move(name), .kind = ExternKind::Func, .index = index});
    m.funcs.push_back({.type = type_index(m, type), .body = c.take()});
}

} // namespace

std::uint32_t single_bulk_cases(OpInfo const& row)
{
    return (combinations(ranges_of(opcode_of(row))) + calls_a_case - 1) / calls_a_case;
}

Case single_bulk(Opcode op, std::uint32_t chunk)
{
    auto const ranges = ranges_of(op);
    auto m = surroundings(op);
    FuncType const type{ResultType(ranges.operands.size(), i32), ranges.results};
    Code plain;
    emit(plain, op, ranges, {});
    add(m, "op", type, plain);
    Code again; // the second function that element segments name
    emit(again, op, ranges, operands(ranges, chunk));
    add(m, "k", type, again);

    Case c;
    auto const last = std::min((chunk + 1) * calls_a_case, combinations(ranges));
    for (auto n = chunk * calls_a_case; n < last; ++n) {
        std::vector<Value> args;
        for (auto const v : operands(ranges, n))
            args.push_back(Value::from_i32(v));
        c.calls.push_back({0, n % calls_a_case == 7 ? "k" : "op", std::move(args)});
    }
    c.modules.push_back({"m", encode(m)});
    return c;
}

} // namespace touchstone::generators
