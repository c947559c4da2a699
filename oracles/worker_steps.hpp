#pragma once
// What a worker tells of a step, as an observation (docs/protocol.md).

#include "oracles/observation.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace touchstone {

/// An answer that makes no sense; what is wrong with it.
struct ProtocolError : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// How many entries the lists of an instance have, imports first.
struct InstanceShape
{
    std::size_t memories = 0;
    std::size_t tables = 0;
    std::size_t globals = 0;
    std::size_t elems = 0;
    std::size_t datas = 0;
};

/// By module of a case; absent of a module that we do not accept.
using StoreShape = std::vector<std::optional<InstanceShape>>;

/// The steps of one case in order: "same" is as in the step before.
class StepReader
{
public:
    /// Of a session, whose steps need no store.
    StepReader() = default;
    explicit StepReader(StoreShape shape) : shape_{std::move(shape)} {}

    /// Throws ProtocolError, or what the JSON library throws for a wrong type.
    [[nodiscard]] CallObservation read(nlohmann::json const& step);

private:
    [[nodiscard]] StoreDigest read_store(nlohmann::json const& store);

    std::optional<StoreShape> shape_;
    std::size_t steps_ = 0;
    std::vector<std::optional<InstanceState>> last_;
};

} // namespace touchstone
