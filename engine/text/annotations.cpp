#include "engine/text/annotations.hpp"

#include "engine/text/characters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace touchstone::text {

namespace {

struct SectionKind
{
    std::string_view name;
    std::uint8_t id;
};

/// In the order in which they stand in a binary.
constexpr auto sections = std::to_array<SectionKind>({{"type", 1}, {"import", 2}, {"func", 3},
    {"table", 4}, {"memory", 5}, {"tag", 13}, {"global", 6}, {"export", 7}, {"start", 8},
    {"elem", 9}, {"datacount", 12}, {"code", 10}, {"data", 11}});

bool is_present(Module const& m, std::uint8_t id)
{
    switch (id) {
    case 1: return !m.rec_groups.empty();
    case 2: return !m.imports.empty();
    case 3:
    case 10: return !m.funcs.empty();
    case 4: return !m.tables.empty();
    case 5: return !m.memories.empty();
    case 6: return !m.globals.empty();
    case 7: return !m.exports.empty();
    case 8: return m.start.has_value();
    case 9: return !m.elems.empty();
    case 11: return !m.datas.empty();
    case 12: return m.has_data_count;
    case 13: return !m.tags.empty();
    default: return false;
    }
}

/// The last section that the module has among the first `n` kinds; 0: none.
std::uint8_t last_present(Module const& m, std::size_t n)
{
    while (n > 0 && !is_present(m, sections[n - 1].id))
        --n;
    return n == 0 ? 0 : sections[n - 1].id;
}

/// Which section of the binary a place stands behind, for sorting.
std::size_t rank(std::uint8_t id)
{
    auto const* const at = std::ranges::find(sections, id, &SectionKind::id);
    return at == sections.end() ? 0 : static_cast<std::size_t>(at - sections.begin()) + 1;
}

/// Reads one annotation's words; what is wrong is thrown.
class Words
{
public:
    Words(TokenList const& list, Annotation const& a) : list_{list}, a_{a} {}

    [[noreturn]] void refuse(std::string_view why, Error::Kind kind = Error::Kind::Malformed) const
    {
        auto error =
            malformed_at(list_.text, a_.offset, fmt::format("@{} annotation: {}", a_.id, why));
        error.kind = kind;
        throw Refused{std::move(error)};
    }

    [[nodiscard]] bool at_end() const { return at_ == a_.words.size(); }
    [[nodiscard]] bool at(Token::Kind kind) const
    {
        return !at_end() && a_.words[at_].kind == kind;
    }
    [[nodiscard]] std::string_view spelling() const
    {
        return at(Token::Kind::Keyword)
                   ? list_.text.substr(a_.words[at_].offset, a_.words[at_].length)
                   : std::string_view{};
    }
    void take() { ++at_; }

    std::string string()
    {
        auto const& t = a_.words[at_++];
        return string_value(list_.text.substr(t.offset, t.length));
    }

    std::string name(std::string_view if_missing)
    {
        if (!at(Token::Kind::String))
            refuse(if_missing);
        auto value = string();
        if (!is_utf8(value))
            refuse("malformed UTF-8 encoding");
        return value;
    }

    void end() const
    {
        if (!at_end())
            refuse("unexpected token");
    }

private:
    TokenList const& list_;
    Annotation const& a_;
    std::size_t at_ = 0;
};

/// (@custom "name" (before|after kind)? "bytes"*)
struct PlacedCustom
{
    Custom custom;
    std::size_t rank = 0; ///< of the place that was written: sections.size() is the end
    bool is_before = false;
};

PlacedCustom custom_of(Words words, Annotation const& a, Module const& m)
{
    PlacedCustom c{.custom = {.name = words.name("missing section name"),
                       .bytes = {},
                       .after = 0,
                       .where = {.offset = a.offset}},
        .rank = sections.size()};
    auto is_exact = false;
    if (words.at(Token::Kind::Open)) {
        words.take();
        c.is_before = words.spelling() == "before";
        if (!c.is_before && words.spelling() != "after")
            words.refuse("malformed placement");
        words.take();
        auto const kind = words.spelling();
        auto const* const section = std::ranges::find(sections, kind, &SectionKind::name);
        if (section != sections.end())
            c.rank = static_cast<std::size_t>(section - sections.begin()) + (c.is_before ? 0 : 1);
        else if (kind == (c.is_before ? "first" : "last"))
            c.rank = c.is_before ? 0 : sections.size();
        else
            words.refuse("malformed section kind");
        is_exact =
            section != sections.end() && !c.is_before && kind != "start" && kind != "datacount";
        words.take();
        if (!words.at(Token::Kind::Close))
            words.refuse("unexpected token");
        words.take();
    }
    // an empty section was printed as one: (after kind) is taken at its word
    c.custom.after = is_exact ? sections[c.rank - 1].id : last_present(m, c.rank);
    while (words.at(Token::Kind::String)) {
        auto const bytes = words.string();
        c.custom.bytes.insert(c.custom.bytes.end(), bytes.begin(), bytes.end());
    }
    words.end();
    return c;
}

/// What a parenthesis that is open belongs to.
struct Open
{
    std::string_view keyword;
    std::size_t at = 0;       ///< its token
    NameMap* names = nullptr; ///< of a definition: its index space's, and its index
    Index index = 0;
    bool is_named = false; ///< by an annotation
};

/// Walks over a module's tokens beside its annotations.
class Walk
{
public:
    Walk(TokenList const& list, std::size_t first, std::size_t end, Module& m)
        : list_{list}, first_{first}, end_{end}, m_{m}
    {}

    std::vector<Error> run()
    {
        auto next = std::ranges::lower_bound(
            list_.annotations, first_, std::ranges::less{}, &Annotation::before);
        for (auto at = first_; at <= end_ && next != list_.annotations.end(); ++at) {
            std::size_t hints = 0;
            for (; next != list_.annotations.end() && next->before == at; ++next)
                try {
                    annotation(*next, at, hints);
                } catch (Refused const& refused) {
                    problems_.push_back(refused.error);
                }
            if (at < end_)
                step(at);
        }
        for (auto& [place, custom] : customs_)
            m_.customs.push_back(std::move(custom));
        return std::move(problems_);
    }

private:
    [[nodiscard]] std::string_view spelling(std::size_t at) const
    {
        auto const& t = list_.tokens[at];
        return list_.text.substr(t.offset, t.length);
    }

    void step(std::size_t at)
    {
        auto const kind = list_.tokens[at].kind;
        if (kind == Token::Kind::Open)
            open_.push_back(opened(at));
        else if (kind == Token::Kind::Close && !open_.empty())
            open_.pop_back();
    }

    Open opened(std::size_t at)
    {
        Open o{.keyword = at + 1 < end_ ? spelling(at + 1) : std::string_view{}, .at = at};
        auto const outer = open_.empty() ? std::string_view{} : open_.back().keyword;
        auto const is_definition =
            open_.empty() || (open_.size() == 1 && (outer == "import" || outer == "rec"));
        // an inline segment is one more, without a name
        auto const is_inline = open_.size() == 1 && ((outer == "table" && o.keyword == "elem") ||
                                                        (outer == "memory" && o.keyword == "data"));
        auto* const space = std::ranges::find(spaces_, o.keyword, &Space::keyword);
        if (space == spaces_.end() || !(is_definition || is_inline))
            return o;
        o.index = space->count++;
        o.names = is_definition ? space->names : nullptr;
        return o;
    }

    void annotation(Annotation const& a, std::size_t at, std::size_t& hints)
    {
        Words words{list_, a};
        if (a.id == "custom") {
            if (!open_.empty())
                misplaced(a);
            auto c = custom_of(words, a, m_);
            std::tuple const place{rank(c.custom.after), c.rank, c.is_before};
            customs_.emplace(place, std::move(c.custom));
        } else if (a.id == "name") {
            name(words, a, at);
        } else {
            hint(words, at, hints);
        }
    }

    [[noreturn]] void misplaced(Annotation const& a) const
    {
        throw Refused{
            malformed_at(list_.text, a.offset, fmt::format("misplaced @{} annotation", a.id))};
    }

    void name(Words words, Annotation const& a, std::size_t at)
    {
        auto name = words.name("unexpected token");
        words.end();
        if (open_.empty()) {
            if (at != first_)
                misplaced(a);
            if (std::exchange(module_is_named_, true))
                words.refuse("multiple module");
            m_.names.module = std::move(name);
            return;
        }
        // behind the keyword, or behind that and an identifier
        auto& o = open_.back();
        auto const is_behind_id = at == o.at + 3 && list_.tokens[o.at + 2].kind == Token::Kind::Id;
        if (o.names == nullptr || !(at == o.at + 2 || is_behind_id))
            misplaced(a);
        if (std::exchange(o.is_named, true))
            words.refuse(fmt::format("multiple {}", o.keyword));
        (*o.names)[o.index] = std::move(name);
    }

    /// (@metadata.code.branch_hint "\00"), before an `if` or `br_if`.
    void hint(Words words, std::size_t at, std::size_t& hints)
    {
        auto const value = words.at(Token::Kind::String) ? words.string() : std::string{};
        if (value.size() != 1 || (value[0] != 0 && value[0] != 1))
            words.refuse("invalid hint");
        words.end();
        if (open_.empty() || open_.front().keyword != "func")
            words.refuse("not in a function");
        if (hints++ != 0)
            words.refuse("duplicate annotation");
        auto const is_folded = at < end_ && list_.tokens[at].kind == Token::Kind::Open;
        auto const target = at + (is_folded ? 1 : 0);
        auto const instr = target < end_ ? spelling(target) : std::string_view{};
        if (instr != "if" && instr != "br_if")
            words.refuse("invalid target", Error::Kind::Invalid);
        store_hint(open_.front().index, list_.tokens[at].offset, value[0] == 1);
    }

    void store_hint(Index function, std::uint32_t offset, bool likely)
    {
        auto const imported = count_imports(m_, ExternKind::Func);
        if (function < imported || function - imported >= m_.funcs.size())
            return;
        if (std::exchange(branches_of_, function) != function) {
            branches_.clear();
            auto const& instrs = m_.funcs[function - imported].body.instrs;
            for (std::uint32_t i = 0; i < instrs.size(); ++i)
                if (instrs[i].op == Opcode::If || instrs[i].op == Opcode::BrIf)
                    branches_.emplace(instrs[i].where.offset, i);
        }
        if (auto const branch = branches_.find(offset); branch != branches_.end())
            m_.branch_hints[function].insert_or_assign(branch->second, likely);
    }

    struct Space
    {
        std::string_view keyword;
        NameMap* names;
        Index count = 0;
    };

    TokenList const& list_;
    std::size_t first_;
    std::size_t end_;
    Module& m_;
    std::array<Space, 8> spaces_{{{"type", &m_.names.types}, {"func", &m_.names.funcs},
        {"table", &m_.names.tables}, {"memory", &m_.names.memories}, {"global", &m_.names.globals},
        {"tag", &m_.names.tags}, {"elem", &m_.names.elems}, {"data", &m_.names.datas}}};
    std::vector<Open> open_; ///< parentheses within the module, outermost first
    std::multimap<std::tuple<std::size_t, std::size_t, bool>, Custom> customs_; ///< by place
    std::optional<Index> branches_of_; ///< the function whose branches are found
    std::unordered_map<std::uint32_t, std::uint32_t> branches_; ///< by their places in the text
    std::vector<Error> problems_;
    bool module_is_named_ = false;
};

} // namespace

std::vector<Error> apply_annotations(
    TokenList const& list, std::size_t first, std::size_t end, Module& m)
{
    return Walk{list, first, end, m}.run();
}

} // namespace touchstone::text
