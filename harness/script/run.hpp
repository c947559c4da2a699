#pragma once
// Executes a test script on one engine and says what became of each directive.

#include "engine/text/script.hpp"
#include "harness/script/result.hpp"
#include "oracles/oracle.hpp"

#include <functional>
#include <vector>

namespace touchstone::script {

struct RunOptions
{
    bool strict_messages = false; ///< malformed, invalid and unlinkable also by their text
    FeatureSet profile = wasm3;   ///< what modules may use
    std::function<void(std::uint32_t line)> before = {}; ///< called ahead of each directive
    /// Called with what each action was seen to do.
    std::function<void(std::uint32_t line, CallObservation const& seen)> seen = {};
};

/// All directives, in order, those of threads where they are waited for or at the end. `session` is
/// a fresh one of the engine that `info` describes; the `spectest` module is put into it first.
/// Text is parsed here, engines are given bytes.
[[nodiscard]] std::vector<DirectiveResult> run(
    Script const& script, Session& session, OracleInfo const& info, RunOptions const& options = {});

/// How many directives there are, with those of threads.
[[nodiscard]] std::uint64_t count_directives(Script const& script);

} // namespace touchstone::script
