#include "oracles/in_process.hpp"

#include "oracles/in_process_session.hpp"
#include "oracles/outcome_seen.hpp"

#include <utility>

namespace touchstone {

/// One case in one store.
class CaseRun
{
public:
    CaseRun(Prepared const& prepared, Store& store) : prepared_{prepared}, store_{store}
    {
        instances_.reserve(prepared.modules.size());
    }

    CallObservation instantiate()
    {
        auto const module = static_cast<std::uint32_t>(instances_.size());
        instances_.emplace_back();
        linkable_.push_back(false);
        auto const& prepared = prepared_.modules[module];
        if (!prepared)
            return finish(refusal(prepared.error()));
        if (auto const missing = (*prepared)->features().first_missing_in(store_.features()))
            return finish(unsupported(*missing));

        auto const imports = resolve(**prepared);
        if (!imports)
            return finish(imports.error());
        auto done = store_.module_instantiate(*prepared, *imports);
        if (done.instance)
            instances_.back() = ObservedInstance{*done.instance, module, *prepared};
        linkable_.back() = done.instance && done.outcome.end == Outcome::End::Returned;
        return finish(std::move(done.outcome));
    }

    CallObservation call(Call const& call)
    {
        CallObservation not_run;
        if (call.module >= instances_.size() || !linkable_[call.module]) {
            not_run.detail = "no instance";
            return finish(std::move(not_run));
        }
        auto const target = store_.instance_export(instances_[call.module]->address, call.function);
        if (!target || target->kind != ExternKind::Func) {
            not_run.detail = "no such function";
            return finish(std::move(not_run));
        }
        auto const function = static_cast<FuncAddr>(target->address);
        if (!arguments_fit(store_.func_type(function).params, call.args)) {
            not_run.detail = "the arguments do not fit";
            return finish(std::move(not_run));
        }
        return finish(store_.func_invoke(function, call.args));
    }

private:
    [[nodiscard]] std::expected<std::vector<ExternVal>, CallObservation> resolve(
        ValidModule const& module) const
    {
        std::vector<ExternVal> imports;
        imports.reserve(module.module().imports.size());
        for (auto const& i : module.module().imports) {
            auto const found = resolve(i.module, i.name);
            if (!found) {
                CallObservation o;
                o.end = End::Unlinkable;
                o.detail = "unknown import \"" + i.module + "\" \"" + i.name + "\"";
                return std::unexpected{std::move(o)};
            }
            imports.push_back(*found);
        }
        return imports;
    }

    /// The latest instance under a name counts, as with `register` in test scripts.
    [[nodiscard]] std::optional<ExternVal> resolve(
        std::string const& module, std::string const& name) const
    {
        for (auto i = instances_.size(); i-- > 0;)
            if (linkable_[i] && prepared_.what->modules[i].name == module)
                return store_.instance_export(instances_[i]->address, name);
        return std::nullopt;
    }

    CallObservation finish(Outcome outcome)
    {
        nan_choice_ |= outcome.nan_choice;
        relaxed_choice_ |= outcome.relaxed_choice;
        CanonicalStep step{store_, instances_};
        auto o = seen(std::move(outcome), step);
        o.nan_choice = nan_choice_;
        o.relaxed_choice = relaxed_choice_;
        o.store = step.digest();
        return o;
    }

    CallObservation finish(CallObservation o)
    {
        o.nan_choice = nan_choice_;
        o.relaxed_choice = relaxed_choice_;
        o.store = CanonicalStep{store_, instances_}.digest();
        return o;
    }

    Prepared const& prepared_;
    Store& store_;
    std::vector<std::optional<ObservedInstance>> instances_; // also those whose start trapped
    std::vector<bool> linkable_;
    bool nan_choice_ = false;
    bool relaxed_choice_ = false;
};

/// As `executed_instructions` counts.
static constexpr bool counts(std::size_t row)
{
    switch (static_cast<Opcode>(row)) {
    case Opcode::Block:
    case Opcode::Loop:
    case Opcode::Else:
    case Opcode::End:
    case Opcode::Nop: return false;
    default: return true;
    }
}

/// Takes what was counted since the last time.
class StatisticsTaker
{
public:
    explicit StatisticsTaker(CaseStatistics& s) : from_{s}, last_{s.total} {}

    StepStatistics take()
    {
        StepStatistics step;
        step.executed_instructions =
            from_.total.executed_instructions - last_.executed_instructions;
        for (std::size_t i = 0; i < last_.by_opcode.size(); ++i)
            step.distinct_opcodes +=
                counts(i) && from_.total.by_opcode[i] != last_.by_opcode[i] ? 1U : 0U;
        last_ = from_.total;
        return step;
    }

private:
    CaseStatistics& from_;
    reference::Statistics last_;
};

Observation observe(Prepared const& prepared, std::size_t calls, Limits const& limits,
    EngineFactory const& make_store, Watch const& watch)
{
    auto const store = make_store(limits);
    CaseRun run{prepared, *store};
    std::optional<StatisticsTaker> taker;
    if (watch.statistics != nullptr)
        taker.emplace(*watch.statistics);
    auto const keep = [&](std::vector<CallObservation>& steps, CallObservation o) {
        if (watch.seen)
            watch.seen(o);
        steps.push_back(std::move(o));
    };

    Observation o;
    o.instantiations.reserve(prepared.modules.size());
    for (std::size_t i = 0; i < prepared.modules.size(); ++i) {
        keep(o.instantiations, run.instantiate());
        if (taker)
            watch.statistics->instantiations.push_back(taker->take());
    }
    auto const& all = prepared.what->calls;
    auto const wanted = std::span{all}.first(std::min(calls, all.size()));
    o.calls.reserve(wanted.size());
    for (auto const& c : wanted) {
        keep(o.calls, run.call(c));
        if (taker)
            watch.statistics->calls.push_back(taker->take());
    }
    return o;
}

class InProcessOracle final : public Oracle
{
public:
    InProcessOracle(OracleInfo info, EngineFactory make_store)
        : info_{std::move(info)}, make_store_{std::move(make_store)}
    {}

    [[nodiscard]] OracleInfo const& info() const override { return info_; }

    [[nodiscard]] std::vector<Observation> observe(
        std::span<Task const> tasks, Limits const& limits) override
    {
        std::vector<Observation> all;
        all.reserve(tasks.size());
        for (auto const& t : tasks)
            all.push_back(
                touchstone::observe(prepare(*t.what), t.calls, limits, make_store_, watch_));
        return all;
    }

    void watch(std::function<void(CallObservation const&)> const& seen) override
    {
        watch_.seen = seen;
    }

    [[nodiscard]] std::unique_ptr<Session> session(SessionOptions const& options) override
    {
        return make_in_process_session(make_store_(options.limits), options);
    }

private:
    OracleInfo info_;
    EngineFactory make_store_;
    Watch watch_;
};

std::unique_ptr<Oracle> make_in_process_oracle(
    std::string name, std::string version, EngineFactory make_store)
{
    OracleInfo info{.name = std::move(name),
        .version = std::move(version),
        .features = make_store(Limits::for_campaign())->features(),
        .has_limits = true,
        .has_text = true};
    info.code_base = "touchstone/" + info.name; // they share a front end, and nothing that executes
    return std::make_unique<InProcessOracle>(std::move(info), std::move(make_store));
}

} // namespace touchstone
