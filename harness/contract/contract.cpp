#include "harness/contract/contract.hpp"

#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "harness/compare/compare.hpp"
#include "harness/compare/words.hpp"
#include "harness/contract/points.hpp"
#include "oracles/in_process.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace touchstone::contract {

namespace {

using Result = Point::Result;

std::vector<std::uint8_t> bytes_of(PointModule const& m)
{
    if (m.is_binary)
        return {m.text.begin(), m.text.end()};
    auto const module = parse_module(m.text);
    return module ? encode(*module) : std::vector<std::uint8_t>{};
}

Case case_of(PointCase const& p)
{
    Case c{.origin = std::string{p.name}};
    for (auto const& m : p.modules)
        c.modules.push_back({.name = std::string{m.name}, .bytes = bytes_of(m)});
    for (auto const& call : p.calls)
        c.calls.push_back(
            {.module = call.module, .function = std::string{call.function}, .args = call.args});
    return c;
}

Observation observe(Oracle& oracle, Case const& c)
{
    Task const task{.what = &c, .calls = c.calls.size()};
    return oracle.observe({&task, 1}, Limits::for_campaign()).at(0);
}

std::optional<Feature> lacking(Observation const& o)
{
    for (auto const* steps : {&o.instantiations, &o.calls})
        for (auto const& s : *steps)
            if (s.end == End::Unsupported)
                return s.feature;
    return std::nullopt;
}

template <class T>
std::string first_hidden(std::string_view kind, std::vector<std::optional<T>> const& ours,
    std::vector<std::optional<T>> const& theirs)
{
    for (std::size_t i = 0; i < ours.size(); ++i)
        if (ours[i] && !(i < theirs.size() && theirs[i]))
            return fmt::format("{} {}", kind, i);
    return {};
}

/// Of an instance's state, what the engine leaves in the dark; empty if nothing.
std::string first_hidden(InstanceState const& ours, InstanceState const& theirs)
{
    if (auto text = first_hidden("memory", ours.memories, theirs.memories); !text.empty())
        return text;
    if (auto text = first_hidden("table", ours.tables, theirs.tables); !text.empty())
        return text;
    if (auto text = first_hidden("global", ours.globals, theirs.globals); !text.empty())
        return text;
    auto const hidden = [](auto const& a, auto const& b) { return a && !a->empty() && !b; };
    auto const dropped = hidden(ours.elems_dropped, theirs.elems_dropped) ||
                         hidden(ours.datas_dropped, theirs.datas_dropped);
    return dropped ? "which segments are dropped" : "";
}

std::string first_hidden(CallObservation const& ours, CallObservation const& theirs)
{
    if (!ours.store)
        return {};
    if (!theirs.store)
        return "the store";
    auto const& all = ours.store->instances;
    auto const& seen = theirs.store->instances;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!all[i])
            continue;
        if (auto text =
                first_hidden(*all[i], i < seen.size() && seen[i] ? *seen[i] : InstanceState{});
            !text.empty())
            return fmt::format("{} of module {}", text, i);
    }
    return {};
}

/// What a point is held against, and what of it cannot be told from the comparison alone.
class Contract
{
public:
    explicit Contract(Oracle& oracle) : oracle_{oracle}, reference_{make_reference_oracle()} {}

    Point check(PointCase const& p)
    {
        auto const c = case_of(p);
        auto const ours = observe(*reference_, c);
        if (auto const feature = lacking(ours))
            return absent(p.name, "the reference", *feature);
        auto const theirs = observe(oracle_, c);
        if (auto const feature = lacking(theirs))
            return absent(p.name, "the engine", *feature);
        auto const judged = compare(ours, theirs, {});
        if (judged.judgement.reason == Reason::Refused) // its right, if not to everybody's joy
            return {std::string{p.name}, Result::Absent, judged.judgement.detail};
        if (judged.judgement.verdict != Verdict::Agree)
            return violated(p.name, judged.judgement.detail);
        return vague(p.name, ours, theirs);
    }

    /// An engine without fuel hangs, and the next case is none the worse.
    Point check_endless_loop()
    {
        constexpr std::string_view name = "an endless loop costs its own case only";
        auto const seen = observe(
            oracle_, case_of({.name = name,
                         .modules = {{"m", R"((module (func (export "f") loop br 0 end)))"}},
                         .calls = {{"f"}}}));
        if (seen.calls[0].end != End::TimedOut && seen.calls[0].end != End::OutOfFuel)
            return violated(name, described("the loop", seen.calls[0]));
        return then_one_more(name);
    }

    Point check_stack_overflow()
    {
        constexpr std::string_view name = "a stack overflow is no crash, and the case goes on";
        auto const seen =
            observe(oracle_, case_of({.name = name,
                                 .modules = {{"m", R"((module (func $f (export "f") call $f)
                (func (export "g") (result i32) i32.const 7)))"}},
                                 .calls = {{"f"}, {"g"}}}));
        auto const end = seen.calls[0].end;
        if (end != End::Exhausted && end != End::OutOfFuel)
            return violated(name, described("the recursion", seen.calls[0]));
        if (seen.calls[1].end == End::Refused)
            return {std::string{name}, Result::Absent, seen.calls[1].detail};
        if (seen.calls[1].values != std::vector{Value::from_i32(7)})
            return violated(name, described("the call after it", seen.calls[1]));
        return then_one_more(name);
    }

    Point check_many()
    {
        constexpr std::string_view name = "two hundred cases in a row, each in a fresh store";
        for (std::uint32_t i = 0; i < 200; ++i) {
            auto const seen = count_to(i);
            if (seen.values != std::vector{Value::from_i32(i)})
                return violated(name, described(fmt::format("case {}", i), seen));
        }
        return ok(name);
    }

    Point check_session()
    {
        constexpr std::string_view name = "a session keeps instances between calls";
        auto const session = oracle_.session({.limits = Limits::for_spec()});
        if (!session)
            return {std::string{name}, Result::Absent, "it has no sessions: `spec` cannot run"};
        auto const bytes = [](std::string_view text) {
            return bytes_of({.name = "", .text = text});
        };
        std::optional<Session::Instance> first;
        auto const made = session->instantiate(bytes(R"((module
            (global $g (export "g") (mut i32) (i32.const 5))
            (func (export "add") (param i32) (result i32)
              global.get $g local.get 0 i32.add global.set $g global.get $g)))"),
            first);
        if (made.end != End::Returned || !first)
            return violated(name, described("instantiate", made));
        session->register_as("a", *first);
        std::optional<Session::Instance> second;
        auto const importer = bytes(R"((module (import "a" "add" (func $f (param i32) (result i32)))
            (func (export "twice") (result i32) i32.const 2 call $f drop i32.const 2 call $f)))");
        if (auto const seen = session->validate(importer); seen.end == End::Refused)
            return {std::string{name}, Result::Absent, seen.detail};
        else if (seen.end != End::Returned)
            return violated(name, described("validate", seen));
        auto const linked = session->instantiate(importer, second);
        if (linked.end != End::Returned || !second)
            return violated(name, described("instantiate with a registered import", linked));
        if (auto const seen = session->invoke(*second, "twice", {});
            seen.values != std::vector{Value::from_i32(9)})
            return violated(name, described("invoke", seen));
        if (auto const seen = session->get(*first, "g");
            seen.values != std::vector{Value::from_i32(9)})
            return violated(name, described("get", seen));
        return ok(name);
    }

private:
    static Point ok(std::string_view name) { return {.name = std::string{name}, .detail = {}}; }

    static Point violated(std::string_view name, std::string detail)
    {
        return {std::string{name}, Result::Violated, std::move(detail)};
    }

    static Point absent(std::string_view name, std::string_view who, Feature f)
    {
        return {std::string{name}, Result::Absent,
            fmt::format("{} lacks {}", who, touchstone::name(f))};
    }

    static std::string described(std::string_view what, CallObservation const& seen)
    {
        return fmt::format("{}: {}{}{}", what, compare_words::describe(seen),
            seen.detail.empty() ? "" : ": ", seen.detail);
    }

    /// Kept, but not as well as could be: said, for whoever writes the adapter.
    static Point vague(std::string_view name, Observation const& ours, Observation const& theirs)
    {
        auto point = ok(name);
        for (auto const steps : {&Observation::instantiations, &Observation::calls})
            for (std::size_t i = 0; i < (theirs.*steps).size(); ++i) {
                auto const& s = (theirs.*steps)[i];
                if (s.end == End::Trapped && s.traps == TrapSet::any())
                    point.detail = "it does not tell which trap it was: " + s.detail;
                else if (s.values_unseen)
                    point.detail = "it does not tell all values";
                else if (auto hidden = first_hidden((ours.*steps)[i], s); !hidden.empty())
                    point.detail = "it does not show " + hidden;
            }
        return point;
    }

    CallObservation count_to(std::uint32_t i)
    {
        auto const text = fmt::format(R"((module (memory 1) (func (export "f") (result i32)
            i32.const 0 i32.const {} i32.const 0 i32.load i32.add i32.store i32.const 0 i32.load)))",
            i);
        return observe(oracle_, case_of({.name = "", .modules = {{"m", text}}, .calls = {{"f"}}}))
            .calls.at(0);
    }

    Point then_one_more(std::string_view name)
    {
        auto const seen = count_to(3);
        return seen.values == std::vector{Value::from_i32(3)}
                   ? ok(name)
                   : violated(name, described("the case after it", seen));
    }

    Oracle& oracle_;
    std::unique_ptr<Oracle> reference_;
};

} // namespace

std::vector<Point> check_contract(Oracle& oracle)
{
    Contract contract{oracle};
    std::vector<Point> points;
    for (auto const& p : execution_points())
        points.push_back(contract.check(p));
    for (auto const& p : store_points())
        points.push_back(contract.check(p));
    points.push_back(contract.check_many());
    points.push_back(contract.check_stack_overflow());
    points.push_back(contract.check_endless_loop());
    points.push_back(contract.check_session());
    return points;
}

} // namespace touchstone::contract
