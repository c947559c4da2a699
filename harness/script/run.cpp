#include "harness/script/run.hpp"

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "harness/script/match.hpp"
#include "harness/script/spectest.hpp"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <set>
#include <utility>

namespace touchstone::script {

static std::string_view directive_name(AssertKind kind)
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
    case AssertKind::InvalidCustom: return "assert_invalid_custom";
    }
    return "assertion";
}

namespace {

using Bytes = std::vector<std::uint8_t>;

/// Of what depends on a feature that cannot be written here.
constexpr std::string_view unreadable = "text that cannot be read";

/// Why something that a directive names is not there.
struct Absence
{
    std::string feature; ///< it needs this one, which the engine lacks; else empty
    std::string reason;  ///< otherwise
};

/// A module that was defined.
struct Definition
{
    std::shared_ptr<Bytes const> bytes;
    std::optional<Absence> absence; ///< there are no bytes
};

/// What a name of the script stands for: an instance, or why there is none.
struct Slot
{
    Session::Instance instance = 0;
    std::optional<Absence> absence;
};

/// An instantiation: the slot, and what was seen on the way.
struct Instantiated
{
    Slot slot;
    CallObservation seen;
};

class Runner
{
public:
    Runner(Session& session, OracleInfo const& info, RunOptions const& options)
        : session_{session}, info_{info}, options_{options}
    {}

    std::vector<DirectiveResult> run(std::vector<Command> const& commands)
    {
        provide_spectest();
        results_.reserve(commands.size());
        for (auto const& c : commands) {
            if (options_.before)
                options_.before(c.line);
            results_.push_back({.line = c.line});
            std::visit([this](auto const& what) { (*this)(what); }, c.what);
        }
        for (auto& t : threads_)
            join(*t);
        return std::move(results_);
    }

    void operator()(ModuleCommand const& c)
    {
        result().directive = c.is_definition ? "module definition" : "module";
        auto const definition = define(c.module);
        if (c.is_definition) {
            if (definition.absence)
                absent(*definition.absence);
            else
                expect_end(session_.validate(*definition.bytes), End::Returned, "a valid module");
            return;
        }
        became_current(c.module.id, instantiate(definition));
    }

    void operator()(InstanceCommand const& c)
    {
        result().directive = "module instance";
        became_current(c.instance, instantiate(find_definition(c)));
    }

    void operator()(RegisterCommand const& c)
    {
        result().directive = "register";
        auto const slot = find_instance(c.instance);
        registered_[c.name] = slot.absence;
        if (slot.absence)
            absent(*slot.absence);
        else
            session_.register_as(c.name, slot.instance);
    }

    void operator()(Action const& action)
    {
        result().directive = action.is_get ? "get" : "invoke";
        if (auto const seen = perform(action))
            expect_end(*seen, End::Returned, "to return");
    }

    void operator()(AssertCommand const& c)
    {
        result().directive = directive_name(c.kind);
        switch (c.kind) {
        case AssertKind::Suspension: return unsupported("stack-switching");
        case AssertKind::MalformedCustom:
        case AssertKind::InvalidCustom:
            if (auto const* const m = std::get_if<ScriptModule>(&c.subject))
                return assert_custom_refused(c, *m);
            break;
        case AssertKind::Malformed:
        case AssertKind::Invalid:
            if (auto const* const m = std::get_if<ScriptModule>(&c.subject))
                return assert_refused(c, *m);
            break;
        default:
            if (auto const* const action = std::get_if<Action>(&c.subject)) {
                if (auto const seen = perform(*action))
                    judge(c, *seen);
                return;
            }
            if (auto const* const m = std::get_if<ScriptModule>(&c.subject))
                return judge(c, instantiate(make_definition(*m)));
            if (auto const* const i = std::get_if<InstanceCommand>(&c.subject))
                return judge(c, instantiate(find_definition(*i)));
        }
        failed(std::string{no_dependency}, std::string{unreadable});
    }

    /// Its commands have names of their own, but for the instances that are shared with it.
    void operator()(ThreadCommand const& c)
    {
        result().directive = "thread";
        auto thread = std::make_shared<Thread>();
        thread->id = c.id;
        std::map<std::string, Slot> shared;
        for (auto const& name : c.shared)
            shared[name] = find_instance(name);
        auto const started = session_.thread_start(
            [this, &commands = c.commands, shared = std::move(shared), thread](Session& own) {
                Runner runner{own, info_, options_};
                runner.instances_ = shared;
                thread->results = runner.run(commands);
            });
        if (!started) {
            unsupported("threads");
            return all_unsupported(c.commands);
        }
        thread->address = *started;
        threads_.push_back(std::move(thread));
    }

    void operator()(WaitCommand const& c)
    {
        result().directive = "wait";
        for (auto& t : threads_)
            if (t->id == c.thread)
                return join(*t);
        if (!has_threads())
            return unsupported("threads");
        failed("a thread", "no thread of this name");
    }

private:
    // Threads.

    struct Thread
    {
        std::optional<std::string> id;
        ThreadAddr address{};
        std::vector<DirectiveResult> results;
    };

    [[nodiscard]] bool has_threads() const { return info_.features.has(Feature::Threads); }

    void join(Thread& t)
    {
        session_.thread_join(t.address);
        std::ranges::move(t.results, std::back_inserter(results_));
        t.results.clear();
    }

    /// Of a thread that there is not, and of those inside it.
    void all_unsupported(std::vector<Command> const& commands)
    {
        std::vector<std::vector<Command> const*> waiting{&commands};
        while (!waiting.empty()) {
            auto const* const some = waiting.back();
            waiting.pop_back();
            for (auto const& c : *some) {
                results_.push_back({.line = c.line, .directive = "thread"});
                unsupported("threads");
                if (auto const* const inner = std::get_if<ThreadCommand>(&c.what))
                    waiting.push_back(&inner->commands);
            }
        }
    }

    // Verdicts on the directive at hand.

    DirectiveResult& result() { return results_.back(); }

    void passed() { result().verdict = Verdict::Passed; }

    void failed(std::string expected, std::string got)
    {
        result().verdict = Verdict::Failed;
        result().expected = std::move(expected);
        result().got = std::move(got);
    }

    void unsupported(std::string feature)
    {
        result().verdict = Verdict::Unsupported;
        result().feature = std::move(feature);
    }

    void not_applicable(std::string reason)
    {
        result().verdict = Verdict::NotApplicable;
        result().reason = std::move(reason);
    }

    void absent(Absence const& a)
    {
        if (!a.feature.empty())
            unsupported(a.feature);
        else
            failed(std::string{no_dependency}, a.reason);
    }

    /// Ends that settle a directive whatever it asserts; true if this is one.
    bool settled(CallObservation const& seen, std::string_view expected)
    {
        switch (seen.end) {
        case End::Unsupported: unsupported(feature_of(seen)); return true;
        case End::Refused: not_applicable("implementation limit: " + seen.detail); return true;
        case End::Crashed:
            failed(std::string{expected}, show(seen));
            result().verdict = Verdict::Crashed;
            return true;
        default: return false;
        }
    }

    static std::string feature_of(CallObservation const& seen)
    {
        return std::string{seen.feature ? name(*seen.feature) : std::string_view{"unnamed"}};
    }

    /// For directives that assert nothing.
    void expect_end(CallObservation const& seen, End end, std::string_view expected)
    {
        if (!settled(seen, expected) && seen.end != end)
            failed(std::string{expected}, show(seen));
    }

    // Modules.

    /// The bytes of a module of the script. What is refused is for the caller to tell: an error.
    [[nodiscard]] std::expected<Bytes, Error> bytes_of(ScriptModule const& m) const
    {
        switch (m.form) {
        case ScriptModule::Form::Text: return encode(m.module);
        case ScriptModule::Form::Binary: return Bytes{m.source.begin(), m.source.end()};
        case ScriptModule::Form::Quote: break;
        }
        auto const module = parse_module(m.source, nullptr, options_.profile);
        if (!module)
            return std::unexpected{module.error()};
        return encode(*module);
    }

    [[nodiscard]] Definition make_definition(ScriptModule const& m) const
    {
        if (m.is_unreadable)
            return {
                .bytes = {}, .absence = Absence{.feature = {}, .reason = std::string{unreadable}}};
        auto bytes = bytes_of(m);
        if (bytes)
            return {.bytes = std::make_shared<Bytes const>(std::move(*bytes)), .absence = {}};
        auto const& e = bytes.error();
        if (e.kind == Error::Kind::Unsupported)
            return {.bytes = {},
                .absence = Absence{
                    .feature = e.feature ? std::string{name(*e.feature)} : std::string{"unnamed"},
                    .reason = {}}};
        return {.bytes = {}, .absence = Absence{.feature = {}, .reason = describe(e)}};
    }

    Definition const& define(ScriptModule const& m)
    {
        latest_definition_ = make_definition(m);
        if (m.id)
            definitions_[*m.id] = latest_definition_;
        return latest_definition_;
    }

    Definition find_definition(InstanceCommand const& c) const
    {
        if (!c.module)
            return latest_definition_;
        auto const found = definitions_.find(*c.module);
        if (found == definitions_.end())
            return {.bytes = {},
                .absence = Absence{.feature = {}, .reason = "no module $" + *c.module}};
        return found->second;
    }

    Slot find_instance(std::optional<std::string> const& id) const
    {
        if (!id)
            return current_;
        auto const found = instances_.find(*id);
        if (found == instances_.end())
            return {.absence = Absence{.feature = {}, .reason = "no instance $" + *id}};
        return found->second;
    }

    /// The first name that these bytes import from whose instance is missing for a feature.
    std::optional<Absence> absent_import(Bytes const& bytes) const
    {
        auto const has_feature = [](auto const& entry) {
            return entry.second && !entry.second->feature.empty();
        };
        if (std::ranges::none_of(registered_, has_feature))
            return std::nullopt;
        auto const module = decode(bytes, options_.profile);
        if (!module)
            return std::nullopt;
        for (auto const& i : module->imports)
            if (auto const found = registered_.find(i.module);
                found != registered_.end() && has_feature(*found))
                return found->second;
        return std::nullopt;
    }

    Instantiated instantiate(Definition const& definition)
    {
        if (definition.absence)
            return {.slot = {.absence = definition.absence}, .seen = {}};
        if (auto const missing = absent_import(*definition.bytes))
            return {.slot = {.absence = missing}, .seen = {}};
        std::optional<Session::Instance> instance;
        Instantiated done{.slot = {}, .seen = session_.instantiate(*definition.bytes, instance)};
        if (done.seen.end == End::Unsupported)
            done.slot.absence = Absence{.feature = feature_of(done.seen), .reason = {}};
        else if (done.seen.end != End::Returned || !instance)
            done.slot.absence = Absence{.feature = {}, .reason = "no instance: " + show(done.seen)};
        else
            done.slot.instance = *instance;
        return done;
    }

    void became_current(std::optional<std::string> const& id, Instantiated const& done)
    {
        current_ = done.slot;
        if (id)
            instances_[*id] = done.slot;
        if (!done.slot.absence) {
            result().made_instance = true;
            return;
        }
        if (settled(done.seen, "an instance"))
            return;
        if (done.slot.absence->feature.empty())
            failed("an instance", done.slot.absence->reason);
        else
            absent(*done.slot.absence);
    }

    void provide_spectest()
    {
        auto const module = parse_module(
            spectest_module(info_.features & options_.profile), nullptr, options_.profile);
        if (!module)
            return;
        std::optional<Session::Instance> instance;
        auto const seen = session_.instantiate(encode(*module), instance);
        if (seen.end == End::Returned && instance)
            session_.register_as("spectest", *instance);
        else if (seen.end == End::Unsupported)
            registered_["spectest"] = Absence{.feature = feature_of(seen), .reason = {}};
    }

    // Actions and assertions.

    /// Nothing if the instance is absent; the directive is judged then.
    std::optional<CallObservation> perform(Action const& action)
    {
        auto const slot = find_instance(action.instance);
        if (slot.absence) {
            absent(*slot.absence);
            return std::nullopt;
        }
        auto seen = perform(action, slot.instance);
        if (options_.seen)
            options_.seen(result().line, seen);
        return seen;
    }

    [[nodiscard]] CallObservation perform(Action const& action, Session::Instance instance)
    {
        if (action.is_get)
            return session_.get(instance, action.name);
        std::vector<Value> args;
        args.reserve(action.args.size());
        for (auto const& c : action.args)
            args.push_back(to_value(c));
        return session_.invoke(instance, action.name, args);
    }

    void judge(AssertCommand const& c, Instantiated const& done)
    {
        if (done.slot.absence &&
            (!done.slot.absence->feature.empty() || done.seen.end == End::NotRun))
            return absent(*done.slot.absence);
        judge(c, done.seen);
    }

    void judge(AssertCommand const& c, CallObservation const& seen)
    {
        auto const expected = expectation(c);
        if (settled(seen, expected))
            return;
        if (as_asserted(c, seen))
            passed();
        else
            failed(expected, show(seen));
    }

    static std::string expectation(AssertCommand const& c)
    {
        switch (c.kind) {
        case AssertKind::Return: return "returned " + show(std::span{c.results});
        case AssertKind::Exception: return "threw";
        default: return fmt::format("{}: {}", directive_name(c.kind).substr(7), c.message);
        }
    }

    [[nodiscard]] bool text_fits(CallObservation const& seen, AssertCommand const& c) const
    {
        return !options_.strict_messages || message_matches(seen.detail, c.message);
    }

    [[nodiscard]] bool as_asserted(AssertCommand const& c, CallObservation const& seen) const
    {
        switch (c.kind) {
        case AssertKind::Return:
            return seen.end == End::Returned && matches(std::span{c.results}, seen.values);
        case AssertKind::Trap:
            // an instantiation may also end by an exception that nobody catches
            if (seen.end == End::Threw)
                return !std::holds_alternative<Action>(c.subject);
            return seen.end == End::Trapped && trap_matches(seen.traps, c.message);
        case AssertKind::Exhaustion: return exhaustion_matches(seen, c.message);
        case AssertKind::Exception: return seen.end == End::Threw;
        case AssertKind::Unlinkable: return seen.end == End::Unlinkable && text_fits(seen, c);
        case AssertKind::Malformed: return seen.end == End::Malformed && text_fits(seen, c);
        case AssertKind::Invalid: return seen.end == End::Invalid && text_fits(seen, c);
        default: return false;
        }
    }

    /// assert_malformed and assert_invalid: the text format is ours, the rest the engine's.
    void assert_refused(AssertCommand const& c, ScriptModule const& m)
    {
        auto const bytes = bytes_of(m);
        if (bytes) {
            auto seen = session_.validate(*bytes);
            // an engine that does not tell which of the two it was
            if (seen.end == End::Rejected)
                seen.end = c.kind == AssertKind::Invalid ? End::Invalid : End::Malformed;
            return judge(c, seen);
        }
        if (!info_.has_text)
            return not_applicable("quoted text, and the engine has no text format");
        CallObservation seen;
        seen.end = bytes.error().kind == Error::Kind::Unsupported ? End::Unsupported
                   : bytes.error().kind == Error::Kind::Invalid   ? End::Invalid
                                                                  : End::Malformed;
        seen.feature = bytes.error().feature;
        seen.detail = describe(bytes.error());
        judge(c, seen);
    }

    /// assert_malformed_custom and assert_invalid_custom: annotations are the text format's.
    void assert_custom_refused(AssertCommand const& c, ScriptModule const& m)
    {
        if (!info_.has_text || m.form == ScriptModule::Form::Binary)
            return not_applicable("annotations, and the engine has no text format");
        auto problems = m.custom_problems;
        if (m.form == ScriptModule::Form::Quote)
            if (auto const module = parse_module(m.source, &problems, options_.profile); !module)
                return failed(expectation(c), describe(module.error()));
        auto const kind =
            c.kind == AssertKind::InvalidCustom ? Error::Kind::Invalid : Error::Kind::Malformed;
        std::string all;
        for (auto const& p : problems) {
            if (p.kind == kind &&
                (!options_.strict_messages || message_matches(describe(p), c.message)))
                return passed();
            all += (all.empty() ? "" : "; ") + describe(p);
        }
        failed(expectation(c), all.empty() ? "no problem" : all);
    }

    Session& session_;
    OracleInfo const& info_;
    RunOptions const& options_;
    std::vector<DirectiveResult> results_;
    std::map<std::string, Definition> definitions_;
    Definition latest_definition_{
        .bytes = {}, .absence = Absence{.feature = {}, .reason = "no module before it"}};
    std::map<std::string, Slot> instances_;
    Slot current_{.absence = Absence{.feature = {}, .reason = "no instance before it"}};
    std::map<std::string, std::optional<Absence>> registered_; ///< as the script sees it
    std::vector<std::shared_ptr<Thread>> threads_;
};

} // namespace

std::vector<DirectiveResult> run(
    Script const& script, Session& session, OracleInfo const& info, RunOptions const& options)
{
    return Runner{session, info, options}.run(script.commands);
}

std::uint64_t count_directives(Script const& script)
{
    std::uint64_t count = 0;
    std::vector<std::vector<Command> const*> waiting{&script.commands};
    while (!waiting.empty()) {
        auto const* const commands = waiting.back();
        waiting.pop_back();
        count += commands->size();
        for (auto const& c : *commands)
            if (auto const* const thread = std::get_if<ThreadCommand>(&c.what))
                waiting.push_back(&thread->commands);
    }
    return count;
}

} // namespace touchstone::script
