#pragma once
// Which planted faults were noticed, as text for people, as Markdown and as touchstone.mutants/1.

#include "harness/mutants/mutants.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace touchstone::reports {

/// A line a fault, then a line a layer.
[[nodiscard]] std::string mutants_text(mutants::Result const& r, mutants::Settings const& settings);

/// The page docs/mutants.md.
[[nodiscard]] std::string mutants_markdown(
    mutants::Result const& r, mutants::Settings const& settings);

/// touchstone.mutants/1, docs/json.md.
[[nodiscard]] nlohmann::ordered_json mutants_json(
    mutants::Result const& r, mutants::Settings const& settings);

} // namespace touchstone::reports
