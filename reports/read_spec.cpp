#include "reports/read_spec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace touchstone::reports {

namespace {

/// More would be no suite run, and every file has a cell for each.
constexpr std::size_t max_oracles = 64;

DirectiveCounts read_counts(Fields const& f)
{
    return {.directives = f.count("directives"),
        .done = f.count("done"),
        .passed = f.count("passed"),
        .failed = f.count("failed"),
        .crashed = f.count("crashed"),
        .known = f.count("known"),
        .skipped = f.count("skipped"),
        .not_applicable = f.count("not_applicable"),
        .modules = f.count("modules"),
        .unsupported = f.counts("unsupported")};
}

class Reader
{
public:
    explicit Reader(SpecRun& run) : run_{run} {}

    void read(Fields const& result)
    {
        for (auto const& o : result.objects("oracles"))
            read_oracle(o);
        for (auto const& f : result.objects("files"))
            read_cell(f);
        for (auto const& f : result.objects("failures"))
            read_failure(f);
    }

private:
    void read_oracle(Fields fields)
    {
        SpecOracle o;
        fields.note_in(o.problems);
        o.name = fields.text("name");
        o.version = fields.text("version");
        o.counts = read_counts(fields);
        if (run_.oracles.size() == max_oracles || column_of(o.name))
            return misplaced(fields.where(),
                column_of(o.name) ? fmt::format("the oracle {} stands there twice", o.name)
                                  : fmt::format("more than {} oracles", max_oracles));
        columns_.emplace(o.name, run_.oracles.size());
        run_.oracles.push_back(std::move(o));
    }

    void read_cell(Fields fields)
    {
        SpecCell cell;
        fields.note_in(cell.problems);
        auto const path = fields.text("path");
        auto const oracle = fields.text("oracle");
        cell.counts = read_counts(fields);
        cell.reason = fields.text("reason");
        cell.unreadable = fields.flag("unreadable");
        subtract_crashed(fields, cell.counts);
        auto const column = column_of(oracle);
        if (!column)
            return misplaced(fields.where(), fmt::format("{} on {}: no such oracle", path, oracle));
        auto& place = file_named(path).cells[*column];
        if (place)
            return misplaced(
                fields.where(), fmt::format("{} on {} stands there twice", path, oracle));
        place = std::move(cell);
    }

    /// Files count crashed directives among the failed ones, oracles beside them.
    static void subtract_crashed(Fields const& fields, DirectiveCounts& counts)
    {
        if (exceeds(counts.crashed, counts.failed)) {
            fields.note("crashed", "exceeds `failed`, which counts them too");
            counts.failed = std::nullopt;
        } else if (counts.crashed && counts.failed)
            *counts.failed -= *counts.crashed;
    }

    void read_failure(Fields const& fields)
    {
        SpecFailure f{.path = fields.text("path"),
            .oracle = fields.text("oracle"),
            .line = fields.count("line"),
            .directive = fields.text("directive"),
            .expected = fields.text("expected"),
            .got = fields.text("got"),
            .feature = fields.text("feature")};
        auto const column = column_of(f.oracle);
        auto const file = files_.find(f.path);
        if (!column || file == files_.end() || !run_.files[file->second].cells[*column])
            return misplaced(
                fields.where(), fmt::format("{}:{} on {} failed, and `files` has no such pair",
                                    f.path, f.line.value_or(0), f.oracle));
        run_.files[file->second].cells[*column]->failures.push_back(std::move(f));
    }

    [[nodiscard]] std::optional<std::size_t> column_of(std::string const& oracle) const
    {
        auto const at = columns_.find(oracle);
        return at == columns_.end() ? std::nullopt : std::optional{at->second};
    }

    SpecFile& file_named(std::string const& path)
    {
        auto const [at, is_new] = files_.emplace(path, run_.files.size());
        if (is_new) {
            run_.files.push_back({.path = path, .cells = {}, .problems = {}});
            run_.files.back().cells.resize(run_.oracles.size());
        }
        return run_.files[at->second];
    }

    void misplaced(std::string const& where, std::string what)
    {
        run_.problems.push_back({.where = where, .what = std::move(what)});
    }

    SpecRun& run_;
    std::map<std::string, std::size_t> columns_;
    std::map<std::string, std::size_t> files_;
};

} // namespace

SpecRun read_spec(nlohmann::ordered_json const& result, std::string source)
{
    SpecRun run;
    run.source = std::move(source);
    Fields const fields{result, "", run.problems};
    run.touchstone = fields.text("touchstone");
    run.strict_messages = fields.flag("strict_messages");
    run.user_seconds = fields.number("user_seconds");
    run.peak_rss_bytes = fields.count("peak_rss_bytes");
    Reader{run}.read(fields);
    check_spec(run);
    return run;
}

} // namespace touchstone::reports
