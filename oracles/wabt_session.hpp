#pragma once
// Instances of libwabt that live on between calls.

#include "oracles/oracle.hpp"
#include "oracles/prepared.hpp"
#include "oracles/wabt_probe.hpp"

#include <memory>
#include <optional>

namespace touchstone {

[[nodiscard]] std::unique_ptr<Session> make_wabt_session(
    WabtFeatures const& features, Limits const& limits);

/// What a module uses that this libwabt lacks; decided by our validator before libwabt is asked.
[[nodiscard]] std::optional<Feature> lacking(
    WabtFeatures const& features, PreparedModule const& module);

} // namespace touchstone
