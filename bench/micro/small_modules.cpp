#include "bench/micro/small_modules.hpp"

#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "generators/entropy.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string>
#include <string_view>

namespace touchstone::bench {

using generators::Entropy;

namespace {

constexpr std::size_t functions = 9;
constexpr std::size_t called = 2; ///< of them, in each of the two turns of the loop
constexpr std::size_t steps = 7;  ///< of a function, a few instructions each

template <std::size_t N>
std::string_view any_of(Entropy& entropy, std::array<std::string_view, N> const& choices)
{
    return choices[entropy.below(N)];
}

/// Leaves an i32 where one is: the value that all steps of a function work on.
std::string step_in_32_bits(Entropy& entropy)
{
    static constexpr auto operations = std::to_array<std::string_view>({"i32.add", "i32.sub",
        "i32.mul", "i32.and", "i32.or", "i32.xor", "i32.shl", "i32.shr_u", "i32.rotl"});
    static constexpr auto tests = std::to_array<std::string_view>(
        {"i32.eqz", "i32.clz", "i32.popcnt", "i32.extend8_s", "i32.extend16_s"});
    switch (entropy.below(5)) {
    case 0: return fmt::format("local.get 1 {} ", any_of(entropy, operations));
    case 1: return fmt::format("i32.const {} {} ", entropy.u32() >> 8, any_of(entropy, operations));
    case 2: return fmt::format("{} ", any_of(entropy, tests));
    case 3: return "local.tee 1 global.get 0 i32.add ";
    default: return fmt::format("i32.const 65528 i32.and i32.load offset={} ", entropy.below(5));
    }
}

/// The same through wider numbers.
std::string step_in_64_bits(Entropy& entropy)
{
    static constexpr auto operations =
        std::to_array<std::string_view>({"i64.add", "i64.mul", "i64.xor", "i64.rotl"});
    static constexpr auto float_operations =
        std::to_array<std::string_view>({"f64.add", "f64.sub", "f64.mul", "f64.max"});
    if (entropy.below(2) == 0)
        return fmt::format("i64.extend_i32_u local.get 2 {} local.tee 2 i32.wrap_i64 ",
            any_of(entropy, operations));
    return fmt::format("f64.convert_i32_s f64.const {} {} i32.trunc_sat_f64_s ",
        entropy.below(1000), any_of(entropy, float_operations));
}

/// Stores the value, or chooses by it.
std::string step_with_effect(Entropy& entropy)
{
    switch (entropy.below(3)) {
    case 0:
        return fmt::format(
            "local.set 1 i32.const {} local.get 1 i32.store local.get 1 ", 4 * entropy.below(999));
    case 1: return "global.set 0 global.get 0 ";
    default:
        return fmt::format(
            "if (result i32) local.get 1 else i32.const {} end ", entropy.u32() >> 9);
    }
}

std::string function(Entropy& entropy)
{
    std::string text = "(func (param i32 i32) (result i32) (local i64) local.get 0 ";
    for (std::size_t i = 0; i < steps; ++i) {
        auto const kind = entropy.below(8);
        text += kind < 4   ? step_in_32_bits(entropy)
                : kind < 6 ? step_in_64_bits(entropy)
                           : step_with_effect(entropy);
    }
    return text + ")\n";
}

/// Two turns of a loop, in each of which some functions are called.
std::string run_function(Entropy& entropy)
{
    std::string text = "(func (export \"run\") (param i32) (result i64) (local i32) loop ";
    for (std::size_t i = 0; i < called; ++i)
        text += fmt::format("local.get 0 i32.const {} call {} local.set 0 ", entropy.below(128),
            entropy.below(functions));
    return text + "local.get 1 i32.const 1 i32.add local.tee 1 i32.const 2 i32.lt_u br_if 0 end "
                  "local.get 0 i64.extend_i32_u)\n";
}

std::string small_module(Entropy& entropy)
{
    std::string text = "(module (memory 1) (global (mut i32) (i32.const 7)) "
                       "(data (i32.const 16) \"touchstone\")\n";
    for (std::size_t i = 0; i < functions; ++i)
        text += function(entropy);
    return text + run_function(entropy) + ")";
}

} // namespace

std::vector<std::vector<std::uint8_t>> small_modules(std::size_t count)
{
    constexpr std::uint64_t seed = 600;
    std::vector<std::vector<std::uint8_t>> all;
    for (std::size_t i = 0; i < count; ++i) {
        auto const bytes = generators::entropy_from(seed, i, 1024);
        Entropy entropy{bytes};
        all.push_back(encode(parse_module(small_module(entropy)).value()));
    }
    return all;
}

} // namespace touchstone::bench
