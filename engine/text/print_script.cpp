#include "engine/text/print_script.hpp"

#include "engine/text/module_printer.hpp"
#include "engine/text/print.hpp"
#include "engine/text/print_literals.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace touchstone {

namespace {

using namespace script;

std::string id(std::optional<std::string> const& name)
{
    auto const text = name ? text::id_text(*name) : std::nullopt;
    return text ? ' ' + *text : std::string{};
}

std::string heap_type(ValType t)
{
    text::ModuleIds const none;
    return text::InstructionPrinter{none}.heap_type(t.heap);
}

std::string number(ValType type, std::uint64_t bits)
{
    switch (type.kind) {
    case ValType::Kind::I32: return fmt::format("i32.const {}", static_cast<std::int32_t>(bits));
    case ValType::Kind::I64: return fmt::format("i64.const {}", static_cast<std::int64_t>(bits));
    case ValType::Kind::F32: return "f32.const " + text::f32_text(static_cast<std::uint32_t>(bits));
    default: return "f64.const " + text::f64_text(bits);
    }
}

std::string constant(Const const& c)
{
    switch (c.kind) {
    case Const::Kind::Num: return '(' + number(c.type, c.lo) + ')';
    case Const::Kind::Vec: return fmt::format("(v128.const i64x2 {:#x} {:#x})", c.lo, c.hi);
    case Const::Kind::RefNull: return fmt::format("(ref.null {})", heap_type(c.type));
    case Const::Kind::RefExtern: return fmt::format("(ref.extern {})", c.lo);
    case Const::Kind::RefHost: break;
    }
    return fmt::format("(ref.host {})", c.lo);
}

std::string_view nan_word(NanPattern n)
{
    return n == NanPattern::Canonical ? "nan:canonical" : "nan:arithmetic";
}

std::string lanes(Pattern const& p)
{
    auto const count = 128U / p.lane_bits;
    auto text =
        fmt::format("(v128.const {}{}x{}", p.is_float_lanes ? 'f' : 'i', p.lane_bits, count);
    for (unsigned i = 0; i < count; ++i) {
        auto const at = i * p.lane_bits;
        auto const half = (at < 64 ? p.lo : p.hi) >> at % 64;
        auto const bits = p.lane_bits == 64 ? half : half & ((1ULL << p.lane_bits) - 1);
        if (i < p.nan.size() && p.nan.at(i) != NanPattern::None)
            text += fmt::format(" {}", nan_word(p.nan.at(i)));
        else if (!p.is_float_lanes)
            text += fmt::format(" {:#x}", bits);
        else
            text += ' ' + (p.lane_bits == 32 ? text::f32_text(static_cast<std::uint32_t>(bits))
                                             : text::f64_text(bits));
    }
    return text + ')';
}

std::string pattern(Pattern const& p)
{
    switch (p.kind) {
    case Pattern::Kind::Num:
        if (p.nan[0] != NanPattern::None)
            return fmt::format("({}.const {})", p.type == f32 ? "f32" : "f64", nan_word(p.nan[0]));
        return '(' + number(p.type, p.lo) + ')';
    case Pattern::Kind::Vec: return lanes(p);
    case Pattern::Kind::RefNull:
        return p.type.is_ref() ? fmt::format("(ref.null {})", heap_type(p.type)) : "(ref.null)";
    case Pattern::Kind::RefAny: return "(ref)";
    case Pattern::Kind::RefEq: return "(ref.eq)";
    case Pattern::Kind::RefI31: return "(ref.i31)";
    case Pattern::Kind::RefStruct: return "(ref.struct)";
    case Pattern::Kind::RefArray: return "(ref.array)";
    case Pattern::Kind::RefFunc: return "(ref.func)";
    case Pattern::Kind::RefExn: return "(ref.exn)";
    case Pattern::Kind::RefExtern: return "(ref.extern)";
    case Pattern::Kind::RefExternNum: return fmt::format("(ref.extern {})", p.lo);
    case Pattern::Kind::RefHostNum: return fmt::format("(ref.host {})", p.lo);
    case Pattern::Kind::Either: break;
    }
    return "(either)";
}

/// Alternatives within alternatives: each open list and how far it is written.
std::string patterns(std::vector<Pattern> const& all)
{
    std::string text;
    std::vector<std::pair<std::vector<Pattern> const*, std::size_t>> open{{&all, 0}};
    while (!open.empty()) {
        auto& [list, at] = open.back();
        if (at == list->size()) {
            open.pop_back();
            text += open.empty() ? "" : ")";
            continue;
        }
        auto const& p = (*list)[at++];
        text += ' ';
        if (p.kind != Pattern::Kind::Either) {
            text += pattern(p);
        } else {
            text += "(either";
            open.emplace_back(&p.either, 0);
        }
    }
    return text;
}

std::string action(Action const& a)
{
    auto text = fmt::format(
        "({}{} {}", a.is_get ? "get" : "invoke", id(a.instance), text::name_text(a.name));
    for (auto const& arg : a.args)
        text += ' ' + constant(arg);
    return text + ')';
}

std::string module(ScriptModule const& m, bool is_definition)
{
    auto const head = is_definition ? std::string_view{"(module definition"} : "(module";
    if (m.form != ScriptModule::Form::Text)
        return fmt::format("{}{} {} {})", head, id(m.id),
            m.form == ScriptModule::Form::Binary ? "binary" : "quote", text::bytes_text(m.source));
    auto text = touchstone::print(m.module);
    text.erase(text.find_last_not_of('\n') + 1);
    return std::string{head} + text.substr(std::string_view{"(module"}.size());
}

std::string instance(InstanceCommand const& i)
{
    return fmt::format("(module instance{}{})", id(i.instance), id(i.module));
}

std::string_view word(AssertKind kind)
{
    switch (kind) {
    case AssertKind::Return: return "assert_return";
    case AssertKind::Trap: return "assert_trap";
    case AssertKind::Exhaustion: return "assert_exhaustion";
    case AssertKind::Exception: return "assert_exception";
    case AssertKind::Suspension: return "assert_suspension";
    case AssertKind::Malformed: return "assert_malformed";
    case AssertKind::Invalid: return "assert_invalid";
    case AssertKind::Unlinkable: return "assert_unlinkable";
    case AssertKind::MalformedCustom: return "assert_malformed_custom";
    case AssertKind::InvalidCustom: break;
    }
    return "assert_invalid_custom";
}

std::string assertion(AssertCommand const& c)
{
    auto text = fmt::format("({} ", word(c.kind));
    if (auto const* const a = std::get_if<Action>(&c.subject))
        text += action(*a);
    else if (auto const* const m = std::get_if<ScriptModule>(&c.subject))
        text += module(*m, false);
    else if (auto const* const i = std::get_if<InstanceCommand>(&c.subject))
        text += instance(*i);
    if (c.kind == AssertKind::Return)
        text += patterns(c.results);
    else if (c.kind != AssertKind::Exception)
        text += ' ' + text::name_text(c.message);
    return text + ')';
}

/// A command that holds no others.
struct Plain
{
    std::string operator()(ModuleCommand const& c) const
    {
        return module(c.module, c.is_definition);
    }
    std::string operator()(InstanceCommand const& c) const { return instance(c); }
    std::string operator()(RegisterCommand const& c) const
    {
        return fmt::format("(register {}{})", text::name_text(c.name), id(c.instance));
    }
    std::string operator()(Action const& a) const { return action(a); }
    std::string operator()(AssertCommand const& c) const { return assertion(c); }
    std::string operator()(WaitCommand const& c) const
    {
        return fmt::format("(wait{})", id(c.thread));
    }
    std::string operator()(ThreadCommand const& c) const
    {
        auto text = "(thread" + id(c.id);
        for (auto const& m : c.shared)
            text += fmt::format(" (shared (module{}))", id(m));
        return text;
    }
};

} // namespace

std::string print(Script const& script)
{
    std::string text;
    std::vector<std::pair<std::vector<Command> const*, std::size_t>> open{{&script.commands, 0}};
    while (!open.empty()) {
        auto& [commands, at] = open.back();
        if (at == commands->size()) {
            open.pop_back();
            text += open.empty() ? "" : ")\n";
            continue;
        }
        auto const& c = (*commands)[at++];
        text += std::visit(Plain{}, c.what) + '\n';
        if (auto const* const thread = std::get_if<ThreadCommand>(&c.what))
            open.emplace_back(&thread->commands, 0);
    }
    return text;
}

} // namespace touchstone
