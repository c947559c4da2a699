#pragma once
// A case as it is put to a worker: what it can be asked, and what is settled before.

#include "oracles/oracle.hpp"
#include "oracles/prepared.hpp"
#include "oracles/worker_steps.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <vector>

namespace touchstone {

/// What the worker's engine is known to do.
struct WorkerAbilities
{
    FeatureSet features;
    bool shows_everything = false;
};

/// Why the engine is not asked about a module that it may refuse or lacks a feature for; nothing if
/// it is.
[[nodiscard]] std::optional<CallObservation> settled_before(
    PreparedModule const& module, FeatureSet features, Limits const& limits);

/// The type of the function that the module exports under this name.
[[nodiscard]] FuncType const* exported_function(
    PreparedModule const& module, std::string const& name);

[[nodiscard]] bool exports_global(PreparedModule const& module, std::string const& name);

struct WorkerRequest
{
    nlohmann::json message;
    std::vector<std::optional<CallObservation>> settled; ///< by module
    std::vector<std::optional<CallObservation>> unasked; ///< by call
    StoreShape shape;                                    ///< of what the steps show
};

[[nodiscard]] WorkerRequest worker_request(
    Task const& task, WorkerAbilities const& abilities, Limits const& limits);

} // namespace touchstone
