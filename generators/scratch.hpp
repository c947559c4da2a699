#pragma once
// Locals that a rewrite adds to a function, behind its own.

#include "engine/syntax/module.hpp"

#include <array>
#include <limits>
#include <optional>

namespace touchstone::generators {

/// One local a number or vector type, added when it is first asked for.
class Scratch
{
public:
    Scratch(Module const& m, Func& f) : func_{f}, count_{m.types[f.type].comp.func.params.size()}
    {
        for (auto const& group : f.locals)
            count_ += group.count;
    }

    /// Whether the index space has room for one of each type.
    [[nodiscard]] bool has_room() const
    {
        return count_ + at_.size() <= std::numeric_limits<Index>::max();
    }

    /// Locals of the function, parameters included.
    [[nodiscard]] std::uint64_t locals() const { return count_; }

    Index of(ValType::Kind number)
    {
        auto& at = at_[static_cast<std::size_t>(number)];
        if (!at) {
            at = static_cast<Index>(count_++);
            func_.locals.push_back({1, {number}});
        }
        return *at;
    }

private:
    Func& func_;
    std::uint64_t count_;
    std::array<std::optional<Index>, 5> at_; ///< by kind: i32, i64, f32, f64, v128
};

} // namespace touchstone::generators
