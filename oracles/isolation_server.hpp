#pragma once
// The server process of an isolated oracle: small, single-threaded, it forks the children and
// buries them.

#include "oracles/isolated.hpp"
#include "oracles/isolation_exchange.hpp"

#include <sys/types.h>

namespace touchstone::isolation {

/// What the server and its children have of the world.
struct Endpoints
{
    int control; ///< the server's, to the parent
    int work;    ///< the child's, to the parent
    int log;     ///< standard error of both: a file
    pid_t parent;
};

/// Serves until the parent closes the control socket or dies.
[[noreturn]] void run_server(MakeOracle const& make, IsolationLimits const& limits,
    Endpoints const& ends, Exchange& exchange);

} // namespace touchstone::isolation
