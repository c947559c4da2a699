#include "reports/junit.hpp"

#include "reports/visible_text.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <iterator>
#include <map>
#include <sstream>

namespace touchstone::reports {

namespace {

using script::DirectiveResult;
using script::FileReport;

struct Counts
{
    std::uint64_t tests = 0;
    std::uint64_t failures = 0;
    std::uint64_t errors = 0;
    std::uint64_t skipped = 0;
};

std::string line_of(FileReport const& file, DirectiveResult const& f)
{
    return fmt::format(
        "{}:{}: {}: expected {}, got {}", file.path, f.line, f.directive, f.expected, f.got);
}

/// Why nothing of this script said anything about the engine; empty if something did.
std::string why_skipped(FileReport const& f)
{
    if (f.passed + f.failed + f.crashed + f.known != 0)
        return {};
    if (!f.unsupported.empty())
        return fmt::format("the engine does not support {}", f.unsupported.begin()->first);
    if (f.skipped + f.not_applicable != 0)
        return f.reason;
    return {};
}

void add_text(pugi::xml_node node, std::vector<std::string> const& lines)
{
    node.append_attribute("message") = visible_text(lines.front()).c_str();
    node.text().set(visible_text(fmt::format("{}", fmt::join(lines, "\n"))).c_str());
}

void add_case(pugi::xml_node suite, FileReport const& f, Counts& counts)
{
    auto test = suite.append_child("testcase");
    test.append_attribute("classname") = visible_text(f.oracle).c_str();
    test.append_attribute("name") = visible_text(f.path).c_str();
    test.append_attribute("assertions") = f.passed + f.failed + f.crashed + f.known;
    ++counts.tests;
    std::vector<std::string> lines;
    for (auto const& failure : f.failures)
        lines.push_back(line_of(f, failure));
    if (f.is_unreadable) {
        ++counts.errors;
        add_text(test.append_child("error"), {f.reason});
    } else if (!lines.empty()) {
        ++counts.failures;
        add_text(test.append_child("failure"), lines);
    } else if (auto const why = why_skipped(f); !why.empty()) {
        ++counts.skipped;
        test.append_child("skipped").append_attribute("message") = visible_text(why).c_str();
    }
    if (f.known_failures.empty())
        return;
    std::string known;
    for (auto const& failure : f.known_failures)
        known += fmt::format("known: {} ({})\n", line_of(f, failure), failure.reason);
    test.append_child("system-out").text().set(visible_text(known).c_str());
}

void write_counts(pugi::xml_node suite, Counts const& c)
{
    suite.append_attribute("tests") = c.tests;
    suite.append_attribute("failures") = c.failures;
    suite.append_attribute("errors") = c.errors;
    suite.append_attribute("skipped") = c.skipped;
}

} // namespace

std::string junit(script::SuiteReport const& report)
{
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    auto suites = document.append_child("testsuites");
    suites.append_attribute("name") = "touchstone spec";
    std::map<std::string, std::pair<pugi::xml_node, Counts>> by_oracle;
    for (auto const& f : report.files) {
        auto [at, is_new] = by_oracle.try_emplace(f.oracle);
        if (is_new) {
            at->second.first = suites.append_child("testsuite");
            at->second.first.append_attribute("name") = visible_text(f.oracle).c_str();
        }
        add_case(at->second.first, f, at->second.second);
    }
    for (auto const& [oracle, suite] : by_oracle)
        write_counts(suite.first, suite.second);
    std::ostringstream out;
    document.save(out, "  ");
    return out.str();
}

} // namespace touchstone::reports
