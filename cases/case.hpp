#pragma once
// A case: modules, how they are linked, and the calls made: all that an engine needs to show what
// it does.

#include "engine/embedding/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

enum class Format : std::uint8_t
{
    Binary,
    Text, ///< for engines that take it: parsing is a part of what is compared
};

/// A module. It is registered under `name`; imports of later modules that say this module name get
/// its exports. An environment module is simply the first one.
struct CaseModule
{
    std::string name;
    std::vector<std::uint8_t> bytes;
    Format format = Format::Binary; ///< what the bytes are

    /// Of one in text format.
    [[nodiscard]] std::string_view text() const
    {
        return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
    }
    friend bool operator==(CaseModule const&, CaseModule const&) = default;
};

/// A call of an exported function. Arguments are numbers, v128, null references and `ref.extern n`.
struct Call
{
    std::uint32_t module = 0; ///< which of `Case::modules`
    std::string function;
    std::vector<Value> args;
    friend bool operator==(Call const&, Call const&) = default;
};

/// All modules are instantiated in order, then the calls are made in order. A module that cannot be
/// instantiated ends nothing: what depends on it is unlinkable, and its calls are not made.
struct Case
{
    std::string origin; ///< where it comes from, for people: "smith/1 seed 7 index 12"
    std::vector<CaseModule> modules;
    std::vector<Call> calls;
    friend bool operator==(Case const&, Case const&) = default;
};

} // namespace touchstone
