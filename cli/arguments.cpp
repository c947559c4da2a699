#include "cli/arguments.hpp"

#include "engine/text/script.hpp"
#include "harness/script/match.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace touchstone::cli {

static std::string_view type_word(ValType t)
{
    switch (t.kind) {
    case ValType::Kind::I32: return "i32";
    case ValType::Kind::I64: return "i64";
    case ValType::Kind::F32: return "f32";
    case ValType::Kind::F64: return "f64";
    case ValType::Kind::V128: return "v128";
    default: return "ref";
    }
}

/// The constant of a test script that the argument stands for.
static std::string as_const(ValType param, std::string text)
{
    auto const prefix = fmt::format("{}:", type_word(param));
    if (text.starts_with(prefix))
        text.erase(0, prefix.size());
    if (param.is_num())
        return fmt::format("({}.const {})", type_word(param), text);
    if (param.is_vec()) {
        std::ranges::replace(text, ':', ' ');
        std::ranges::replace(text, ',', ' ');
        return fmt::format("(v128.const {})", text);
    }
    if (text == "null")
        return "(ref.null any)";
    return fmt::format("(ref.extern {})", text);
}

/// Only what can stand in a number: the text must not end the constant and start something else.
static bool is_plain(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view{"+-._:,"}.find(c) != std::string_view::npos;
    });
}

static std::optional<Value> parse_argument(ValType param, std::string const& text)
{
    if (!is_plain(text))
        return std::nullopt;
    auto const parsed = parse_script(fmt::format("(invoke \"\" {})", as_const(param, text)));
    if (!parsed || parsed->commands.size() != 1)
        return std::nullopt;
    auto const* const action = std::get_if<script::Action>(&parsed->commands[0].what);
    if (action == nullptr || action->args.size() != 1)
        return std::nullopt;
    return script::to_value(action->args[0]);
}

std::expected<std::vector<Value>, std::string> parse_arguments(
    ResultType const& params, std::span<std::string const> texts)
{
    if (texts.size() != params.size())
        return std::unexpected{
            fmt::format("it takes {} arguments, not {}", params.size(), texts.size())};
    std::vector<Value> values;
    for (std::size_t i = 0; i < params.size(); ++i) {
        auto const value = parse_argument(params[i], texts[i]);
        if (!value)
            return std::unexpected{
                fmt::format("argument {}: `{}` is no {}", i, texts[i], type_word(params[i]))};
        values.push_back(*value);
    }
    return values;
}

} // namespace touchstone::cli
