#pragma once
// `touchstone oracles check`: an oracle against what it promises.

#include "cli/command.hpp"

#include <string>

namespace touchstone::cli {

/// `what` is the name of an oracle, or the command of a worker.
[[nodiscard]] Exit check_oracle(std::string const& what, std::string const& json, Io io);

} // namespace touchstone::cli
