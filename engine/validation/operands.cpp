// The operand stack: pushing, popping, and saying what does not fit.

#include "engine/validation/code.hpp"
#include "engine/validation/type_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone {

/// No engine of ours runs a function with more operands, whatever its limits (docs: stack values).
static constexpr std::size_t operand_limit = 4'194'304;

void CodeValidator::raise_max_operands()
{
    if (operands_.size() > operand_limit) {
        Error e;
        e.kind = Error::Kind::Unsupported;
        e.message = fmt::format("implementation limit: more than {} operands", operand_limit);
        e.offset = current_->where.offset;
        throw Refused{std::move(e)};
    }
    max_operands_ = static_cast<std::uint32_t>(operands_.size());
}

void CodeValidator::push(std::span<ValType const> ts)
{
    operands_.insert(operands_.end(), ts.begin(), ts.end());
    if (operands_.size() > max_operands_)
        raise_max_operands();
}

/// Whether the top of the stack, the last at the top, matches `ts`; in unreachable code as much of
/// it as there is.
void CodeValidator::check_top(std::span<ValType const> ts) const
{
    auto const n = std::min(held(), ts.size());
    if (n < ts.size() && !frames_.back().unreachable)
        mismatch(ts);
    auto const* const have = operands_.data() + operands_.size();
    auto const* const need = ts.data() + ts.size();
    auto const match = c_.match();
    for (std::size_t k = 1; k <= n; ++k)
        if (!match.val(
                have[-static_cast<std::ptrdiff_t>(k)], need[-static_cast<std::ptrdiff_t>(k)]))
            mismatch(ts);
}

void CodeValidator::pop(std::span<ValType const> ts)
{
    check_top(ts);
    operands_.erase(operands_.end() - static_cast<std::ptrdiff_t>(std::min(held(), ts.size())),
        operands_.end());
}

/// Pops `ts` and pushes `ts`: what matched a label's types has exactly these types afterwards.
void CodeValidator::replace_top(std::span<ValType const> ts)
{
    pop(ts);
    push(ts);
}

ValType CodeValidator::pop_any()
{
    if (held() == 0) {
        if (!frames_.back().unreachable)
            violate("type mismatch: instruction requires [any] but stack has []");
        return bot;
    }
    auto const t = operands_.back();
    operands_.pop_back();
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

void CodeValidator::pop_many(ValType t, std::uint32_t n)
{
    auto const present = std::min<std::size_t>(held(), n);
    if (present < n && !frames_.back().unreachable)
        violate(
            fmt::format("type mismatch: instruction requires {} operands of type {}, stack has {}",
                n, words(t), present));
    auto const from = operands_.end() - static_cast<std::ptrdiff_t>(present);
    auto const match = c_.match();
    auto const wrong =
        std::find_if(from, operands_.end(), [&](ValType have) { return !match.val(have, t); });
    if (wrong != operands_.end())
        violate(fmt::format("type mismatch: instruction requires [{}] but stack has [{}]", words(t),
            words(*wrong)));
    operands_.erase(from, operands_.end());
}

void CodeValidator::mismatch(std::span<ValType const> required) const
{
    auto const have = std::span{operands_}.last(std::min(held(), required.size()));
    violate(fmt::format(
        "type mismatch: instruction requires {} but stack has {}", words(required), words(have)));
}

} // namespace touchstone
