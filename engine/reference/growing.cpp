#include "engine/reference/growing.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <stdexcept>

namespace touchstone::reference {

namespace {

/// i' = i + n,  i' <= j where there is a j,  i' <= most
bool size_allowed(SizeLimits const& l, std::uint64_t n, std::uint64_t most)
{
    auto const greatest = std::min(most, l.max.value_or(most));
    return l.min <= greatest && n <= greatest - l.min;
}

} // namespace

/// growmem — exec/modules.html#grow-mem
///   growmem({TYPE at [i .. j?] PAGE, BYTES b*}, n)
///     = {TYPE at [i' .. j?] PAGE, BYTES b* 0x00^(n * 64 Ki)}
///     if i' = |b*| / 64 Ki + n  and  (i' <= j)?  and  i' <= 2^(|at| - 16)
/// custom-page-sizes, exec/modules.html#grow-mem: the same with another size of a page
bool may_grow(MemInst const& mem, std::uint64_t n, Limits const& limits)
{
    auto const& l = mem.type.limits;
    auto const address_bits = l.addr == AddrType::I64 ? 64U : 32U;
    auto const most = mem.type.page_log2 == 0 ? ~std::uint64_t{0} >> (64 - address_bits)
                                              : std::uint64_t{1} << (address_bits - 16);
    return size_allowed(l, n, std::min(most, pages_allowed(mem.type, limits)));
}

std::uint64_t pages_allowed(MemoryType const& type, Limits const& limits)
{
    auto const factor = page_size / type.page_bytes();
    return limits.pages > Limits::none / factor ? Limits::none : limits.pages * factor;
}

bool grow(MemInst& mem, std::uint64_t n)
{
    auto const pages = mem.type.limits.min + n;
    auto const page = mem.type.page_bytes();
    if (pages > std::numeric_limits<std::uint64_t>::max() / page || !mem.bytes.grow(pages * page))
        return false;
    mem.type.limits.min = pages;
    return true;
}

/// growtable — exec/modules.html#grow-table
///   growtable({TYPE at [i .. j?] rt, REFS r'*}, n, r) = {TYPE at [i' .. j?] rt, REFS r'* r^n}
///     if i' = |r'*| + n  and  (i' <= j)?  and  i' <= 2^|at| - 1
bool may_grow(TableInst const& table, std::uint64_t n, Limits const& limits)
{
    auto const& l = table.type.limits;
    std::uint64_t const most = l.addr == AddrType::I64 ? ~std::uint64_t{0} : 0xFFFF'FFFF;
    return size_allowed(l, n, std::min(most, limits.elements));
}

bool grow(TableInst& table, std::uint64_t n, Val ref)
{
    try {
        auto const size = table.refs.size() + n;
        if (size > table.refs.capacity()) // so that growing by little many times stays linear
            table.refs.reserve(
                static_cast<std::size_t>(std::max(size, std::uint64_t{table.refs.capacity()} * 2)));
        table.refs.resize(static_cast<std::size_t>(size), ref);
    } catch (std::bad_alloc const&) {
        return false;
    } catch (std::length_error const&) {
        return false;
    }
    table.type.limits.min += n;
    return true;
}

} // namespace touchstone::reference
