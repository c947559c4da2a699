#pragma once
// A case whose modules were decoded and validated once, for several engines to run.

#include "cases/case.hpp"
#include "engine/validation/validate.hpp"
#include "oracles/observation.hpp"

#include <expected>
#include <memory>
#include <span>
#include <vector>

namespace touchstone {

using PreparedModule = std::expected<std::shared_ptr<ValidModule const>, Error>;

/// `what` must outlive it. One entry a module of the case.
struct Prepared
{
    Case const* what = nullptr;
    std::vector<PreparedModule> modules;
};

/// Decodes and validates one module. What of the standard the profile lacks is Unsupported.
[[nodiscard]] PreparedModule prepare(
    std::span<std::uint8_t const> bytes, FeatureSet profile = wasm3);

/// Decodes or parses, and validates.
[[nodiscard]] PreparedModule prepare(CaseModule const& m);

/// Decodes or parses, and validates, every module of a case.
[[nodiscard]] Prepared prepare(Case const& c);

/// What an engine that shares our front end is seen to do with a module that it refused.
[[nodiscard]] CallObservation refusal(Error const& e);

/// Of a step that needs a feature which the engine does not have.
[[nodiscard]] CallObservation unsupported(Feature f);

/// Of a module in text format, by an engine that takes none.
[[nodiscard]] CallObservation takes_no_text();

/// May these be the arguments of a function with these parameters? Adapters do not make calls that
/// do not fit.
[[nodiscard]] bool arguments_fit(ResultType const& params, std::span<Value const> args);

} // namespace touchstone
