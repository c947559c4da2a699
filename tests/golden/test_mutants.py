"""Planted faults from outside: nothing of them is in the program that people use (test_planted_faults.py: they are noticed)."""

import pathlib
import re

from conftest import HERE, PROGRAM

ROOT = HERE.parent.parent


def ids():
    rows = [(ROOT / table).read_text() for table in ("engine/fast/faults.inc", "engine/syntax/faults.inc")]
    return re.findall(r'^FAULT\(\w+, +"([^"]+)"', "\n".join(rows), re.M)


def test_the_tables_have_what_they_should():
    assert len(ids()) == len(set(ids())) >= 30


def test_nothing_is_left_in_the_program():
    program = pathlib.Path(PROGRAM).read_bytes()
    assert [i for i in ids() if i.encode() in program] == []


def test_says_where_the_faults_build_is_missing(touchstone):
    r = touchstone("mutants", "--program", "no/such/program")
    assert r.exit == 3 and r.out == b""
    assert "no/such/program: No such file or directory" in r.message and "cmake --build --preset faults" in r.message


def test_the_committed_result(check_json):
    result = check_json((ROOT / "docs/mutants.json").read_bytes(), "mutants")
    assert {f["id"] for f in result["faults"]} == set(ids())
    everything = result["layers"][-1]
    assert everything["name"] == "all" and everything["total"] == len(ids())
    assert everything["total"] - everything["killed"] == len(result["survivors"])
    for layer in result["layers"]:
        for count in ("killed", "total"):
            assert sum(c[count] for c in layer["by_class"].values()) == layer[count]
