// Compiling instructions on vectors: results take two slots, and constants stand in the code.

#include "engine/fast/compiler.hpp"

#include <array>
#include <bit>

namespace touchstone::fast {

namespace {

/// Sixteen bytes as two words.
[[nodiscard]] std::array<Word, 2> words_of(V128 const& v)
{
    return std::bit_cast<std::array<Word, 2>>(v.bytes);
}

[[nodiscard]] bool gives_vector(Opcode op)
{
    auto const results = info(op).type.results();
    return results.size() == 1 && results[0] == OpOperand::V128;
}

} // namespace

void Compiler::vector_constant(Instr const& i)
{
    auto const words = words_of(body_.vectors[i.x]);
    emit_result(&set_vector, {pair_word(0, next_home()), words[0], words[1]}, true);
}

/// Words: the first operand -> result, the others, then the lane or lanes that stand in the code.
void Compiler::compute_vector(Instr const& i, OpHandlers const& h)
{
    if (accesses_memory(i.op))
        return access_vector(i, h);
    auto const operands = info(i.op).type.params().size();
    auto const c = operands == 3 ? pop() : 0;
    auto const b = operands >= 2 ? pop() : 0;
    auto const a = pop();
    emit(h.plain, {pair_word(a, next_home())});
    auto const at = here() - 1;
    if (operands >= 2)
        words_.push_back(b);
    if (operands == 3)
        words_.push_back(c);
    if (info(i.op).immediates == Immediates::Lane)
        words_.push_back(i.lane);
    if (info(i.op).immediates == Immediates::Lanes16)
        for (auto const w : words_of(body_.vectors[i.x]))
            words_.push_back(w);
    result_at(at, gives_vector(i.op));
}

void Compiler::access_vector(Instr const& i, OpHandlers const& h)
{
    auto const has_lane = info(i.op).immediates == Immediates::MemargLane;
    auto const loads = gives_vector(i.op);
    auto const v = has_lane || !loads ? pop() : 0;
    auto const address = pop();
    auto const at = here() + 1;
    auto const places = pair_word(address, loads ? next_home() : v);
    if (has_lane)
        emit_access(i, h, {places, i.imm, pair_word(v, i.lane)});
    else
        emit_access(i, h, {places, i.imm});
    if (loads)
        result_at(at, true);
}

} // namespace touchstone::fast
