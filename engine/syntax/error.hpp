#pragma once
// Why a module or a script was not accepted: which stage said no, where, and in the specification's
// words.

#include "engine/syntax/features.hpp"

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace touchstone {

/// A refusal. Returned by `decode`, `parse` and `validate`; inside a layer it is thrown as
/// `Refused`.
struct Error
{
    enum class Kind : std::uint8_t
    {
        Malformed,   ///< the bytes or the text are no module
        Invalid,     ///< a module that validation rejects
        Unsupported, ///< Touchstone cannot tell yet, for lack of `feature`
    };

    Kind kind = Kind::Malformed;
    std::string message;    ///< starts with the wording of the official test scripts
    std::size_t offset = 0; ///< byte offset in the binary or the text
    std::uint32_t line = 0; ///< of text, from 1; 0: not a text
    std::uint32_t column = 0;
    std::optional<std::uint32_t> function; ///< index of the function it stands in
    std::string rule;                      ///< SpecTec name of the rule that failed, if validation
    std::optional<Feature> feature;        ///< of Unsupported

    friend bool operator==(Error const&, Error const&) = default;
};

/// Carries an `Error` to the layer's own boundary and no further (docs/decisions/0001-errors.md).
class Refused final : public std::exception
{
public:
    explicit Refused(Error e) : error{std::move(e)} {}
    [[nodiscard]] char const* what() const noexcept override { return error.message.c_str(); }
    Error error;
};

/// "malformed at byte 0x1a: unexpected end of section or function" - one line, for people.
[[nodiscard]] std::string describe(Error const& e);

} // namespace touchstone
