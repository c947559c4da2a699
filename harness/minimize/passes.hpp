#pragma once
// The passes, each a file's; passes.cpp has them in order.

#include "harness/minimize/pass.hpp"

namespace touchstone::minimize {

extern Pass const strip_names;
extern Pass const cut_calls;
extern Pass const drop_modules;
extern Pass const empty_bodies;
extern Pass const drop_entities;
extern Pass const drop_exports;
extern Pass const drop_dead_code;
extern Pass const cut_ranges;
extern Pass const unwrap_blocks;
extern Pass const replace_trees;
extern Pass const hoist_operands;
extern Pass const drop_pairs;
extern Pass const say_plainly;
extern Pass const drop_locals;
extern Pass const forward_locals;
extern Pass const drop_params;
extern Pass const drop_results;
extern Pass const inline_calls;
extern Pass const own_imports;
extern Pass const shrink_constants;
extern Pass const shrink_arguments;
extern Pass const cut_data;
extern Pass const cut_elements;
extern Pass const shrink_sizes;
extern Pass const drop_types;
extern Pass const shorten_names;
extern Pass const cut_refused_code;
extern Pass const drop_refused_items;
extern Pass const cut_refused_bytes;

/// Each defined function of each valid module.
template <class F>
void for_each_code(Problem const& p, F f)
{
    for (std::uint32_t piece = 0; piece < p.pieces.size(); ++piece) {
        auto const& source = p.pieces[piece].source();
        if (!source.valid())
            continue;
        for (std::uint32_t item = 0; item < source.module().funcs.size(); ++item)
            f(piece, item, source.code(item));
    }
}

/// The problem with one function replaced.
[[nodiscard]] inline Problem with_func(Problem p, Place const& at, Func f)
{
    p.pieces[at.piece].edit().funcs[at.item] = std::move(f);
    return p;
}

} // namespace touchstone::minimize
