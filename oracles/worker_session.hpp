#pragma once
// Instances that live on in a worker.

#include "oracles/oracle.hpp"
#include "oracles/worker_link.hpp"

#include <memory>

namespace touchstone {

/// Null if the worker does not open one. After a crash it goes on with its instances as they were
/// before, made again. What the profile has and `features` has not is unsupported.
[[nodiscard]] std::unique_ptr<Session> make_worker_session(
    WorkerLink link, FeatureSet features, SessionOptions const& options);

} // namespace touchstone
