// Lane by lane on floats (exec/numerics.html#floating-point-operations); relaxed operations are the
// deterministic profile's.

#include "engine/fast/vectors.hpp"

#include <cmath>

namespace touchstone::fast {

namespace {

/// Makes NaN lanes the canonical one, and notes that there was a choice.
template <class Lane>
void set_settled(Word const* pc, Slot* fp, Lanes<Lane> v, Machine* machine)
{
    auto has_nan = false;
    for (auto& lane : v) {
        has_nan = has_nan || lane != lane;
        lane = lane != lane ? canonical_nan<Lane> : lane;
    }
    machine->nan_choice = machine->nan_choice || has_nan;
    set_vector_result(pc, fp, v);
}

template <class Lane, auto f>
HANDLER(arithmetic1)
{
    auto v = first_vector<Lane>(pc, fp);
    for (auto& lane : v)
        lane = f(lane);
    set_settled(pc, fp, v, machine);
    NEXT(2);
}

template <class Lane, auto f>
HANDLER(arithmetic2)
{
    auto v = first_vector<Lane>(pc, fp);
    auto const b = next_vector<Lane>(pc, fp, 2);
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = f(v[k], b[k]);
    set_settled(pc, fp, v, machine);
    NEXT(3);
}

template <class Lane, auto f>
HANDLER(arithmetic3)
{
    auto v = first_vector<Lane>(pc, fp);
    auto const b = next_vector<Lane>(pc, fp, 2);
    auto const c = next_vector<Lane>(pc, fp, 3);
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = f(v[k], b[k], c[k]);
    set_settled(pc, fp, v, machine);
    NEXT(4);
}

/// demote: the upper lanes are zero.
HANDLER(demote)
{
    auto const a = first_vector<f64>(pc, fp);
    set_settled(pc, fp, Lanes<f32>{static_cast<f32>(a[0]), static_cast<f32>(a[1]), 0, 0}, machine);
    NEXT(2);
}

HANDLER(promote)
{
    auto const a = first_vector<f32>(pc, fp);
    set_settled(pc, fp, Lanes<f64>{a[0], a[1]}, machine);
    NEXT(2);
}

constexpr auto ceil_of = [](auto a) { return std::ceil(a); };
constexpr auto floor_of = [](auto a) { return std::floor(a); };
constexpr auto trunc_of = [](auto a) { return std::trunc(a); };
constexpr auto nearest = [](auto a) { return std::nearbyint(a); }; // ties to even, as the mode is
constexpr auto sqrt_of = [](auto a) { return std::sqrt(a); };
constexpr auto add = [](auto a, auto b) { return a + b; };
constexpr auto sub = [](auto a, auto b) { return a - b; };
constexpr auto mul = [](auto a, auto b) { return a * b; };
constexpr auto div = [](auto a, auto b) { return a / b; };
constexpr auto min_of = [](auto a, auto b) { return float_min(a, b); };
constexpr auto max_of = [](auto a, auto b) { return float_max(a, b); };
constexpr auto madd = [](auto a, auto b, auto c) { return a * b + c; };
constexpr auto nmadd = [](auto a, auto b, auto c) { return -a * b + c; };

// One of the operands, with its bits.
constexpr auto pmin = [](auto a, auto b) { return b < a ? b : a; };
constexpr auto pmax = [](auto a, auto b) { return a < b ? b : a; };

// Signs are bits, also of a NaN, whose other bits stay.
template <class Lane>
constexpr auto abs_bits = [](BitsOf<Lane> a) { return a & ~sign_bit<Lane>; };
template <class Lane>
constexpr auto neg_bits = [](BitsOf<Lane> a) { return a ^ sign_bit<Lane>; };

#define COMPARE(op, lane, f)                                                                       \
    {Opcode::op, &lanewise2<lane, BitsOfLane<lane>, mask<lane, f>>, nullptr}
#define ARITHMETIC(op, lane, shape, f) {Opcode::op, &arithmetic##shape<lane, f>, nullptr}

#define OF_BOTH(shape, lane)                                                                       \
    COMPARE(shape##Eq, lane, equal), COMPARE(shape##Ne, lane, unequal),                            \
        COMPARE(shape##Lt, lane, less), COMPARE(shape##Gt, lane, greater),                         \
        COMPARE(shape##Le, lane, at_most), COMPARE(shape##Ge, lane, at_least),                     \
        {Opcode::shape##Abs, &lanewise1<BitsOf<lane>, BitsOf<lane>, abs_bits<lane>>, nullptr},     \
        {Opcode::shape##Neg, &lanewise1<BitsOf<lane>, BitsOf<lane>, neg_bits<lane>>, nullptr},     \
        {Opcode::shape##Pmin, &lanewise2<lane, lane, pmin>, nullptr},                              \
        {Opcode::shape##Pmax, &lanewise2<lane, lane, pmax>, nullptr},                              \
        ARITHMETIC(shape##Ceil, lane, 1, ceil_of), ARITHMETIC(shape##Floor, lane, 1, floor_of),    \
        ARITHMETIC(shape##Trunc, lane, 1, trunc_of), ARITHMETIC(shape##Nearest, lane, 1, nearest), \
        ARITHMETIC(shape##Sqrt, lane, 1, sqrt_of), ARITHMETIC(shape##Add, lane, 2, add),           \
        ARITHMETIC(shape##Sub, lane, 2, sub), ARITHMETIC(shape##Mul, lane, 2, mul),                \
        ARITHMETIC(shape##Div, lane, 2, div), ARITHMETIC(shape##Min, lane, 2, min_of),             \
        ARITHMETIC(shape##Max, lane, 2, max_of), ARITHMETIC(shape##RelaxedMin, lane, 2, min_of),   \
        ARITHMETIC(shape##RelaxedMax, lane, 2, max_of),                                            \
        ARITHMETIC(shape##RelaxedMadd, lane, 3, madd),                                             \
        ARITHMETIC(shape##RelaxedNmadd, lane, 3, nmadd)

constexpr auto rows = std::to_array<OpHandlers>({
    OF_BOTH(F32x4, f32),
    OF_BOTH(F64x2, f64),
    {Opcode::F32x4DemoteF64x2Zero, &demote, nullptr},
    {Opcode::F64x2PromoteLowF32x4, &promote, nullptr},
});

} // namespace

std::span<OpHandlers const> vector_float_handlers()
{
    return rows;
}

} // namespace touchstone::fast
