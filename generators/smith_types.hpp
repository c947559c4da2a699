#pragma once
// The struct, array and function types that all modules of a case begin with, and what may be said
// of them.

#include "generators/entropy.hpp"
#include "generators/operations.hpp"

#include "engine/syntax/types.hpp"

#include <vector>

namespace touchstone::generators {

/// Type indices are the same in every module that begins with `types`.
struct TypePlan
{
    std::vector<SubType> types;
    std::vector<RecGroup> groups;
    std::vector<Index> structs;
    std::vector<Index> arrays;
    std::vector<Index> funcs;
};

/// Types for a case that uses objects or typed function references; none for others.
[[nodiscard]] TypePlan type_plan(Entropy& in, Groups groups, FeatureSet features);

/// Whether the first is below the second or the same, by what the types declare. Says no to some
/// pairs that the specification relates: equal types with two indices.
[[nodiscard]] bool matches(TypePlan const& plan, HeapType a, HeapType b);
[[nodiscard]] bool matches(TypePlan const& plan, ValType a, ValType b);

/// any, func, extern or exn: the top of the hierarchy that a heap type belongs to.
[[nodiscard]] AbsHeapType family(TypePlan const& plan, HeapType heap);

/// A reference type beside funcref and externref.
[[nodiscard]] constexpr bool is_typed(ValType t)
{
    return t.is_ref() && t != funcref && t != externref;
}

[[nodiscard]] constexpr ValType non_null(ValType t)
{
    return ValType::ref(false, t.heap);
}

/// Whether a value of zeros or null exists, so that nobody need give one.
[[nodiscard]] bool has_default(CompType const& type);

/// How many bytes a field takes in a data segment; zero if it is a reference.
[[nodiscard]] std::uint32_t width_of(StorageType s);

} // namespace touchstone::generators
