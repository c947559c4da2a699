#pragma once
// What a finding's folder says, read while a report is made.

#include "reports/model.hpp"

#include <filesystem>

namespace touchstone::reports {

/// Adds the folder's texts and answers to the bucket, and a problem for each thing that is missing
/// or says otherwise. A relative folder is looked for from here, and beside the result file.
void read_folder(CampaignBucket& bucket, std::filesystem::path const& result);

} // namespace touchstone::reports
