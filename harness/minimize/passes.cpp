#include "harness/minimize/passes.hpp"

#include <array>

namespace touchstone::minimize {

std::span<Pass const> passes()
{
    static std::array const all{strip_names, cut_calls, drop_modules, empty_bodies, drop_entities,
        drop_exports, drop_dead_code, cut_ranges, unwrap_blocks, replace_trees, hoist_operands,
        drop_pairs, say_plainly, drop_locals, forward_locals, inline_calls, own_imports,
        drop_params, drop_results, cut_data, cut_elements, shrink_sizes, shrink_constants,
        shrink_arguments, drop_types, shorten_names, cut_refused_code, drop_refused_items,
        cut_refused_bytes};
    return all;
}

} // namespace touchstone::minimize
