// Loads and stores of vectors (exec/instructions.html#vector-memory-instructions). Words as of
// other loads and stores; with a lane the third has the vector's slot and the lane in its upper
// half.

#include "engine/fast/accessed.hpp"
#include "engine/fast/vectors.hpp"

namespace touchstone::fast {

namespace {

/// Where an access of so many bytes goes; nullptr if that is outside.
template <class Which>
std::uint8_t* accessed(Word const* pc, Slot const* fp, std::uint8_t* memory,
    std::uint64_t memory_size, std::size_t bytes)
{
    auto const at = Which::address(pc, fp);
    return at + bytes > Which::size(pc, memory_size) ? nullptr : Which::base(pc, memory) + at;
}

#define ACCESS(bytes)                                                                              \
    auto* const at = accessed<Which>(pc, fp, memory, memory_size, (bytes));                        \
    if (at == nullptr) [[unlikely]]                                                                \
    TRAP(OutOfBoundsMemoryAccess)

template <class Which>
HANDLER(load)
{
    ACCESS(16);
    Lanes<u64> v;
    std::memcpy(v.data(), at, sizeof v);
    set_vector_result(pc, fp, v);
    NEXT(Which::words);
}

/// Eight bytes of lanes, each extended to twice its width.
template <class From, class To, class Which>
HANDLER(load_extended)
{
    ACCESS(8);
    std::array<From, 8 / sizeof(From)> narrow;
    std::memcpy(narrow.data(), at, sizeof narrow);
    Lanes<To> v;
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = static_cast<To>(+narrow[k]); // as an int, if that is wider
    set_vector_result(pc, fp, v);
    NEXT(Which::words);
}

template <class Lane, class Which>
HANDLER(load_splat)
{
    ACCESS(sizeof(Lane));
    Lane lane;
    std::memcpy(&lane, at, sizeof lane);
    Lanes<Lane> v;
    v.fill(lane);
    set_vector_result(pc, fp, v);
    NEXT(Which::words);
}

template <class Lane, class Which>
HANDLER(load_zero)
{
    ACCESS(sizeof(Lane));
    Lanes<Lane> v{};
    std::memcpy(v.data(), at, sizeof(Lane));
    set_vector_result(pc, fp, v);
    NEXT(Which::words);
}

template <class Lane, class Which>
HANDLER(load_lane)
{
    ACCESS(sizeof(Lane));
    auto v = vector_at<Lane>(fp + low(pc[3]));
    std::memcpy(&v[high(pc[3])], at, sizeof(Lane));
    set_vector_result(pc, fp, v);
    NEXT(Which::words);
}

template <class Which>
HANDLER(store)
{
    ACCESS(16);
    std::memcpy(at, fp + high(pc[1]), 16);
    NEXT(Which::words);
}

template <class Lane, class Which>
HANDLER(store_lane)
{
    ACCESS(sizeof(Lane));
    auto const v = vector_at<Lane>(fp + low(pc[3]));
    std::memcpy(at, &v[high(pc[3])], sizeof(Lane));
    NEXT(Which::words);
}

#define ROW(op, handler) {Opcode::op, &handler<First<3>>, &handler<Other<3>>, &handler<Wide<3>>}
#define ROW_OF(op, handler, ...)                                                                   \
    {Opcode::op, &handler<__VA_ARGS__, First<3>>, &handler<__VA_ARGS__, Other<3>>,                 \
        &handler<__VA_ARGS__, Wide<3>>}
#define LANE_ROW(op, handler, lane)                                                                \
    {Opcode::op, &handler<lane, First<4>>, &handler<lane, Other<4>>, &handler<lane, Wide<4>>}

constexpr auto rows = std::to_array<OpHandlers>({
    ROW(V128Load, load),
    ROW(V128Store, store),
    ROW_OF(V128Load8x8S, load_extended, i8, i16),
    ROW_OF(V128Load8x8U, load_extended, u8, u16),
    ROW_OF(V128Load16x4S, load_extended, i16, i32),
    ROW_OF(V128Load16x4U, load_extended, u16, u32),
    ROW_OF(V128Load32x2S, load_extended, i32, i64),
    ROW_OF(V128Load32x2U, load_extended, u32, u64),
    ROW_OF(V128Load8Splat, load_splat, u8),
    ROW_OF(V128Load16Splat, load_splat, u16),
    ROW_OF(V128Load32Splat, load_splat, u32),
    ROW_OF(V128Load64Splat, load_splat, u64),
    ROW_OF(V128Load32Zero, load_zero, u32),
    ROW_OF(V128Load64Zero, load_zero, u64),
    LANE_ROW(V128Load8Lane, load_lane, u8),
    LANE_ROW(V128Load16Lane, load_lane, u16),
    LANE_ROW(V128Load32Lane, load_lane, u32),
    LANE_ROW(V128Load64Lane, load_lane, u64),
    LANE_ROW(V128Store8Lane, store_lane, u8),
    LANE_ROW(V128Store16Lane, store_lane, u16),
    LANE_ROW(V128Store32Lane, store_lane, u32),
    LANE_ROW(V128Store64Lane, store_lane, u64),
});

} // namespace

std::span<OpHandlers const> vector_access_handlers()
{
    return rows;
}

} // namespace touchstone::fast
