#pragma once
// References as the fast engine keeps them in a slot: eight bytes, null is zero.

#include "engine/embedding/value.hpp"
#include "engine/fast/code.hpp"

#include <vector>

namespace touchstone::fast {

struct Function;

inline constexpr Slot null_slot = 0;

/// A function is its address in memory (16-aligned) with the kind in the low bits, so that an
/// indirect call needs no look-up.
[[nodiscard]] inline Slot pack_function(Function const* f)
{
    return reinterpret_cast<Slot>(f) | static_cast<Slot>(RefKind::Func);
}
[[nodiscard]] inline Function* unpack_function(Slot s)
{
    return reinterpret_cast<Function*>(s & ~Slot{15});
}
[[nodiscard]] constexpr RefKind ref_kind(Slot s)
{
    return static_cast<RefKind>(s & 7);
}

/// Packs the references that are the embedder's numbers: kind in bits 0-2, externalised in bit 3,
/// bit 4 says that the number was too big and the rest is its place in a list.
class HostNumbers
{
public:
    [[nodiscard]] Slot pack(Value const& v)
    {
        auto const tag = static_cast<Slot>(v.ref) | Slot{v.is_extern} << 3;
        if (v.lo >> 59 == 0)
            return v.lo << 5 | tag;
        big_.push_back(v.lo);
        return (big_.size() - 1) << 5 | Slot{1} << 4 | tag;
    }
    [[nodiscard]] Value unpack(Slot s) const
    {
        auto const payload = s >> 5;
        return Value::reference(
            ref_kind(s), (s >> 4 & 1) != 0 ? big_[payload] : payload, (s >> 3 & 1) != 0);
    }

private:
    std::vector<std::uint64_t> big_;
};

} // namespace touchstone::fast
