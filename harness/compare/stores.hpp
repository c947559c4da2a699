#pragma once
// Whether two stores are the same as far as both were seen.

#include "harness/compare/compare.hpp"

namespace touchstone {

/// May two correct engines have these values? Bit for bit; of a struct, an array or an exception
/// only what it is, because its address means nothing outside of its own store.
[[nodiscard]] bool same_value(Value const& a, Value const& b);

/// Agree, or Diverge with what differs first: Memory, Table, Global, Segment or
/// Heap.
[[nodiscard]] Judgement compare_stores(StoreDigest const& a, StoreDigest const& b);

} // namespace touchstone
