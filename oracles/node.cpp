#include "oracles/node.hpp"

#include "oracles/node_script.hpp"
#include "oracles/worker.hpp"

#include <cstdlib>

namespace touchstone {

std::expected<std::unique_ptr<Oracle>, std::string> make_node_oracle(IsolationLimits const& limits)
{
    auto const* const chosen = std::getenv("TOUCHSTONE_NODE");
    std::string const program = chosen == nullptr || *chosen == '\0' ? "node" : chosen;
    return make_worker_oracle(
        {.name = "node",
            .arguments = {program, "--input-type=module", "--eval", std::string{node_script()}}},
        limits);
}

} // namespace touchstone
