#pragma once
// The planted faults of what both engines share, by name: decoder and validator.

#include "engine/syntax/fault_switch.hpp"

#include <cstdint>

namespace touchstone {

enum class SharedFault : std::uint8_t
{
#define FAULT(name, id, fault_class, feature, instruction, what) name,
#include "engine/syntax/faults.inc"
#undef FAULT
};

} // namespace touchstone
