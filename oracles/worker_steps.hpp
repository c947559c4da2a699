#pragma once
// What a worker tells of a step, as an observation (docs/protocol.md).

#include "oracles/observation.hpp"

#include <nlohmann/json_fwd.hpp>

#include <stdexcept>
#include <vector>

namespace touchstone {

/// An answer that makes no sense; what is wrong with it.
struct ProtocolError : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// The steps of one case in order: "same" is as in the step before.
class StepReader
{
public:
    /// Throws ProtocolError, or what the JSON library throws for a wrong type.
    [[nodiscard]] CallObservation read(nlohmann::json const& step);

private:
    [[nodiscard]] StoreDigest read_store(nlohmann::json const& store);
    void read_instance(nlohmann::json const& from, InstanceState& state);

    std::vector<std::optional<InstanceState>> last_;
};

} // namespace touchstone
