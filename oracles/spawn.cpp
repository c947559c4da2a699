#include "oracles/spawn.hpp"

#include "oracles/feature_probes.hpp"
#include "oracles/spawner.hpp"

#include <algorithm>

namespace touchstone {

static CallObservation ended(End end, std::string detail)
{
    CallObservation o;
    o.end = end;
    o.detail = std::move(detail);
    return o;
}

/// What the engine cannot be asked.
static std::optional<CallObservation> settled(PreparedModule const& module, FeatureSet features)
{
    if (!module) {
        auto const& e = module.error();
        return e.kind == Error::Kind::Unsupported && e.feature
                   ? std::optional{unsupported(*e.feature)}
                   : std::nullopt;
    }
    if (auto const missing = (*module)->features().first_missing_in(features))
        return unsupported(*missing);
    if (!(*module)->module().imports.empty())
        return ended(End::Refused, "the engine is given one module at a time, without imports");
    return std::nullopt;
}

static bool call_fits(ValidModule const& module, Call const& call)
{
    for (auto const& e : module.module().exports)
        if (e.kind == ExternKind::Func && e.name == call.function)
            return arguments_fit(module.func_type(module.funcs()[e.index]).params, call.args);
    return false;
}

/// A module, and the calls that returned: what every later process begins with.
struct SpawnedInstance
{
    std::shared_ptr<ValidModule const> module;
    std::vector<Call> before;
};

class SpawnSession final : public Session
{
public:
    SpawnSession(Spawner const& spawner, FeatureSet features)
        : spawner_{spawner}, features_{features}
    {}

    [[nodiscard]] CallObservation instantiate(
        std::span<std::uint8_t const> bytes, std::optional<Instance>& instance) override
    {
        instance.reset();
        auto const module = prepare(bytes);
        if (auto const known = settled(module, features_))
            return *known;
        if (!module)
            return spawner_.refuse(bytes);
        auto seen = spawner_.run(**module, {}, {});
        if (seen.end == End::Returned) {
            instance = static_cast<Instance>(instances_.size());
            instances_.push_back({*module, {}});
        }
        return seen;
    }

    [[nodiscard]] CallObservation validate(std::span<std::uint8_t const> bytes) override
    {
        auto const module = prepare(bytes);
        if (!module)
            return settled(module, features_).value_or(spawner_.refuse(bytes));
        if (auto const known = settled(module, features_))
            return *known;
        return spawner_.run(**module, {}, {});
    }

    void register_as(std::string const& /*name*/, Instance /*instance*/) override {}

    [[nodiscard]] CallObservation invoke(
        Instance instance, std::string const& function, std::span<Value const> args) override
    {
        if (instance >= instances_.size())
            return ended(End::NotRun, "no instance");
        auto& i = instances_[instance];
        Call call{.function = function, .args = {args.begin(), args.end()}};
        if (!call_fits(*i.module, call))
            return ended(End::NotRun, "no such function, or the arguments do not fit");
        auto seen = spawner_.run(*i.module, i.before, {.call = &call});
        if (seen.end == End::Returned)
            i.before.push_back(std::move(call));
        return seen;
    }

    [[nodiscard]] CallObservation get(Instance instance, std::string const& global) override
    {
        if (instance >= instances_.size())
            return ended(End::NotRun, "no instance");
        auto const& i = instances_[instance];
        return spawner_.run(*i.module, i.before, {.global = global});
    }

private:
    Spawner const& spawner_;
    FeatureSet features_;
    std::vector<SpawnedInstance> instances_;
};

class SpawnOracle final : public Oracle
{
public:
    SpawnOracle(Spawner spawner, OracleInfo info)
        : spawner_{std::move(spawner)}, info_{std::move(info)}
    {}

    [[nodiscard]] OracleInfo const& info() const override { return info_; }

    [[nodiscard]] std::vector<Observation> observe(
        std::span<Task const> tasks, Limits const& /*limits*/) override
    {
        std::vector<Observation> all;
        for (auto const& t : tasks)
            all.push_back(observe(t));
        return all;
    }

    void watch(std::function<void(CallObservation const&)> const& seen) override { seen_ = seen; }

    [[nodiscard]] std::unique_ptr<Session> session(SessionOptions const& /*options*/) override
    {
        return std::make_unique<SpawnSession>(spawner_, info_.features);
    }

private:
    Observation observe(Task const& task)
    {
        auto const& c = *task.what;
        Observation o;
        std::vector<std::optional<SpawnedInstance>> instances;
        for (auto const& m : c.modules) {
            auto const module = prepare(m);
            auto known =
                m.format == Format::Text ? takes_no_text() : settled(module, info_.features);
            if (!known)
                known = module ? spawner_.run(**module, {}, {}) : spawner_.refuse(m.bytes);
            auto& i = instances.emplace_back();
            if (known->end == End::Returned)
                i = SpawnedInstance{*module, {}};
            add(o.instantiations, *std::move(known));
        }
        for (auto const& call : std::span{c.calls}.first(std::min(task.calls, c.calls.size())))
            add(o.calls, observe(call, instances));
        return o;
    }

    CallObservation observe(
        Call const& call, std::vector<std::optional<SpawnedInstance>>& instances)
    {
        if (call.module >= instances.size() || !instances[call.module])
            return ended(End::NotRun, "no instance");
        auto& i = *instances[call.module];
        if (!i.module)
            return ended(
                End::Refused, "what an earlier call left is out of reach: it did not return");
        if (!call_fits(*i.module, call))
            return ended(End::NotRun, "no such function, or the arguments do not fit");
        auto seen = spawner_.run(*i.module, i.before, {.call = &call});
        if (seen.end == End::Returned)
            i.before.push_back(call);
        else
            i.module.reset();
        return seen;
    }

    void add(std::vector<CallObservation>& to, CallObservation step)
    {
        if (seen_)
            seen_(step);
        to.push_back(std::move(step));
    }

    Spawner spawner_;
    OracleInfo info_;
    std::function<void(CallObservation const&)> seen_;
};

static std::expected<FeatureSet, std::string> probe(Spawner const& spawner)
{
    FeatureSet found;
    Call const call{.function = "f"};
    for (auto const& p : feature_probes()) {
        auto const bytes = assemble_probe(p.text);
        auto const module = bytes ? prepare(*bytes) : PreparedModule{};
        if (!bytes || !module)
            return std::unexpected{"the probe for " + std::string{name(p.feature)} + " is wrong"};
        auto const seen = spawner.run(**module, {}, {.call = &call});
        if (seen.values == std::vector{Value::from_i32(1)})
            found.add(p.feature);
        else if (p.feature == Feature::Wasm1)
            return std::unexpected{"it does not run the simplest module: " +
                                   std::string{name(seen.end)} + " " + seen.detail};
    }
    return found;
}

std::expected<std::unique_ptr<Oracle>, std::string> make_spawn_oracle(
    std::string const& name, std::string const& path, IsolationLimits const& limits)
{
    auto config = read_spawn_config(path);
    if (!config)
        return std::unexpected{config.error()};
    Spawner spawner{*std::move(config), limits};
    auto const features = probe(spawner);
    if (!features)
        return std::unexpected{path + ": " + features.error()};
    OracleInfo info{.name = name,
        .version = spawner.version(),
        .code_base = name,
        .features = *features,
        .has_limits = false,
        .has_text = false,
        .command = path};
    return std::make_unique<SpawnOracle>(std::move(spawner), std::move(info));
}

} // namespace touchstone
