// Pushing and popping operands, and saying what does not fit.

#include "engine/syntax/faults.hpp"
#include "engine/validation/code.hpp"
#include "engine/validation/type_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone {

/// Makes n places above the top, all below the new highest one.
void OperandStack::raise(std::size_t n)
{
    auto const needed = size() + n;
    if (needed > limit)
        violate_limit(fmt::format("implementation limit: more than {} operands", limit));
    if (needed > storage_.size()) {
        auto const top = size();
        auto const bottom = top - held();
        auto const least = low();
        storage_.resize(std::max(needed, storage_.size() * 2));
        top_ = storage_.data() + top;
        bottom_ = storage_.data() + bottom;
        low_ = storage_.data() + least;
    }
    high_ = storage_.data() + needed;
}

/// Whether the top of the stack, the last at the top, matches `ts`; in unreachable code as much of
/// it as there is. Gives how many that is.
std::size_t CodeValidator::check_top(std::span<ValType const> ts) const
{
    auto const n = std::min(operands_.held(), ts.size());
    if (n < ts.size() &&
        (!frames_.back().unreachable || fault(SharedFault::UnreachableTop, n != 0)))
        mismatch(ts);
    auto const have = operands_.last(n);
    auto const need = ts.last(n);
    auto const match = c_.match();
    for (std::size_t k = 0; k < n; ++k)
        if (!match.val(have[k], need[k]))
            mismatch(ts);
    return n;
}

void CodeValidator::pop(std::span<ValType const> ts)
{
    if (!ts.empty())
        operands_.drop(check_top(ts));
}

/// Pops `ts` and pushes `ts`: what matched a label's types has exactly these types afterwards.
void CodeValidator::replace_top(std::span<ValType const> ts)
{
    pop(ts);
    operands_.push(ts);
}

ValType CodeValidator::pop_any()
{
    if (operands_.held() == 0) {
        if (!frames_.back().unreachable)
            violate("type mismatch: instruction requires [any] but stack has []");
        return bot;
    }
    auto const t = operands_.top();
    operands_.drop(1);
    return t;
}

ValType CodeValidator::pop_ref()
{
    auto const t = pop_any();
    if (t.kind == ValType::Kind::Bot)
        return ValType::ref(false, AbsHeapType::Bot);
    if (!t.is_ref())
        violate("type mismatch: instruction requires reference type but stack has " + words(t));
    return t;
}

/// Pops n operands of one type.
void CodeValidator::pop_many(ValType t, std::uint32_t n)
{
    auto const present = std::min<std::size_t>(operands_.held(), n);
    if (present < n && !frames_.back().unreachable)
        violate(
            fmt::format("type mismatch: instruction requires {} operands of type {}, stack has {}",
                n, words(t), present));
    auto const match = c_.match();
    for (auto const have : operands_.last(present))
        if (!match.val(have, t))
            violate(fmt::format("type mismatch: instruction requires [{}] but stack has [{}]",
                words(t), words(have)));
    operands_.drop(present);
}

void CodeValidator::mismatch(std::span<ValType const> required) const
{
    auto const have = operands_.last(std::min(operands_.held(), required.size()));
    violate(fmt::format(
        "type mismatch: instruction requires {} but stack has {}", words(required), words(have)));
}

} // namespace touchstone
