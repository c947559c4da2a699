#pragma once
// The contract's cases: data.

#include "engine/embedding/value.hpp"

#include <string_view>
#include <vector>

namespace touchstone::contract {

struct PointCall
{
    std::string_view function;
    std::vector<Value> args = {};
    std::uint32_t module = 0;
};

struct PointModule
{
    std::string_view name;
    std::string_view text;  ///< the module's text, unless
    bool is_binary = false; ///< these are its bytes
};

struct PointCase
{
    std::string_view name;
    std::vector<PointModule> modules;
    std::vector<PointCall> calls = {};
};

/// Values and references in and out, traps, exceptions.
[[nodiscard]] std::vector<PointCase> execution_points();

/// Memories, tables, globals, linking, refusals.
[[nodiscard]] std::vector<PointCase> store_points();

} // namespace touchstone::contract
