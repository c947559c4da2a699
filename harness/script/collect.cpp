#include "harness/script/suite.hpp"

#include <algorithm>
#include <filesystem>

namespace touchstone::script {

namespace fs = std::filesystem;

/// Folders of the official suite beside the standard's own tests.
static bool is_beside(fs::path const& folder)
{
    auto const name = folder.filename();
    return name == "custom" || name == "legacy" || name == "proposals" || name == "next";
}

static std::vector<std::string> scripts_in(fs::path const& folder, bool all)
{
    std::vector<std::string> found;
    std::error_code ignored; // what cannot be listed has no scripts
    auto const options = fs::directory_options::skip_permission_denied;
    for (auto at = fs::recursive_directory_iterator{folder, options, ignored};
        at != fs::recursive_directory_iterator{}; at.increment(ignored)) {
        if (at->is_directory(ignored)) {
            if (!all && is_beside(at->path()))
                at.disable_recursion_pending();
        } else if (at->path().extension() == ".wast") {
            found.push_back(at->path().string());
        }
    }
    std::ranges::sort(found);
    return found;
}

std::expected<std::vector<std::string>, std::string> collect_scripts(
    std::vector<std::string> const& paths, bool all)
{
    std::vector<std::string> files;
    for (auto const& p : paths) {
        std::error_code error;
        if (!fs::exists(p, error))
            return std::unexpected{p + ": " + (error ? error.message() : "no such file or folder")};
        if (fs::is_directory(p, error))
            std::ranges::move(scripts_in(p, all), std::back_inserter(files));
        else
            files.push_back(p);
    }
    return files;
}

} // namespace touchstone::script
