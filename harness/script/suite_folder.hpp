#pragma once
// The folders of the official suite that test more than the standard, and the profile of each.

#include "engine/syntax/profiles.hpp"

#include <string>
#include <string_view>

namespace touchstone::script {

struct SuiteFolder
{
    std::string_view name; ///< "proposals/threads"; empty: the standard's own tests
    Profile const* profile = &default_profile;
};

/// Of the folder that this file is in.
[[nodiscard]] SuiteFolder suite_folder_of(std::string const& path);

} // namespace touchstone::script
