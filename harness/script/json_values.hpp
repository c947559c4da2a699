#pragma once
// Arguments and expected results of a test script in JSON.

#include "engine/text/script.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace touchstone::script {

/// What a JSON script says where it cannot be meant.
struct WrongValue
{
    std::string why;
};

/// {"type": "i32", "value": "7"}; floats as the decimal of their bits; v128 by `lane_type`;
/// references "null" or a number. Throws WrongValue.
[[nodiscard]] Const const_from_json(nlohmann::json const& j);

/// The same, and "nan:canonical", "nan:arithmetic", types without a value, "either". Throws
/// WrongValue.
[[nodiscard]] Pattern pattern_from_json(nlohmann::json const& j);

} // namespace touchstone::script
