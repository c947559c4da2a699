#!/usr/bin/env python3
"""Runs the official suite on the reference and counts its rules: each must have been applied, but for those that
docs/spec/uncovered_by_suite.tsv names, each with the unit test that shows it.

Usage: coverage.py TOUCHSTONE       the suite's folder is $TOUCHSTONE_TESTSUITE; without it: skipped (77)
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
TESTS = ROOT / "tests/unit/engine/reference/rule_counts_test.cpp"
COUNTERS = ROOT / "engine/reference/rule_names.inc"
ROW = re.compile(r'^    \{"(\w+)",(.*?)\},\n(?=    \{"|\}\))', re.M | re.S)
TEST = re.compile(r"^TEST\(\w+, (\w+)\)\n\{(.*?)^\}", re.M | re.S)


def counts_of_the_suite(touchstone, suite, folder):
    file = pathlib.Path(folder) / "coverage.json"
    run = subprocess.run([touchstone, "spec", suite, "--oracles", "reference", "-q", "--coverage", file])
    if run.returncode != 0:
        sys.exit(f"the suite ended with {run.returncode}")
    return json.loads(file.read_text())["rules"]


def shows(test, rule):
    """Whether the test asserts the rule's counter: a row by its name, another test by its enumerator."""
    text = TESTS.read_text()
    row = dict(ROW.findall(text)).get(test, "")
    expected = " ".join(re.findall(r'^ +"([^"]*)"', row, re.M))
    if rule.split("/")[-1] in re.split(r"[ *]", expected):
        return True
    enumerator = re.search(rf'RULE\((\w+), "{re.escape(rule)}"\)', COUNTERS.read_text())[1]
    return f"EXPECT_EQ(counts[RuleName::{enumerator}], 1U)" in dict(TEST.findall(text)).get(test, "")


def main():
    suite = os.environ.get("TOUCHSTONE_TESTSUITE")
    if not suite:
        print("skipped: TOUCHSTONE_TESTSUITE does not name the official suite's folder")
        return 77
    listed = dict(line.split("\t") for line in (ROOT / "docs/spec/uncovered_by_suite.tsv").read_text().splitlines()
                  if not line.startswith("#"))
    with tempfile.TemporaryDirectory() as folder:
        rules = counts_of_the_suite(sys.argv[1], suite, folder)
    never = {name for name, count in rules.items() if count == 0}
    problems = [f"{name} was never applied, and no test of its own is named for it" for name in sorted(never - set(listed))]
    problems += [f"{name} was applied: it needs no test of its own" for name in sorted(set(listed) - never)]
    problems += [f"{name}: {test} does not show it" for name, test in listed.items() if not shows(test, name)]
    for p in problems:
        print(p)
    print(f"{len(rules) - len(never)} of {len(rules)} rules were applied, {len(listed)} have a test of their own")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
