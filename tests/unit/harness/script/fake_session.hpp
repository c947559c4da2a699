#pragma once
// An engine that answers what a test tells it to, for tests of the runner.

#include "engine/binary/decode.hpp"
#include "engine/validation/validate.hpp"
#include "oracles/oracle.hpp"

#include <functional>
#include <map>
#include <set>

namespace touchstone::script {

inline CallObservation ended(End end)
{
    CallObservation o;
    o.end = end;
    return o;
}

inline CallObservation returned(std::vector<Value> values)
{
    auto o = ended(End::Returned);
    o.values = std::move(values);
    return o;
}

inline CallObservation trapped(Trap t)
{
    auto o = ended(End::Trapped);
    o.traps = {t};
    return o;
}

/// Has no memory64. Functions answer by name, whatever the instance.
class FakeSession : public Session
{
public:
    std::map<std::string, CallObservation> answers;
    std::function<void(std::string const&)> on_invoke = [](std::string const&) {};
    CallObservation instantiation = ended(End::Returned);
    std::vector<Instance> asked; ///< which instances were called
    std::set<std::string> names;

    static FeatureSet supported_features()
    {
        auto all = wasm3;
        all.remove(Feature::Memory64);
        return all;
    }

    CallObservation instantiate(
        std::span<std::uint8_t const> module, std::optional<Instance>& instance) override
    {
        auto const front = validate(module);
        if (front.end != End::Returned)
            return front;
        auto const decoded = decode(module);
        for (auto const& i : decoded->imports)
            if (!names.contains(i.module)) {
                auto o = ended(End::Unlinkable);
                o.detail = "unknown import \"" + i.module + "\"";
                return o;
            }
        if (names.contains("spectest") && instantiation.end != End::Returned)
            return instantiation;
        instance = count_++;
        return ended(End::Returned);
    }

    CallObservation validate(std::span<std::uint8_t const> bytes) override
    {
        auto module = decode(bytes);
        if (!module) {
            auto o = ended(End::Malformed);
            o.detail = describe(module.error());
            return o;
        }
        auto const valid = touchstone::validate(std::move(*module));
        if (!valid) {
            auto o = ended(End::Invalid);
            o.detail = describe(valid.error());
            return o;
        }
        if (!(*valid)->features().has(Feature::Memory64))
            return ended(End::Returned);
        auto o = ended(End::Unsupported);
        o.feature = Feature::Memory64;
        return o;
    }

    void register_as(std::string const& name, Instance) override { names.insert(name); }

    CallObservation invoke(
        Instance instance, std::string const& function, std::span<Value const>) override
    {
        asked.push_back(instance);
        on_invoke(function);
        auto const found = answers.find(function);
        return found == answers.end() ? ended(End::NotRun) : found->second;
    }

    CallObservation get(Instance instance, std::string const& global) override
    {
        return invoke(instance, global, {});
    }

private:
    Instance count_ = 0;
};

} // namespace touchstone::script
