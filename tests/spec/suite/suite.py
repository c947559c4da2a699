#!/usr/bin/env python3
"""Runs the official suite on both engines: nothing may fail, and at least so much must pass.

Usage: suite.py TOUCHSTONE       the suite's folder is $TOUCHSTONE_TESTSUITE; without it: skipped (77)
"""

import json
import os
import subprocess
import sys

LEAST_PASSED = 29_000  # raise it as features are added


def main():
    suite = os.environ.get("TOUCHSTONE_TESTSUITE")
    if not suite:
        print("skipped: TOUCHSTONE_TESTSUITE does not name the official suite's folder")
        return 77
    run = subprocess.run([sys.argv[1], "spec", suite, "--oracles", "reference,fast", "--json", "-"],
                         stdout=subprocess.PIPE)
    result = json.loads(run.stdout)
    bad = run.returncode
    for o in result["oracles"]:
        print(f"{o['name']}: {o['passed']} passed, {o['failed']} failed, {o['modules']} modules, "
              f"unsupported {o['unsupported']}")
        bad |= o["failed"] + o["crashed"] + o["skipped"] != 0 or o["passed"] < LEAST_PASSED
    for f in result["failures"][:50]:
        print(f"{f['path']}:{f['line']}: {f['directive']} on {f['oracle']}: "
              f"expected {f['expected']}, got {f['got']}")
    return 1 if bad or len(result["oracles"]) != 2 else 0


if __name__ == "__main__":
    sys.exit(main())
