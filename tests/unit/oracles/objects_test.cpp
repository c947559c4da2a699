// Structs, arrays and exceptions in observations: equal up to addresses, and different in any bit.

#include "oracles/in_process.hpp"

#include "harness/compare/compare.hpp"
#include "tests/unit/oracles/texts.hpp"

#include <gtest/gtest.h>

namespace touchstone {
namespace {

/// After `prepare` the same graph in two stores may have other addresses.
std::string graph_module(std::string_view prepare, std::string_view value, std::string_view link)
{
    std::string text = R"((module
        (type $n (struct (field (mut i16)) (field (mut (ref null $n)))))
        (type $list (array (mut (ref null $n))))
        (tag $t (param i32)) (tag $u (param i32))
        (global $g (export "g") (mut (ref null $list)) (ref.null $list))
        (global $e (mut exnref) (ref.null exn))
        (table $t 2 anyref)
        (func (export "f") (local $a (ref null $n)) (local $b (ref null $n))
            )";
    text += prepare;
    text += R"(
            (local.set $a (struct.new $n (i32.const 1) (ref.null $n)))
            (local.set $b (struct.new $n (i32.const VALUE) (local.get $a)))
            (struct.set $n 1 (local.get $a) (local.get $b))
            (global.set $g (array.new_fixed $list 2 (local.get $a) (local.get LINK)))
            (table.set $t (i32.const 1) (local.get $b))
            (global.set $e (block $h (result exnref)
                (try_table (catch_all_ref $h) (throw $t (i32.const 5))) (unreachable)))))
    )";
    text.replace(text.find("VALUE"), 5, value);
    text.replace(text.find("LINK"), 4, link);
    return text;
}

CallObservation last_step(std::string const& text)
{
    auto const c = case_of(text, {"f"});
    Task const task{&c, 1};
    auto const seen = make_reference_oracle()->observe({&task, 1}, Limits::for_campaign()).front();
    EXPECT_EQ(seen.calls.at(0).end, End::Returned) << seen.calls.at(0).detail;
    return seen.calls.at(0);
}

Judgement compared(CallObservation const& a, CallObservation const& b)
{
    return compare(a, b, {.same_limits = false});
}

TEST(Objects, AddressesDoNotMatter)
{
    auto const a = last_step(graph_module("", "2", "$b"));
    auto const b = last_step(graph_module(
        "(drop (struct.new_default $n)) (drop (array.new_default $list (i32.const 9)))", "2",
        "$b"));
    ASSERT_TRUE(a.store && a.store->heap);
    EXPECT_EQ(a.store->heap->size, 4U);
    EXPECT_EQ(compared(a, b), Judgement{});
}

TEST(Objects, AFieldThatDiffersShows)
{
    auto const a = last_step(graph_module("", "2", "$b"));
    EXPECT_EQ(compared(a, last_step(graph_module("", "3", "$b"))).reason, Reason::Heap);
    EXPECT_EQ(compared(a, last_step(graph_module("", "0x10002", "$b"))), Judgement{})
        << "fields are packed";
}

TEST(Objects, AReferenceThatDiffersShows)
{
    auto const a = last_step(graph_module("", "1", "$b"));
    auto const b = last_step(graph_module("", "1", "$a"));
    EXPECT_EQ(compared(a, b).verdict, Verdict::Diverge)
        << "both nodes look alike, but the graphs do not";
}

TEST(Objects, ATagThatDiffersShows)
{
    auto const text = graph_module("", "2", "$b");
    auto other = text;
    other.replace(other.find("throw $t"), 8, "throw $u");
    EXPECT_EQ(compared(last_step(text), last_step(other)).reason, Reason::Heap);
}

} // namespace
} // namespace touchstone
