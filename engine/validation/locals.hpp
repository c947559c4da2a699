#pragma once
// C.LOCALS of one function: types of locals, and which of those without a default value are set.

#include "engine/validation/context.hpp"

#include <span>
#include <unordered_set>
#include <vector>

namespace touchstone {

/// A body of ten bytes may declare four billion locals, so only as many as the body is long are
/// spelled out; the others are found in their group.
class LocalSpace
{
public:
    /// `params` and `groups` outlive the function's validation.
    void enter(
        std::span<ValType const> params, std::span<Locals const> groups, std::size_t spelled);

    [[nodiscard]] ValType type(Index x) const
    {
        if (x < params_.size())
            return params_[x];
        if (x - params_.size() < spelled_.size())
            return spelled_[x - params_.size()];
        return type_in_group(x);
    }

    /// Local_ok/set, Local_ok/unset: whether local x, of type t, holds a value here.
    [[nodiscard]] bool is_set(Index x, ValType t) const
    {
        return defaultable(t) || x < params_.size() || set_.contains(x);
    }
    void set(Index x, ValType t)
    {
        if (!is_set(x, t)) {
            set_.insert(x);
            order_.push_back(x);
        }
    }

    /// How many were set so far, and the way back to there: what a block sets counts only inside.
    [[nodiscard]] std::uint32_t height() const { return static_cast<std::uint32_t>(order_.size()); }
    void leave(std::uint32_t height);

private:
    struct Group
    {
        std::uint64_t end; ///< the local index behind its last
        ValType type;
    };

    [[nodiscard]] ValType type_in_group(Index x) const;

    std::span<ValType const> params_;
    std::vector<ValType> spelled_;
    std::vector<Group> groups_;
    std::unordered_set<Index> set_; ///< those without default that are set here
    std::vector<Index> order_;      ///< the same in the order in which they were set
};

} // namespace touchstone
