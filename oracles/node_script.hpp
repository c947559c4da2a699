#pragma once
// The files of oracles/node as one script, compiled in as text.

#include <string>

namespace touchstone {

[[nodiscard]] std::string node_script();

} // namespace touchstone
