#pragma once
// Regressions: findings that were mended, kept as cases that every later test run replays.

#include <expected>
#include <filesystem>
#include <string>

namespace touchstone::campaign {

struct Regression
{
    std::filesystem::path folder;
    bool is_new = true; ///< false: the corpus has this case already, there
};

/// Copies a finding's folder (its case, texts, script and finding.json; not the original that was
/// minimized) to `corpus`/NNNN-name, the next number. The folder appears whole or not at all. The
/// error names the file and the reason.
[[nodiscard]] std::expected<Regression, std::string> add_regression(
    std::filesystem::path const& finding, std::filesystem::path const& corpus);

/// "i32.shl: result, reference/fast" as part of a folder's name: i32.shl-result-reference-fast.
[[nodiscard]] std::string folder_name(std::string_view text);

} // namespace touchstone::campaign
