#pragma once
// What became of each directive of a test script on one engine.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::script {

enum class Verdict : std::uint8_t
{
    Done, ///< not an assertion, and it went as it must
    Passed,
    Failed,
    Unsupported,   ///< it needs, perhaps through what it depends on, a feature the engine lacks
    Skipped,       ///< not tried; `reason` says why
    NotApplicable, ///< says nothing about this engine; `reason` says why
    Crashed,
};

/// What a directive expected that was not tried because its instance is not there.
inline constexpr std::string_view no_dependency = "what it depends on";

/// One directive. `directive` points to static text.
struct DirectiveResult
{
    std::uint32_t line = 0;
    std::string_view directive; ///< "assert_return", "module", ...
    Verdict verdict = Verdict::Done;
    bool made_instance = false; ///< a module of the script was instantiated
    std::string expected;       ///< of Failed and Crashed
    std::string got;            ///< of Failed and Crashed
    std::string feature;        ///< of Unsupported
    std::string reason;         ///< of Skipped and NotApplicable, and of an expected failure
};

} // namespace touchstone::script
