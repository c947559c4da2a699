// Text format of test scripts: commands, with the modules in them.

#include "engine/text/module_parser.hpp"
#include "engine/text/script.hpp"
#include "engine/text/script_values.hpp"

#include <utility>

namespace touchstone::text {

namespace {

using script::AssertCommand;
using script::AssertKind;
using script::Command;
using script::ScriptModule;

std::optional<AssertKind> assertion_named(KeywordId keyword)
{
    switch (static_cast<Word>(keyword)) {
    case Word::AssertReturn: return AssertKind::Return;
    case Word::AssertTrap: return AssertKind::Trap;
    case Word::AssertExhaustion: return AssertKind::Exhaustion;
    case Word::AssertException: return AssertKind::Exception;
    case Word::AssertSuspension: return AssertKind::Suspension;
    case Word::AssertMalformed: return AssertKind::Malformed;
    case Word::AssertInvalid: return AssertKind::Invalid;
    case Word::AssertUnlinkable: return AssertKind::Unlinkable;
    case Word::AssertMalformedCustom: return AssertKind::MalformedCustom;
    case Word::AssertInvalidCustom: return AssertKind::InvalidCustom;
    default: return std::nullopt;
    }
}

bool is_field(KeywordId keyword)
{
    switch (static_cast<Word>(keyword)) {
    case Word::Type:
    case Word::Rec:
    case Word::Import:
    case Word::Func:
    case Word::Table:
    case Word::Memory:
    case Word::Global:
    case Word::Tag:
    case Word::Export:
    case Word::Start:
    case Word::Elem:
    case Word::Data: return true;
    default: return false;
    }
}

class ScriptParser
{
public:
    ScriptParser(TokenList const& tokens, Unreadable unreadable)
        : text_{tokens.text}, in_{tokens}, unreadable_{unreadable}
    {}

    script::Script run()
    {
        script::Script all;
        if (in_.at(Token::Kind::Open) && in_.peek(1).kind == Token::Kind::Keyword &&
            is_field(in_.peek(1).keyword)) {
            ScriptModule module;
            auto const line = line_of(in_.offset());
            ModuleParser parser{in_};
            module.module = parser.fields(std::nullopt);
            module.custom_problems = parser.take_custom_problems();
            all.commands.push_back({line, script::ModuleCommand{std::move(module), false}});
        } else {
            all.commands = commands();
        }
        in_.expect(Token::Kind::EndOfText);
        return all;
    }

private:
    /// (thread ...) may hold commands and so threads: the commands of each that is open, and what
    /// it is called.
    struct Open
    {
        std::uint32_t line = 0;
        script::ThreadCommand thread;
    };

    std::vector<Command> commands()
    {
        constexpr std::size_t deepest = 100; // destructors of Command recurse
        std::vector<Open> open(1);
        for (;;) {
            if (in_.at(Token::Kind::Close) && open.size() > 1) {
                in_.take();
                auto inner = std::move(open.back());
                open.pop_back();
                open.back().thread.commands.push_back({inner.line, std::move(inner.thread)});
            } else if (in_.at_open(Word::Thread)) {
                if (open.size() > deepest)
                    in_.refuse("threads nested too deep");
                open.push_back({line_of(in_.offset()), thread_head()});
            } else if (in_.at(Token::Kind::Open)) {
                open.back().thread.commands.push_back(command_or_unreadable());
            } else if (open.size() == 1) {
                return std::move(open.back().thread.commands);
            } else {
                in_.unexpected();
            }
        }
    }

    /// (thread $id? (shared (module $m))*
    script::ThreadCommand thread_head()
    {
        in_.expect_open(Word::Thread);
        script::ThreadCommand thread;
        thread.id = id_opt();
        while (in_.take_open_if(Word::Shared)) {
            in_.expect_open(Word::Module);
            thread.shared.emplace_back(in_.id(in_.expect(Token::Kind::Id)));
            in_.close();
            in_.close();
        }
        return thread;
    }

    Command command_or_unreadable()
    {
        if (unreadable_ == Unreadable::Refuse)
            return command();
        auto const start = in_.position();
        try {
            return command();
        } catch (Refused const&) {
            in_.move_to(start);
            return unreadable_command();
        }
    }

    /// As much of it as its first words say.
    Command unreadable_command()
    {
        Command c;
        c.line = line_of(in_.offset());
        auto const start = in_.position();
        if (in_.take_open_if(Word::Module)) {
            script::ModuleCommand module;
            module.is_definition = in_.take_if(Word::Definition);
            module.module.id = id_opt();
            module.module.is_unreadable = true;
            c.what = std::move(module);
        } else {
            in_.expect(Token::Kind::Open);
            auto const kind =
                in_.at(Token::Kind::Keyword) ? assertion_named(in_.peek().keyword) : std::nullopt;
            AssertCommand assertion;
            assertion.kind = kind.value_or(AssertKind::Return);
            c.what = std::move(assertion);
        }
        in_.move_to(start);
        in_.skip_parens();
        return c;
    }

    Command command()
    {
        Command c;
        c.line = line_of(in_.offset());
        if (in_.at_open(Word::Module)) {
            if (auto instance = instance_opt())
                c.what = std::move(*instance);
            else
                c.what = module(true);
            return c;
        }
        if (at_action()) {
            c.what = action();
            return c;
        }
        in_.expect(Token::Kind::Open);
        if (in_.take_if(Word::Register)) {
            auto name = in_.name();
            c.what = script::RegisterCommand{std::move(name), id_opt()};
        } else if (in_.take_if(Word::Wait)) {
            c.what = script::WaitCommand{id_opt()};
        } else {
            c.what = assertion();
        }
        in_.close();
        return c;
    }

    AssertCommand assertion()
    {
        auto const kind =
            in_.at(Token::Kind::Keyword) ? assertion_named(in_.peek().keyword) : std::nullopt;
        if (!kind)
            in_.unexpected();
        in_.take();
        AssertCommand a;
        a.kind = *kind;
        switch (*kind) {
        case AssertKind::Return:
            a.subject = action();
            a.results = patterns(in_);
            return a;
        case AssertKind::Exception: a.subject = action(); return a;
        case AssertKind::Exhaustion:
        case AssertKind::Suspension: a.subject = action(); break;
        case AssertKind::Trap:
        case AssertKind::Unlinkable:
            if (at_action() && *kind == AssertKind::Trap)
                a.subject = action();
            else if (auto instance = instance_opt())
                a.subject = std::move(*instance);
            else
                a.subject = module(false).module;
            break;
        case AssertKind::Malformed:
        case AssertKind::Invalid:
        case AssertKind::MalformedCustom:
        case AssertKind::InvalidCustom: a.subject = module(true).module; break;
        }
        a.message = in_.string();
        return a;
    }

    [[nodiscard]] bool at_action() const
    {
        return in_.at_open(Word::Invoke) || in_.at_open(Word::Get);
    }

    script::Action action()
    {
        script::Action a;
        in_.expect(Token::Kind::Open);
        a.is_get = in_.take_if(Word::Get);
        if (!a.is_get)
            in_.expect(Word::Invoke);
        a.instance = id_opt();
        a.name = in_.name();
        if (!a.is_get)
            a.args = constants(in_);
        in_.close();
        return a;
    }

    /// (module instance $instance? $module?)
    std::optional<script::InstanceCommand> instance_opt()
    {
        auto const start = in_.position();
        if (!in_.take_open_if(Word::Module) || !in_.take_if(Word::Instance)) {
            in_.move_to(start);
            return std::nullopt;
        }
        auto first = id_opt();
        auto second = id_opt();
        in_.close();
        if (second)
            return script::InstanceCommand{std::move(first), std::move(second)};
        return script::InstanceCommand{std::nullopt, std::move(first)};
    }

    /// (module definition? $id? fields), (... binary strings), (... quote strings)
    script::ModuleCommand module(bool may_be_definition)
    {
        script::ModuleCommand command;
        auto const start = in_.offset();
        in_.expect_open(Word::Module);
        command.is_definition = in_.take_if(Word::Definition);
        if (command.is_definition && !may_be_definition)
            in_.refuse(start, "misplaced module definition");
        auto& m = command.module;
        m.id = id_opt();
        if (in_.take_if(Word::Binary)) {
            m.form = ScriptModule::Form::Binary;
            m.source = in_.strings();
        } else if (in_.take_if(Word::Quote)) {
            m.form = ScriptModule::Form::Quote;
            m.source = in_.strings();
        } else {
            ModuleParser parser{in_};
            m.module = parser.fields(m.id);
            m.custom_problems = parser.take_custom_problems();
        }
        in_.close();
        return command;
    }

    std::optional<std::string> id_opt()
    {
        auto const id = in_.id_opt();
        return id ? std::optional{std::string{*id}} : std::nullopt;
    }

    /// Commands are asked for in order: the text is looked through once.
    std::uint32_t line_of(std::uint32_t offset)
    {
        for (; counted_ < offset; ++counted_)
            if (text_[counted_] == '\n' ||
                (text_[counted_] == '\r' && !text_.substr(counted_ + 1).starts_with('\n')))
                ++line_;
        return line_;
    }

    std::string_view text_;
    Cursor in_;
    Unreadable unreadable_;
    std::size_t counted_ = 0;
    std::uint32_t line_ = 1;
};

} // namespace

} // namespace touchstone::text

namespace touchstone {

std::expected<script::Script, Error> parse_script(
    std::string_view text, FeatureSet features, Unreadable unreadable)
{
    try {
        auto const tokens = text::tokenize(text, features, unreadable == Unreadable::Keep);
        return text::ScriptParser{tokens, unreadable}.run();
    } catch (Refused const& refused) {
        return std::unexpected{refused.error};
    }
}

} // namespace touchstone
