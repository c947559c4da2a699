#include "oracles/spawn_config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace touchstone {

[[noreturn]] static void refuse(toml::source_region const& where, std::string const& why)
{
    throw std::invalid_argument{fmt::format("line {}: {}", where.begin.line, why)};
}

static std::string text_of(toml::node const& node, std::string_view key)
{
    auto const text = node.value_exact<std::string>();
    if (!text || text->empty())
        refuse(node.source(), fmt::format("`{}` is not a text", key));
    return *text;
}

static std::vector<std::string> words_of(toml::table const& t, std::string_view key)
{
    auto const* const words = t[key].as_array();
    if (words == nullptr || words->empty())
        refuse(t.source(), fmt::format("`{}` is not a list of words", key));
    std::vector<std::string> all;
    for (auto const& w : *words)
        all.push_back(text_of(w, key));
    return all;
}

template <class Names>
static std::optional<std::size_t> index_of(Names const& names, std::string const& name)
{
    auto const at = std::ranges::find(names, name);
    return at == names.end() ? std::nullopt
                             : std::optional{static_cast<std::size_t>(at - names.begin())};
}

static SpawnMeaning meaning_of(std::string text, toml::node const& node)
{
    auto const what = text_of(node, text);
    if (auto const trap = index_of(trap_messages, what))
        return {std::move(text), End::Trapped, TrapSet{static_cast<Trap>(*trap)}};
    if (auto const end = index_of(end_names, what))
        return {std::move(text), static_cast<End>(*end), TrapSet::any()};
    refuse(node.source(), fmt::format("`{}` is neither a trap nor an end", what));
}

static SpawnConfig config_of(toml::table const& t)
{
    for (auto const& [key, value] : t)
        if (key != "run" && key != "version" && key != "result" && key != "meanings")
            refuse(value.source(), fmt::format("there is no `{}`", key.str()));
    auto const* const result = t.get("result");
    if (result == nullptr)
        refuse(t.source(), "`result` is missing");
    SpawnConfig c{
        .run = words_of(t, "run"), .version = words_of(t, "version"), .result = {}, .meanings = {}};
    try {
        c.result = std::regex{text_of(*result, "result")};
    } catch (std::regex_error const& e) {
        refuse(result->source(), fmt::format("`result` is no regular expression: {}", e.what()));
    }
    if (c.result.mark_count() != 1)
        refuse(result->source(), "`result` has not one group");
    if (auto const* const meanings = t["meanings"].as_table())
        for (auto const& [key, value] : *meanings)
            c.meanings.push_back(meaning_of(std::string{key.str()}, value));
    // the scripts' own words need not be said
    for (std::size_t i = 0; i < trap_count; ++i)
        c.meanings.push_back({std::string{trap_messages[i]}, End::Trapped, {static_cast<Trap>(i)}});
    return c;
}

std::expected<SpawnConfig, std::string> read_spawn_config(std::string const& path)
{
    try {
        return config_of(toml::parse_file(path));
    } catch (toml::parse_error const& e) {
        return std::unexpected{
            fmt::format("{}: line {}: {}", path, e.source().begin.line, e.description())};
    } catch (std::invalid_argument const& e) {
        return std::unexpected{fmt::format("{}: {}", path, e.what())};
    }
}

} // namespace touchstone
