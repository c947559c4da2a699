#include "engine/validation/locals.hpp"

#include <algorithm>

namespace touchstone {

void LocalSpace::enter(
    std::span<ValType const> params, std::span<Locals const> groups, std::size_t spelled)
{
    params_ = params;
    spelled_.clear();
    groups_.clear();
    set_.clear();
    order_.clear();
    std::uint64_t end = params.size();
    for (auto const& g : groups) {
        end += g.count;
        groups_.push_back({end, g.type});
        auto const n = std::min<std::size_t>(g.count, spelled - spelled_.size());
        spelled_.insert(spelled_.end(), n, g.type);
    }
}

ValType LocalSpace::type_in_group(Index x) const
{
    auto const at = std::ranges::upper_bound(groups_, x, {}, &Group::end);
    if (at == groups_.end()) [[unlikely]]
        violate_unknown("local", x);
    return at->type;
}

void LocalSpace::leave(std::uint32_t height)
{
    for (; order_.size() > height; order_.pop_back())
        set_.erase(order_.back());
}

} // namespace touchstone
