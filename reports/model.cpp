#include "reports/model.hpp"

namespace touchstone::reports {

static void append(Problems& to, Problems const& more)
{
    to.insert(to.end(), more.begin(), more.end());
}

Problems problems_of(SpecRun const& run)
{
    auto all = run.problems;
    for (auto const& o : run.oracles)
        append(all, o.problems);
    for (auto const& f : run.files) {
        append(all, f.problems);
        for (auto const& cell : f.cells)
            if (cell)
                append(all, cell->problems);
    }
    return all;
}

Problems problems_of(CampaignRun const& run)
{
    auto all = run.problems;
    for (auto const& o : run.oracles)
        append(all, o.problems);
    for (auto const& b : run.buckets)
        append(all, b.problems);
    return all;
}

Problems problems_of(Report const& report)
{
    auto all = report.problems;
    for (auto const& run : report.specs)
        append(all, problems_of(run));
    for (auto const& run : report.campaigns)
        append(all, problems_of(run));
    return all;
}

} // namespace touchstone::reports
