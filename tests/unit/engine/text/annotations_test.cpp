#include "engine/binary/custom_sections.hpp"
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "engine/text/print.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchstone {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Parsed
{
    Module module;
    std::vector<Error> problems;
};

Parsed parse(std::string const& text)
{
    Parsed p;
    auto m = parse_module(text, &p.problems);
    EXPECT_TRUE(m.has_value()) << text << ": " << describe(m.error());
    if (m)
        p.module = *std::move(m);
    return p;
}

/// The only problem with the annotations of this module, which is accepted all the same.
std::string problem(std::string const& text)
{
    auto const p = parse(text);
    EXPECT_EQ(p.problems.size(), 1U) << text;
    return p.problems.empty() ? "" : p.problems[0].message;
}

std::vector<std::string> places(Module const& m)
{
    std::vector<std::string> all;
    for (auto const& c : m.customs)
        all.push_back(c.name + " after " + std::to_string(c.after));
    return all;
}

} // namespace

TEST(Annotations, CustomSectionsStandWhereTheySay)
{
    auto const p = parse(R"((module (@custom "end" "1" "\002")
        (func) (@custom "b" (before global)) (@custom "a" (after func) "x") (global i32 (i32.const 0))
        (@custom "first" (before first)) (@custom "no tables" (before table))))");
    EXPECT_THAT(p.problems, IsEmpty());
    EXPECT_THAT(places(p.module), ElementsAre("first after 0", "a after 3", "no tables after 3",
                                      "b after 3", "end after 10"));
    EXPECT_THAT(p.module.customs[4].bytes, ElementsAre('1', 0, '2'));
    auto const again = decode(encode(p.module));
    ASSERT_TRUE(again) << describe(again.error());
    EXPECT_EQ(places(*again), places(p.module));
}

TEST(Annotations, PrintedCustomSectionsAreReadAgain)
{
    // an empty function section, and a custom section behind it
    std::vector<std::uint8_t> const bytes{
        0, 'a', 's', 'm', 1, 0, 0, 0, 3, 1, 0, 0, 4, 1, 'x', 7, 8};
    auto const m = decode(bytes);
    ASSERT_TRUE(m) << describe(m.error());
    auto const again = parse(print(*m));
    EXPECT_THAT(again.problems, IsEmpty());
    EXPECT_EQ(encode(again.module), bytes);
}

TEST(Annotations, Names)
{
    auto const p = parse(R"((module $id (@name "M\u{fc}")
        (type (@name "t") (func)) (import "a" "b" (func (@name "imported")))
        (func $f (@name "f u n c") (type 0)) (table funcref (elem 0)) (elem (@name "e") func)
        (memory (data "")) (data (@name "d") "") (tag (@name "x") (type 0))))");
    EXPECT_THAT(p.problems, IsEmpty());
    auto const& n = p.module.names;
    EXPECT_EQ(n.module, "M\xC3\xBC");
    EXPECT_EQ(n.types, (NameMap{{0, "t"}}));
    EXPECT_EQ(n.funcs, (NameMap{{0, "imported"}, {1, "f u n c"}}));
    EXPECT_EQ(n.elems, (NameMap{{1, "e"}}));
    EXPECT_EQ(n.datas, (NameMap{{1, "d"}}));
    EXPECT_EQ(n.tags, (NameMap{{0, "x"}}));
}

TEST(Annotations, WrongNames)
{
    EXPECT_EQ(problem(R"((module (@name "a") (@name "b")))"), "@name annotation: multiple module");
    EXPECT_EQ(
        problem(R"((module (func (@name "a") (@name "b"))))"), "@name annotation: multiple func");
    EXPECT_EQ(problem(R"((module (func) (@name "a")))"), "misplaced @name annotation");
    EXPECT_EQ(problem(R"((module (func (nop) (@name "a"))))"), "misplaced @name annotation");
    EXPECT_EQ(problem(R"((module (@name a)))"), "@name annotation: unexpected token");
    EXPECT_EQ(problem(R"((module (@name "a" "b")))"), "@name annotation: unexpected token");
    EXPECT_EQ(problem(R"((module (@name "\ff")))"), "@name annotation: malformed UTF-8 encoding");
}

TEST(Annotations, WrongCustomSectionsAreLeftOut)
{
    auto const p = parse(R"((module (@custom "good") (@custom) (@custom "bad" (after nothing))))");
    EXPECT_EQ(p.problems.size(), 2U);
    EXPECT_THAT(places(p.module), ElementsAre("good after 0"));
    EXPECT_EQ(p.problems[1].message, "@custom annotation: malformed section kind");
    EXPECT_EQ(
        problem("(@custom \"a\" (before func global))"), "@custom annotation: unexpected token");
    EXPECT_EQ(problem("(@custom \"a\" (after func) [)"), "@custom annotation: unexpected token");
    EXPECT_EQ(problem("(func (@custom \"a\"))"), "misplaced @custom annotation");
}

TEST(Annotations, BranchHints)
{
    auto const of = [](std::string const& body) {
        return parse("(module (func (param i32) " + body + "))").problems;
    };
    auto const hint = std::string{R"((@metadata.code.branch_hint "\01"))"};
    EXPECT_THAT(of(hint + "(if (local.get 0) (then))"), IsEmpty());
    EXPECT_THAT(of("block local.get 0 " + hint + " br_if 0 end"), IsEmpty());
    EXPECT_THAT(of("local.get 0 " + hint + " if end"), IsEmpty());
    auto const wrong = of("local.get 0 " + hint + " drop");
    ASSERT_EQ(wrong.size(), 1U);
    EXPECT_EQ(wrong[0].kind, Error::Kind::Invalid);
    EXPECT_THAT(wrong[0].message, HasSubstr("invalid target"));
    EXPECT_THAT(of("local.get 0 " + hint + hint + " if end").at(0).message, HasSubstr("duplicate"));
    EXPECT_THAT(of(R"(local.get 0 (@metadata.code.branch_hint "\02") if end)").at(0).message,
        HasSubstr("invalid hint"));
    EXPECT_THAT(problem("(module " + hint + ")"), HasSubstr("not in a function"));
}

TEST(Annotations, BranchHintsArePrintedAndEncoded)
{
    auto const p = parse(R"((module (import "a" "b" (func)) (func) (func (param i32)
        (block (br_if 0 (local.get 0))
            (@metadata.code.branch_hint "\01") (br_if 0 (local.get 0)))
        (@metadata.code.branch_hint "\00") (if (local.get 0) (then nop)))))");
    EXPECT_THAT(p.problems, IsEmpty());
    EXPECT_EQ(p.module.branch_hints, (BranchHints{{2, {{4, true}, {7, false}}}}));
    EXPECT_EQ(parse(print(p.module)).module, p.module);

    auto binary = decode(encode(p.module));
    ASSERT_TRUE(binary) << describe(binary.error());
    EXPECT_THAT(places(*binary), ElementsAre("metadata.code.branch_hint after 3"));
    EXPECT_THAT(read_custom_sections(*binary), IsEmpty());
    EXPECT_EQ(binary->branch_hints, p.module.branch_hints);
}

TEST(Annotations, OthersAreSkipped)
{
    auto const p = parse(R"((module (@other (@custom "a") [;,]) (func (@x "y" ((z))) nop)))");
    EXPECT_THAT(p.problems, IsEmpty());
    EXPECT_THAT(p.module.customs, IsEmpty());
}

} // namespace touchstone
