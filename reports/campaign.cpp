#include "reports/campaign.hpp"

#include "oracles/quirks.hpp"
#include "reports/version.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iterator>
#include <vector>

namespace touchstone::reports {

using campaign::Result;
using campaign::Settings;
using campaign::Tally;

namespace {

struct NamedCount
{
    std::string name;
    std::uint64_t count;
    std::optional<std::uint64_t> first = std::nullopt; ///< the index of a case to look at
};

/// Every outcome that occurs, and `agree` and `diverge` always; they add up to the cases.
std::vector<NamedCount> outcomes_of(Tally const& t)
{
    std::vector<NamedCount> rows{{"agree", t.agree}, {"diverge", t.diverge}};
    auto const add = [&rows](std::string name, std::uint64_t count) {
        if (count != 0)
            rows.push_back({std::move(name), count});
    };
    for (std::size_t i = 0; i < t.known.size(); ++i)
        if (t.known[i] != 0)
            rows.push_back(
                {fmt::format("known_{}", quirks()[i].id), t.known[i], t.first_known[i].index()});
    for (std::size_t i = 0; i < t.inconclusive.size(); ++i)
        if (t.inconclusive[i] != 0)
            rows.push_back({fmt::format("inconclusive_{}", name(static_cast<Reason>(i))),
                t.inconclusive[i], t.first_inconclusive[i].index()});
    add("rejected", t.rejected);
    add("out_of_fuel", t.out_of_fuel);
    add("exhausted", t.exhausted);
    return rows;
}

double share(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

double rate(Result const& r)
{
    return r.seconds > 0 ? static_cast<double>(r.tally.cases) / r.seconds : 0;
}

template <class Out>
void print_oracles(Out out, Result const& r)
{
    fmt::format_to(out, "\n  {:<12} {:<22} {:>9} {:>9} {:>9} {:>11} {:>9}\n", "oracle", "version",
        "asked", "valid", "to end", "with store", "cut");
    for (std::size_t i = 0; i < r.oracles.size(); ++i) {
        auto const& o = r.oracles[i];
        auto const& m = r.tally.members[i];
        if (i == 0) {
            fmt::format_to(out, "  {:<12} {:<22} {:>9}  (what the others are held against)\n",
                o.name, o.version, r.tally.cases);
            continue;
        }
        fmt::format_to(out, "  {:<12} {:<22} {:>9} {:>8.2f}% {:>8.2f}% {:>10.2f}% {:>8.2f}%\n",
            o.name, o.version, m.asked, share(m.valid, m.asked), share(m.to_end, m.asked),
            share(m.store_to_end, m.asked), share(m.cut, m.asked));
        if (m.declined != 0)
            fmt::format_to(out,
                "  {:<12} {:<22} {:>9}  (shown as well, and declined as unsupported)\n", "", "",
                m.declined);
    }
}

template <class Out>
void print_buckets(Out out, Result const& r, Settings const& settings)
{
    for (auto const& b : r.buckets) {
        fmt::format_to(out, "\n  FINDING {} ({} cases, suspect: {})\n    {}\n", b.cause.text(),
            b.count, b.cause.suspect, b.detail);
        if (b.instructions)
            fmt::format_to(out, "    minimized to {} instructions\n", *b.instructions);
        for (auto const& f : b.folders)
            fmt::format_to(out, "    {}\n", f);
        fmt::format_to(
            out, "    see it again: {}\n", campaign::repro_command(settings, b.first_index));
    }
}

nlohmann::ordered_json oracle_json(OracleInfo const& o, campaign::MemberTally const& m)
{
    nlohmann::ordered_json j{{"name", o.name}, {"version", o.version}, {"asked", m.asked},
        {"compared_to_end", m.to_end}, {"stores_compared", m.store_to_end}, {"cut", m.cut},
        {"declined", m.declined}};
    auto& features = j["features"] = nlohmann::ordered_json::object();
    for (std::size_t f = 0; f < feature_count; ++f)
        if (m.features[f] != 0)
            features[std::string{feature_names[f]}] = m.features[f];
    return j;
}

nlohmann::ordered_json bucket_json(campaign::Bucket const& b, Settings const& settings)
{
    nlohmann::ordered_json j{{"signature", b.cause.text()}, {"suspect", b.cause.suspect},
        {"oracles", b.cause.oracles}, {"count", b.count},
        {"folder", b.folders.empty() ? "" : b.folders.front()}, {"folders", b.folders},
        {"instruction", b.cause.instruction}, {"effect", b.cause.effect}, {"detail", b.detail},
        {"command", campaign::repro_command(settings, b.first_index)}};
    if (b.instructions)
        j["minimized_instructions"] = *b.instructions;
    for (auto const& s : b.signatures)
        j["signatures"].push_back(s.text());
    return j;
}

} // namespace

std::string campaign_text(Result const& r, Settings const& settings)
{
    auto const& t = r.tally;
    std::string text;
    auto const out = std::back_inserter(text);
    fmt::format_to(out, "{} cases in {:.1f} s: {:.0f} a second ({}, seed {}, {} jobs)\n", t.cases,
        r.seconds, rate(r), generators::name(settings.kind), settings.seed, settings.jobs);
    fmt::format_to(out, "  valid {:.2f}%, instantiated {:.2f}%\n", share(t.valid, t.cases),
        share(t.instantiated, t.cases));
    fmt::format_to(out, "  a call: {} instructions and {} distinct ones in the median",
        t.instructions_per_call.quantile(500), t.opcodes_per_call.quantile(500));
    std::uint64_t calls = 0;
    for (auto const n : t.ends)
        calls += n;
    auto const ended = [&](End e) { return share(t.ends[static_cast<std::size_t>(e)], calls); };
    fmt::format_to(out, "; {:.1f}% return, {:.1f}% trap, {:.1f}% run out of fuel\n",
        ended(End::Returned), ended(End::Trapped), ended(End::OutOfFuel));
    print_oracles(out, r);
    fmt::format_to(out, "\n  outcomes:\n");
    for (auto const& o : outcomes_of(t))
        fmt::format_to(out, "    {:<40} {:>10} {:>7.2f}%{}\n", o.name, o.count,
            share(o.count, t.cases), o.first ? fmt::format("  first at index {}", *o.first) : "");
    print_buckets(out, r, settings);
    if (r.unlocated != 0)
        fmt::format_to(out,
            "\n  {} more divergent cases look like these and were not traced to a bucket\n",
            r.unlocated);
    for (auto const& trouble : r.troubles)
        fmt::format_to(out, "\n  TROUBLE {}\n", trouble);
    fmt::format_to(out, "\n{}\n",
        r.buckets.empty() ? "Nothing found." : fmt::format("{} buckets.", r.buckets.size()));
    return text;
}

nlohmann::ordered_json campaign_json(Result const& r, Settings const& settings)
{
    auto const& t = r.tally;
    nlohmann::ordered_json j;
    j["schema"] = "touchstone.campaign/1";
    j["touchstone"] = version();
    j["generator"] = generators::name(settings.kind);
    j["generator_version"] = generators::version;
    j["seed"] = settings.seed;
    j["first_index"] = settings.first;
    j["jobs"] = settings.jobs;
    j["seconds"] = r.seconds;
    j["cases"] = t.cases;
    j["cases_per_second"] = rate(r);
    j["valid"] = t.valid;
    auto& valid_by = j["valid_by"] = nlohmann::ordered_json::object();
    for (std::size_t i = 1; i < r.oracles.size(); ++i)
        valid_by[r.oracles[i].name] = t.members[i].valid;
    j["instantiated"] = t.instantiated;
    j["executed_instructions"] = t.executed_instructions;
    j["median_instructions_per_call"] = t.instructions_per_call.quantile(500);
    j["median_distinct_opcodes_per_call"] = t.opcodes_per_call.quantile(500);
    auto& calls = j["calls"] = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < end_names.size(); ++i)
        if (t.ends[i] != 0)
            calls[std::string{end_names[i]}] = t.ends[i];
    auto& outcomes = j["outcomes"] = nlohmann::ordered_json::object();
    for (auto const& o : outcomes_of(t))
        outcomes[o.name] = o.count;
    auto& first = j["first_cases"] = nlohmann::ordered_json::object();
    for (auto const& o : outcomes_of(t))
        if (o.first)
            first[o.name] = *o.first;
    auto& oracles = j["oracles"] = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < r.oracles.size(); ++i) {
        auto m = t.members[i];
        if (i == 0)
            m.asked = t.cases;
        oracles.push_back(oracle_json(r.oracles[i], m));
    }
    auto& buckets = j["buckets"] = nlohmann::ordered_json::array();
    for (auto const& b : r.buckets)
        buckets.push_back(bucket_json(b, settings));
    j["out"] = settings.out ? nlohmann::ordered_json(settings.out->string()) : nullptr;
    j["unlocated"] = r.unlocated;
    j["troubles"] = r.troubles;
    j["interrupted"] = r.signal != 0;
    return j;
}

} // namespace touchstone::reports
