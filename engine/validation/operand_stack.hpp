#pragma once
// The stack of operand types. One comparison a push: the highest place reached is also where the
// storage is looked after.

#include "engine/syntax/types.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace touchstone {

class OperandStack
{
public:
    OperandStack() = default;
    OperandStack(OperandStack const&) = delete; // it points into itself
    OperandStack& operator=(OperandStack const&) = delete;

    /// No engine of ours runs a function with more operands, whatever its limits.
    static constexpr std::size_t limit = 4'194'304;

    void clear() { top_ = bottom_ = high_ = low_ = storage_.data(); }

    void push(ValType t)
    {
        if (top_ == high_) [[unlikely]]
            raise(1);
        *top_++ = t;
    }
    /// `ts` are not of this stack.
    void push(std::span<ValType const> ts)
    {
        if (static_cast<std::size_t>(high_ - top_) < ts.size()) [[unlikely]]
            raise(ts.size());
        top_ = std::ranges::copy(ts, top_).out;
    }
    void drop(std::size_t n)
    {
        top_ -= n;
        sink();
    }
    /// Drops n, at least one, and pushes.
    void replace(std::size_t n, ValType t)
    {
        top_ -= n;
        sink();
        *top_++ = t;
    }

    /// The last n, the top at the end.
    [[nodiscard]] std::span<ValType const> last(std::size_t n) const { return {top_ - n, n}; }
    [[nodiscard]] ValType const& top() const { return top_[-1]; }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(top_ - data()); }

    /// How many the innermost block has of its own: what is above its bottom.
    [[nodiscard]] std::size_t held() const { return static_cast<std::size_t>(top_ - bottom_); }
    void set_bottom(std::size_t height) { bottom_ = storage_.data() + height; }
    void drop_held()
    {
        top_ = bottom_;
        sink();
    }

    /// The greatest size since `clear`.
    [[nodiscard]] std::uint32_t high() const { return static_cast<std::uint32_t>(high_ - data()); }

    /// From here on `low` is the least size; before, it is 0.
    void watch() { low_ = top_; }
    [[nodiscard]] std::size_t low() const { return static_cast<std::size_t>(low_ - data()); }

private:
    void sink()
    {
        if (top_ < low_) [[unlikely]]
            low_ = top_;
    }
    [[nodiscard]] ValType const* data() const { return storage_.data(); }
    void raise(std::size_t n);

    std::vector<ValType> storage_ = std::vector<ValType>(64);
    ValType* top_ = storage_.data();
    ValType* bottom_ = storage_.data();
    ValType* high_ = storage_.data();
    ValType* low_ = storage_.data();
};

} // namespace touchstone
