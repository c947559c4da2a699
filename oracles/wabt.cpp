#include "oracles/wabt.hpp"

#include "oracles/prepared.hpp"
#include "oracles/wabt_probe.hpp"
#include "oracles/wabt_session.hpp"
#include "oracles/wabt_store.hpp"

#include <algorithm>
#include <utility>

namespace touchstone {

/// An access with an offset beyond 32 bits.
static bool is_wide(Instr const& i)
{
    auto const kind = info(i.op).immediates;
    return (kind == Immediates::Memarg || kind == Immediates::MemargLane) && i.imm >> 32 != 0;
}

template <class Predicate>
static bool has_instruction(ValidModule const& m, Predicate const& is_it)
{
    return std::ranges::any_of(
        m.module().funcs, [&](Func const& f) { return std::ranges::any_of(f.body.instrs, is_it); });
}

/// wabt takes the first memory's address type for all of them where it reads the offsets of data
/// segments and of loads and stores.
static bool confuses_memories(ValidModule const& m)
{
    auto const& memories = m.memories();
    auto const is_other = [&](Index x) {
        return memories[x].limits.addr != memories[0].limits.addr;
    };
    return std::ranges::any_of(m.module().datas, [&](Data const& d) {
        return d.mode == Data::Mode::Active && is_other(d.memory);
    }) || has_instruction(m, [&](Instr const& i) { return is_wide(i) && is_other(i.x); });
}

/// Its text format has no wide offsets, whatever the memory.
static std::optional<Feature> lacking_in_text(PreparedModule const& module)
{
    return module && has_instruction(**module, is_wide) ? std::optional{Feature::Memory64}
                                                        : std::nullopt;
}

std::optional<Feature> lacking(WabtFeatures const& features, PreparedModule const& module)
{
    if (!module) // it may have to say no as well; where our validator cannot tell, neither can we
        return module.error().kind == Error::Kind::Unsupported ? module.error().feature
                                                               : std::nullopt;
    if (auto const missing = (*module)->features().first_missing_in(features.has))
        return missing;
    if (!features.table64)
        for (auto const& t : (*module)->tables())
            if (t.limits.addr == AddrType::I64)
                return Feature::Memory64;
    if (confuses_memories(**module))
        return Feature::MultiMemory;
    return std::nullopt;
}

class WabtOracle final : public Oracle
{
public:
    WabtOracle(OracleInfo info, WabtFeatures const& features)
        : info_{std::move(info)}, features_{features}
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
        return make_wabt_session(features_, options.limits);
    }

private:
    Observation observe(Task const& task, Limits const& limits)
    {
        WabtStore store{features_.enabled, limits};
        std::vector<std::optional<WabtStore::Instance>> instances;
        std::vector<bool> linkable;
        auto const& c = *task.what;

        auto const digest = [&] {
            StoreDigest d;
            d.heap = Extent{}; // it has no objects
            for (auto const& i : instances)
                d.instances.push_back(i ? std::optional{store.state(*i)} : std::nullopt);
            return d;
        };
        // The latest instance under a name counts, as with `register` in test scripts.
        auto const linker = [&](std::string const& name) -> std::optional<WabtStore::Instance> {
            for (auto i = linkable.size(); i-- > 0;)
                if (linkable[i] && c.modules[i].name == name)
                    return instances[i];
            return std::nullopt;
        };

        Observation seen;
        for (auto const& m : c.modules) {
            std::optional<WabtStore::Instance> instance;
            auto const number = static_cast<std::uint32_t>(instances.size());
            auto const prepared = prepare(m);
            auto missing = lacking(features_, prepared);
            if (!missing && m.format == Format::Text)
                missing = lacking_in_text(prepared);
            auto o = missing ? unsupported(*missing)
                     : m.format == Format::Text
                         ? store.instantiate(m.text(), number, linker, instance)
                         : store.instantiate(m.bytes, number, linker, instance);
            instances.push_back(instance);
            linkable.push_back(instance && o.end == End::Returned);
            o.store = digest();
            if (seen_)
                seen_(o);
            seen.instantiations.push_back(std::move(o));
        }
        for (auto const& call : std::span{c.calls}.first(std::min(task.calls, c.calls.size()))) {
            CallObservation o;
            if (call.module < instances.size() && linkable[call.module])
                o = store.invoke(*instances[call.module], call.function, call.args);
            else
                o.detail = "no instance";
            o.store = digest();
            if (seen_)
                seen_(o);
            seen.calls.push_back(std::move(o));
        }
        return seen;
    }

    OracleInfo info_;
    WabtFeatures features_;
    std::function<void(CallObservation const&)> seen_;
};

std::expected<std::unique_ptr<Oracle>, std::string> make_wabt_oracle()
{
    auto const features = probe_wabt();
    if (!features)
        return std::unexpected{features.error()};
    OracleInfo info{.name = "wabt",
        .version = TOUCHSTONE_WABT_VERSION,
        .code_base = "wabt",
        .features = features->has,
        .has_limits = false,
        .has_text = false};
    return std::make_unique<WabtOracle>(std::move(info), *features);
}

} // namespace touchstone
