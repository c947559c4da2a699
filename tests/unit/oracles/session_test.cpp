// Sessions of every adapter: what a runner of test scripts does with them.

#include "oracles/registry.hpp"

#include "tests/unit/oracles/texts.hpp"

#include <gmock/gmock.h>

namespace touchstone {
namespace {

using testing::ElementsAre;

class EverySession : public testing::TestWithParam<std::tuple<std::string, bool>>
{
protected:
    void SetUp() override
    {
        auto const& [name, isolated] = GetParam();
        auto made =
            isolated ? make_isolated_oracle(name, {.time_per_case = std::chrono::milliseconds{500}})
                     : make_oracle(name);
        if (!made)
            GTEST_SKIP() << made.error();
        oracle = std::move(*made);
        session = oracle->session({.limits = Limits::for_spec()});
        ASSERT_TRUE(session);
    }

    CallObservation instantiate(std::string_view text)
    {
        return session->instantiate(assemble(text), instance);
    }

    std::unique_ptr<Oracle> oracle;
    std::unique_ptr<Session> session;
    std::optional<Session::Instance> instance;
};

TEST_P(EverySession, InstancesLiveOn)
{
    auto const made = instantiate(R"((module (global $g (export "g") (mut i32) (i32.const 5))
        (func (export "add") (param i32) (result i32)
          global.get $g local.get 0 i32.add global.set $g global.get $g)))");
    ASSERT_EQ(made.end, End::Returned) << made.detail;
    ASSERT_TRUE(instance);
    std::array const two{Value::from_i32(2)};
    EXPECT_THAT(session->invoke(*instance, "add", two).values, ElementsAre(Value::from_i32(7)));
    EXPECT_THAT(session->invoke(*instance, "add", two).values, ElementsAre(Value::from_i32(9)));
    EXPECT_THAT(session->get(*instance, "g").values, ElementsAre(Value::from_i32(9)));
    EXPECT_EQ(session->get(*instance, "add").end, End::NotRun);
    EXPECT_EQ(session->invoke(*instance, "g", {}).end, End::NotRun);
    EXPECT_EQ(session->invoke(*instance + 1, "add", two).end, End::NotRun);
}

TEST_P(EverySession, RegisteredNamesLink)
{
    EXPECT_EQ(instantiate(R"((module (import "m" "f" (func))))").end, End::Unlinkable);
    EXPECT_FALSE(instance);
    EXPECT_EQ(instantiate(R"((module (func (export "f"))))").end, End::Returned);
    ASSERT_TRUE(instance);
    session->register_as("m", *instance);
    EXPECT_EQ(instantiate(R"((module (import "m" "f" (func))))").end, End::Returned);
    EXPECT_EQ(instantiate(R"((module (import "m" "f" (func (param i32)))))").end, End::Unlinkable);
    EXPECT_EQ(instantiate(R"((module (import "m" "g" (func))))").end, End::Unlinkable);
}

TEST_P(EverySession, AStartThatTrapsLeavesItsEffects)
{
    EXPECT_EQ(instantiate(R"((module (table (export "t") 2 funcref) (memory (export "m") 1)
        (type $r (func (result i32)))
        (func (export "call") (result i32) i32.const 1 call_indirect (type $r))
        (func (export "byte") (result i32) i32.const 0 i32.load8_u)))")
                  .end,
        End::Returned);
    auto const first = instance.value();
    session->register_as("m", first);
    auto const seen = instantiate(R"((module (import "m" "t" (table 2 funcref))
        (import "m" "m" (memory 1)) (data (i32.const 0) "\07") (elem (i32.const 1) $f)
        (func $f (result i32) i32.const 42) (func $s unreachable) (start $s)))");
    EXPECT_EQ(seen.end, End::Trapped);
    EXPECT_EQ(instance.has_value(), oracle->info().code_base != "v8"); // JavaScript gets none
    EXPECT_THAT(session->invoke(first, "call", {}).values, ElementsAre(Value::from_i32(42)));
    EXPECT_THAT(session->invoke(first, "byte", {}).values, ElementsAre(Value::from_i32(7)));
}

TEST_P(EverySession, ValidatesOnly)
{
    EXPECT_EQ(
        session->validate(assemble(R"((module (import "x" "y" (func))))")).end, End::Returned);
    EXPECT_NE(session->validate(assemble("(module (func (result i32)))")).end, End::Returned);
}

TEST_P(EverySession, HostReferencesPassThrough)
{
    ASSERT_EQ(instantiate(R"((module (func (export "f") (param externref) (result externref)
        local.get 0)))")
                  .end,
        End::Returned);
    std::array const one{Value::host_extern(0)};
    std::array const two{Value::host_extern(12)};
    EXPECT_THAT(session->invoke(*instance, "f", one).values, ElementsAre(one[0]));
    EXPECT_THAT(session->invoke(*instance, "f", two).values, ElementsAre(two[0]));
}

TEST_P(EverySession, AHangDoesNotLoseTheInstances)
{
    if (!std::get<1>(GetParam()) || oracle->info().has_limits)
        GTEST_SKIP() << "only a process of its own stops an engine without limits";
    ASSERT_EQ(instantiate(R"((module (global $g (mut i32) (i32.const 1))
        (func (export "inc") (result i32) global.get $g i32.const 1 i32.add global.set $g
          global.get $g)
        (func (export "hang") loop br 0 end)))")
                  .end,
        End::Returned);
    EXPECT_THAT(session->invoke(*instance, "inc", {}).values, ElementsAre(Value::from_i32(2)));
    EXPECT_EQ(session->invoke(*instance, "hang", {}).end, End::TimedOut);
    EXPECT_THAT(session->invoke(*instance, "inc", {}).values, ElementsAre(Value::from_i32(3)));
}

INSTANTIATE_TEST_SUITE_P(Oracles, EverySession,
    testing::Combine(testing::Values("reference", "fast", "wabt", "node"), testing::Bool()),
    [](auto const& i) { return std::get<0>(i.param) + (std::get<1>(i.param) ? "_isolated" : ""); });

} // namespace
} // namespace touchstone
