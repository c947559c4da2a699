#include "cases/wast.hpp"

#include "cases/function_types.hpp"
#include "cases/script_words.hpp"
#include "engine/binary/decode.hpp"
#include "engine/binary/names.hpp"
#include "engine/text/parse.hpp"
#include "engine/text/print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace touchstone {

namespace {

using script_words::in_quotes;
using script_words::one_line;

/// What the text of a module cannot carry, taken out of a copy of it.
Module without_ornaments(Module m)
{
    m.customs.clear();
    m.names = {};
    m.has_data_count = false;
    return m;
}

/// The module as text with this identifier; nothing if the text does not read back as the module.
std::optional<std::string> as_text(Module m, std::string const& id)
{
    auto const plain = without_ornaments(m);
    m.names = decode_names(m).value_or(Names{});
    m.names.module = id;
    m.customs.clear();
    auto text = print(m);
    if (text.contains("(@name ")) { // not every runner knows annotations
        m.names = {};
        m.names.module = id;
        text = print(m);
    }
    while (text.ends_with('\n'))
        text.pop_back();
    auto const again = parse_module(text);
    if (!again || again->names.module != id || without_ornaments(*again) != plain)
        return std::nullopt;
    return text;
}

std::string as_binary(std::vector<std::uint8_t> const& bytes, std::string const& id)
{
    return fmt::format("(module ${} binary\n{})", id, script_words::quoted_lines(bytes, "  "));
}

/// How a null of this type is written: abstract types by their name, types of the module by the
/// bottom type that matches them all.
AbsHeapType null_of(Module const& m, ValType type)
{
    if (!type.is_ref())
        return AbsHeapType::Extern;
    if (type.heap.is_abstract())
        return type.heap.abstract();
    auto const index = type.heap.index();
    auto const is_func = index < m.types.size() && m.types[index].comp.kind == CompType::Kind::Func;
    return is_func ? AbsHeapType::NoFunc : AbsHeapType::None;
}

class ScriptPrinter
{
public:
    explicit ScriptPrinter(Case const& c) : case_{c} {}

    void module(std::size_t i, Expected const& expected);
    void call(std::size_t i, Expected const& expected);

    std::string script() { return std::move(out_); }

    void comment(std::string_view text)
    {
        while (!text.empty()) {
            auto const end = text.find('\n');
            out_ += fmt::format(";; {}\n", one_line(text.substr(0, end)));
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        }
    }

private:
    [[nodiscard]] static std::string id_of(std::size_t module)
    {
        return fmt::format("m{}", module);
    }
    [[nodiscard]] std::string module_source(std::size_t i, bool only_binary) const;
    [[nodiscard]] std::string results(Call const& c, std::vector<Value> const& values) const;
    /// (invoke ...); nothing if an argument has no constant.
    [[nodiscard]] std::optional<std::string> invocation(Call const& c) const;
    [[nodiscard]] AbsHeapType null_at(
        ResultType FuncType::* part, Call const& c, std::size_t i) const;
    void assertion(std::string_view what, std::string_view subject, std::string_view message);

    Case const& case_;
    std::vector<std::optional<Module>> decoded_;
    std::vector<bool> is_instance_; // of the script: calls of the others become comments
    std::string out_;
};

std::string ScriptPrinter::module_source(std::size_t i, bool only_binary) const
{
    if (auto const& m = case_.modules[i]; m.format == Format::Text)
        return fmt::format(
            "(module ${} quote\n{})", id_of(i), script_words::quoted_lines(m.bytes, "  "));
    if (!only_binary && decoded_[i])
        if (auto text = as_text(*decoded_[i], id_of(i)))
            return *std::move(text);
    return as_binary(case_.modules[i].bytes, id_of(i));
}

void ScriptPrinter::assertion(
    std::string_view what, std::string_view subject, std::string_view message)
{
    out_ += fmt::format("({} {} {})\n", what, subject, in_quotes(message));
}

void ScriptPrinter::module(std::size_t i, Expected const& expected)
{
    auto const& m = case_.modules[i];
    auto decoded = decode(m.bytes);
    decoded_.push_back(decoded ? std::optional{*std::move(decoded)} : std::nullopt);
    is_instance_.push_back(expected.end == Expected::End::Returned);
    auto const source = module_source(i, expected.end == Expected::End::Malformed);
    switch (expected.end) {
    case Expected::End::Returned:
        out_ += fmt::format("{}\n(register {} ${})\n", source, in_quotes(m.name), id_of(i));
        break;
    case Expected::End::Trapped: assertion("assert_trap", source, expected.message); break;
    case Expected::End::Malformed: assertion("assert_malformed", source, expected.message); break;
    case Expected::End::Invalid: assertion("assert_invalid", source, expected.message); break;
    case Expected::End::Unlinkable: assertion("assert_unlinkable", source, expected.message); break;
    case Expected::End::Threw:
    case Expected::End::Exhausted:
    case Expected::End::Nothing:
        // scripts have no such assertion on a module
        comment(fmt::format("module {}: {}", i, expected.message));
        comment(source);
        break;
    }
}

AbsHeapType ScriptPrinter::null_at(ResultType FuncType::* part, Call const& c, std::size_t i) const
{
    if (c.module < decoded_.size() && decoded_[c.module]) {
        auto const& m = *decoded_[c.module];
        auto const* const type = type_of_export(m, c.function);
        if (type != nullptr && i < (type->*part).size())
            return null_of(m, (type->*part)[i]);
    }
    return AbsHeapType::Extern;
}

std::optional<std::string> ScriptPrinter::invocation(Call const& c) const
{
    auto text = fmt::format("(invoke ${} {}", id_of(c.module), in_quotes(c.function));
    for (std::size_t i = 0; i < c.args.size(); ++i) {
        auto const arg = script_words::constant(c.args[i], null_at(&FuncType::params, c, i));
        if (!arg)
            return std::nullopt;
        text += ' ' + *arg;
    }
    return text + ')';
}

std::string ScriptPrinter::results(Call const& c, std::vector<Value> const& values) const
{
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i)
        text += ' ' + script_words::pattern(values[i], null_at(&FuncType::results, c, i));
    return text;
}

void ScriptPrinter::call(std::size_t i, Expected const& expected)
{
    auto const& c = case_.calls[i];
    auto const invoke = invocation(c);
    auto const is_possible = invoke && c.module < is_instance_.size() && is_instance_[c.module];
    if (!is_possible) {
        comment(
            fmt::format("call {} of {} cannot be written in a script", i, in_quotes(c.function)));
        return;
    }
    switch (expected.end) {
    case Expected::End::Returned:
        out_ += fmt::format("(assert_return {}{})\n", *invoke, results(c, expected.values));
        break;
    case Expected::End::Trapped: assertion("assert_trap", *invoke, expected.message); break;
    case Expected::End::Threw: out_ += fmt::format("(assert_exception {})\n", *invoke); break;
    case Expected::End::Exhausted: assertion("assert_exhaustion", *invoke, expected.message); break;
    case Expected::End::Malformed:
    case Expected::End::Invalid:
    case Expected::End::Unlinkable:
    case Expected::End::Nothing:
        comment(fmt::format("call {}: {}", i, expected.message));
        comment(*invoke);
        break;
    }
}

} // namespace

std::string print_wast(
    Case const& c, std::vector<Expected> const& modules, std::vector<Expected> const& calls)
{
    ScriptPrinter printer{c};
    printer.comment(c.origin);
    for (std::size_t i = 0; i < std::min(modules.size(), c.modules.size()); ++i)
        printer.module(i, modules[i]);
    for (std::size_t i = 0; i < std::min(calls.size(), c.calls.size()); ++i)
        printer.call(i, calls[i]);
    return printer.script();
}

} // namespace touchstone
