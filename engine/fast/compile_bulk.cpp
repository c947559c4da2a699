// Compiling instructions on whole memories, tables and segments.

#include "engine/fast/compiler.hpp"

namespace touchstone::fast {

void Compiler::whole_memory(Instr const& i)
{
    if (i.op == Opcode::DataDrop) {
        emit(&data_drop, {pointer_word(&instance_.datas[i.x])});
        return;
    }
    if (i.op == Opcode::MemorySize) {
        emit_result(
            &memory_size, {pair_word(0, next_home()), pointer_word(instance_.memories[i.x])});
        return;
    }
    if (i.op == Opcode::MemoryGrow) {
        auto const pages = pop();
        emit_result(
            &memory_grow, {pair_word(pages, next_home()), pointer_word(instance_.memories[i.x])});
        return;
    }
    auto const count = pop();
    auto const from = pop();
    auto const to = pop();
    auto const places = pair_word(to, from);
    if (i.op == Opcode::MemoryFill)
        emit(&memory_fill, {places, count, pointer_word(instance_.memories[i.x])});
    else if (i.op == Opcode::MemoryCopy)
        emit(&memory_copy, {places, count, pointer_word(instance_.memories[i.x]),
                               pointer_word(instance_.memories[i.y])});
    else
        emit(&memory_init, {places, count, pointer_word(instance_.memories[i.y]),
                               pointer_word(&instance_.datas[i.x])});
}

void Compiler::whole_table(Instr const& i)
{
    auto const table = [this](Index x) { return pointer_word(instance_.tables[x]); };
    switch (i.op) {
    case Opcode::ElemDrop: emit(&elem_drop, {pointer_word(&instance_.elems[i.x])}); return;
    case Opcode::TableSize:
        emit_result(&table_size, {pair_word(0, next_home()), table(i.x)});
        return;
    case Opcode::TableGet:
    {
        auto const at = pop();
        emit_result(&table_get, {pair_word(at, next_home()), table(i.x)});
        return;
    }
    case Opcode::TableSet:
    {
        auto const value = pop();
        auto const at = pop();
        emit(&table_set, {pair_word(at, value), table(i.x)});
        return;
    }
    case Opcode::TableGrow:
    {
        auto const count = pop();
        auto const init = pop();
        emit_result(&table_grow, {pair_word(init, next_home()), count, table(i.x)});
        return;
    }
    default: break;
    }
    auto const count = pop();
    auto const from = pop();
    auto const to = pop();
    auto const places = pair_word(to, from);
    if (i.op == Opcode::TableFill)
        emit(&table_fill, {places, count, table(i.x)});
    else if (i.op == Opcode::TableCopy)
        emit(&table_copy, {places, count, table(i.x), table(i.y)});
    else
        emit(&table_init, {places, count, table(i.y), pointer_word(&instance_.elems[i.x])});
}

} // namespace touchstone::fast
