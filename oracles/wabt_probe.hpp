#pragma once
// Which features libwabt really has: one tiny module each, run when the oracle is made.

#include "engine/syntax/features.hpp"

#include <wabt/feature.h>

#include <expected>
#include <string>

namespace touchstone {

struct WabtFeatures
{
    FeatureSet has;
    bool table64 = false;   ///< tables with 64-bit addresses, which Memory64 includes
    wabt::Features enabled; ///< what libwabt is told, so that it accepts no more than `has`
};

/// The error says what our own front end made of a probe.
[[nodiscard]] std::expected<WabtFeatures, std::string> probe_wabt();

} // namespace touchstone
