#include "generators/smith_function.hpp"

namespace touchstone::generators {

/// The instruction with immediates of its kind.
void FunctionWriter::operation(Opcode op)
{
    auto const choices = lane_choices(op);
    if (info(op).immediates == Immediates::Lanes16) {
        V128 lanes;
        for (auto& lane : lanes.bytes)
            lane = static_cast<std::uint8_t>(in_.below(choices));
        return code_.vector(op, lanes);
    }
    code_.op(op);
    if (choices != 0)
        code_.set_lane(in_.below(choices));
}

/// A load, store or lane of one, behind its operands.
void FunctionWriter::access(Opcode op, Index memory, std::uint64_t offset, std::uint32_t alignments)
{
    code_.memory(op, memory, offset, in_.below(alignments));
    if (auto const choices = lane_choices(op); choices != 0)
        code_.set_lane(in_.below(choices));
}

} // namespace touchstone::generators
