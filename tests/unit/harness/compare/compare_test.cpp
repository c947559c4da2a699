// One step: each kind of difference is found, and each licence holds only where it is given.
#include "harness/compare/compare.hpp"

#include "tests/unit/harness/compare/observations.hpp"

#include <gmock/gmock.h>

namespace touchstone {
namespace {

std::vector<End> all_ends()
{
    std::vector<End> ends;
    for (std::size_t i = 0; i < end_names.size(); ++i)
        ends.push_back(static_cast<End>(i));
    return ends;
}

bool is_one_of(End e, std::initializer_list<End> ends)
{
    return std::ranges::find(ends, e) != ends.end();
}

TEST(Compare, ACrashIsAlwaysAFinding)
{
    for (auto const end : all_ends())
        for (auto const& common : {ours, foreign}) {
            auto a = ended(end);
            a.nan_choice = true;
            for (auto const& j : {compare(a, ended(End::Crashed), common),
                     compare(ended(End::Crashed), a, common)}) {
                EXPECT_EQ(j.verdict, Verdict::Diverge) << name(end);
                EXPECT_EQ(j.reason, Reason::Crash) << name(end);
            }
        }
}

/// What each pair of ends must give, written as the licences are and not as the code is.
TEST(Compare, EveryPairOfEnds)
{
    for (auto const& common : {ours, foreign})
        for (auto const a : all_ends())
            for (auto const b : all_ends()) {
                if (a == End::Crashed || b == End::Crashed)
                    continue;
                auto x = ended(a);
                auto y = ended(b);
                x.traps = y.traps = {Trap::Unreachable};
                auto const j = compare(x, y, common);
                auto const any = [&](std::initializer_list<End> ends) {
                    return is_one_of(a, ends) || is_one_of(b, ends);
                };
                auto const both = [&](std::initializer_list<End> ends) {
                    return is_one_of(a, ends) && is_one_of(b, ends);
                };
                auto expected = a == b ? Verdict::Agree : Verdict::Diverge;
                if (any({End::Rejected}) && both({End::Rejected, End::Malformed, End::Invalid}))
                    expected = Verdict::Agree;
                if (any({End::Refused, End::TimedOut, End::Unsupported}) ||
                    (!common.same_limits && any({End::OutOfFuel, End::Exhausted})))
                    expected = Verdict::Inconclusive;
                EXPECT_EQ(j.verdict, expected) << name(a) << ' ' << name(b) << ' ' << j.detail;
                if (expected == Verdict::Diverge) {
                    EXPECT_EQ(j.reason, Reason::End);
                }
                if (expected == Verdict::Agree) {
                    EXPECT_EQ(j, Judgement{});
                }
            }
}

TEST(Compare, InconclusiveSaysWhy)
{
    auto const fine = returned({});
    EXPECT_EQ(compare(fine, ended(End::Refused), ours).reason, Reason::Refused);
    EXPECT_EQ(compare(fine, ended(End::TimedOut), ours).reason, Reason::TimedOut);
    EXPECT_EQ(compare(fine, ended(End::Unsupported), ours).reason, Reason::Unsupported);
    EXPECT_EQ(compare(fine, ended(End::Exhausted), foreign).reason, Reason::Exhausted);
    EXPECT_EQ(compare(ended(End::OutOfFuel), fine, foreign).reason, Reason::Exhausted);
    EXPECT_EQ(compare(ended(End::OutOfFuel), fine, ours).reason, Reason::End);
}

TEST(Compare, MalformedIsNotInvalid)
{
    auto const j = compare(ended(End::Malformed), ended(End::Invalid), foreign);
    EXPECT_EQ(j.verdict, Verdict::Diverge);
    EXPECT_EQ(j.detail, "malformed against invalid");
}

TEST(Compare, TrapSetsThatMeetAgree)
{
    TrapSet const either{Trap::IntegerOverflow, Trap::InvalidConversionToInteger};
    EXPECT_EQ(compare(trapped({Trap::IntegerOverflow}), trapped(either), foreign).verdict,
        Verdict::Agree);
    EXPECT_EQ(compare(trapped({Trap::Unreachable}), trapped(TrapSet::any()), foreign).verdict,
        Verdict::Agree);

    auto const j = compare(trapped({Trap::Unreachable}), trapped(either), foreign);
    EXPECT_EQ(j.verdict, Verdict::Diverge);
    EXPECT_EQ(j.reason, Reason::TrapKind);
    EXPECT_EQ(j.detail, "unreachable against integer overflow or invalid conversion to integer");
}

TEST(Compare, ValuesAreEqualBitForBit)
{
    auto const values_of = [](Value const& a, Value const& b) {
        return compare(returned({a}), returned({b}), foreign);
    };
    EXPECT_EQ(values_of(Value::from_i32(7), Value::from_i32(8)).detail, "i32 7 against i32 8");
    EXPECT_EQ(values_of(Value::from_i32(7), Value::from_i32(8)).reason, Reason::Values);

    Value const v{.kind = ValType::Kind::V128, .lo = 1, .hi = 2};
    Value v_high = v;
    v_high.hi = 3;
    for (auto const& [a, b] :
        std::vector<std::pair<Value, Value>>{{Value::from_i32(7), Value::from_i64(7)},
            {Value::from_f32(0.0F), Value::from_f32(-0.0F)},
            {Value{.kind = ValType::Kind::F64, .lo = 0x7FF8'0000'0000'0000},
                Value{.kind = ValType::Kind::F64, .lo = 0x7FF8'0000'0000'0001}},
            {v, v_high}, {Value::null_ref(), Value::host_extern(0)},
            {Value::host_extern(1), Value::host_extern(2)},
            {Value::host_extern(1), Value::reference(RefKind::Host, 1)},
            {Value::reference(RefKind::Func, function_identity(0, 1)),
                Value::reference(RefKind::Func, function_identity(1, 1))},
            {Value::reference(RefKind::I31, 1), Value::reference(RefKind::I31, 2)},
            {Value::reference(RefKind::Struct, 0), Value::reference(RefKind::Array, 0)},
            {Value::reference(RefKind::Struct, 0), Value::reference(RefKind::Struct, 0, true)}}) {
        EXPECT_EQ(values_of(a, a).verdict, Verdict::Agree);
        EXPECT_EQ(values_of(a, b).verdict, Verdict::Diverge) << values_of(a, b).detail;
        EXPECT_EQ(values_of(b, a).verdict, Verdict::Diverge);
    }
    EXPECT_EQ(
        compare(returned({}), returned({Value::from_i32(0)}), ours).verdict, Verdict::Diverge);
}

TEST(Compare, AddressesInAHeapMeanNothingElsewhere)
{
    for (auto const kind : {RefKind::Struct, RefKind::Array, RefKind::Exn})
        EXPECT_EQ(compare(returned({Value::reference(kind, 1)}),
                      returned({Value::reference(kind, 99)}), foreign)
                      .verdict,
            Verdict::Agree);
}

TEST(Compare, ExceptionsCompareTheirPayload)
{
    auto a = returned({Value::from_i32(1)});
    auto b = returned({Value::from_i32(2)});
    a.end = b.end = End::Threw;
    EXPECT_EQ(compare(a, b, foreign).reason, Reason::Values);
    EXPECT_EQ(compare(a, a, foreign).verdict, Verdict::Agree);
    b.end = End::Returned;
    b.values = a.values;
    EXPECT_EQ(compare(a, b, foreign).reason, Reason::End);
}

TEST(Compare, FuelAndLimitsCountOnlyBetweenEnginesThatShareThem)
{
    auto const a = full_call();
    auto b = a;
    b.fuel = 13;
    EXPECT_EQ(compare(a, b, ours).reason, Reason::Fuel);
    EXPECT_EQ(compare(a, b, ours).detail, "fuel 12 against 13");
    EXPECT_EQ(compare(a, b, foreign).verdict, Verdict::Agree);
    b.fuel.reset();
    EXPECT_EQ(compare(a, b, ours).verdict, Verdict::Agree); // unseen

    auto x = ended(End::Exhausted);
    x.limit = Limit::Frames;
    auto y = x;
    EXPECT_EQ(compare(x, y, ours).verdict, Verdict::Agree);
    y.limit = Limit::Heap;
    EXPECT_EQ(compare(x, y, ours).reason, Reason::Limit);
    EXPECT_EQ(compare(x, y, ours).detail, "frames against heap");
    EXPECT_EQ(compare(x, y, foreign).reason, Reason::Exhausted);
}

TEST(Compare, NanBitsAreLicensedWhereTheReferenceSaysSo)
{
    auto a = full_call();
    auto other_value = a;
    other_value.values[0] = Value::from_i32(8);
    auto other_store = a;
    other_store.store->instances[1]->memories[0]->digest = 1;
    auto const other_end = trapped({Trap::OutOfBoundsMemoryAccess});

    for (auto const& b : {other_value, other_store, other_end}) {
        a.nan_choice = false;
        EXPECT_EQ(compare(a, b, foreign).verdict, Verdict::Diverge);
        // not the other engine's flag
        auto flagged = b;
        flagged.nan_choice = true;
        EXPECT_EQ(compare(a, flagged, foreign).verdict, Verdict::Diverge);
        a.nan_choice = true;
        EXPECT_EQ(compare(a, b, foreign).verdict, Verdict::Inconclusive);
        EXPECT_EQ(compare(a, b, foreign).reason, Reason::NanBits);
        EXPECT_FALSE(compare(a, b, foreign).detail.empty());
        // our engines share one profile
        EXPECT_EQ(compare(a, b, ours).verdict, Verdict::Diverge);
    }
    EXPECT_EQ(compare(a, full_call(), foreign).verdict, Verdict::Agree);
}

TEST(Compare, RelaxedChoicesAreLicensedEvenWhereNansAreCanonical)
{
    auto a = full_call();
    auto b = a;
    b.values[0] = Value::from_i32(8);
    auto canonical = foreign;
    canonical.nans_canonicalised = true;
    a.relaxed_choice = true;
    for (auto const& common : {foreign, canonical}) {
        EXPECT_EQ(compare(a, b, common).verdict, Verdict::Inconclusive);
        EXPECT_EQ(compare(a, b, common).reason, Reason::Relaxed);
        EXPECT_EQ(compare(a, full_call(), common).verdict, Verdict::Agree);
    }
    // our engines share one profile
    EXPECT_EQ(compare(a, b, ours).verdict, Verdict::Diverge);
    // not the other engine's flag
    a.relaxed_choice = false;
    b.relaxed_choice = true;
    EXPECT_EQ(compare(a, b, foreign).verdict, Verdict::Diverge);
    // a crash has no licence
    a.relaxed_choice = true;
    EXPECT_EQ(compare(a, ended(End::Crashed), foreign).verdict, Verdict::Diverge);
}

TEST(Compare, WordsAreNeverCompared)
{
    auto const a = full_call();
    auto b = a;
    b.detail = "something else";
    b.place = Place{1, 2, 3};
    b.nan_choice = true;
    EXPECT_EQ(compare(a, b, ours), Judgement{});
}

TEST(Reasons, HaveNamesOfTheirOwn)
{
    std::vector<std::string_view> names;
    for (auto r = 0; r <= static_cast<int>(Reason::NothingSeen); ++r)
        names.push_back(name(static_cast<Reason>(r)));
    EXPECT_EQ(name(Reason::NanBits), "nan-bits");
    EXPECT_EQ(name(Reason::Relaxed), "relaxed");
    EXPECT_EQ(name(Reason::NothingSeen), "nothing-seen");
    std::ranges::sort(names);
    EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

} // namespace
} // namespace touchstone
