#pragma once
// One test, run on every engine: a module's text in, its functions as C++ calls, outcomes as
// matchers.
//
// The sources of this folder are compiled once for each engine; the compile definition
// TOUCHSTONE_ENGINE names it.

#include "engine/embedding/store.hpp"

#include <gmock/gmock.h>

#include <concepts>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace touchstone {

// For GoogleTest's messages.
void PrintTo(Outcome const& o, std::ostream* out);
void PrintTo(Value const& v, std::ostream* out);

} // namespace touchstone

namespace touchstone::tests {

/// Bits of a number, for what C++ has no literal for.
struct Bits
{
    std::uint64_t bits = 0;
};

/// A number in a test, without its type: that comes from the function's, or from the result.
class Number
{
public:
    template <std::integral T>
    Number(T v) : what_{static_cast<std::int64_t>(v)}
    {}
    template <std::floating_point T>
    Number(T v) : what_{static_cast<double>(v)}
    {}
    Number(Bits b) : what_{b} {}
    Number(Value const& v) : what_{v} {}

    [[nodiscard]] Value as(ValType::Kind kind) const;

private:
    std::variant<std::int64_t, double, Bits, Value> what_;
};

constexpr Value v128_of(std::uint64_t lo, std::uint64_t hi)
{
    return {.kind = ValType::Kind::V128, .lo = lo, .hi = hi};
}

/// A module instantiated on the engine under test, in a store of its own or in that of another one.
class Program
{
public:
    /// A text that does not parse or validate is a mistake of the test: throws
    /// std::invalid_argument.
    explicit Program(std::string_view text, Limits const& limits = Limits::for_spec(),
        std::span<ExternVal const> imports = {});
    Program(std::shared_ptr<Store> store, std::string_view text,
        std::span<ExternVal const> imports = {});

    /// How its instantiation ended.
    [[nodiscard]] Outcome const& instantiation() const { return instantiation_.outcome; }
    [[nodiscard]] bool has_instance() const { return instantiation_.instance.has_value(); }
    [[nodiscard]] InstanceAddr instance() const { return *instantiation_.instance; }
    [[nodiscard]] std::shared_ptr<Store> const& store() const { return store_; }
    [[nodiscard]] ExternVal exported(std::string_view name) const;

    template <class... Args>
    [[nodiscard]] Outcome call(std::string_view name, Args... args) const
    {
        return invoke(name, {Number{args}...});
    }

private:
    [[nodiscard]] Outcome invoke(std::string_view name, std::initializer_list<Number> args) const;

    std::shared_ptr<Store> store_;
    Instantiation instantiation_;
};

/// A function of a module that has it alone, exported as "f".
class Function
{
public:
    explicit Function(std::string_view text) : program_{text} {}

    template <class... Args>
    Outcome operator()(Args... args) const
    {
        return program_.call("f", args...);
    }

private:
    Program program_;
};

/// The instruction with this text as a function of its operands.
[[nodiscard]] Function instruction(std::string_view text);

/// An empty store of the engine under test.
[[nodiscard]] std::shared_ptr<Store> make_store(Limits const& limits);
/// What the engine under test executes.
[[nodiscard]] FeatureSet engine_features();

/// The outcome has these results, bit by bit.
[[nodiscard]] testing::Matcher<Outcome const&> returns(std::vector<Number> expected);
template <class... Results>
[[nodiscard]] testing::Matcher<Outcome const&> Returns(Results... results)
{
    return returns({Number{results}...});
}
[[nodiscard]] testing::Matcher<Outcome const&> Traps(Trap t);
[[nodiscard]] testing::Matcher<Outcome const&> Exhausts(Limit l);
[[nodiscard]] testing::Matcher<Outcome const&> RunsOutOfFuel();

} // namespace touchstone::tests
