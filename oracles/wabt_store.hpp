#pragma once
// A store of libwabt: instantiates modules, calls functions and shows everything that it holds.

#include "engine/embedding/limits.hpp"
#include "oracles/observation.hpp"

#include <wabt/feature.h>
#include <wabt/interp/interp.h>

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

class WabtStore
{
public:
    using Instance = std::uint32_t;
    /// The instance that an import's module name means.
    using Linker = std::function<std::optional<Instance>(std::string const& module)>;

    WabtStore(wabt::Features const& features, Limits const& limits);

    /// Decodes and validates. Not Returned: why not.
    [[nodiscard]] CallObservation validate(std::span<std::uint8_t const> bytes);
    /// `module` is the number that functions of the instance are identified by. There is an
    /// instance also if a segment or the start function trapped.
    [[nodiscard]] CallObservation instantiate(std::span<std::uint8_t const> bytes,
        std::uint32_t module, Linker const& linker, std::optional<Instance>& instance);
    /// The same of a module in text format.
    [[nodiscard]] CallObservation instantiate(std::string_view text, std::uint32_t module,
        Linker const& linker, std::optional<Instance>& instance);
    [[nodiscard]] CallObservation invoke(
        Instance instance, std::string const& function, std::span<Value const> args);
    [[nodiscard]] CallObservation get(Instance instance, std::string const& global);
    [[nodiscard]] InstanceState state(Instance instance);

private:
    /// What the module declared of a memory or table whose maximum we lowered.
    template <class Object>
    struct Capped
    {
        Object::Ptr object;
        wabt::Limits declared;
        wabt::Limits lowered;
    };

    [[nodiscard]] std::expected<wabt::interp::ModuleDesc, CallObservation> read(
        std::span<std::uint8_t const> bytes) const;
    [[nodiscard]] std::expected<wabt::interp::RefVec, CallObservation> resolve(
        wabt::interp::Module const& module, Linker const& linker);
    [[nodiscard]] std::optional<wabt::interp::Ref> exported(
        Instance instance, std::string const& name);
    [[nodiscard]] wabt::interp::Instance::Ptr instance_after(std::size_t objects);
    void number_functions(
        wabt::interp::Instance const& instance, std::uint32_t module, std::size_t imported);
    void show_declared(bool declared);

    [[nodiscard]] wabt::interp::Value to_wabt(Value const& v);
    [[nodiscard]] Value from_wabt(wabt::interp::ValueType type, wabt::interp::Value const& v) const;
    [[nodiscard]] Value from_wabt(wabt::interp::Ref ref) const;

    wabt::Features features_;
    Limits limits_;
    wabt::interp::Store store_;
    std::vector<wabt::interp::Module::Ptr> modules_;     // one an instance
    std::vector<wabt::interp::Instance::Ptr> instances_; // keeps what they reach alive
    std::vector<std::uint64_t> functions_;               // identity by Ref::index
    std::vector<wabt::interp::Foreign::Ptr> externs_;    // each host extern once
    std::vector<Capped<wabt::interp::Memory>> memories_;
    std::vector<Capped<wabt::interp::Table>> tables_;
};

} // namespace touchstone
