#pragma once
// A finding on disk: a folder with the case, its text, a test script, what differed, and how to see
// it again.

#include "harness/campaign/case_folder.hpp"
#include "harness/campaign/locate.hpp"
#include "harness/campaign/signature.hpp"

#include <expected>
#include <filesystem>
#include <string>

namespace touchstone::campaign {

struct Finding
{
    Case what;
    std::optional<Case> original; ///< as it was found, if `what` is smaller
    Signature signature;
    std::optional<Location> location; ///< in `what`, where it is known
    std::string command;              ///< the one line that shows it again
    std::string detail;               ///< what differed, for people
    Examination examination;
};

/// Writes the folder `where`: case.json and the modules, their text, test.wast with the reference's
/// answers as assertions, finding.json (touchstone.finding/1), repro.sh, and original/ with the
/// case as it was found where that is another one. The folder appears whole or not at all. An
/// existing one is replaced if it is empty or was written by this; anything else is an error, which
/// says which file and why.
[[nodiscard]] std::expected<void, std::string> write_finding(
    Finding const& f, Panel const& panel, std::filesystem::path const& where);

/// The signature that a finding's folder was written with.
[[nodiscard]] std::expected<std::string, std::string> signature_in(
    std::filesystem::path const& folder);

/// "i32.shl result", or the signature of one that was not located.
[[nodiscard]] std::expected<std::string, std::string> title_in(std::filesystem::path const& folder);

} // namespace touchstone::campaign
