#pragma once
// Results that are sound, for tests to break.

#include "reports/read.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace touchstone::reports {

/// Two files on two oracles: 6 directives and 2; `fast` fails once, and lacks simd.
[[nodiscard]] inline nlohmann::ordered_json sound_spec()
{
    return nlohmann::ordered_json::parse(R"json({
  "schema": "touchstone.spec/1", "touchstone": "0.1.0",
  "oracles": [
    {"name": "reference", "version": "0.1.0", "passed": 6, "failed": 0, "skipped": 0,
     "not_applicable": 0, "crashed": 0, "known": 0, "modules": 2, "unsupported": {}, "directives": 8, "done": 2},
    {"name": "fast", "version": "0.1.0", "passed": 4, "failed": 1, "skipped": 0,
     "not_applicable": 0, "crashed": 0, "known": 0, "modules": 2, "unsupported": {"simd": 1}, "directives": 8, "done": 2}],
  "files": [
    {"path": "suite/a.wast", "oracle": "reference", "passed": 5, "failed": 0, "skipped": 0, "reason": "",
     "directives": 6, "done": 1, "crashed": 0, "known": 0, "not_applicable": 0, "modules": 1, "unsupported": {}, "unreadable": false},
    {"path": "suite/a.wast", "oracle": "fast", "passed": 3, "failed": 1, "skipped": 0, "reason": "",
     "directives": 6, "done": 1, "crashed": 0, "known": 0, "not_applicable": 0, "modules": 1, "unsupported": {"simd": 1}, "unreadable": false},
    {"path": "suite/b.wast", "oracle": "reference", "passed": 1, "failed": 0, "skipped": 0, "reason": "",
     "directives": 2, "done": 1, "crashed": 0, "known": 0, "not_applicable": 0, "modules": 1, "unsupported": {}, "unreadable": false},
    {"path": "suite/b.wast", "oracle": "fast", "passed": 1, "failed": 0, "skipped": 0, "reason": "",
     "directives": 2, "done": 1, "crashed": 0, "known": 0, "not_applicable": 0, "modules": 1, "unsupported": {}, "unreadable": false}],
  "failures": [
    {"path": "suite/a.wast", "line": 12, "oracle": "fast", "directive": "assert_return",
     "expected": "returned i32:8", "got": "returned i32:7", "feature": ""}],
  "strict_messages": false, "user_seconds": 0.5, "peak_rss_bytes": 10485760
})json");
}

/// 100 cases on three oracles, 5 of them in one bucket without a folder.
[[nodiscard]] inline nlohmann::ordered_json sound_campaign()
{
    return nlohmann::ordered_json::parse(R"json({
  "schema": "touchstone.campaign/1", "touchstone": "0.1.0", "generator": "mixed", "generator_version": 1,
  "seed": 18446744073709551615, "first_index": 0, "jobs": 2, "seconds": 2.0, "cases": 100,
  "cases_per_second": 50.0, "valid": 100, "valid_by": {"fast": 100, "wabt": 98}, "instantiated": 97,
  "executed_instructions": 12345, "median_instructions_per_call": 30, "median_distinct_opcodes_per_call": 12,
  "calls": {"returned": 300, "trapped": 100},
  "outcomes": {"agree": 90, "diverge": 5, "inconclusive_timeout": 2, "out_of_fuel": 3},
  "oracles": [
    {"name": "reference", "version": "0.1.0", "asked": 100, "compared_to_end": 0, "stores_compared": 0, "cut": 0, "declined": 0, "features": {}},
    {"name": "fast", "version": "0.1.0", "asked": 100, "compared_to_end": 95, "stores_compared": 95, "cut": 0, "declined": 0, "features": {"wasm1": 95}},
    {"name": "wabt", "version": "1.0.32", "asked": 98, "compared_to_end": 96, "stores_compared": 90, "cut": 3, "declined": 0, "features": {"wasm1": 96, "simd": 4}}],
  "buckets": [{"signature": "values reference/fast i32", "suspect": "fast", "oracles": "reference/fast", "count": 5,
    "folder": "", "folders": [], "instruction": "", "effect": "values", "signatures": ["values reference/fast i32"], "detail": "call 2: i32 7 against i32 8",
    "command": "touchstone repro --generator mixed --seed 1 --index 311 --oracles reference,fast,wabt"}],
  "out": null, "unlocated": 0, "troubles": [], "interrupted": false
})json");
}

[[nodiscard]] inline Report report_of(nlohmann::ordered_json const& result)
{
    Report report{.touchstone = "0.1.0"};
    add_result(report, "result.json", result.dump());
    return report;
}

} // namespace touchstone::reports
