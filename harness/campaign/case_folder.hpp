#pragma once
// A case as a folder that any runner of test scripts can use: modules, their text, and a script
// with the reference's answers as assertions.

#include "harness/campaign/panel.hpp"

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace touchstone::campaign {

/// A file that could not be written.
struct CannotWrite
{
    std::string why;
};

/// Throws CannotWrite.
void write_text(std::filesystem::path const& path, std::string_view text);

/// The text of each module, as 0.wat, 1.wat, ... Throws CannotWrite.
void write_texts(Case const& c, std::filesystem::path const& folder);

/// The case as a script that asserts what the reference was seen to do.
[[nodiscard]] std::string script_of(Case const& c, Observation const& reference);

/// The same for engines that have none of our limits: up to the call before the first that ran out,
/// and with NaNs canonicalised where their bits are the engine's choice. A comment says so.
[[nodiscard]] std::string script_for_anybody(
    Case const& c, Member const& reference, Limits const& limits);

/// Writes case.json, the modules and their text, and test.wast with the reference's answers. The
/// error says which file and why.
[[nodiscard]] std::expected<void, std::string> write_case(Case const& c, Member const& reference,
    Limits const& limits, std::filesystem::path const& folder);

} // namespace touchstone::campaign
