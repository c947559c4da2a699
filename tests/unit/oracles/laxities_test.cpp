// Each laxity is seen in the least module that has it, and not in its neighbour: the same mistake
// elsewhere, or another one.

#include "oracles/laxities.hpp"

#include "tests/unit/oracles/texts.hpp"

#include <gtest/gtest.h>

namespace touchstone::laxities {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes binary(Bytes const& rest)
{
    Bytes bytes{0, 'a', 's', 'm', 1, 0, 0, 0};
    bytes.insert(bytes.end(), rest.begin(), rest.end());
    return bytes;
}

Bytes text(std::string_view module)
{
    return module_of("", module).bytes;
}

/// One function type without values, and so many functions of it with this code section.
Bytes with_code(std::uint8_t functions, Bytes const& code)
{
    Bytes rest{1, 4, 1, 0x60, 0, 0, 3, static_cast<std::uint8_t>(functions + 1), functions};
    rest.insert(rest.end(), functions, 0);
    rest.push_back(10);
    rest.push_back(static_cast<std::uint8_t>(code.size()));
    rest.insert(rest.end(), code.begin(), code.end());
    return binary(rest);
}

TEST(Laxities, EndsOfBodies)
{
    EXPECT_TRUE(lacks_ends(with_code(1, {1, 4, 0, 0x02, 0x40, 0x0B})));
    EXPECT_TRUE(lacks_ends(with_code(1, {1, 6, 0, 0x02, 0x40, 0x02, 0x40, 0x0B}))) << "two";
    EXPECT_TRUE(lacks_ends(with_code(2, {2, 4, 0, 0x02, 0x40, 0x0B, 4, 0, 0x02, 0x40, 0x0B})));
    EXPECT_FALSE(lacks_ends(with_code(1, {1, 5, 0, 0x02, 0x40, 0x0B, 0x0B}))) << "well-formed";
    EXPECT_FALSE(lacks_ends(with_code(1, {1, 3, 0, 0x0B, 0x0B}))) << "one too many";
    EXPECT_FALSE(lacks_ends(with_code(1, {1, 4, 0, 0x02, 0x40, 0x01}))) << "not the last one";
    EXPECT_FALSE(lacks_ends(with_code(1, {1, 5, 0, 0x02, 0x40, 0xFF, 0x0B}))) << "no instruction";
    EXPECT_FALSE(lacks_ends({}));
}

TEST(Laxities, EndsOfBodiesAreCountedFromTheImportsOn)
{
    EXPECT_TRUE(lacks_ends(binary(
        {1, 4, 1, 0x60, 0, 0, 2, 5, 1, 0, 0, 0, 0, 3, 2, 1, 0, 10, 6, 1, 4, 0, 0x02, 0x40, 0x0B})));
}

TEST(Laxities, EndsOfConstantExpressions)
{
    EXPECT_TRUE(lacks_ends(binary({6, 5, 1, 0x7F, 0, 0x41, 0})));
    EXPECT_TRUE(lacks_ends(binary({6, 5, 1, 0x7F, 0, 0x41, 0, 7, 1, 0}))) << "a section follows";
    EXPECT_FALSE(lacks_ends(binary({6, 6, 1, 0x7F, 0, 0x41, 0, 0x0B})));
    EXPECT_FALSE(lacks_ends(binary({6, 4, 1, 0x7F, 0, 0x41}))) << "a number is missing as well";
    EXPECT_FALSE(lacks_ends(binary({6, 5, 1, 0x7F, 2, 0x41, 0}))) << "no mutability";
}

/// In wabt the expression that stays open is closed by the second end of the body.
TEST(Laxities, AnOpenConstantExpressionMayBeClosedByABody)
{
    auto const module = [](std::uint8_t size_of_global, Bytes const& end_of_global) {
        Bytes rest{1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 6, size_of_global, 1, 0x7F, 0, 0x41, 0};
        rest.insert(rest.end(), end_of_global.begin(), end_of_global.end());
        for (auto const b : {10, 5, 1, 3, 0, 0x0B, 0x0B})
            rest.push_back(static_cast<std::uint8_t>(b));
        return binary(rest);
    };
    EXPECT_TRUE(lacks_ends(module(5, {})));
    EXPECT_FALSE(lacks_ends(module(6, {0x0B})));
}

TEST(Laxities, SelectAsAnyType)
{
    EXPECT_TRUE(uses_select_as_any_type(text("(module (func (result i32) "
                                             "(select (result i64) (i64.const 0) (i64.const 0) "
                                             "(i32.const 0))))")));
    EXPECT_FALSE(uses_select_as_any_type(text("(module (func (result i64) "
                                              "(select (result i64) (i64.const 0) (i64.const 0) "
                                              "(i32.const 0))))")))
        << "valid";
    EXPECT_FALSE(uses_select_as_any_type(text("(module (func (result i32) "
                                              "(select (i64.const 0) (i64.const 0) "
                                              "(i32.const 0))))")))
        << "without a type";
    EXPECT_FALSE(uses_select_as_any_type(text("(module (func (result i32) (i64.const 0)) "
                                              "(func (drop (select (result i64) (i64.const 0) "
                                              "(i64.const 0) (i32.const 0)))))")))
        << "in another function";
    EXPECT_FALSE(uses_select_as_any_type(text("(module (func (drop (select (result i64) "
                                              "(i32.const 0) (i64.const 0) (i32.const 0)))))")))
        << "of its operands";
}

TEST(Laxities, OtherElementExpressions)
{
    auto const element = [](Bytes const& expression) {
        Bytes rest{9, static_cast<std::uint8_t>(3 + expression.size()), 1, 5, 0x70, 1};
        rest[1] = static_cast<std::uint8_t>(rest.size() - 2 + expression.size());
        rest.insert(rest.end(), expression.begin(), expression.end());
        return binary(rest);
    };
    EXPECT_TRUE(has_other_element_expression(element({0x07, 0x0B}))) << "no instruction";
    EXPECT_TRUE(has_other_element_expression(element({0xFE, 0x00, 0x0B})));
    EXPECT_TRUE(has_other_element_expression(element({0x6A, 0x0B}))) << "i32.add";
    EXPECT_TRUE(has_other_element_expression(element({0xFC, 0x05, 0x0B})));
    EXPECT_FALSE(has_other_element_expression(element({0xD0, 0x70, 0x0B})));
    EXPECT_FALSE(has_other_element_expression(element({0x41, 0x00, 0x0B}))) << "an immediate";
    EXPECT_FALSE(has_other_element_expression(element({0x07, 0x07, 0x0B}))) << "two";
    EXPECT_FALSE(has_other_element_expression(binary({6, 5, 1, 0x70, 0, 0x07, 0x0B}))) << "global";
}

TEST(Laxities, KindsOfDataSegments)
{
    auto const data = [](std::uint8_t kind) { return binary({11, 4, 1, kind, 1, 0}); };
    for (auto const kind : Bytes{3, 5, 7})
        EXPECT_TRUE(has_kind_of_element_segment(data(kind))) << int{kind};
    for (auto const kind : Bytes{0, 1, 2, 8})
        EXPECT_FALSE(has_kind_of_element_segment(data(kind))) << int{kind};
}

TEST(Laxities, FarOffsetsIntoOtherMemories)
{
    auto const load = [](std::string const& memories, std::string const& rest) {
        return text("(module " + memories + " (func (drop (i32.load " + rest + "))))");
    };
    constexpr auto wide_first = "(memory i64 0) (memory 0)";
    EXPECT_TRUE(
        has_far_offset_into_other_memory(load(wide_first, "1 offset=0x100000000 (i32.const 0)")));
    EXPECT_FALSE(
        has_far_offset_into_other_memory(load(wide_first, "1 offset=0xffffffff (i32.const 0)")));
    EXPECT_FALSE(
        has_far_offset_into_other_memory(load(wide_first, "0 offset=0x100000000 (i64.const 0)")));
    EXPECT_FALSE(
        has_far_offset_into_other_memory(load(wide_first, "1 offset=0x100000000 (i64.const 0)")));
    EXPECT_FALSE(has_far_offset_into_other_memory(
        load("(memory 0) (memory 0)", "1 offset=0x100000000 (i32.const 0)")));
}

TEST(Laxities, LongTypes)
{
    EXPECT_TRUE(has_long_type(binary({1, 6, 1, 0x60, 1, 0xFF, 0x7F, 0})));
    EXPECT_TRUE(has_long_type(with_code(1, {1, 7, 1, 1, 0xFC, 0xFF, 0xFF, 0x7F, 0x0B}))) << "f64";
    EXPECT_FALSE(has_long_type(binary({1, 5, 1, 0x60, 1, 0x7F, 0})));
    EXPECT_FALSE(has_long_type(binary({1, 6, 1, 0x60, 1, 0xFF, 0x00, 0}))) << "127";
    EXPECT_FALSE(has_long_type(binary({1, 6, 1, 0x60, 1, 0xC1, 0x7F, 0}))) << "no type";
}

TEST(Laxities, ThreadsAndLegacyExceptions)
{
    EXPECT_TRUE(needs_threads_or_legacy_exceptions(binary({5, 4, 1, 3, 1, 1})));
    EXPECT_TRUE(
        needs_threads_or_legacy_exceptions(with_code(1, {1, 6, 0, 0x06, 0x40, 0x19, 0x0B, 0x0B})));
    EXPECT_FALSE(needs_threads_or_legacy_exceptions(binary({5, 4, 1, 1, 1, 1}))) << "not shared";
    EXPECT_FALSE(needs_threads_or_legacy_exceptions(binary({5, 3, 1, 2, 1}))) << "no maximum";
}

TEST(Laxities, UnreachableReferences)
{
    EXPECT_TRUE(uses_unreachable_reference_as_any_type(
        text("(module (func (result i32) (ref.as_non_null (unreachable))))")));
    EXPECT_TRUE(uses_unreachable_reference_as_any_type(
        text("(module (func (unreachable) (br_on_null 0) (drop (i32.eqz))))")));
    EXPECT_FALSE(uses_unreachable_reference_as_any_type(
        text("(module (func (result funcref) (ref.as_non_null (unreachable))))")));
    EXPECT_FALSE(uses_unreachable_reference_as_any_type(
        text("(module (func (param funcref) (result i32) (ref.as_non_null (local.get 0))))")));
}

TEST(Laxities, CatchesAtTheLastLabel)
{
    EXPECT_TRUE(catches_at_last_label(text("(module (func (try_table (catch_all 4294967295))))")));
    EXPECT_TRUE(catches_at_last_label(text("(module (tag) (func (try_table (catch_all 0) "
                                           "(catch 0 4294967295) (catch_all 4294967295))))")));
    EXPECT_FALSE(catches_at_last_label(text("(module (func (try_table (catch_all 4294967294))))")));
    EXPECT_FALSE(catches_at_last_label(text("(module (func (try_table (catch_all 0))))")));
    EXPECT_FALSE(catches_at_last_label(text("(module (func (br 4294967295)))")));
}

TEST(Laxities, BranchesOnNonNullToNothing)
{
    EXPECT_TRUE(branches_on_non_null_to_nothing(
        text("(module (func (block (br_on_non_null 0 (ref.null func)))))")));
    EXPECT_FALSE(branches_on_non_null_to_nothing(
        text("(module (func (block (br_on_non_null 0 (i32.const 0)))))")))
        << "no reference";
    EXPECT_FALSE(branches_on_non_null_to_nothing(
        text("(module (func (drop (block (result i32) (br_on_non_null 0 (ref.null func)) "
             "(i32.const 0)))))")))
        << "to something else";
    EXPECT_FALSE(branches_on_non_null_to_nothing(
        text("(module (func (drop (block (result funcref) (br_on_non_null 0 (ref.null func)) "
             "(ref.null func)))))")))
        << "valid";
}

} // namespace
} // namespace touchstone::laxities
