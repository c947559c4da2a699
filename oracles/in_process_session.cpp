#include "oracles/in_process_session.hpp"

#include "oracles/outcome_seen.hpp"

#include <map>
#include <utility>

namespace touchstone {

class InProcessSession final : public Session
{
public:
    explicit InProcessSession(std::unique_ptr<Store> store) : store_{std::move(store)} {}

    [[nodiscard]] CallObservation instantiate(
        std::span<std::uint8_t const> bytes, std::optional<Instance>& instance) override
    {
        instance.reset();
        auto const module = prepare(bytes);
        if (!module)
            return refusal(module.error());
        if (auto const missing = (*module)->features().first_missing_in(store_->features()))
            return unsupported(*missing);

        std::vector<ExternVal> imports;
        for (auto const& i : (*module)->module().imports) {
            auto const from = names_.find(i.module);
            auto const found = from == names_.end()
                                   ? std::nullopt
                                   : store_->instance_export(address(from->second), i.name);
            if (!found) {
                CallObservation o;
                o.end = End::Unlinkable;
                o.detail = "unknown import \"" + i.module + "\" \"" + i.name + "\"";
                return o;
            }
            imports.push_back(*found);
        }
        auto done = store_->module_instantiate(*module, imports);
        if (done.instance) {
            instance = static_cast<Instance>(instances_.size());
            instances_.emplace_back(ObservedInstance{*done.instance, *instance, *module});
        }
        return seen(std::move(done.outcome));
    }

    [[nodiscard]] CallObservation validate(std::span<std::uint8_t const> bytes) override
    {
        auto const module = prepare(bytes);
        if (!module)
            return refusal(module.error());
        if (auto const missing = (*module)->features().first_missing_in(store_->features()))
            return unsupported(*missing);
        CallObservation o;
        o.end = End::Returned;
        return o;
    }

    void register_as(std::string const& name, Instance instance) override
    {
        if (instance < instances_.size())
            names_[name] = instance;
    }

    [[nodiscard]] CallObservation invoke(
        Instance instance, std::string const& function, std::span<Value const> args) override
    {
        auto const target = exported(instance, function, ExternKind::Func);
        if (!target)
            return not_run("no such function");
        auto const f = static_cast<FuncAddr>(*target);
        if (!arguments_fit(store_->func_type(f).params, args))
            return not_run("the arguments do not fit");
        return seen(store_->func_invoke(f, args));
    }

    [[nodiscard]] CallObservation get(Instance instance, std::string const& global) override
    {
        auto const target = exported(instance, global, ExternKind::Global);
        if (!target)
            return not_run("no such global");
        Outcome outcome;
        outcome.values.push_back(store_->global_read(static_cast<GlobalAddr>(*target)));
        return seen(std::move(outcome));
    }

private:
    [[nodiscard]] InstanceAddr address(Instance i) const { return instances_[i]->address; }

    [[nodiscard]] std::optional<std::uint32_t> exported(
        Instance instance, std::string const& name, ExternKind kind) const
    {
        if (instance >= instances_.size())
            return std::nullopt;
        auto const found = store_->instance_export(address(instance), name);
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
        CanonicalStep step{*store_, instances_};
        return touchstone::seen(std::move(outcome), step);
    }

    std::unique_ptr<Store> store_;
    std::vector<std::optional<ObservedInstance>> instances_;
    std::map<std::string, Instance> names_;
};

std::unique_ptr<Session> make_in_process_session(std::unique_ptr<Store> store)
{
    return std::make_unique<InProcessSession>(std::move(store));
}

} // namespace touchstone
