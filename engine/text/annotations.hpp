#pragma once
// The annotations that stand for custom sections (appendix/custom.html): @custom, @name and
// @metadata.code.branch_hint.

#include "engine/syntax/module.hpp"
#include "engine/text/lexer.hpp"

#include <vector>

namespace touchstone::text {

/// A module's annotations: sections to `m.customs`, names to `m.names`, hints to
/// `m.branch_hints`, between two tokens of the
/// list, of which the first is behind `(module $id?` or the first of bare fields. What is wrong or
/// misplaced is left out and told: Malformed, or Invalid for a hint on what is no branch. Iterative
/// and linear.
[[nodiscard]] std::vector<Error> apply_annotations(
    TokenList const& list, std::size_t first, std::size_t end, Module& m);

} // namespace touchstone::text
