#pragma once
// An engine under observation: the interface that our own engines and everybody else's come
// through.

#include "cases/case.hpp"
#include "engine/embedding/limits.hpp"
#include "engine/embedding/store.hpp"
#include "oracles/observation.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace touchstone {

/// A case, up to and including a call: an engine without fuel is not shown what comes after.
struct Task
{
    Case const* what = nullptr;
    std::size_t calls = 0;
};

struct OracleInfo
{
    std::string name;
    std::string version;
    std::string code_base;   ///< engines of one code base are not independent
    FeatureSet features;     ///< probed, not read off a version
    bool has_limits = false; ///< counts fuel and the other limits as limits.hpp says
    bool has_text = false;   ///< takes the text format
    std::string command;     ///< of a worker that is in no list

    /// As options name it: NAME, or NAME=COMMAND.
    [[nodiscard]] std::string spelled() const
    {
        return command.empty() ? name : name + "=" + command;
    }
};

/// Instances that live on between calls, for scripts.
class Session
{
public:
    using Instance = std::uint32_t;

    virtual ~Session() = default;
    /// Decodes, validates, links by registered names, instantiates. On success (also if the start
    /// function trapped) `instance` is set.
    [[nodiscard]] virtual CallObservation instantiate(
        std::span<std::uint8_t const> module, std::optional<Instance>& instance) = 0;
    /// Decodes and validates only.
    [[nodiscard]] virtual CallObservation validate(std::span<std::uint8_t const> module) = 0;
    virtual void register_as(std::string const& name, Instance instance) = 0;
    [[nodiscard]] virtual CallObservation invoke(
        Instance instance, std::string const& function, std::span<Value const> args) = 0;
    [[nodiscard]] virtual CallObservation get(Instance instance, std::string const& global) = 0;

    /// A further thread, which runs `body` in turns with those that run, in a session of its own:
    /// the instances are the same, names are not registered. Nothing if the engine has no threads.
    [[nodiscard]] virtual std::optional<ThreadAddr> thread_start(
        std::function<void(Session&)> const& /*body*/)
    {
        return std::nullopt;
    }
    /// Waits for its end.
    virtual void thread_join(ThreadAddr /*thread*/) {}
};

/// What a session is like.
struct SessionOptions
{
    Limits limits;
    FeatureSet profile = wasm3;   ///< what modules may use
    std::uint64_t seed = 0;       ///< of the interleaving of threads
    Schedule* schedule = nullptr; ///< decides about it instead; only an engine in process can
};

/// An engine under observation. It observes; it never judges, and it never throws.
class Oracle
{
public:
    virtual ~Oracle() = default;
    [[nodiscard]] virtual OracleInfo const& info() const = 0;
    /// One observation a task, in order, each in a fresh store.
    [[nodiscard]] virtual std::vector<Observation> observe(
        std::span<Task const> tasks, Limits const& limits) = 0;
    /// `seen` is called with each step of `observe` as it ends, so that what was seen before a
    /// crash is kept. An oracle that does not crash need not.
    virtual void watch(std::function<void(CallObservation const&)> const& /*seen*/) {}
    /// Absent where an engine cannot keep instances.
    [[nodiscard]] virtual std::unique_ptr<Session> session(SessionOptions const& /*options*/)
    {
        return {};
    }
};

} // namespace touchstone
