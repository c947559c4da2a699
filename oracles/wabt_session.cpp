#include "oracles/wabt_session.hpp"

#include "oracles/wabt_store.hpp"

#include <map>

namespace touchstone {

class WabtSession final : public Session
{
public:
    WabtSession(WabtFeatures const& features, Limits const& limits)
        : features_{features}, store_{features.enabled, limits}
    {}

    [[nodiscard]] CallObservation instantiate(
        std::span<std::uint8_t const> module, std::optional<Instance>& instance) override
    {
        instance.reset();
        if (auto const missing = lacking(features_, prepare(module)))
            return unsupported(*missing);
        auto const linker = [this](std::string const& name) -> std::optional<Instance> {
            auto const found = names_.find(name);
            return found == names_.end() ? std::nullopt : std::optional{found->second};
        };
        auto seen = store_.instantiate(module, count_, linker, instance);
        if (instance)
            count_ = *instance + 1;
        return seen;
    }

    [[nodiscard]] CallObservation validate(std::span<std::uint8_t const> module) override
    {
        if (auto const missing = lacking(features_, prepare(module)))
            return unsupported(*missing);
        return store_.validate(module);
    }

    void register_as(std::string const& name, Instance instance) override
    {
        if (instance < count_)
            names_[name] = instance;
    }

    [[nodiscard]] CallObservation invoke(
        Instance instance, std::string const& function, std::span<Value const> args) override
    {
        return instance < count_ ? store_.invoke(instance, function, args) : CallObservation{};
    }

    [[nodiscard]] CallObservation get(Instance instance, std::string const& global) override
    {
        return instance < count_ ? store_.get(instance, global) : CallObservation{};
    }

private:
    WabtFeatures features_;
    WabtStore store_;
    std::map<std::string, Instance> names_;
    Instance count_ = 0;
};

std::unique_ptr<Session> make_wabt_session(WabtFeatures const& features, Limits const& limits)
{
    return std::make_unique<WabtSession>(features, limits);
}

} // namespace touchstone
