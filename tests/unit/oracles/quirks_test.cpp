// Each known quirk still shows, is recognised, and covers nothing beside it.

#include "oracles/in_process.hpp"
#include "oracles/quirks.hpp"
#include "oracles/registry.hpp"

#include "tests/unit/oracles/texts.hpp"

#include <gtest/gtest.h>

#include <set>

namespace touchstone {
namespace {

class WabtQuirks : public testing::Test
{
protected:
    void SetUp() override
    {
        auto made = make_isolated_oracle("wabt");
        if (!made)
            GTEST_SKIP() << made.error();
        oracle = std::move(*made);
        if (oracle->info().version != "1.0.32")
            GTEST_SKIP() << "other versions have other quirks";
    }

    /// The quirk of the first step in which the two end differently; "" if none is known.
    std::string quirk(Case const& c, std::size_t calls = 0)
    {
        Task const task{&c, calls};
        auto const limits = Limits::for_spec();
        auto const theirs = oracle->observe({&task, 1}, limits).front();
        auto const ours = observe_reference(prepare(c), calls, limits);
        for (std::size_t i = 0; i < c.modules.size(); ++i)
            if (auto const id =
                    quirk({c, true, i, ours.instantiations[i], theirs.instantiations[i]}))
                return *id;
        for (std::size_t i = 0; i < calls; ++i)
            if (auto const id = quirk({c, false, i, ours.calls[i], theirs.calls[i]}))
                return *id;
        return "they agree";
    }

    std::optional<std::string> quirk(QuirkStep const& step)
    {
        auto const refused = step.ours.end == End::Malformed || step.ours.end == End::Invalid;
        if (step.ours.end == step.theirs.end || (refused && step.theirs.end == End::Rejected))
            return std::nullopt;
        auto const* const found = find_quirk(oracle->info(), step);
        return found == nullptr ? "" : std::string{found->id};
    }

    static Case binary(std::vector<std::uint8_t> rest)
    {
        std::vector<std::uint8_t> bytes{0, 'a', 's', 'm', 1, 0, 0, 0};
        bytes.insert(bytes.end(), rest.begin(), rest.end());
        Case c;
        c.modules.push_back({"m", std::move(bytes)});
        return c;
    }

    std::unique_ptr<Oracle> oracle;
};

TEST_F(WabtQuirks, MissingEnd)
{
    // a block is open when the body ends
    EXPECT_EQ(quirk(binary({1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 6, 1, 4, 0, 2, 0x40, 0x0B})),
        "wabt-missing-end");
    EXPECT_EQ(quirk(binary({6, 5, 1, 0x7F, 0, 0x41, 0})), "wabt-missing-end");
    EXPECT_EQ(quirk(binary({6, 6, 1, 0x7F, 0, 0x41, 0, 0x0B})), "they agree");
    EXPECT_EQ(quirk(binary({6, 6, 1, 0x7F, 0, 0x41})), "they agree");
}

/// wabt's interpreter takes it, its validator does not.
TEST_F(WabtQuirks, NotASecondEnd)
{
    EXPECT_EQ(
        quirk(binary({1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 5, 1, 3, 0, 0x0B, 0x0B})), "they agree");
}

TEST_F(WabtQuirks, MissingEndBeforeAnotherFunction)
{
    EXPECT_EQ(quirk(binary(
                  {1, 4, 1, 0x60, 0, 0, 3, 3, 2, 0, 0, 10, 9, 2, 4, 0, 2, 0x40, 0x0B, 2, 0, 0x0B})),
        "wabt-missing-end");
}

TEST_F(WabtQuirks, SelectGivesAnyType)
{
    EXPECT_EQ(quirk(case_of("(module (func (result i32) (select (result i64) (i64.const 0) "
                            "(i64.const 0) (i32.const 0))))")),
        "wabt-select-gives-any-type");
    EXPECT_EQ(quirk(case_of("(module (func (result i32) (select (i64.const 0) (i64.const 0) "
                            "(i32.const 0))))")),
        "they agree");
}

TEST_F(WabtQuirks, ElementExpressionOpcode)
{
    EXPECT_EQ(quirk(binary({9, 6, 1, 5, 0x70, 1, 0x07, 0x0B})), "wabt-element-expression-opcode");
    EXPECT_EQ(quirk(binary({9, 7, 1, 5, 0x70, 1, 0x07, 0x07, 0x0B})), "they agree");
}

TEST_F(WabtQuirks, DataSegmentKind)
{
    EXPECT_EQ(quirk(binary({11, 4, 1, 3, 1, 0})), "wabt-data-segment-kind");
    EXPECT_EQ(quirk(binary({11, 4, 1, 8, 1, 0})), "they agree");
}

TEST_F(WabtQuirks, FirstMemoryBoundsOffsets)
{
    EXPECT_EQ(quirk(case_of("(module (memory i64 0) (memory 0) (func (drop (i32.load 1 "
                            "offset=0x100000000 (i32.const 0)))))")),
        "wabt-first-memory-bounds-offsets");
    EXPECT_EQ(quirk(case_of("(module (memory 0) (memory i64 0) (func (drop (i32.load 0 "
                            "offset=0x100000000 (i32.const 0)))))")),
        "they agree");
}

TEST_F(WabtQuirks, SelectOfNothing)
{
    constexpr auto nothing =
        "(module (func (drop (select (result) (i32.const 0) (i32.const 0) (i32.const 0)))))";
    EXPECT_EQ(quirk(text_case(nothing)), "wabt-select-of-nothing");
    EXPECT_EQ(quirk(text_case("(module (func (drop (select (result i32 i32) (i32.const 0) "
                              "(i32.const 0) (i32.const 0)))))")),
        "they agree");
}

TEST_F(WabtQuirks, OfTheTextFormat)
{
    auto const expect = [&](std::string_view text, std::string_view wanted) {
        EXPECT_EQ(quirk(text_case(text)), wanted) << text;
    };
    expect("(module (@ a))", "wabt-text-nameless-annotation");
    expect("(module (@a))", "they agree");
    expect("(module (func (export \"\t\")))", "wabt-text-control-character");
    expect("(module (func (export \"\\t\")))", "they agree");
    expect("(module (func (param i32) (drop (local.get 4294967296))))",
        "wabt-text-index-beyond-32-bits");
    expect("(module (func (param i32) (drop (local.get 4294967295))))", "they agree");
    expect("(module (func (drop (i32.const +0xffffffff))))", "wabt-text-plus");
    expect("(module (func (drop (i32.const +0x100000000))))", "they agree");
    expect("(module (elem funcref (func)))", "wabt-text-elements-assertion");
    expect("(module (elem funcref (item func)))", "they agree");
    expect("(module (type (func (param i32 (@a) i32))))", "wabt-text-annotation");
    expect("(module (memory 1) (data 0 (offset (i32.const 0)) \"\"))", "wabt-text-bare-index");
    expect("(module (func) (elem declare 5 0))", "wabt-text-bare-index");
    expect("(module (memory 1) (func (memory.copy 0 (i32.const 0) (i32.const 0) (i32.const 0))))",
        "wabt-text-one-index-of-two");
    expect("(module (func $\"x\"))", "wabt-text-quoted-id");
    expect("(module (table i32 1 funcref))", "wabt-text-table-address-type");
    expect("(module (memory i32 1))", "they agree");
    expect("(module (table 1 funcref) (func (drop (table.get (i32.const 0)))))",
        "wabt-text-table-index");
    expect("(module (table 1 funcref) (func (drop (table.get 0 (i32.const 0)))))", "they agree");
}

/// What its text format lacks is not asked.
TEST_F(WabtQuirks, TextWithAWideOffsetIsDeclined)
{
    auto const c = text_case(
        "(module (memory i64 1) (func (drop (i32.load offset=0x100000000 (i64.const 0)))))");
    Task const task{&c, 0};
    auto const seen = oracle->observe({&task, 1}, Limits::for_spec()).front();
    EXPECT_EQ(seen.instantiations.at(0).end, End::Unsupported);
}

/// A text means the same to both: what it makes can be called.
TEST_F(WabtQuirks, TextIsRun)
{
    auto c = text_case("(module (func (export \"f\") (result i32) (i32.const 0x2_a)))");
    c.calls.push_back({0, "f", {}});
    Task const task{&c, 1};
    auto const seen = oracle->observe({&task, 1}, Limits::for_spec()).front();
    EXPECT_EQ(seen.calls.at(0).values, std::vector{Value::from_i32(42)});
    EXPECT_EQ(quirk(c, 1), "they agree");
}

TEST_F(WabtQuirks, LongType)
{
    EXPECT_EQ(quirk(binary({1, 6, 1, 0x60, 1, 0xFF, 0x7F, 0})), "wabt-long-type");
    EXPECT_EQ(quirk(binary({1, 6, 1, 0x60, 1, 0xC1, 0x7F, 0})), "they agree");
}

TEST_F(WabtQuirks, DataCountWithoutData)
{
    EXPECT_EQ(quirk(binary({5, 3, 1, 0, 1, 12, 1, 1})), "wabt-data-count-without-data");
    EXPECT_EQ(quirk(binary({12, 1, 0})), "they agree");
    EXPECT_EQ(quirk(binary({12, 1, 1, 11, 5, 2, 1, 0, 1, 0})), "they agree");
}

TEST_F(WabtQuirks, OffsetBeyond64Bits)
{
    auto const load = [](std::uint8_t last) {
        return binary({1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 5, 3, 1, 4, 0, 10, 0x13, 1, 0x11, 0, 0x42,
            0, 0x28, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, last, 0x1A, 0x0B});
    };
    EXPECT_EQ(quirk(load(2)), "wabt-leb-beyond-64-bits");
}

TEST_F(WabtQuirks, CallIndirectThroughExternref)
{
    EXPECT_EQ(quirk(case_of("(module (type (func)) (table 10 externref) "
                            "(func (call_indirect (type 0) (i32.const 0))))")),
        "wabt-call-indirect-through-externref");
    EXPECT_EQ(quirk(case_of("(module (type (func)) (table 10 externref) (func (i32.const 0)))")),
        "they agree");
}

TEST_F(WabtQuirks, ElementExpressions)
{
    Case c;
    c.modules.push_back(module_of("env",
        "(module (func) (elem declare func 0) (global (export \"g\") funcref (ref.func 0)))"));
    c.modules.push_back(module_of("m", "(module (import \"env\" \"g\" (global funcref)) "
                                       "(elem funcref (global.get 0)))"));
    EXPECT_EQ(quirk(c), "wabt-element-expressions");
}

/// A step in which libwabt took what the reference refused with these words.
static bool excused(Case const& c, std::size_t module, End end, std::string reason)
{
    CallObservation ours;
    ours.end = end;
    ours.detail = std::move(reason);
    CallObservation theirs;
    theirs.end = End::Returned;
    return find_quirk({.name = "wabt", .version = "1.0.32"}, {c, true, module, ours, theirs}) !=
           nullptr;
}

TEST(Quirks, ImportAddressType)
{
    auto const excuses = [](std::string_view exporter, std::string_view importer,
                             std::string why = "incompatible import type") {
        Case c;
        c.modules.push_back(module_of("env", exporter));
        c.modules.push_back(module_of("m", importer));
        return excused(c, 1, End::Unlinkable, std::move(why));
    };
    constexpr auto memory32 = "(module (memory (export \"x\") 1))";
    constexpr auto memory64 = "(module (import \"env\" \"x\" (memory i64 1)))";
    EXPECT_TRUE(excuses(memory32, memory64));
    EXPECT_TRUE(excuses("(module (memory 1) (memory (export \"x\") i64 1))",
        "(module (import \"env\" \"x\" (memory 1)))"));
    EXPECT_TRUE(excuses("(module (table (export \"x\") 1 funcref))",
        "(module (import \"env\" \"x\" (table i64 1 funcref)))"));
    EXPECT_FALSE(excuses(memory32, memory64, "unknown import"));
    EXPECT_FALSE(excuses("(module (memory (export \"x\") i64 1))", memory64));
    EXPECT_FALSE(excuses("(module (memory (export \"y\") 1))", memory64));
    EXPECT_FALSE(excuses("(module (memory (export \"y\") 1) (memory (export \"x\") i64 1))",
        "(module (import \"env\" \"x\" (memory i64 2)))"));
    EXPECT_FALSE(excuses("(module (func (export \"x\")))", memory64));
}

TEST_F(WabtQuirks, WideOffset)
{
    auto const c = case_of(R"((module (memory i64 1)
        (func (export "wide") (result i32) (i32.load offset=0x100000000 (i64.const 0)))
        (func (export "narrow") (result i32) (i32.load offset=0xffffffff (i64.const 0)))))",
        {"narrow", "wide"});
    EXPECT_EQ(quirk(c, 1), "they agree");
    EXPECT_EQ(quirk(c, 2), "wabt-wide-offset");
}

TEST(Quirks, MissingEndOnlyWhereInstructionsStand)
{
    auto const excuses = [](std::vector<std::uint8_t> rest) {
        std::vector<std::uint8_t> bytes{0, 'a', 's', 'm', 1, 0, 0, 0};
        bytes.insert(bytes.end(), rest.begin(), rest.end());
        Case c;
        c.modules.push_back({"m", std::move(bytes)});
        auto const ours = observe_reference(prepare(c), 0, Limits::for_spec()).instantiations[0];
        EXPECT_NE(ours.detail.find("unexpected end of section or function"), std::string::npos)
            << ours.detail;
        return excused(c, 0, ours.end, ours.detail);
    };
    EXPECT_TRUE(excuses({1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 4, 1, 2, 0, 1}));
    EXPECT_TRUE(excuses({6, 5, 1, 0x7F, 0, 0x41, 0}));
    EXPECT_FALSE(excuses({6, 2, 1, 0x7F}));       // no mutability
    EXPECT_FALSE(excuses({5, 1, 1}));             // no limits
    EXPECT_FALSE(excuses({1, 2, 1, 0x60}));       // no parameters
    EXPECT_FALSE(excuses({0, 1, 5, 1, 1, 1, 1})); // a name longer than its custom section
}

TEST(Quirks, EachRowSaysWhyAndHowToSeeIt)
{
    std::set<std::string_view> ids;
    for (auto const& q : quirks()) {
        EXPECT_TRUE(ids.insert(q.id).second) << q.id;
        EXPECT_FALSE(q.reason.empty()) << q.id;
        EXPECT_FALSE(q.reproduction.empty()) << q.id;
    }
}

TEST(Quirks, TrapsForAnotherReasonOfTwo)
{
    auto const shows = [](char const* text, Trap our_trap, Trap their_trap) {
        auto const c = case_of(text);
        CallObservation ours;
        ours.end = End::Trapped;
        ours.traps = TrapSet{our_trap};
        CallObservation theirs = ours;
        theirs.traps = TrapSet{their_trap};
        QuirkStep const step{c, false, 0, ours, theirs};
        auto const* const found = find_quirk({.name = "node", .version = "26"}, step);
        return found == nullptr ? std::string_view{} : found->id;
    };
    constexpr auto copies =
        "(module (type $a (array (mut i32))) (func (param (ref null $a)) (array.copy "
        "$a $a (local.get 0) (i32.const 0) (local.get 0) (i32.const 0) (i32.const 0))))";
    EXPECT_EQ(shows(copies, Trap::NullArrayReference, Trap::OutOfBoundsArrayAccess),
        "node-array-copy-bounds-first");
    EXPECT_EQ(shows(copies, Trap::OutOfBoundsArrayAccess, Trap::NullArrayReference), "");
    EXPECT_EQ(shows(copies, Trap::OutOfBoundsArrayAccess, Trap::OutOfBoundsTableAccess), "");
    EXPECT_EQ(shows("(module)", Trap::NullArrayReference, Trap::OutOfBoundsArrayAccess), "");
    constexpr auto fills =
        "(module (type $a (array (mut funcref))) (elem $e funcref) (func (param (ref null $a)) "
        "(array.init_elem $a $e (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0))))";
    EXPECT_EQ(shows(fills, Trap::OutOfBoundsArrayAccess, Trap::OutOfBoundsTableAccess),
        "node-array-init-elem-segment-first");
}

TEST(Quirks, AnotherVersionIsNotExcused)
{
    auto const c = case_of("(module)");
    CallObservation ours;
    ours.end = End::Malformed;
    ours.detail = "data count and data section have inconsistent lengths";
    CallObservation theirs;
    theirs.end = End::Returned;
    QuirkStep const step{c, true, 0, ours, theirs};
    EXPECT_NE(find_quirk({.name = "wabt", .version = "1.0.32"}, step), nullptr);
    EXPECT_EQ(find_quirk({.name = "wabt", .version = "1.0.33"}, step), nullptr);
    EXPECT_EQ(find_quirk({.name = "fast", .version = "1.0.32"}, step), nullptr);
}

} // namespace
} // namespace touchstone
