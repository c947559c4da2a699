#include "harness/script/proposals.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace touchstone::script {

struct Row
{
    std::string_view parent; ///< of `folder`; empty: whatever it is
    std::string_view folder;
    std::string_view feature;
};

/// One row a proposal.
static constexpr auto proposals = std::to_array<Row>({
    {"", "legacy", "legacy-exceptions"},
    {"proposals", "custom-descriptors", "custom-descriptors"},
    {"proposals", "custom-page-sizes", "custom-page-sizes"},
    {"proposals", "threads", "threads"},
    {"proposals", "wide-arithmetic", "wide-arithmetic"},
    {"next", "compact-import-section", "compact-import-section"},
    {"next", "stack-switching", "stack-switching"},
    {"next", "threads", "threads"},
});

std::optional<std::string_view> proposal_of(std::string const& path)
{
    std::error_code error;
    auto const folder = std::filesystem::absolute(path, error).lexically_normal().parent_path();
    auto const name = folder.filename().string();
    auto const parent = folder.parent_path().filename().string();
    auto const* const row = std::ranges::find_if(proposals,
        [&](Row const& r) { return r.folder == name && (r.parent.empty() || r.parent == parent); });
    return row == proposals.end() ? std::nullopt : std::optional{row->feature};
}

} // namespace touchstone::script
