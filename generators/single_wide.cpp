// Memories and tables of 64-bit addresses for `single`.

#include "generators/operations.hpp"
#include "generators/single_text.hpp"

#include <array>

namespace touchstone::generators {

namespace {

using Numbers = std::vector<std::uint64_t>;

constexpr std::string_view memories = R"(
    (memory $m i64 1 4) (memory $n 1 2)
    (data (i64.const 0) "\81\be\fb\38\75\b2\ef\2c\69\a6\e3\20\5d\9a\d7\14")
    (data (i64.const 65520) "\17\d4\91\4e\0b\c8\85\42\ff\bc\79\36\f3\b0\6d\2a")
    (func $fill (i32.store16 $n (i32.const 65534) (i32.const 0xfffe)))
    (start $fill)
    (data $d "\10\17\1e\25\2c\33\3a\41\48\4f\56\5d\64\6b\72\79")
    )";
Numbers addresses()
{
    return {0, 1, 8, 65'519, 65'520, 65'528, 65'532, 65'534, 65'535, 65'536, 0xFFFF'FFFF,
        0x1'0000'0000, 0x1'0000'0008, 0x8000'0000'0000'0000, 0xFFFF'FFFF'FFFF'FFF8,
        0xFFFF'FFFF'FFFF'FFFF};
}
Numbers lengths()
{
    return {0, 1, 16, 65'536, 65'537, 0x1'0000'0000, 0xFFFF'FFFF'FFFF'FFFF};
}
Numbers growths()
{
    return {0, 1, 2, 3, 0x1'0000, 0x1'0000'0000, 0x1'0000'0001, 0x1'0000'0000'0000,
        0xFFFF'FFFF'FFFF'FFFF};
}

constexpr std::string_view tables = R"(
    (table $t (export "t") i64 10 20 funcref) (table $n 4 funcref)
    (type $r (func (result i32)))
    (func $one (type $r) (i32.const 1)) (func $two (type $r) (i32.const 2))
    (elem (table $t) (i64.const 3) func $one $two $one)
    (elem $e func $two $one $two $one)
    (func $ref (param i64) (result funcref)
        (select (result funcref) (ref.func $one) (ref.null func) (i32.wrap_i64 (local.get 0))))
    )";
Numbers slots()
{
    return {0, 3, 4, 9, 10, 11, 0x1'0000'0003, 0xFFFF'FFFF'FFFF'FFFF};
}
Numbers counts()
{
    return {0, 1, 3, 10, 11, 0x1'0000'0000, 0xFFFF'FFFF'FFFF'FFFF};
}

void add(std::vector<Trial>& all, Opcode op, std::string_view around, std::string function,
    std::vector<Numbers> operands)
{
    all.push_back({.op = op,
        .around = around,
        .function = std::move(function),
        .kind = ValType::Kind::I64,
        .operands = std::move(operands)});
}

void add_access(std::vector<Trial>& all, OpInfo const& row)
{
    constexpr auto offsets = std::to_array<std::string_view>(
        {"0", "1", "0xffffffff", "0x100000000", "0xfffffffffffffff8", "0xffffffffffffffff"});
    auto const is_store = row.type.results().empty();
    auto const type = std::string{row.text.substr(0, 3)};
    for (auto const offset : offsets) {
        auto function = is_store ? std::string{" ("} : " (result " + type + ") (";
        function.append(row.text).append(" offset=").append(offset) += " (local.get 0)";
        if (is_store)
            function += " (" + type + ".const 0x12345678)";
        add(all, opcode_of(row), memories, function + ")", {addresses()});
    }
}

void add_memories(std::vector<Trial>& all)
{
    add(all, Opcode::MemorySize, memories, "(result i64) (memory.size)", {});
    add(all, Opcode::MemoryGrow, memories,
        "(result i64 i64) (memory.grow (local.get 0)) (memory.size)", {growths()});
    add(all, Opcode::MemoryFill, memories,
        "(memory.fill (local.get 0) (i32.const 0x1aa) (local.get 1))", {addresses(), lengths()});
    add(all, Opcode::MemoryCopy, memories,
        "(memory.copy (local.get 0) (local.get 1) (local.get 2))",
        {{0, 1, 65'535, 65'536, 0x1'0000'0000, 0xFFFF'FFFF'FFFF'FFFF},
            {0, 3, 65'520, 65'536, 0x1'0000'0000, 0xFFFF'FFFF'FFFF'FFFF}, lengths()});
    add(all, Opcode::MemoryCopy, memories,
        "(memory.copy $m $n (local.get 0) (i32.wrap_i64 (local.get 1)) (i32.wrap_i64 (local.get "
        "2)))",
        {addresses(), {0, 65'534, 65'536}, {0, 2, 3}});
    add(all, Opcode::MemoryInit, memories,
        "(memory.init $d (local.get 0) (i32.wrap_i64 (local.get 1)) (i32.wrap_i64 (local.get 2)))",
        {addresses(), {0, 15, 16, 17}, {0, 1, 16}});
}

void add_tables(std::vector<Trial>& all)
{
    add(all, Opcode::TableGet, tables, "(result i32) (ref.is_null (table.get $t (local.get 0)))",
        {slots()});
    add(all, Opcode::TableSet, tables, "(table.set $t (local.get 0) (call $ref (local.get 1)))",
        {slots(), {0, 1}});
    add(all, Opcode::TableSize, tables, "(result i64) (table.size $t)", {});
    add(all, Opcode::TableGrow, tables,
        "(result i64 i64) (table.grow $t (call $ref (local.get 1)) (local.get 0)) (table.size $t)",
        {{0, 1, 5, 11, 0x1'0000'0000, 0xFFFF'FFFF'FFFF'FFFF}, {0, 1}});
    add(all, Opcode::TableFill, tables,
        "(table.fill $t (local.get 0) (call $ref (local.get 2)) (local.get 1))",
        {slots(), counts(), {0, 1}});
    add(all, Opcode::TableCopy, tables,
        "(table.copy $t $t (local.get 0) (local.get 1) (local.get 2))",
        {slots(), slots(), counts()});
    add(all, Opcode::TableCopy, tables,
        "(table.copy $n $t (i32.wrap_i64 (local.get 0)) (local.get 1) (i32.wrap_i64 (local.get "
        "2)))",
        {{0, 1, 4}, slots(), {0, 1, 3}});
    add(all, Opcode::TableInit, tables,
        "(table.init $t $e (local.get 0) (i32.wrap_i64 (local.get 1)) (i32.wrap_i64 (local.get "
        "2)))",
        {slots(), {0, 3, 4, 5}, {0, 1, 4}});
    add(all, Opcode::CallIndirect, tables,
        "(result i32) (call_indirect $t (type $r) (local.get 0))", {slots()});
}

} // namespace

std::vector<Trial> wide_trials()
{
    std::vector<Trial> all;
    for (auto const& row : op_table)
        if (is_number_access(row))
            add_access(all, row);
    add_memories(all);
    add_tables(all);
    return all;
}

} // namespace touchstone::generators
