#include "harness/script/expectations.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <utility>

namespace touchstone::script {

namespace {

struct WrongExpectation
{
    std::string why;
};

[[noreturn]] void refuse(toml::source_region const& where, std::string_view why)
{
    throw WrongExpectation{fmt::format("line {}: {}", where.begin.line, why)};
}

std::string text_of(toml::table const& t, std::string_view key, bool is_required)
{
    auto const* const node = t.get(key);
    if (node == nullptr && !is_required)
        return {};
    if (node == nullptr)
        refuse(t.source(), fmt::format("a failure without `{}`", key));
    auto const text = node->value_exact<std::string>();
    if (!text || text->empty())
        refuse(node->source(), fmt::format("`{}` is not a text", key));
    return *text;
}

std::optional<std::uint32_t> line_of(toml::table const& t)
{
    auto const* const node = t.get("line");
    if (node == nullptr)
        return std::nullopt;
    auto const line = node->value_exact<std::int64_t>();
    if (!line || *line < 0 || *line > UINT32_MAX)
        refuse(node->source(), "`line` is not a line number");
    return static_cast<std::uint32_t>(*line);
}

Expectation expectation_of(toml::table const& t)
{
    for (auto const& [key, value] : t)
        if (key != "file" && key != "line" && key != "oracle" && key != "reason" && key != "link")
            refuse(value.source(), fmt::format("a failure has no `{}`", key.str()));
    return {.file = text_of(t, "file", true),
        .line = line_of(t),
        .oracle = text_of(t, "oracle", false),
        .reason = text_of(t, "reason", true),
        .link = text_of(t, "link", false),
        .place = t.source().begin.line};
}

std::vector<Expectation> expectations_of(toml::table const& file)
{
    std::vector<Expectation> all;
    for (auto const& [key, value] : file) {
        auto const* const list = value.as_array();
        if (key != "failure" || list == nullptr)
            refuse(value.source(), fmt::format("`{}` is no list of [[failure]]", key.str()));
        for (auto const& entry : *list) {
            if (!entry.is_table())
                refuse(entry.source(), "a failure is a table");
            all.push_back(expectation_of(*entry.as_table()));
        }
    }
    return all;
}

bool is_of_file(Expectation const& e, FileReport const& f)
{
    if (!e.oracle.empty() && e.oracle != f.oracle)
        return false;
    auto const before = f.path.size() - std::min(f.path.size(), e.file.size());
    return f.path.ends_with(e.file) && (before == 0 || f.path[before - 1] == '/');
}

} // namespace

std::string Expectation::text() const
{
    return fmt::format("{}{}{}{}", file, line ? fmt::format(":{}", *line) : std::string{},
        oracle.empty() ? "" : " on ", oracle);
}

std::expected<std::vector<Expectation>, std::string> load_expectations(std::string const& path)
{
    try {
        return expectations_of(toml::parse_file(path));
    } catch (toml::parse_error const& e) {
        return std::unexpected{
            fmt::format("{}: line {}: {}", path, e.source().begin.line, e.description())};
    } catch (WrongExpectation const& wrong) {
        return std::unexpected{fmt::format("{}: {}", path, wrong.why)};
    }
}

std::vector<Expectation> apply(std::vector<Expectation> const& expectations, SuiteReport& report)
{
    std::vector<bool> ran(expectations.size());
    std::vector<bool> failed(expectations.size());
    for (auto& file : report.files) {
        if (file.is_unreadable)
            continue;
        for (std::size_t i = 0; i < expectations.size(); ++i)
            ran[i] = ran[i] || is_of_file(expectations[i], file);
        std::vector<DirectiveResult> unexpected;
        for (auto& failure : file.failures) {
            auto const* reason = static_cast<std::string const*>(nullptr);
            for (std::size_t i = 0; i < expectations.size(); ++i) {
                auto const& e = expectations[i];
                if (!is_of_file(e, file) || (e.line && *e.line != failure.line))
                    continue;
                failed[i] = true;
                reason = &e.reason;
            }
            if (reason == nullptr) {
                unexpected.push_back(std::move(failure));
                continue;
            }
            --(failure.verdict == Verdict::Crashed ? file.crashed : file.failed);
            ++file.known;
            failure.reason = *reason;
            file.known_failures.push_back(std::move(failure));
        }
        file.failures = std::move(unexpected);
    }
    std::vector<Expectation> gone;
    for (std::size_t i = 0; i < expectations.size(); ++i)
        if (ran[i] && !failed[i])
            gone.push_back(expectations[i]);
    return gone;
}

} // namespace touchstone::script
