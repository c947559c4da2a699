// What the reference counts when asked to, and that it does not mind being asked.

#include "engine/reference/store.hpp"
#include "engine/text/parse.hpp"

#include <gtest/gtest.h>

namespace touchstone::tests {
namespace {

std::shared_ptr<ValidModule const> valid_module(std::string_view text)
{
    auto module = parse_module(text);
    EXPECT_TRUE(module) << describe(module.error());
    auto valid = validate(std::move(*module));
    EXPECT_TRUE(valid) << describe(valid.error());
    return *valid;
}

TEST(Statistics, CountInstructionsButNotStructure)
{
    reference::Statistics statistics;
    auto const store = reference::make_store(Limits::for_spec(), {.statistics = &statistics});
    auto const made = store->module_instantiate(valid_module(R"(
        (func (export "f") (param i32) (result i32)
            nop
            (block (loop
                (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
                (br_if 0 (local.get 0))))
            (local.get 0)))"),
        {});
    ASSERT_TRUE(made.instance);
    EXPECT_EQ(statistics.executed_instructions, 0U);
    auto const f = store->instance_export(*made.instance, "f");
    ASSERT_TRUE(f);

    auto const o = store->func_invoke(FuncAddr{f->address}, std::array{Value::from_i32(3)});
    EXPECT_EQ(o.end, Outcome::End::Returned);
    auto const count = [&statistics](Opcode op) {
        return statistics.by_opcode[static_cast<std::size_t>(op)];
    };
    // three rounds of local.get, i32.const, i32.sub, local.set, local.get, br_if; one local.get
    EXPECT_EQ(statistics.executed_instructions, 3U * 6 + 1);
    EXPECT_EQ(count(Opcode::I32Sub), 3U);
    EXPECT_EQ(count(Opcode::BrIf), 3U);
    EXPECT_EQ(count(Opcode::LocalGet), 7U);
    EXPECT_EQ(count(Opcode::I32Add), 0U);
    EXPECT_EQ(count(Opcode::Nop), 1U);
}

} // namespace
} // namespace touchstone::tests
