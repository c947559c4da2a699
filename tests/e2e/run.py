#!/usr/bin/env python3
"""Runs the tests of this folder in headless Chromium, or says what is missing and exits with 77.

Usage: run.py [PYTEST OPTION]...
Environment: TOUCHSTONE, the program; TOUCHSTONE_TESTSUITE, the official suite's folder, for the page of a whole run;
  TOUCHSTONE_SCREENSHOTS, a folder to keep pictures of the pages in.
"""

import importlib.util
import os
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).parent


def missing():
    """What is not on this machine."""
    for program in "chromium", "chromedriver":
        if not shutil.which(program):
            yield program
    for module in "pytest", "selenium":
        if importlib.util.find_spec(module) is None:
            yield f"python3-{module}"


def main():
    absent = list(missing())
    if absent:
        print(f"skipped: not on this machine: {', '.join(absent)} (scripts/setup --browser installs them)")
        return 77
    if "TOUCHSTONE" not in os.environ:
        print("run.py: TOUCHSTONE must name the program", file=sys.stderr)
        return 2
    import pytest
    return pytest.main(["-q", "-p", "no:cacheprovider", *sys.argv[1:], str(HERE)])


if __name__ == "__main__":
    sys.exit(main())
