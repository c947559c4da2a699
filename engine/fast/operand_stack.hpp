#pragma once
// What the compiler knows of the operand stack: which operands wait as locals or constants.

#include "engine/fast/faults.hpp"
#include "engine/syntax/types.hpp"

#include <algorithm>
#include <vector>

namespace touchstone::fast {

struct Operand
{
    enum class Kind : std::uint8_t
    {
        Home,     ///< in its own slot
        Local,    ///< still in a local, to be copied before that is set
        Constant, ///< not yet anywhere
    };

    Kind kind = Kind::Home;
    bool is_wide = false;   ///< a v128: two slots
    std::uint32_t slot = 0; ///< its own
    Index local = 0;
    std::uint32_t next = 0; ///< of Local: the next lower operand that waits in the same local
    std::uint64_t bits = 0; ///< of Constant
};

/// Operands by height. Those that wait in one local are linked, so that setting the local costs
/// only what waits in it.
class OperandStack
{
public:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    /// Over so many locals, from this slot on.
    OperandStack(std::size_t locals, std::uint32_t first) : waiting_(locals, none), first_{first} {}

    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(all_.size()); }
    [[nodiscard]] Operand const& operator[](std::uint32_t i) const { return all_[i]; }
    [[nodiscard]] Operand const& top() const { return all_.back(); }
    /// The slot of an operand, or the one that the next operand will have.
    [[nodiscard]] std::uint32_t slot_of(std::uint32_t i) const
    {
        if (i < size())
            return all_[i].slot;
        return all_.empty() ? first_ : all_.back().slot + (all_.back().is_wide ? 2 : 1);
    }
    /// Every operand below this one is at home.
    [[nodiscard]] std::uint32_t first_unsettled() const { return settled_; }

    void push_home(bool is_wide)
    {
        if (settled_ == size())
            ++settled_;
        all_.push_back({.is_wide = is_wide, .slot = slot_of(size())});
    }
    void push_constant(std::uint64_t bits)
    {
        all_.push_back({.kind = Operand::Kind::Constant, .slot = slot_of(size()), .bits = bits});
    }
    void push_local(Index x, bool is_wide)
    {
        all_.push_back({.kind = Operand::Kind::Local,
            .is_wide = is_wide,
            .slot = slot_of(size()),
            .local = x,
            .next = waiting_[x]});
        waiting_[x] = size() - 1;
    }
    /// `pop`, and what was there.
    Operand take()
    {
        auto const o = all_.back();
        if (o.kind == Operand::Kind::Local)
            waiting_[o.local] = o.next;
        all_.pop_back();
        settled_ = std::min(settled_, size());
        return o;
    }
    void shrink(std::uint32_t to)
    {
        while (size() > to)
            take();
    }

    [[nodiscard]] bool is_waited_for(Index x) const { return waiting_[x] != none; }
    /// Tells `copy(operand)` of all that wait in local x; they are at home then.
    template <class Copy>
    void release(Index x, Copy copy)
    {
        for (auto i = waiting_[x]; i != none;) {
            auto const o = all_[i];
            copy(o);
            all_[i].kind = Operand::Kind::Home;
            i = o.next;
            if (fault(Fault::SavedOnce, i != none)) {
                waiting_[x] = i;
                return;
            }
        }
        waiting_[x] = none;
    }
    /// The same for every operand from this one up.
    template <class Copy>
    void settle(std::uint32_t from, Copy copy)
    {
        for (auto i = size(); i > from; --i) {
            auto& o = all_[i - 1];
            if (o.kind == Operand::Kind::Home)
                continue;
            if (o.kind == Operand::Kind::Local)
                waiting_[o.local] = o.next;
            copy(o);
            o.kind = Operand::Kind::Home;
        }
        if (from <= settled_)
            settled_ = size();
    }

private:
    std::vector<Operand> all_;
    std::vector<std::uint32_t> waiting_; ///< by local: the highest operand that waits in it
    std::uint32_t settled_ = 0;
    std::uint32_t first_;
};

} // namespace touchstone::fast
