#include "reports/read_campaign.hpp"

#include "reports/finding_folder.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone::reports {

namespace {

CampaignOracle read_oracle(Fields fields)
{
    CampaignOracle o;
    fields.note_in(o.problems);
    o.name = fields.text("name");
    o.version = fields.text("version");
    o.asked = fields.count("asked");
    o.compared_to_end = fields.count("compared_to_end");
    o.stores_compared = fields.count("stores_compared");
    o.cut = fields.count("cut");
    o.declined = fields.count("declined");
    o.features = fields.counts("features");
    return o;
}

CampaignBucket read_bucket(Fields fields)
{
    CampaignBucket b;
    fields.note_in(b.problems);
    b.signature = fields.text("signature");
    b.suspect = fields.text("suspect");
    b.oracles = fields.text("oracles");
    b.count = fields.count("count");
    b.folder = fields.text("folder");
    b.folders = fields.texts("folders");
    b.instruction = fields.text("instruction");
    b.detail = fields.text("detail");
    b.command = fields.text("command");
    b.effect = fields.text("effect");
    b.signatures = fields.texts("signatures");
    if (fields.has("minimized_instructions"))
        b.minimized_instructions = fields.count("minimized_instructions");
    return b;
}

/// Which cases each oracle accepted stands in an object of its own.
void distribute_valid(NamedCounts const& valid_by, CampaignRun& run)
{
    for (auto const& v : valid_by) {
        auto const o = std::ranges::find(run.oracles, v.name, &CampaignOracle::name);
        if (o == run.oracles.end())
            run.problems.push_back(
                {.where = fmt::format("valid_by.{}", v.name), .what = "there is no such oracle"});
        else
            o->valid = v.count;
    }
    for (std::size_t i = 1; i < run.oracles.size(); ++i)
        if (std::ranges::find(valid_by, run.oracles[i].name, &NamedCount::name) == valid_by.end())
            run.oracles[i].problems.push_back(
                {.where = fmt::format("valid_by.{}", run.oracles[i].name), .what = "is missing"});
}

void read_figures(Fields const& f, CampaignRun& run)
{
    run.touchstone = f.text("touchstone");
    run.generator = f.text("generator");
    run.generator_version = f.count("generator_version");
    run.seed = f.count("seed");
    run.first_index = f.count("first_index");
    run.jobs = f.count("jobs");
    run.seconds = f.number("seconds");
    run.cases = f.count("cases");
    run.cases_per_second = f.number("cases_per_second");
    run.valid = f.count("valid");
    run.instantiated = f.count("instantiated");
    run.executed_instructions = f.count("executed_instructions");
    run.median_instructions_per_call = f.count("median_instructions_per_call");
    run.median_distinct_opcodes_per_call = f.count("median_distinct_opcodes_per_call");
    run.calls = f.counts("calls");
    run.outcomes = f.counts("outcomes");
    run.unlocated = f.count("unlocated");
    run.troubles = f.texts("troubles");
    run.interrupted = f.flag("interrupted");
}

} // namespace

CampaignRun read_campaign(
    nlohmann::ordered_json const& result, std::string source, std::filesystem::path const& file)
{
    CampaignRun run;
    run.source = std::move(source);
    Fields const fields{result, "", run.problems};
    read_figures(fields, run);
    for (auto const& o : fields.objects("oracles"))
        run.oracles.push_back(read_oracle(o));
    distribute_valid(fields.counts("valid_by"), run);
    auto const writes_findings = fields.text_or_null("out").has_value();
    for (auto const& b : fields.objects("buckets")) {
        auto bucket = read_bucket(b);
        if (!bucket.folder.empty())
            read_folder(bucket, file);
        else if (writes_findings)
            bucket.problems.push_back({.where = bucket.signature, .what = "it has no folder"});
        run.buckets.push_back(std::move(bucket));
    }
    check_campaign(run);
    return run;
}

} // namespace touchstone::reports
