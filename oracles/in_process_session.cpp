#include "oracles/in_process_session.hpp"

#include "oracles/outcome_seen.hpp"

#include <map>
#include <utility>

namespace touchstone {

/// What the threads of a script have in common.
struct SharedInstances
{
    std::vector<std::optional<ObservedInstance>> all;
    std::unique_ptr<Store> store; ///< goes first, and its threads with it
};

class InProcessSession final : public Session
{
public:
    InProcessSession(std::unique_ptr<Store> store, FeatureSet profile)
        : own_{std::make_unique<SharedInstances>()}, shared_{own_.get()}, profile_{profile}
    {
        own_->store = std::move(store);
    }
    /// Of a thread, which ends before they go.
    InProcessSession(SharedInstances& instances, FeatureSet profile)
        : shared_{&instances}, profile_{profile}
    {}

    [[nodiscard]] CallObservation instantiate(
        std::span<std::uint8_t const> bytes, std::optional<Instance>& instance) override
    {
        instance.reset();
        auto const module = prepare(bytes, profile_);
        if (!module)
            return refusal(module.error());
        if (auto const missing = (*module)->features().first_missing_in(shared_->store->features()))
            return unsupported(*missing);

        std::vector<ExternVal> imports;
        for (auto const& i : (*module)->module().imports) {
            auto const from = names_.find(i.module);
            auto const found = from == names_.end()
                                   ? std::nullopt
                                   : shared_->store->instance_export(address(from->second), i.name);
            if (!found) {
                CallObservation o;
                o.end = End::Unlinkable;
                o.detail = "unknown import \"" + i.module + "\" \"" + i.name + "\"";
                return o;
            }
            imports.push_back(*found);
        }
        auto done = shared_->store->module_instantiate(*module, imports);
        if (done.instance) {
            instance = static_cast<Instance>(shared_->all.size());
            shared_->all.emplace_back(ObservedInstance{*done.instance, *instance, *module});
        }
        return seen(std::move(done.outcome));
    }

    [[nodiscard]] CallObservation validate(std::span<std::uint8_t const> bytes) override
    {
        auto const module = prepare(bytes, profile_);
        if (!module)
            return refusal(module.error());
        if (auto const missing = (*module)->features().first_missing_in(shared_->store->features()))
            return unsupported(*missing);
        CallObservation o;
        o.end = End::Returned;
        return o;
    }

    void register_as(std::string const& name, Instance instance) override
    {
        if (instance < shared_->all.size())
            names_[name] = instance;
    }

    [[nodiscard]] CallObservation invoke(
        Instance instance, std::string const& function, std::span<Value const> args) override
    {
        auto const target = exported(instance, function, ExternKind::Func);
        if (!target)
            return not_run("no such function");
        auto const f = static_cast<FuncAddr>(*target);
        if (!arguments_fit(shared_->store->func_type(f).params, args))
            return not_run("the arguments do not fit");
        return seen(shared_->store->func_invoke(f, args));
    }

    [[nodiscard]] CallObservation get(Instance instance, std::string const& global) override
    {
        auto const target = exported(instance, global, ExternKind::Global);
        if (!target)
            return not_run("no such global");
        Outcome outcome;
        outcome.values.push_back(shared_->store->global_read(static_cast<GlobalAddr>(*target)));
        return seen(std::move(outcome));
    }

    [[nodiscard]] std::optional<ThreadAddr> thread_start(
        std::function<void(Session&)> const& body) override
    {
        return shared_->store->thread_start([&shared = *shared_, profile = profile_, body] {
            InProcessSession session{shared, profile};
            body(session);
        });
    }
    void thread_join(ThreadAddr thread) override { shared_->store->thread_join(thread); }

private:
    [[nodiscard]] InstanceAddr address(Instance i) const { return shared_->all[i]->address; }

    [[nodiscard]] std::optional<std::uint32_t> exported(
        Instance instance, std::string const& name, ExternKind kind) const
    {
        if (instance >= shared_->all.size())
            return std::nullopt;
        auto const found = shared_->store->instance_export(address(instance), name);
        if (!found || found->kind != kind)
            return std::nullopt;
        return found->address;
    }

    [[nodiscard]] static CallObservation not_run(std::string_view why)
    {
        CallObservation o;
        o.detail = why;
        return o;
    }

    [[nodiscard]] CallObservation seen(Outcome outcome) const
    {
        CanonicalStep step{*shared_->store, shared_->all};
        return touchstone::seen(std::move(outcome), step);
    }

    std::unique_ptr<SharedInstances> own_;
    SharedInstances* shared_;
    FeatureSet profile_;
    std::map<std::string, Instance> names_;
};

std::unique_ptr<Session> make_in_process_session(
    std::unique_ptr<Store> store, SessionOptions const& options)
{
    store->thread_seed(options.seed);
    if (options.schedule != nullptr)
        store->thread_schedule(*options.schedule);
    return std::make_unique<InProcessSession>(std::move(store), options.profile);
}

} // namespace touchstone
