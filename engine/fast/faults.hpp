#pragma once
// The planted faults of the fast engine, by name.

#include "engine/syntax/fault_switch.hpp"

#include <cstdint>

namespace touchstone::fast {

enum class Fault : std::uint8_t
{
#define FAULT(name, id, fault_class, feature, instruction, what) name,
#include "engine/fast/faults.inc"
#undef FAULT
};

} // namespace touchstone::fast
