#pragma once
// Cases for the tests of the oracles, written as text.

#include "cases/case.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace touchstone {

inline std::vector<std::uint8_t> assemble(std::string_view text)
{
    auto const module = parse_module(text);
    if (!module) {
        ADD_FAILURE() << describe(module.error()) << "\n" << text;
        return {};
    }
    return encode(*module);
}

inline CaseModule module_of(std::string name, std::string_view text)
{
    return {std::move(name), assemble(text)};
}

/// One module "m" that engines are shown as text, whether it is one or not.
inline Case text_case(std::string_view text)
{
    Case c;
    c.modules.push_back({"m", {text.begin(), text.end()}, Format::Text});
    return c;
}

/// One module "m" and calls of its exports without arguments.
inline Case case_of(std::string_view text, std::vector<std::string> calls = {})
{
    Case c;
    c.modules.push_back(module_of("m", text));
    for (auto& f : calls)
        c.calls.push_back({0, std::move(f), {}});
    return c;
}

} // namespace touchstone
