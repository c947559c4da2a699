#include "generators/boundary.hpp"
#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

#include <bit>

namespace touchstone::generators {

namespace {

constexpr std::uint32_t page = static_cast<std::uint32_t>(page_size);

} // namespace

/// Writes an address and answers the offset to add: `width` bytes from there are mostly in the
/// memory, and often where others read and write.
std::uint64_t FunctionWriter::address(Index memory, std::uint32_t width, std::uint32_t depth)
{
    auto const at = plan_.memories[memory].addr;
    if (at == AddrType::I64 && in_.chance(shape.risky_address) && risk())
        return far_address(width);
    auto const offset = near_address(memory, width, depth);
    code_.to_address(at);
    return offset;
}

/// Where 32 bits do not reach, and where 64 bits wrap.
std::uint64_t FunctionWriter::far_address(std::uint32_t width)
{
    constexpr auto four_gigabytes = std::uint64_t{1} << 32;
    auto const near = in_.below(64);
    auto const how = in_.below(6);
    auto const bits = how == 0   ? four_gigabytes + near
                      : how == 1 ? std::uint64_t{1} << 63
                      : how == 2 ? ~std::uint64_t{0}
                      : how == 3 ? std::uint64_t{0} - width
                                 : std::uint64_t{near};
    code_.constant(ValType::Kind::I64, bits);
    return how == 4 ? four_gigabytes + near : how == 5 ? ~std::uint64_t{near} : how == 0 ? 0 : near;
}

/// The address as an i32.
std::uint64_t FunctionWriter::near_address(Index memory, std::uint32_t width, std::uint32_t depth)
{
    auto const size = static_cast<std::uint32_t>(plan_.memories[memory].bytes);
    if (in_.chance(shape.risky_address) && risk()) {
        switch (in_.below(7)) {
        case 0: code_.i32_const(size - width + 1); return 0;
        case 1: code_.i32_const(0x8000'0000); return in_.below(16);
        case 2: code_.i32_const(0xFFFF'FFFF); return 0;
        case 3: code_.i32_const(0xFFFF'FFFF); return 1 + in_.below(8);
        case 4: code_.i32_const(in_.below(64)); return 0U - width;
        case 5:
            code_.op(Opcode::MemorySize, memory);
            code_.from_address(plan_.memories[memory].addr);
            code_.i32_const(16);
            code_.op(Opcode::I32Shl);
            return 0;
        default: expression(i32, depth); return 0;
        }
    }
    if (in_.chance(shape.edge_address)) {
        auto const back = in_.below(4);
        switch (in_.below(3)) {
        case 0: code_.i32_const(size - width - back); return back;
        case 1: code_.i32_const(back); return size - width - back;
        default:
            code_.op(Opcode::MemorySize, memory);
            code_.from_address(plan_.memories[memory].addr);
            code_.i32_const(page);
            code_.op(Opcode::I32Mul);
            code_.i32_const(width + back);
            code_.op(Opcode::I32Sub);
            return back;
        }
    }
    auto const offset = in_.chance(100) ? in_.below(128) : 0;
    if (depth == 0 || !wants_more() || in_.chance(shape.constant_address)) {
        code_.i32_const(in_.below(64));
        return offset;
    }
    expression(i32, depth - 1);
    static constexpr auto masks = std::to_array<std::uint32_t>({0x3F, 0xFF, 0x38, 0xFFF, 0x7FFC});
    code_.i32_const(masks[in_.below(masks.size())]);
    code_.op(Opcode::I32And);
    return offset;
}

bool FunctionWriter::load(ValType t, std::uint32_t depth)
{
    auto const& loads = plan_.palette.loads[static_cast<std::size_t>(t.kind)];
    if (budget_.bare || loads.empty() || plan_.memories.empty())
        return false;
    auto const op = loads[in_.below(static_cast<std::uint32_t>(loads.size()))];
    auto const memory = in_.below(static_cast<std::uint32_t>(plan_.memories.size()));
    auto const width = access_bits(op) / 8;
    auto const offset = address(memory, width, depth - 1);
    if (info(op).immediates == Immediates::MemargLane)
        expression(v128, depth - 1);
    access(op, memory, offset, static_cast<std::uint32_t>(std::bit_width(width)));
    return true;
}

void FunctionWriter::store(std::uint32_t depth)
{
    auto t = plan_.number(in_);
    auto const* stores = &plan_.palette.stores[static_cast<std::size_t>(t.kind)];
    if (stores->empty() || plan_.memories.empty())
        return assign(t);
    auto const op = (*stores)[in_.below(static_cast<std::uint32_t>(stores->size()))];
    auto const memory = in_.below(static_cast<std::uint32_t>(plan_.memories.size()));
    auto const width = access_bits(op) / 8;
    auto const offset = address(memory, width, depth - 1);
    expression(t, depth);
    access(op, memory, offset, static_cast<std::uint32_t>(std::bit_width(width)));
}

/// A number of bytes: none, some, or far too many.
void FunctionWriter::memory_length(std::uint32_t safe)
{
    if (risk())
        return code_.i32_const(in_.chance(128) ? 0xFFFF'FFFF : 5 * page);
    if (in_.chance(40))
        return code_.i32_const(0);
    small(safe + 1, 2);
}

void FunctionWriter::fill_memory(Index memory)
{
    auto const at = plan_.memories[memory].addr;
    auto const size = static_cast<std::uint32_t>(plan_.memories[memory].bytes);
    if (in_.chance(40)) { // up to the last byte
        auto const length = in_.below(200);
        code_.i32_const(size - length);
        code_.to_address(at);
        expression(i32, 2);
        code_.i32_const(length);
    } else {
        small(1024, 3);
        code_.to_address(at);
        expression(i32, 2);
        memory_length(200);
    }
    code_.to_address(at);
    code_.op(Opcode::MemoryFill, memory);
}

void FunctionWriter::copy_memory(Index memory)
{
    auto const count = static_cast<std::uint32_t>(plan_.memories.size());
    auto const is_other = plan_.uses(Group::Memory64) && in_.chance(shape.other_memory);
    auto const source = is_other ? (memory + 1) % count : in_.below(count);
    auto const to = plan_.memories[memory].addr;
    auto const from = plan_.memories[source].addr;
    if (in_.chance(shape.near_copy)) {
        auto const at = 16 + in_.below(64);
        code_.i32_const(at);
        code_.to_address(to);
        code_.i32_const(at + in_.below(25) - 16);
        code_.to_address(from);
        code_.i32_const(64 + in_.below(192));
    } else { // often they overlap, in either direction
        small(256, 2);
        code_.to_address(to);
        small(256, 2);
        code_.to_address(from);
        memory_length(128);
    }
    code_.to_address(std::min(to, from)); // the length fits both
    code_.op(Opcode::MemoryCopy, memory, source);
}

void FunctionWriter::bulk_memory()
{
    if (!affords(2))
        return assign(i32);
    spend(2);
    auto const memory = in_.below(static_cast<std::uint32_t>(plan_.memories.size()));
    auto const how = in_.below(8);
    if (how < 3)
        return fill_memory(memory);
    if (how < 5)
        return copy_memory(memory);
    if (plan_.datas.empty())
        return assign(i32);
    auto const which = in_.below(static_cast<std::uint32_t>(plan_.datas.size()));
    auto const& segment = plan_.datas[which];
    if (how == 7 && (in_.chance(64) || risk()))
        return segment.stays ? assign(i32) : code_.op(Opcode::DataDrop, which);
    small(256, 2);
    code_.to_address(plan_.memories[memory].addr);
    // an active segment was dropped: nothing of it can be read
    auto const from = segment.is_passive ? in_.below(segment.size + 1) : 0;
    auto const safe = segment.is_passive ? segment.size - from : 0;
    code_.i32_const(from);
    memory_length(safe);
    code_.op(Opcode::MemoryInit, which, memory);
}

void FunctionWriter::grow_memory()
{
    auto const memory = in_.below(static_cast<std::uint32_t>(plan_.memories.size()));
    if (!affords(33))
        return assign(i32);
    spend(33);
    if (in_.chance(32))
        code_.constant(ValType::Kind::I32, boundary_values(ValType::Kind::I32)[in_.below(24)]);
    else
        small(3, 2);
    auto const at = plan_.memories[memory].addr;
    code_.to_address(at);
    code_.op(Opcode::MemoryGrow, memory);
    if (at == AddrType::I64 && in_.chance(128))
        return keep(i64);
    code_.from_address(at);
    keep(i32);
}

} // namespace touchstone::generators
