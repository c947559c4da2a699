#pragma once
// A suite run as JUnit XML, for continuous-integration services.

#include "harness/script/suite.hpp"

#include <string>

namespace touchstone::reports {

/// One testsuite an engine, one testcase a script. A script fails with its first failure as the
/// message and all of them as the text; it is skipped where nothing of it could be asked. Text goes
/// through `visible_text`: XML holds no control characters.
[[nodiscard]] std::string junit(script::SuiteReport const& report);

} // namespace touchstone::reports
