#include "harness/script/suite_folder.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace touchstone::script {

/// One row a folder, by the end of its path.
static constexpr auto folders = std::to_array<SuiteFolder>({
    {"legacy", profile_named("legacy-exceptions")},
    {"proposals/custom-descriptors", profile_named("custom-descriptors")},
    {"proposals/custom-page-sizes", profile_named("custom-page-sizes")},
    {"proposals/threads", profile_named("threads")},
    {"proposals/wide-arithmetic", profile_named("wide-arithmetic")},
    {"next/compact-import-section", profile_named("compact-import-section")},
    {"next/stack-switching", profile_named("stack-switching")},
    {"next/threads", profile_named("threads")},
});
static_assert(
    std::ranges::all_of(folders, [](SuiteFolder const& f) { return f.profile != nullptr; }));

SuiteFolder suite_folder_of(std::string const& path)
{
    std::error_code error;
    auto const folder =
        std::filesystem::absolute(path, error).lexically_normal().parent_path().generic_string();
    auto const* const row = std::ranges::find_if(
        folders, [&](SuiteFolder const& f) { return folder.ends_with('/' + std::string{f.name}); });
    return row == folders.end() ? SuiteFolder{} : *row;
}

} // namespace touchstone::script
