// text/lexical.html: tokens, comments, annotations, strings, identifiers.
#include "engine/text/lexer.hpp"

#include <gmock/gmock.h>

using namespace touchstone;
using namespace touchstone::text;
using testing::StartsWith;
using Kind = Token::Kind;

static std::vector<Kind> kinds(std::string_view text)
{
    std::vector<Kind> all;
    for (auto const& token : tokenize(text).tokens)
        all.push_back(token.kind);
    return all;
}

static std::string problem(std::string_view text)
{
    auto const list = tokenize(text);
    return list.error ? list.error->message : "none";
}

TEST(Lexer, TellsTokensApart)
{
    using enum Kind;
    EXPECT_THAT(kinds("(module $m \"s\" 1 -1 0x1p3 nan inf i32.add)"),
        testing::ElementsAre(
            Open, Keyword, Id, String, Nat, Int, Float, Float, Float, Keyword, Close, EndOfText));
    EXPECT_THAT(
        kinds("1_000 +0xa_b 1. 1e5 0x.8"), testing::ElementsAre(Nat, Int, Float, Float, Error));
    EXPECT_THAT(kinds("offset=0x10 align=8 nan:canonical nan:0x1"),
        testing::ElementsAre(Keyword, Keyword, Keyword, Float, EndOfText));
}

TEST(Lexer, PlacesTokens)
{
    auto const list = tokenize(" (nop)\n \"a\"");
    ASSERT_EQ(list.tokens.size(), 5U);
    EXPECT_EQ(list.tokens[1].offset, 2U);
    EXPECT_EQ(list.tokens[1].length, 3U);
    EXPECT_EQ(list.tokens[3].offset, 8U);
    EXPECT_EQ(list.tokens[3].length, 3U);
}

TEST(Lexer, KeywordsComeFromTheInstructionTable)
{
    for (auto const& row : op_table) {
        auto const list = tokenize(row.text, wasm3 | FeatureSet{row.since});
        ASSERT_EQ(list.tokens.size(), 2U) << row.text;
        if (row.text == "catch" || row.text == "catch_all") // of try_table too: words
            continue;
        ASSERT_TRUE(is_opcode(list.tokens[0].keyword)) << row.text;
        EXPECT_EQ(op_table[list.tokens[0].keyword].text, row.text);
    }
}

TEST(Lexer, KnowsAProposalsKeywordsOnlyWithIt)
{
    for (auto const* const text : {"i64.add128", "i32.atomic.load", "try", "do", "pagesize"})
        EXPECT_EQ(tokenize(text).tokens[0].kind, Kind::Error) << text;
    EXPECT_EQ(tokenize("do", wasm3 | FeatureSet{Feature::LegacyExceptions}).tokens[0].kind,
        Kind::Keyword);
    EXPECT_EQ(tokenize("do", wasm3 | FeatureSet{Feature::Threads}).tokens[0].kind, Kind::Error);
}

TEST(Lexer, SkipsComments)
{
    using enum Kind;
    EXPECT_THAT(kinds("(; (; ;) \" ;);;x (\n1"), testing::ElementsAre(Nat, EndOfText));
    EXPECT_THAT(kinds(";; a\r1;; b\r\n2"), testing::ElementsAre(Nat, Nat, EndOfText));
    EXPECT_EQ(problem("(; (; ;)"), "unclosed comment");
    EXPECT_EQ(problem(";; \xff"), "malformed UTF-8 encoding");
}

TEST(Lexer, SkipsAnnotations)
{
    using enum Kind;
    EXPECT_THAT(kinds("(@a (b \")\" $x (@c) , ; [ ] 1x) (; ) ;) ) 1"),
        testing::ElementsAre(Nat, EndOfText));
    EXPECT_THAT(kinds("(@\"a b\" x)1"), testing::ElementsAre(Nat, EndOfText));
    EXPECT_EQ(problem("(@)"), "empty annotation id");
    EXPECT_EQ(problem("(@\"\")"), "empty annotation id");
    EXPECT_EQ(problem("(@ x)"), "empty annotation id");
    EXPECT_EQ(problem("(@x (y)"), "unclosed annotation");
    EXPECT_THAT(problem("(@x \")"), StartsWith("unclosed string"));
    EXPECT_EQ(problem("(@x \x01)"), "illegal character");
    EXPECT_EQ(problem("(@x \x80)"), "malformed UTF-8 encoding");
    EXPECT_THAT(problem("( @x)"), StartsWith("unknown operator @x"));
}

TEST(Lexer, WantsSpaceBetweenTokens)
{
    EXPECT_THAT(problem("\"a\"\"b\""), StartsWith("unknown operator"));
    EXPECT_THAT(problem("a\"b\""), StartsWith("unknown operator"));
    EXPECT_THAT(problem("1$x"), StartsWith("unknown operator 1$x"));
    EXPECT_THAT(problem("$x\"y\""), StartsWith("unknown operator"));
    EXPECT_EQ(problem("(nop)\"a\"(nop)"), "none");
    for (auto const* const c : {",", ";", "[", "]", "{", "}"})
        EXPECT_EQ(problem(c), std::string{"unknown operator "} + c);
}

TEST(Lexer, ReadsEscapes)
{
    EXPECT_EQ(string_value(R"("\n\r\t\\\'\"\41\u{41}\u{20AC}\u{1_0348}")"),
        "\n\r\t\\'\"AA\xe2\x82\xac\xf0\x90\x8d\x88");
    EXPECT_EQ(string_value(R"("\00\ff")"), (std::string{"\0\xff", 2}));
    for (auto const* const bad : {R"("\x")", R"("\4")", R"("\u{}")", R"("\u{d800}")",
             R"("\u{110000}")", R"("\u{1__0}")", R"("\u41")"})
        EXPECT_EQ(problem(bad), "illegal escape") << bad;
    EXPECT_THAT(problem("\"a\nb\""), StartsWith("unclosed string"));
    EXPECT_THAT(problem("\"a\tb\""), StartsWith("illegal control character"));
    EXPECT_EQ(problem("\"\xc0\x80\""), "malformed UTF-8 encoding");
}

TEST(Lexer, ReadsIdentifiers)
{
    EXPECT_EQ(problem("$a$\"b c\""), "unknown operator $a$\"b c\"");
    EXPECT_EQ(problem("$\"b c\" $!#$%&'*+-./:<=>?@\\^_`|~"), "none");
    EXPECT_EQ(problem("$"), "empty identifier");
    EXPECT_EQ(problem("$\"\""), "empty identifier");
    EXPECT_EQ(problem("$\"a\nb\""), "empty identifier");
    EXPECT_EQ(problem("$\"\\ff\""), "malformed UTF-8 encoding");
}

TEST(Lexer, SaysWhere)
{
    auto const list = tokenize("a\r\nb\rc\n  #");
    ASSERT_TRUE(list.error);
    EXPECT_EQ(list.error->line, 1U);
    auto const error = malformed_at("ab\r\nc\rd\n  #", 10, "x");
    EXPECT_EQ(error.line, 4U);
    EXPECT_EQ(error.column, 3U);
}
