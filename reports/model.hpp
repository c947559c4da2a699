#pragma once
// The one report model: what result files say, made ready for every printer, with each place where
// they are silent or contradict themselves.

#include "reports/count.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace touchstone::reports {

/// Something missing, impossible or contradictory in a result: an error of the data, not of an
/// engine.
struct Problem
{
    std::string where; ///< "oracles[1].passed", "i32.wast on fast"
    std::string what;
};

using Problems = std::vector<Problem>;

/// Directives of test scripts by what became of them.
struct DirectiveCounts
{
    Count directives; ///< all; the others except `modules` add up to it
    Count done;       ///< no assertions, and they went as they must
    Count passed;
    Count failed; ///< without the crashed ones
    Count crashed;
    Count known; ///< failed or crashed as expected
    Count skipped;
    Count not_applicable;
    Count modules; ///< instantiated
    NamedCounts unsupported;
};

struct SpecOracle
{
    std::string name;
    std::string version;
    DirectiveCounts counts;
    Problems problems;
};

struct SpecFailure
{
    std::string path;
    std::string oracle;
    Count line;
    std::string directive;
    std::string expected;
    std::string got;
    std::string feature;
};

/// One file on one engine.
struct SpecCell
{
    DirectiveCounts counts;
    std::string reason;
    bool unreadable = false;
    std::vector<SpecFailure> failures;
    Problems problems;
};

struct SpecFile
{
    std::string path;
    std::vector<std::optional<SpecCell>> cells; ///< by oracle; absent: the result has none
    Problems problems;
};

/// touchstone.spec/1
struct SpecRun
{
    std::string source; ///< the result file
    std::string touchstone;
    bool strict_messages = false;
    std::vector<SpecOracle> oracles;
    std::vector<SpecFile> files; ///< as the result lists them first
    std::optional<double> user_seconds;
    Count peak_rss_bytes;
    Problems problems; ///< those that belong to no row
};

struct CampaignOracle
{
    std::string name;
    std::string version;
    Count asked;
    Count valid; ///< absent of the first, which the others are held against
    Count compared_to_end;
    Count stores_compared;
    Count cut;
    Count declined; ///< shown, and not among those asked
    NamedCounts features;
    Problems problems;
};

/// What one engine answered where they differ.
struct Answer
{
    std::string oracle;
    std::string answer;
};

/// A file of a finding's folder.
struct FindingText
{
    std::string name;
    std::string text;
    bool is_cut = false;
};

struct CampaignBucket
{
    std::string signature;
    std::string suspect;
    std::string oracles;
    Count count;
    std::string folder;
    std::vector<std::string> folders;
    std::string instruction;
    std::string detail;
    std::string command;
    std::string effect;
    std::vector<std::string> signatures; ///< what its findings look like from outside
    Count minimized_instructions;        ///< absent: it was not minimized
    std::string folder_detail;           ///< what differs in the case of the folder
    std::vector<Answer> answers;         ///< from the folder
    std::vector<FindingText> texts;      ///< from the folder: module text first, then the script
    Problems problems;
};

/// touchstone.campaign/1
struct CampaignRun
{
    std::string source;
    std::string touchstone;
    std::string generator;
    Count generator_version;
    Count seed;
    Count first_index;
    Count jobs;
    std::optional<double> seconds;
    Count cases;
    std::optional<double> cases_per_second;
    Count valid;
    Count instantiated;
    Count executed_instructions;
    Count median_instructions_per_call;
    Count median_distinct_opcodes_per_call;
    NamedCounts calls;
    NamedCounts outcomes;
    std::vector<CampaignOracle> oracles;
    std::vector<CampaignBucket> buckets;
    Count unlocated; ///< divergent cases that were not traced to a bucket
    std::vector<std::string> troubles;
    bool interrupted = false;
    Problems problems;
};

struct Report
{
    std::string touchstone; ///< what made the report
    std::vector<SpecRun> specs;
    std::vector<CampaignRun> campaigns;
    Problems problems;       ///< of files that are no result
    bool unreadable = false; ///< one of them could not be read as JSON at all
};

/// Every problem of a run, the rows' own included.
[[nodiscard]] Problems problems_of(SpecRun const& run);
[[nodiscard]] Problems problems_of(CampaignRun const& run);

/// Every problem there is: the report is sound if there is none.
[[nodiscard]] Problems problems_of(Report const& report);

} // namespace touchstone::reports
