// Where the numbers of a suite run contradict each other.

#include "reports/read_spec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace touchstone::reports {

namespace {

struct Column
{
    std::string_view name;
    Count DirectiveCounts::* count;
};

constexpr auto columns = std::to_array<Column>({
    {"directives", &DirectiveCounts::directives},
    {"done", &DirectiveCounts::done},
    {"passed", &DirectiveCounts::passed},
    {"failed", &DirectiveCounts::failed},
    {"crashed", &DirectiveCounts::crashed},
    {"known", &DirectiveCounts::known},
    {"skipped", &DirectiveCounts::skipped},
    {"not_applicable", &DirectiveCounts::not_applicable},
    {"modules", &DirectiveCounts::modules},
});

void check_sum(DirectiveCounts const& c, std::string const& where, Problems& problems)
{
    auto const all = sum({c.done, c.passed, c.failed, c.crashed, c.known, c.skipped,
        c.not_applicable, sum(c.unsupported)});
    if (contradict(all, c.directives))
        problems.push_back({.where = where,
            .what = fmt::format(
                "the counts add up to {} directives, and there are {}", *all, *c.directives)});
}

void check_failures(SpecCell& cell, std::string const& where)
{
    auto const failed = plus(cell.counts.failed, cell.counts.crashed);
    if (contradict(failed, cell.failures.size()))
        cell.problems.push_back({.where = where,
            .what = fmt::format("{} directives failed, and {} failures are listed", *failed,
                cell.failures.size())});
}

/// A script that was cut short (unreadable, crashed, out of time) counts as one directive.
bool ran_to_its_end(SpecCell const& cell)
{
    return !cell.unreadable && std::ranges::none_of(cell.failures,
                                   [](SpecFailure const& f) { return f.directive == "script"; });
}

void check_file(SpecRun const& run, SpecFile& file)
{
    Count directives;
    for (std::size_t i = 0; i < run.oracles.size(); ++i) {
        auto const where = fmt::format("{} on {}", file.path, run.oracles[i].name);
        auto& cell = file.cells[i];
        if (!cell) {
            file.problems.push_back({.where = where, .what = "there is no result"});
            continue;
        }
        check_sum(cell->counts, where, cell->problems);
        check_failures(*cell, where);
        if (!ran_to_its_end(*cell))
            continue;
        if (contradict(directives, cell->counts.directives))
            cell->problems.push_back({.where = where,
                .what = fmt::format("{} directives, and {} on another oracle",
                    *cell->counts.directives, *directives)});
        if (!directives)
            directives = cell->counts.directives;
    }
}

/// An oracle's total of something, held against its files.
void check_total(SpecOracle& o, std::string_view what, Count stated, Count added)
{
    if (contradict(stated, added))
        o.problems.push_back({.where = fmt::format("{} of {}", what, o.name),
            .what = fmt::format("the total is {}, and its files add up to {}", *stated, *added)});
}

void check_totals(SpecRun& run, std::size_t i)
{
    auto& o = run.oracles[i];
    DirectiveCounts added;
    for (auto const& column : columns)
        added.*column.count = 0;
    std::set<std::string> features;
    for (auto const& u : o.counts.unsupported)
        features.insert(u.name);
    for (auto const& f : run.files) {
        if (!f.cells[i])
            continue;
        for (auto const& column : columns)
            added.*column.count = plus(added.*column.count, f.cells[i]->counts.*column.count);
        for (auto const& u : f.cells[i]->counts.unsupported)
            features.insert(u.name);
    }
    for (auto const& column : columns)
        check_total(o, column.name, o.counts.*column.count, added.*column.count);
    for (auto const& feature : features) {
        Count all = 0;
        for (auto const& f : run.files)
            if (f.cells[i])
                all = plus(all, named(f.cells[i]->counts.unsupported, feature));
        check_total(
            o, fmt::format("unsupported.{}", feature), named(o.counts.unsupported, feature), all);
    }
}

} // namespace

void check_spec(SpecRun& run)
{
    if (run.oracles.empty())
        run.problems.push_back({.where = "oracles", .what = "there is none"});
    if (run.files.empty())
        run.problems.push_back({.where = "files", .what = "there is none: nothing ran"});
    for (auto& file : run.files)
        check_file(run, file);
    for (std::size_t i = 0; i < run.oracles.size(); ++i) {
        check_sum(run.oracles[i].counts, run.oracles[i].name, run.oracles[i].problems);
        check_totals(run, i);
    }
}

} // namespace touchstone::reports
