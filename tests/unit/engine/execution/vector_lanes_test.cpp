// A vector instruction is the scalar one on each lane: both are executed, and must agree.

#include "engine/syntax/opcode.hpp"
#include "tests/seed.hpp"
#include "tests/unit/engine/execution/every_engine.hpp"

#include <algorithm>
#include <optional>
#include <random>

namespace touchstone::tests {
namespace {

constexpr int operands_tried = 60;

/// "i16x8" of a row's text, and the scalar instruction that its lanes are held against.
struct Lanewise
{
    OpInfo const* vector = nullptr;
    OpInfo const* scalar = nullptr;
    unsigned bits = 0; ///< of a lane
    [[nodiscard]] std::string_view verb() const { return vector->text.substr(6); }
    [[nodiscard]] bool is_float() const { return vector->text.starts_with('f'); }
    [[nodiscard]] bool is_shift() const { return verb().starts_with("sh"); }
    [[nodiscard]] bool is_comparison() const
    {
        return std::ranges::any_of(
            std::to_array({"eq", "ne", "lt", "gt", "le", "ge"}), [this](std::string_view v) {
                return verb() == v || verb().starts_with(std::string{v} + '_');
            });
    }
};

std::optional<Lanewise> lanewise(OpInfo const& row)
{
    struct Shape
    {
        std::string_view name;
        std::string_view scalar;
        unsigned bits;
    };
    for (auto const& s : {Shape{"i8x16.", "i32.", 8}, Shape{"i16x8.", "i32.", 16},
             Shape{"i32x4.", "i32.", 32}, Shape{"i64x2.", "i64.", 64}, Shape{"f32x4.", "f32.", 32},
             Shape{"f64x2.", "f64.", 64}}) {
        if (!row.text.starts_with(s.name) || row.immediates != Immediates::None)
            continue;
        auto const text = std::string{s.scalar} + std::string{row.text.substr(s.name.size())};
        auto const* const scalar = std::ranges::find(op_table, text, &OpInfo::text);
        if (scalar != op_table.end())
            return Lanewise{&row, scalar, s.bits};
    }
    return std::nullopt;
}

std::uint64_t lane(Value const& v, unsigned bits, unsigned k)
{
    auto const at = k * bits;
    auto const mask = ~std::uint64_t{0} >> (64 - bits);
    return (at < 64 ? v.lo >> at : v.hi >> (at - 64)) & mask;
}

/// A narrow lane as the scalar instruction wants it: with its sign where the verb is a signed one.
std::uint64_t widened(std::uint64_t v, Lanewise const& l)
{
    if (l.bits >= 32 || !l.verb().ends_with("_s"))
        return v;
    return (v >> (l.bits - 1) & 1) != 0 ? (v | ~std::uint64_t{0} << l.bits) & 0xFFFF'FFFF : v;
}

Value random_vector(std::mt19937_64& random)
{
    auto const half = [&random] {
        static constexpr auto edges = std::to_array<std::uint64_t>({0, ~std::uint64_t{0},
            0x8000'0000'8000'0000, 0x7FFF'FFFF'7FFF'FFFF, 0x0101'0101'0101'0101,
            0x8080'7F7F'8000'7FFF, 0x7FC0'0000'7F80'0001, 0x7FF8'0000'0000'0001,
            0x3F80'0000'BF80'0000, 0x4330'0000'0000'0001, 0x8000'0000'0000'0000});
        return random() % 3 == 0 ? edges[random() % edges.size()] : random();
    };
    auto const lo = half();
    return {.kind = ValType::Kind::V128, .lo = lo, .hi = half()};
}

void expect_lanewise(Lanewise const& l, std::mt19937_64& random)
{
    auto const vector = instruction(l.vector->text);
    auto const scalar = instruction(l.scalar->text);
    auto const is_binary = l.vector->type.params().size() == 2;
    auto const mask = ~std::uint64_t{0} >> (64 - l.bits);
    for (int n = 0; n < operands_tried; ++n) {
        auto const a = random_vector(random);
        auto const b = random_vector(random);
        auto const count = random() % 200;
        auto const got = !is_binary     ? vector(a)
                         : l.is_shift() ? vector(a, static_cast<std::int64_t>(count))
                                        : vector(a, b);
        ASSERT_EQ(got.end, Outcome::End::Returned);
        bool chose = false;
        for (unsigned k = 0; k < 128 / l.bits; ++k) {
            auto const x = Bits{widened(lane(a, l.bits, k), l)};
            auto const y = Bits{l.is_shift() ? count % l.bits : widened(lane(b, l.bits, k), l)};
            auto const want = is_binary ? scalar(x, y) : scalar(x);
            ASSERT_EQ(want.end, Outcome::End::Returned);
            chose = chose || want.nan_choice;
            auto const bits = want.values.at(0).lo;
            EXPECT_EQ(lane(got.values.at(0), l.bits, k),
                (l.is_comparison() ? std::uint64_t{0} - bits : bits) & mask)
                << l.vector->text << " lane " << k << std::hex << " of " << x.bits << ", "
                << y.bits;
        }
        EXPECT_EQ(got.nan_choice, chose) << l.vector->text;
    }
}

TEST(VectorLanes, AreWhatTheScalarInstructionAnswers)
{
    std::mt19937_64 random{tests::test_seed()};
    int rows = 0;
    for (auto const& row : op_table)
        if (auto const l = lanewise(row)) {
            ++rows;
            expect_lanewise(*l, random);
        }
    EXPECT_GE(rows, 90);
}

} // namespace
} // namespace touchstone::tests
