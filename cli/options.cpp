#include "cli/options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>

namespace touchstone::cli {

struct Options::Parser
{
    CLI::App app;
};

static CLI::ValidationError bad_value(std::string const& name, std::string const& why)
{
    return CLI::ValidationError{name, why};
}

/// An option that stands where a value is missing would be taken for it.
static void refuse_option(std::string const& name, std::string const& text)
{
    if (text.starts_with("--"))
        throw bad_value(name, fmt::format("needs a value, not `{}`", text));
}

template <class Number>
static Number number(std::string const& name, std::string const& text)
{
    Number n{};
    auto const hex = text.starts_with("0x") || text.starts_with("0X");
    auto const* const begin = text.data() + (hex ? 2 : 0);
    auto const* const end = text.data() + text.size();
    auto const [at, error] = [&] {
        if constexpr (std::is_floating_point_v<Number>)
            return std::from_chars(begin, end, n);
        else
            return std::from_chars(begin, end, n, hex ? 16 : 10);
    }();
    if (error == std::errc::result_out_of_range)
        throw bad_value(name, fmt::format("`{}` is too large", text));
    if (error != std::errc{} || at != end)
        throw bad_value(name, fmt::format("`{}` is not a number that it takes", text));
    if constexpr (std::is_floating_point_v<Number>)
        if (!(n >= 0) || n > 1e18)
            throw bad_value(name, fmt::format("`{}` is not a number that it takes", text));
    return n;
}

Options::Options(Args args, Io& io) : args_{args}, io_{io}, parser_{std::make_unique<Parser>()}
{
    parser_->app.set_help_flag();
}

Options::~Options() = default;

Options& Options::positional(std::string const& name, std::string& into, std::string const& what)
{
    parser_->app.add_option(name, into, what)->required()->type_name("");
    return *this;
}

Options& Options::positional(
    std::string const& name, std::optional<std::string>& into, std::string const& what)
{
    parser_->app
        .add_option_function<std::string>(
            name, [&into](std::string const& text) { into = text; }, what)
        ->type_name("");
    return *this;
}

Options& Options::positionals(
    std::string const& name, std::vector<std::string>& into, std::string const& what, int at_least)
{
    auto* const option = parser_->app.add_option(name, into, what)->type_name("");
    option->expected(at_least == 0 ? 0 : at_least, CLI::detail::expected_max_vector_size);
    if (at_least > 0)
        option->required();
    return *this;
}

Options& Options::flag(std::string const& name, bool& into, std::string const& what)
{
    parser_->app.add_flag(name, into, what);
    return *this;
}

/// An option of one string, which `assign` checks and stores.
template <class Assign>
static void add_value(CLI::App& app, std::string const& name, std::string const& what,
    char const* type, Assign const& assign)
{
    app.add_option_function<std::string>(
           name,
           [name, assign](std::string const& text) {
               refuse_option(name, text);
               assign(text);
           },
           what)
        ->type_name(type);
}

Options& Options::value(std::string const& name, std::string& into, std::string const& what)
{
    add_value(parser_->app, name, what, "TEXT", [&into](std::string const& t) { into = t; });
    return *this;
}

Options& Options::value(
    std::string const& name, std::optional<std::string>& into, std::string const& what)
{
    add_value(parser_->app, name, what, "TEXT", [&into](std::string const& t) { into = t; });
    return *this;
}

Options& Options::value(std::string const& name, std::uint32_t& into, std::string const& what)
{
    add_value(parser_->app, name, what, "N",
        [&into, name](std::string const& t) { into = number<std::uint32_t>(name, t); });
    return *this;
}

Options& Options::value(std::string const& name, std::uint64_t& into, std::string const& what)
{
    add_value(parser_->app, name, what, "N",
        [&into, name](std::string const& t) { into = number<std::uint64_t>(name, t); });
    return *this;
}

Options& Options::value(
    std::string const& name, std::optional<std::uint64_t>& into, std::string const& what)
{
    add_value(parser_->app, name, what, "N",
        [&into, name](std::string const& t) { into = number<std::uint64_t>(name, t); });
    return *this;
}

Options& Options::value(std::string const& name, double& into, std::string const& what)
{
    add_value(parser_->app, name, what, "N",
        [&into, name](std::string const& t) { into = number<double>(name, t); });
    return *this;
}

static std::vector<std::string> split(std::string const& name, std::string const& text)
{
    std::vector<std::string> parts{""};
    for (auto const c : text) {
        if (c == ',')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    for (auto const& part : parts)
        if (part.empty())
            throw bad_value(name, fmt::format("`{}` has an empty entry", text));
    return parts;
}

Options& Options::list(
    std::string const& name, std::vector<std::string>& into, std::string const& what)
{
    add_value(parser_->app, name, what, "A,B",
        [&into, name](std::string const& t) { into = split(name, t); });
    return *this;
}

Options& Options::choice(std::string const& name, std::string& into, std::vector<std::string> words,
    std::string const& what)
{
    add_value(parser_->app, name, what, "WORD",
        [&into, name, words = std::move(words)](std::string const& t) {
            if (std::ranges::find(words, t) == words.end())
                throw bad_value(name, fmt::format("`{}` is none of {}", t, fmt::join(words, ", ")));
            into = t;
        });
    return *this;
}

Options& Options::result(std::string const& name, std::string& into, std::string const& what)
{
    results_.push_back(&into);
    add_value(parser_->app, name, what + "; - is standard output", "FILE",
        [&into, name](std::string const& t) {
            if (t.empty())
                throw bad_value(name, "needs a file name");
            into = t;
        });
    return *this;
}

Options& Options::json(std::string& into)
{
    return result("--json", into, "the result as one JSON object");
}

static bool wants_help(std::span<std::string const> args)
{
    for (auto const& a : args) {
        if (a == "--")
            return false;
        if (a == "--help" || a == "-h")
            return true;
    }
    return false;
}

std::optional<Exit> Options::parse()
{
    choice("--color", color_, {"auto", "always", "never"}, "auto, always or never");
    parser_->app.add_flag_callback("-h,--help", [] {}, "this text");
    if (wants_help(args_.rest)) {
        auto formatter = CLI::Formatter{};
        formatter.label("REQUIRED", "");
        formatter.label("Positionals", "Operands");
        fmt::print(io_.data, "{}{}{}", args_.command.help,
            formatter.make_positionals(&parser_->app),
            formatter.make_groups(&parser_->app, CLI::AppFormatMode::Normal));
        return Exit::Ok;
    }
    try {
        // CLI11 pops from the back
        parser_->app.parse(std::vector<std::string>{args_.rest.rbegin(), args_.rest.rend()});
    } catch (CLI::ParseError const& e) {
        return usage_error(e.what());
    }
    auto const to_output =
        std::ranges::count_if(results_, [](std::string const* file) { return *file == "-"; });
    if (to_output > 1)
        return usage_error("only one result can be standard output");
    if (to_output == 1) {
        io_.out = io_.err;
        io_.out_is_terminal = io_.err_is_terminal;
    }
    auto const colorless = std::getenv("NO_COLOR") != nullptr;
    io_.color = color_ == "always" || (color_ == "auto" && io_.out_is_terminal && !colorless);
    return std::nullopt;
}

Exit Options::usage_error(std::string_view message) const
{
    fmt::print(io_.err, "touchstone {0}: {1}\nSee `touchstone {0} --help`.\n", args_.command.name,
        message);
    return Exit::Usage;
}

} // namespace touchstone::cli
