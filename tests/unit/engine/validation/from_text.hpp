#pragma once
// Modules for tests of the validator, written as text.

#include "engine/syntax/profiles.hpp"
#include "engine/text/parse.hpp"
#include "engine/validation/validate.hpp"

#include <gmock/gmock.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace touchstone {

inline Module parsed(std::string_view text)
{
    auto m = parse_module(text, nullptr, wasm3 | proposals);
    if (!m)
        throw std::runtime_error{describe(m.error()) + " in " + std::string{text}};
    return std::move(*m);
}

/// "" if the module is valid, else the error's message.
inline std::string refusal(std::string_view text)
{
    auto const v = validate(parsed(text));
    if (v)
        return {};
    EXPECT_EQ(v.error().kind, Error::Kind::Invalid);
    EXPECT_FALSE(v.error().rule.empty()) << v.error().message;
    return v.error().message;
}

/// The module must be valid.
inline std::shared_ptr<ValidModule const> valid(std::string_view text)
{
    auto v = validate(parsed(text));
    if (!v)
        throw std::runtime_error{describe(v.error()) + " in " + std::string{text}};
    return std::move(*v);
}

MATCHER(IsValid, "")
{
    auto const message = refusal(arg);
    *result_listener << message;
    return message.empty();
}

MATCHER_P(IsInvalid, expected, "")
{
    auto const message = refusal(arg);
    *result_listener << (message.empty() ? "valid" : message);
    return message.starts_with(expected);
}

} // namespace touchstone
