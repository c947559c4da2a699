#pragma once
// A case of one module, written as text.

#include "cases/case.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"

#include <string_view>
#include <utility>

namespace touchstone {

inline Case case_of(std::string_view text, std::vector<Call> calls)
{
    Case c;
    c.origin = "test";
    c.modules.push_back({.name = "m", .bytes = encode(parse_module(text).value())});
    c.calls = std::move(calls);
    return c;
}

} // namespace touchstone
