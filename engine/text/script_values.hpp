#pragma once
// Arguments and expected results of test scripts.

#include "engine/text/cursor.hpp"
#include "engine/text/script.hpp"

#include <vector>

namespace touchstone::text {

/// (i32.const 7) (ref.extern 1) ... up to what is no constant.
[[nodiscard]] std::vector<script::Const> constants(Cursor& in);

/// Expected results, up to what is none.
[[nodiscard]] std::vector<script::Pattern> patterns(Cursor& in);

} // namespace touchstone::text
