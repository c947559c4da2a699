#include "bench/micro/stand_ins.hpp"

#include "engine/fast/store.hpp"
#include "engine/text/parse.hpp"

#include <gtest/gtest.h>

namespace touchstone::bench {
namespace {

std::shared_ptr<ValidModule const> module_of(std::string_view text)
{
    return validate(parse_module(text).value()).value();
}

TEST(StandIns, LinkAndReturnZeros)
{
    auto const module = module_of(R"((module
        (import "a" "f" (func $f (param i32) (result i64 f32)))
        (import "a" "m" (memory 2 3))
        (import "a" "t" (table 5 funcref))
        (import "a" "g" (global (mut f64)))
        (func (export "run") (result i64) (drop (call $f (i32.const 1))))))");
    auto const store = fast::make_store({});
    auto const imports = stand_ins(*store, *module);
    ASSERT_TRUE(imports);
    auto const made = store->module_instantiate(module, *imports);
    ASSERT_EQ(made.outcome.end, Outcome::End::Returned);
    auto const run = store->instance_export(*made.instance, "run");
    auto const outcome = store->func_invoke(FuncAddr{run->address}, {});
    ASSERT_EQ(outcome.end, Outcome::End::Returned);
    EXPECT_EQ(outcome.values, std::vector{Value::from_i64(0)});
}

TEST(StandIns, AreNotThereForWhatHasNoZero)
{
    auto const module = module_of("(module (type $t (func)) "
                                  "(import \"a\" \"f\" (func (result (ref $t)))))");
    EXPECT_FALSE(stand_ins(*fast::make_store({}), *module));
}

} // namespace
} // namespace touchstone::bench
