// A whole case: the first step that is not agreement decides, and is named.
#include "harness/compare/compare.hpp"

#include "tests/unit/harness/compare/observations.hpp"

#include <gtest/gtest.h>

namespace touchstone {
namespace {

TEST(CompareCase, AgreementCountsStepsAndStores)
{
    auto const a = full_case();
    auto b = a;
    auto j = compare(a, b, ours);
    EXPECT_EQ(j.judgement, Judgement{});
    EXPECT_EQ(j.steps_compared, 5U);
    EXPECT_EQ(j.stores_compared, 5U);

    b.calls[1].store.reset();
    b.instantiations[0].store.reset();
    j = compare(a, b, ours);
    EXPECT_EQ(j.steps_compared, 5U);
    EXPECT_EQ(j.stores_compared, 3U);
}

TEST(CompareCase, EachStepIsCompared)
{
    auto const a = full_case();
    for (std::size_t i = 0; i < 5; ++i) {
        auto b = a;
        auto const in_instantiation = i < 2;
        auto const step = in_instantiation ? i : i - 2;
        auto& o = in_instantiation ? b.instantiations[step] : b.calls[step];
        o.values[0] = Value::from_i32(8);
        auto const j = compare(a, b, foreign);
        EXPECT_EQ(j.judgement.verdict, Verdict::Diverge);
        EXPECT_EQ(j.judgement.reason, Reason::Values);
        EXPECT_EQ(j.in_instantiation, in_instantiation);
        EXPECT_EQ(j.step, step);
        EXPECT_EQ(j.steps_compared, i);
        EXPECT_EQ(j.stores_compared, i);
        EXPECT_EQ(j.judgement.detail.substr(0, 10), in_instantiation
                                                        ? "module " + std::to_string(step) + ": "
                                                        : "call " + std::to_string(step) + ": (i");
    }
}

TEST(CompareCase, DetailNamesTheCall)
{
    Observation a{.instantiations = {returned({})}, .calls = {4, returned({Value::from_i32(7)})}};
    auto b = a;
    b.calls[3].values[0] = Value::from_i32(8);
    EXPECT_EQ(compare(a, b, foreign).judgement.detail, "call 3: i32 7 against i32 8");
}

TEST(CompareCase, FewerCallsWereShown)
{
    auto const a = full_case();
    auto b = a;
    b.calls.pop_back();
    auto const j = compare(a, b, foreign);
    EXPECT_EQ(j.judgement, Judgement{});
    EXPECT_EQ(j.steps_compared, 4U);
}

TEST(CompareCase, WhatCannotBeJudgedEndsTheComparison)
{
    auto const a = full_case();
    auto b = a;
    b.calls[0] = ended(End::TimedOut);
    b.calls[1] = ended(End::Returned); // would diverge
    auto const j = compare(a, b, foreign);
    EXPECT_EQ(j.judgement.verdict, Verdict::Inconclusive);
    EXPECT_EQ(j.judgement.reason, Reason::TimedOut);
    EXPECT_EQ(j.step, 0U);
    EXPECT_EQ(j.steps_compared, 2U);
}

TEST(CompareCase, NanChoicesOfEarlierStepsCount)
{
    auto a = full_case();
    auto b = a;
    b.calls[2].values[0] = Value::from_i32(8);
    EXPECT_EQ(compare(a, b, foreign).judgement.verdict, Verdict::Diverge);

    for (auto* const flagged : {&a.instantiations[1], &a.calls[0], &a.calls[2]}) {
        flagged->nan_choice = true;
        auto const j = compare(a, b, foreign);
        EXPECT_EQ(j.judgement.verdict, Verdict::Inconclusive);
        EXPECT_EQ(j.judgement.reason, Reason::NanBits);
        EXPECT_EQ(j.step, 2U);
        EXPECT_EQ(compare(a, b, ours).judgement.verdict, Verdict::Diverge);
        flagged->nan_choice = false;
    }

    // a choice made afterwards explains nothing
    b = a;
    b.calls[0].values[0] = Value::from_i32(8);
    a.calls[1].nan_choice = true;
    EXPECT_EQ(compare(a, b, foreign).judgement.verdict, Verdict::Diverge);
}

TEST(CompareCase, NothingSeenIsNoAgreement)
{
    auto const a = full_case();
    auto const j = compare(a, Observation{}, foreign);
    EXPECT_EQ(j.judgement.verdict, Verdict::Inconclusive);
    EXPECT_EQ(j.judgement.reason, Reason::NothingSeen);

    Observation const not_run{.calls = {2, ended(End::NotRun)}};
    EXPECT_EQ(compare(not_run, not_run, ours).judgement.reason, Reason::NothingSeen);
}

TEST(CompareCase, AModuleThatBothRejectIsAgreement)
{
    Observation const a{.instantiations = {ended(End::Invalid)}, .calls = {ended(End::NotRun)}};
    Observation const b{.instantiations = {ended(End::Rejected)}, .calls = {ended(End::NotRun)}};
    auto const j = compare(a, b, foreign);
    EXPECT_EQ(j.judgement, Judgement{});
    EXPECT_EQ(j.steps_compared, 1U);
}

TEST(CompareCase, NotRunAgainstReturnedDiverges)
{
    auto const a = full_case();
    auto b = a;
    b.calls[1] = ended(End::NotRun);
    EXPECT_EQ(compare(a, b, foreign).judgement.reason, Reason::End);
}

} // namespace
} // namespace touchstone
