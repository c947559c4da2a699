#include "oracles/worker.hpp"

#include "oracles/feature_probes.hpp"
#include "oracles/worker_link.hpp"
#include "oracles/worker_request.hpp"
#include "oracles/worker_session.hpp"
#include "oracles/worker_steps.hpp"
#include "oracles/worker_values.hpp"

#include <algorithm>
#include <utility>

namespace touchstone {

using Json = nlohmann::json;

/// The steps that a worker told of, and how it ended if it did.
struct Told
{
    std::vector<CallObservation> steps;
    std::optional<Death> death;
};

static Told tell(WorkerLink& link, Json const& message, StoreShape const& shape, std::size_t wanted)
{
    Told told;
    if (auto const sent = link.send(message); !sent) {
        told.death = sent.error();
        return told;
    }
    StepReader reader{shape};
    while (told.steps.size() < wanted) {
        auto const answer = link.receive();
        if (!answer) {
            told.death = answer.error();
            return told;
        }
        try {
            auto const& steps = answer->at("steps");
            if (steps.empty() || steps.size() > wanted - told.steps.size())
                throw ProtocolError{"more steps than asked for, or none"};
            for (auto const& s : steps)
                told.steps.push_back(reader.read(s));
        } catch (std::exception const& e) {
            told.death = link.give_up(e.what());
            return told;
        }
    }
    return told;
}

/// A worker that died is asked again to tell each step at once, so that the death has its place.
static Told tell_to_the_end(
    WorkerLink& link, Json& message, StoreShape const& shape, std::size_t wanted)
{
    auto told = tell(link, message, shape, wanted);
    if (!told.death || wanted == 0)
        return told;
    message["careful"] = true;
    auto again = tell(link, message, shape, wanted);
    if (again.death || told.death->end != End::Crashed)
        return again;
    again.steps.pop_back(); // a crash counts also if it does not come again
    again.death = std::move(told.death);
    again.death->detail = "once, and not again: " + again.death->detail;
    return again;
}

static CallObservation ended(Death const& death)
{
    CallObservation o;
    o.end = death.end;
    o.detail = death.detail;
    return o;
}

class WorkerOracle final : public Oracle
{
public:
    WorkerOracle(WorkerLink link, OracleInfo info, WorkerAbilities abilities, bool has_sessions,
        std::uint32_t cases_per_worker)
        : link_{std::move(link)},
          info_{std::move(info)},
          abilities_{abilities},
          has_sessions_{has_sessions},
          cases_per_worker_{cases_per_worker}
    {}

    [[nodiscard]] OracleInfo const& info() const override { return info_; }

    [[nodiscard]] std::vector<Observation> observe(
        std::span<Task const> tasks, Limits const& limits) override
    {
        std::vector<Observation> all;
        all.reserve(tasks.size());
        for (auto const& t : tasks)
            all.push_back(observe(t, limits));
        return all;
    }

    void watch(std::function<void(CallObservation const&)> const& seen) override { seen_ = seen; }

    [[nodiscard]] std::unique_ptr<Session> session(SessionOptions const& options) override
    {
        if (!has_sessions_)
            return {};
        return make_worker_session(link_.hand_over(), abilities_.features, options);
    }

private:
    Observation observe(Task const& task, Limits const& limits)
    {
        if (served_++ >= cases_per_worker_) {
            link_.disconnect();
            served_ = 1;
        }
        auto request = worker_request(task, abilities_, limits);
        auto const modules = request.settled.size();
        auto const wanted = modules + request.message["calls"].size();
        auto told = tell_to_the_end(link_, request.message, request.shape, wanted);
        if (told.death && told.steps.size() < wanted)
            told.steps.push_back(ended(*told.death));
        told.steps.resize(wanted);

        Observation o;
        for (std::size_t i = 0; i < modules; ++i)
            add(o.instantiations, std::move(told.steps[i]), request.settled[i]);
        auto next = modules;
        auto const* last = modules == 0 ? nullptr : &o.instantiations.back();
        for (auto const& unasked : request.unasked) {
            auto step = unasked ? CallObservation{} : std::move(told.steps[next++]);
            if (unasked && last != nullptr)
                step.store = last->store;
            add(o.calls, std::move(step), unasked);
            last = &o.calls.back();
        }
        return o;
    }

    /// What was settled before counts; the store is what the worker saw.
    void add(std::vector<CallObservation>& to, CallObservation step,
        std::optional<CallObservation> const& settled)
    {
        if (settled) {
            auto store = std::move(step.store);
            step = *settled;
            step.store = std::move(store);
        }
        if (seen_)
            seen_(step);
        to.push_back(std::move(step));
    }

    WorkerLink link_;
    OracleInfo info_;
    WorkerAbilities abilities_;
    bool has_sessions_;
    std::uint32_t cases_per_worker_;
    std::uint32_t served_ = 0;
    std::function<void(CallObservation const&)> seen_;
};

static std::string in_words(Told const& told)
{
    std::string text;
    for (auto const& s : told.steps) {
        text += name(s.end);
        for (auto const& v : s.values)
            text += " " + worker_text(v);
        text += (s.detail.empty() ? "" : " " + s.detail) + ", ";
    }
    return text + (told.death ? told.death->detail : "which is not i32 1");
}

static std::expected<FeatureSet, std::string> probe(WorkerLink& link)
{
    FeatureSet found;
    auto const limits = Limits::for_campaign();
    for (auto const& p : feature_probes()) {
        auto const bytes = assemble_probe(p.text);
        if (!bytes)
            return std::unexpected{
                "the probe for " + std::string{name(p.feature)} + " is " + bytes.error()};
        Case const c{.modules = {{"m", *bytes}}, .calls = {{0, "f", {}}}};
        auto const request =
            worker_request({&c, 1}, {.features = wasm3, .shows_everything = true}, limits);
        auto const told = tell(link, request.message, request.shape, 2);
        if (told.steps.size() == 2 && told.steps[1].values == std::vector{Value::from_i32(1)})
            found.add(p.feature);
        else if (p.feature == Feature::Wasm1)
            return std::unexpected{"it does not run the simplest module: " + in_words(told)};
    }
    return found;
}

std::expected<std::unique_ptr<Oracle>, std::string> make_worker_oracle(
    WorkerSource const& source, IsolationLimits const& limits)
{
    WorkerLink link{
        {.arguments = source.arguments, .memory_bytes = limits.memory_bytes}, limits.time_per_case};
    auto const hello = link.connect();
    if (!hello)
        return std::unexpected{hello.error()};
    auto const features = probe(link);
    if (!features)
        return std::unexpected{features.error()};
    OracleInfo info{.name = source.name,
        .version = hello->version,
        .code_base = hello->code_base,
        .features = *features,
        .has_limits = hello->has_limits,
        .has_text = false,
        .command = source.command};
    return std::make_unique<WorkerOracle>(std::move(link), std::move(info),
        WorkerAbilities{.features = *features, .shows_everything = hello->shows_everything},
        hello->has_sessions, limits.cases_per_worker);
}

} // namespace touchstone
