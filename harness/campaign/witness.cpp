#include "harness/campaign/witness.hpp"

#include "generators/observers.hpp"
#include "generators/state_apart.hpp"

#include <algorithm>

namespace touchstone::campaign {

namespace {

using generators::Observer;

constexpr std::size_t most_calls = 8; ///< that a script shows

/// Asks the reference and the engine in question, and keeps the questions they answer differently.
class Interview
{
public:
    Interview(Case what, Member const& reference, Member const& other, Limits const& limits)
        : what_{std::move(what)},
          reference_{reference},
          other_{other},
          limits_{limits},
          first_{what_.calls.size()}
    {}

    std::vector<Call> differing(std::vector<Call> questions)
    {
        auto const n = questions.size();
        auto const [ours, theirs] = ask(std::move(questions));
        std::vector<Call> found;
        for (std::size_t i = first_; i < first_ + n; ++i)
            if (i < ours.calls.size() && i < theirs.calls.size() &&
                compare(without_store(ours.calls[i]), without_store(theirs.calls[i]), {}).verdict ==
                    Verdict::Diverge)
                found.push_back(asked_.calls[i]);
        return found;
    }

    Witness witness(std::vector<Call> questions)
    {
        auto seen = ask(std::move(questions)).first;
        return {.what = asked_, .reference = std::move(seen)};
    }

private:
    static CallObservation without_store(CallObservation seen)
    {
        seen.store.reset();
        seen.nan_choice = false; // bits of a store are bits
        seen.relaxed_choice = false;
        return seen;
    }

    std::pair<Observation, Observation> ask(std::vector<Call> questions)
    {
        asked_ = what_;
        asked_.calls.insert(asked_.calls.end(), questions.begin(), questions.end());
        auto const prepared = prepare(asked_);
        return {reference_.observe(prepared, asked_.calls.size(), limits_),
            other_.observe(prepared, asked_.calls.size(), limits_)};
    }

    Case what_;
    Member const& reference_;
    Member const& other_;
    Limits limits_;
    std::size_t first_;
    Case asked_;
};

Call question(Observer const& o, char const* function)
{
    return {.module = o.module, .function = function, .args = {}};
}

Call question(Observer const& o, char const* function, std::uint32_t at)
{
    return {.module = o.module, .function = function, .args = {Value::from_i32(at)}};
}

/// The first questions to each observer: sizes, values, digests of blocks, single elements.
std::vector<Call> first_questions(
    std::vector<Observer> const& observers, std::uint64_t bytes, std::uint64_t elements)
{
    std::vector<Call> questions;
    for (auto const& o : observers) {
        if (o.of == Observer::Of::Global || o.of == Observer::Of::Segment) {
            questions.push_back(
                question(o, o.of == Observer::Of::Global ? "get" : o.function.c_str()));
            continue;
        }
        questions.push_back(question(o, "size"));
        auto const memory = o.of == Observer::Of::Memory;
        auto const step = memory ? generators::fold_bytes : 1U;
        for (std::uint64_t at = 0; at < (memory ? bytes : elements); at += step)
            questions.push_back(
                question(o, memory ? "fold" : "is_null", static_cast<std::uint32_t>(at)));
    }
    return questions;
}

std::vector<Call> words_of_block(Call const& fold)
{
    std::vector<Call> questions;
    auto const from = static_cast<std::uint32_t>(fold.args[0].lo);
    for (std::uint32_t at = from; at < from + generators::fold_bytes; at += 8)
        questions.push_back(
            {.module = fold.module, .function = "word", .args = {Value::from_i32(at)}});
    return questions;
}

/// What the observers show differently at the end of the case.
std::optional<Witness> ask(generators::Observed observed, Member const& reference,
    Member const& other, Limits const& limits)
{
    constexpr std::uint64_t page = 65'536;
    Interview interview{std::move(observed.what), reference, other, limits};
    auto found = interview.differing(
        first_questions(observed.observers, std::min<std::uint64_t>(limits.pages, 16) * page,
            std::min<std::uint64_t>(limits.elements, 64)));
    auto const fold = std::ranges::find(found, "fold", &Call::function);
    if (fold != found.end()) {
        auto words = interview.differing(words_of_block(*fold));
        std::erase_if(found, [](Call const& c) { return c.function == "fold"; });
        found.insert(found.end(), words.begin(), words.end());
    }
    if (found.empty())
        return std::nullopt;
    found.resize(std::min(found.size(), most_calls));
    return interview.witness(std::move(found));
}

} // namespace

std::optional<Witness> witness(Subject const& subject, Panel const& panel, std::size_t member,
    CaseJudgement const& where, Limits const& limits)
{
    auto const& reference = panel.members[0];
    auto const& other = panel.members[member];
    auto upto = subject.what;
    auto const calls = where.in_instantiation ? 0 : where.step + 1;
    upto.calls.resize(std::min(calls, upto.calls.size()));
    if (where.judgement.reason == Reason::Segment)
        return ask(generators::with_segment_observers(upto), reference, other, limits);
    auto found = ask(generators::with_observers(upto), reference, other, limits);
    if (!found && where.in_instantiation) // what a failed one leaves, only others can show
        found = ask(generators::with_observers(generators::with_state_apart(upto, where.step)),
            reference, other, limits);
    return found;
}

} // namespace touchstone::campaign
