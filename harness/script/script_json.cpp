#include "harness/script/script_json.hpp"

#include "engine/text/numbers.hpp"
#include "harness/script/json_values.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <utility>

namespace touchstone::script {

namespace {

using Json = nlohmann::json;

/// Puts in the commas that wast2json leaves out between two objects.
std::string with_commas(std::string_view text)
{
    std::string out;
    bool in_string = false;
    char last = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = text[i];
        if (in_string && c == '\\' && i + 1 < text.size()) {
            out += c;
            out += text[++i];
            continue;
        }
        if (c == '"')
            in_string = !in_string;
        if (!in_string && c == '{' && last == '}')
            out += ',';
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            last = c;
        out += c;
    }
    return out;
}

/// Commands to a script; a wrong one throws WrongValue.
class Reader
{
public:
    explicit Reader(ReadFile const& read) : read_{read} {}

    Command command(Json const& j)
    {
        auto const type = text(j, "type");
        line_ = j.contains("line") && j["line"].is_number_unsigned()
                    ? j["line"].get<std::uint32_t>()
                    : 0;
        if (type != "thread")
            return {.line = line_, .what = plain(type, j)};
        ThreadCommand thread{.id = id(j, "name"), .shared = {}, .commands = {}};
        if (auto const shared = id(j, "shared_module"))
            thread.shared.push_back(*shared);
        for (auto const& c : list(j, "commands"))
            thread.commands.push_back({.line = line_, .what = plain(text(c, "type"), c)});
        return {.line = line_, .what = std::move(thread)};
    }

    [[nodiscard]] std::uint32_t line() const { return line_; }

private:
    using What = decltype(Command::what);

    What plain(std::string const& type, Json const& j)
    {
        if (type == "module")
            return ModuleCommand{.module = module(j)};
        if (type == "module_definition" || type == "definition")
            return ModuleCommand{.module = module(j), .is_definition = true};
        if (type == "module_instance" || type == "instance")
            return InstanceCommand{.instance = id(j, "instance"), .module = id(j, "module")};
        if (type == "register")
            return RegisterCommand{.name = text(j, "as"), .instance = id(j, "name")};
        if (type == "action")
            return action(field(j, "action"));
        if (type == "wait")
            return WaitCommand{.thread = id(j, "thread")};
        return assertion(type, j);
    }

    AssertCommand assertion(std::string const& type, Json const& j)
    {
        constexpr auto kinds = std::to_array<std::pair<std::string_view, AssertKind>>(
            {{"assert_return", AssertKind::Return}, {"assert_trap", AssertKind::Trap},
                {"assert_exhaustion", AssertKind::Exhaustion},
                {"assert_exception", AssertKind::Exception},
                {"assert_suspension", AssertKind::Suspension},
                {"assert_malformed", AssertKind::Malformed},
                {"assert_invalid", AssertKind::Invalid},
                {"assert_unlinkable", AssertKind::Unlinkable},
                {"assert_uninstantiable", AssertKind::Trap},
                {"assert_malformed_custom", AssertKind::MalformedCustom},
                {"assert_invalid_custom", AssertKind::InvalidCustom}});
        auto const* const kind =
            std::ranges::find(kinds, type, &std::pair<std::string_view, AssertKind>::first);
        if (kind == kinds.end())
            throw WrongValue{"there is no command `" + type + "`"};
        AssertCommand c{.kind = kind->second, .subject = {}, .results = {}, .message = {}};
        if (j.contains("action"))
            c.subject = action(j["action"]);
        else
            c.subject = module(j);
        if (c.kind == AssertKind::Return)
            c.results = results(j);
        if (j.contains("text"))
            c.message = text(j, "text");
        return c;
    }

    /// `expected`, or wast2json's `either`: one result of several.
    static std::vector<Pattern> results(Json const& j)
    {
        std::vector<Pattern> all;
        if (j.contains("either")) {
            all.push_back({.kind = Pattern::Kind::Either, .either = {}});
            for (auto const& p : list(j, "either"))
                all.front().either.push_back(pattern_from_json(p));
            return all;
        }
        for (auto const& p : list(j, "expected"))
            all.push_back(pattern_from_json(p));
        return all;
    }

    static Action action(Json const& j)
    {
        Action a{.is_get = text(j, "type") == "get",
            .instance = id(j, "module"),
            .name = text(j, "field"),
            .args = {}};
        if (j.contains("args"))
            for (auto const& v : list(j, "args"))
                a.args.push_back(const_from_json(v));
        return a;
    }

    ScriptModule module(Json const& j)
    {
        auto const name = text(j, "filename");
        auto bytes = read_(name);
        if (!bytes)
            throw WrongValue{name + ": " + bytes.error()};
        auto const is_text =
            j.contains("module_type") ? text(j, "module_type") == "text" : name.ends_with(".wat");
        return {.form = is_text ? ScriptModule::Form::Quote : ScriptModule::Form::Binary,
            .id = id(j, "name"),
            .module = {},
            .source = *std::move(bytes)};
    }

    static Json const& field(Json const& j, char const* key)
    {
        auto const at = j.is_object() ? j.find(key) : j.end();
        if (at == j.end())
            throw WrongValue{fmt::format("`{}` is missing", key)};
        return *at;
    }

    static std::string text(Json const& j, char const* key)
    {
        auto const& value = field(j, key);
        if (!value.is_string())
            throw WrongValue{fmt::format("`{}` is no string", key)};
        return value.get<std::string>();
    }

    static Json const& list(Json const& j, char const* key)
    {
        auto const& value = field(j, key);
        if (!value.is_array())
            throw WrongValue{fmt::format("`{}` is no list", key)};
        return value;
    }

    /// A name with or without its dollar; nothing if it is not there.
    static std::optional<std::string> id(Json const& j, char const* key)
    {
        if (!j.contains(key) || j[key].is_null())
            return std::nullopt;
        auto name = text(j, key);
        if (name.starts_with('$'))
            name.erase(0, 1);
        return name;
    }

    ReadFile const& read_;
    std::uint32_t line_ = 0;
};

} // namespace

std::expected<Script, std::string> parse_script_json(std::string_view text, ReadFile const& read)
{
    auto j = Json::parse(text, nullptr, false);
    if (j.is_discarded())
        j = Json::parse(with_commas(text), nullptr, false);
    if (!j.is_object() || !j.contains("commands") || !j["commands"].is_array())
        return std::unexpected{std::string{"not the JSON of a test script: no list of `commands`"}};
    Script script;
    Reader reader{read};
    for (auto const& c : j["commands"]) {
        try {
            script.commands.push_back(reader.command(c));
        } catch (WrongValue const& wrong) {
            return std::unexpected{fmt::format(
                "command {} (line {}): {}", script.commands.size() + 1, reader.line(), wrong.why)};
        }
    }
    return script;
}

} // namespace touchstone::script
