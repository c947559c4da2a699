#include "generators/near_valid.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace touchstone::generators {

namespace {

/// Characters that mean something, or must not stand there.
constexpr std::string_view telling_characters =
    "()\";@$=+-_.:0123456789abefnxEX \n\t\r\\,'[{\x01\x7F";

/// Tokens that are right in some places and wrong in others.
constexpr auto telling_tokens = std::to_array<std::string_view>({"(", ")", "()", "(;;)", "(; ; ;)",
    "(;", ";)", ";; x\n", ";;", "(@a)", "(@a b \"c\" (d))", "(@name \"n\")",
    "(@custom \"c\" \"d\")", "(@ a)", "(@", "$x", "$", "$\"x\"", "\"\"", "\"\\00\"", "\"\\u{41}\"",
    "\"\\u{d800}\"", "\"\\u{110000}\"", "\"\\ff\"", "\"\\g\"", "\"", "0", "-0", "+0", "00", "1_0",
    "1__0", "_1", "1_", "0x", "0xg", "0x_1", "0x1p", "0x1p1", "0X1", "1e", "1e1", "1E+1", ".5",
    "5.", "0x.8", "0x8.p-1", "4294967295", "4294967296", "-2147483648", "-2147483649", "0xffffffff",
    "0x100000000", "18446744073709551615", "18446744073709551616", "-9223372036854775809", "nan",
    "-nan", "inf", "infinity", "nan:0x1", "nan:0x0", "nan:0x800000", "nan:canonical", "1e39",
    "0x1p128", "3.4028235677973366e38", "align=1", "align=3", "align=0", "align=16", "align=0x4",
    "offset=1", "offset=-1", "offset=4294967296", "offset=0x1_0", "align =1", "module", "func",
    "type", "param", "result", "local", "global", "memory", "table", "elem", "data", "import",
    "export", "start", "mut", "offset", "item", "declare", "shared", "i32", "i64", "f32", "f64",
    "v128", "funcref", "externref", "ref", "null", "extern", "block", "loop", "if", "then", "else",
    "end", "nop", "unreachable", "drop", "return", "select", "br", "br_if", "br_table", "call",
    "call_indirect", "i32.const", "i64.const", "f32.const", "f64.const", "i32.add", "i32.load",
    "i32.store", "memory.size", "local.get", "local.set", "ref.null", "ref.func", "i32.const0",
    "i32.const 0", "i32. const", "(nop)", "(drop (i32.const 0))", "(i32.const 0)", "(then)",
    "(else)", "(result i32)", "(param i32)", "(param $x i32)", "(param $x i32 i32)", "(local i32)",
    "(local $x i32)", "(type 0)", "(type $x)", "(export \"x\")", "(import \"a\" \"b\")", "(module)",
    "(func)", "(memory 1)", "(table 1 funcref)", "(global i32 (i32.const 0))", "(start 0)",
    "(elem)", "(elem func)", "(data)", "(data \"a\" \"b\")", "(block)", "(loop)",
    "(if (i32.const 0) (then))", "(if (then))", "(import \"a\" \"b\" (func))",
    "(memory (data \"a\"))", "(table funcref (elem))", "(type (func))", "(rec)", "(tag)",
    "v128.const i32x4 0 0 0 0", "v128.const i8x16 0", "i8x16.shuffle 0", "\xC3\xA4", "\xFF",
    "\xEF\xBB\xBF"});

/// A token of a text: a parenthesis, a string, or characters up to the next of these or a space.
struct Token
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

std::size_t end_of_string(std::string_view text, std::size_t at)
{
    for (++at; at < text.size() && text[at] != '"'; ++at)
        if (text[at] == '\\')
            ++at;
    return std::min(at + 1, text.size());
}

std::size_t end_of_token(std::string_view text, std::size_t at)
{
    if (text[at] == '(' || text[at] == ')')
        return at + 1;
    if (text[at] == '"')
        return end_of_string(text, at);
    while (at < text.size() && !is_space(text[at]) && text[at] != '(' && text[at] != ')' &&
           text[at] != '"')
        ++at;
    return at;
}

std::vector<Token> tokens_of(std::string_view text)
{
    std::vector<Token> all;
    for (std::size_t at = 0; at < text.size();) {
        if (is_space(text[at])) {
            ++at;
            continue;
        }
        all.push_back({at, end_of_token(text, at)});
        at = all.back().end;
    }
    return all;
}

class TextChange
{
public:
    TextChange(Entropy& in, std::string& text) : in_{in}, text_{text}, tokens_{tokens_of(text)} {}

    void once()
    {
        if (tokens_.empty()) {
            text_ += some(telling_tokens);
            return;
        }
        switch (in_.below(8)) {
        case 0:
        case 1: character(); break;
        case 2:
        case 3:
        case 4: token(); break;
        case 5: group(); break;
        case 6: fold(); break;
        default: number(); break;
        }
    }

private:
    template <class List>
    List::value_type some(List const& list)
    {
        return list[in_.below(static_cast<std::uint32_t>(list.size()))];
    }

    [[nodiscard]] std::string text_of(Token t) const
    {
        return text_.substr(t.begin, t.end - t.begin);
    }

    void replace(Token t, std::string_view by) { text_.replace(t.begin, t.end - t.begin, by); }

    void character()
    {
        auto const at = in_.u32() % text_.size();
        auto const c = some(telling_characters);
        switch (in_.below(4)) {
        case 0: text_.erase(at, 1); break;
        case 1: text_.insert(at, 1, c); break;
        case 2: text_[at] = c; break;
        default: text_[at] = static_cast<char>(text_[at] ^ (1 << in_.below(7))); break;
        }
    }

    void token()
    {
        auto const at = in_.u32() % tokens_.size();
        auto const t = tokens_[at];
        auto const other = tokens_[in_.u32() % tokens_.size()];
        switch (in_.below(8)) {
        case 0: replace(t, ""); break;
        case 1: text_.insert(t.begin, text_of(t) + ' '); break;
        case 2: replace(t, text_of(other)); break;
        case 3: text_.insert(t.begin, text_of(other) + ' '); break;
        case 4: replace(t, some(telling_tokens)); break;
        case 5:
            if (at + 1 < tokens_.size())
                swap(t, tokens_[at + 1]);
            break;
        case 6: // no space before it, if there is one
            if (t.begin > 0 && is_space(text_[t.begin - 1]))
                text_.erase(t.begin - 1, 1);
            break;
        default: text_.insert(t.begin, std::string{some(telling_tokens)} + ' '); break;
        }
    }

    /// The first stands before the second.
    void swap(Token first, Token second)
    {
        auto const a = text_of(first);
        auto const b = text_of(second);
        replace(second, a);
        replace(first, b);
    }

    /// From the parenthesis at or behind this token to its partner; nothing if there is none.
    [[nodiscard]] Token group_from(std::size_t at) const
    {
        auto const is = [this](std::size_t i, char c) { return text_[tokens_[i].begin] == c; };
        while (at < tokens_.size() && !is(at, '('))
            ++at;
        std::size_t depth = 0;
        for (auto i = at; i < tokens_.size(); ++i) {
            if (is(i, '('))
                ++depth;
            else if (is(i, ')') && --depth == 0)
                return {tokens_[at].begin, tokens_[i].end};
        }
        return {};
    }

    void group()
    {
        auto const g = group_from(1 + in_.u32() % tokens_.size());
        auto const h = group_from(1 + in_.u32() % tokens_.size());
        if (g.end == 0 || h.end == 0)
            return;
        switch (in_.below(6)) {
        case 0: replace(g, ""); break;
        case 1: text_.insert(g.begin, text_of(g) + ' '); break;
        case 2: text_.insert(g.begin, text_of(h) + ' '); break;
        case 3: // without its parentheses
            text_.erase(g.end - 1, 1);
            text_.erase(g.begin, 1);
            break;
        case 4: text_.insert(g.end, 1, ')').insert(g.begin, 1, '('); break;
        default:
            if (g.end <= h.begin)
                swap(g, h);
            else if (h.end <= g.begin)
                swap(h, g);
            break;
        }
    }

    /// One to three lines as an instruction with its operands: `(third (first) (second))`.
    void fold()
    {
        std::vector<Token> lines;
        for (std::size_t at = 0; at < text_.size();) {
            auto const end = std::min(text_.find('\n', at), text_.size());
            auto const from = std::min(text_.find_first_not_of(' ', at), end);
            lines.push_back({from, end});
            at = end + 1;
        }
        auto const count = 1 + in_.below(3);
        auto const first = in_.u32() % lines.size();
        auto const last = std::min<std::size_t>(first + count, lines.size()) - 1;
        auto folded = '(' + text_of(lines[last]);
        for (auto i = first; i < last; ++i)
            folded += " (" + text_of(lines[i]) + ')';
        folded += ')';
        replace({lines[first].begin, lines[last].end}, folded);
    }

    void number()
    {
        auto const from = in_.u32() % tokens_.size();
        for (auto i = from; i < tokens_.size(); ++i) {
            auto const c = text_[tokens_[i].begin];
            if ((c < '0' || c > '9') && c != '-')
                continue;
            rewrite_number(tokens_[i]);
            return;
        }
    }

    void rewrite_number(Token t)
    {
        auto const digits = text_of(t);
        switch (in_.below(8)) {
        case 0: replace(t, '+' + digits); break;
        case 1: replace(t, '-' + digits); break;
        case 2: replace(t, "0x" + digits); break;
        case 3: replace(t, '0' + digits); break;
        case 4: replace(t, digits + "_0"); break;
        case 5: replace(t, digits + ".0"); break;
        case 6: replace(t, digits + '0'); break;
        default: replace(t, std::to_string(in_.below(16))); break;
        }
    }

    Entropy& in_;
    std::string& text_;
    std::vector<Token> tokens_;
};

} // namespace

std::string change_text(Entropy& in, std::string text)
{
    auto edits = 1U;
    while (edits < 3 && in.chance(80))
        ++edits;
    for (; edits > 0; --edits)
        TextChange{in, text}.once();
    return text;
}

} // namespace touchstone::generators
