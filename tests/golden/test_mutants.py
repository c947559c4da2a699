"""Planted faults from outside: nothing of them is in the program that people use, and the faults build notices them."""

import json
import os
import pathlib
import re
import subprocess

import pytest

from conftest import HERE, INPUTS, PROGRAM

ROOT = HERE.parent.parent
FAULTS_PROGRAM = pathlib.Path(PROGRAM).resolve().parent.parent / "faults" / "touchstone"
needs_faults = pytest.mark.skipif(not FAULTS_PROGRAM.is_file(), reason=f"there is no {FAULTS_PROGRAM}")


def ids():
    rows = [(ROOT / table).read_text() for table in ("engine/fast/faults.inc", "engine/syntax/faults.inc")]
    return re.findall(r'^FAULT\(\w+, +"([^"]+)"', "\n".join(rows), re.M)


def faults_build(*args, **environment):
    return subprocess.run([FAULTS_PROGRAM, *map(str, args)], cwd=INPUTS, capture_output=True, timeout=120,
                          env={**os.environ, **environment})


def test_the_tables_have_what_they_should():
    assert len(ids()) == len(set(ids())) >= 30


def test_nothing_is_left_in_the_program():
    program = pathlib.Path(PROGRAM).read_bytes()
    assert [i for i in ids() if i.encode() in program] == []


def test_says_where_the_faults_build_is_missing(touchstone):
    r = touchstone("mutants", "--program", "no/such/program")
    assert r.exit == 3 and r.out == b""
    assert "no/such/program: No such file or directory" in r.message and "cmake --preset faults" in r.message


def test_the_committed_result(check_json):
    result = check_json((ROOT / "docs/mutants.json").read_bytes(), "mutants")
    assert {f["id"] for f in result["faults"]} == set(ids())
    everything = result["layers"][-1]
    assert everything["name"] == "all" and everything["total"] == len(ids())
    assert everything["total"] - everything["killed"] == len(result["survivors"])
    for layer in result["layers"]:
        for count in ("killed", "total"):
            assert sum(c[count] for c in layer["by_class"].values()) == layer[count]


@needs_faults
def test_notices_a_fault(touchstone, check_json):
    r = touchstone("mutants", "--faults", "div-s-power-of-two,f32-const-quieted", "--layers", "smith", "--budget-cases",
                   5000, "--json", "-")
    assert r.exit == 0, r.message
    result = check_json(r.out, "mutants")
    assert result["survivors"] == [] and [f["shared"] for f in result["faults"]] == [False, True]
    assert result["faults"][0]["oracles"] == ["reference", "fast"]
    assert result["faults"][1]["oracles"] == ["reference", "wabt"]


@needs_faults
def test_tells_of_survivors(touchstone, check_json):
    r = touchstone("mutants", "--faults", "fill-fuel", "--layers", "smith", "--budget-cases", 1, "--json", "-", "--quiet")
    assert r.exit == 1
    assert check_json(r.out, "mutants")["survivors"] == [
        {"id": "fill-fuel", "class": "fuel off by one", "instruction": "memory.fill"}]


@needs_faults
def test_wrong_usage(touchstone):
    for args in (["--faults", "no-such-fault"], ["--layers", "no-such-layer"], ["--budget-cases", 0],
                 ["--layers", "suite", "--suite", "no-such-folder"], ["--json", "-", "--markdown", "-"]):
        r = touchstone("mutants", *args)
        assert r.exit == 2 and r.message.startswith("touchstone mutants: "), args
    assert touchstone("mutants", "--oracles", "no-such-engine", "--layers", "smith").exit == 3


@needs_faults
def test_faults_on_for_other_commands():
    wrong = faults_build("fuzz", "--count", 500, "--oracles", "reference,fast", "--json", "-", "--quiet",
                         TOUCHSTONE_FAULTS="div-s-power-of-two,imported-global-aliased")
    assert wrong.returncode == 1 and json.loads(wrong.stdout)["outcomes"]["diverge"] > 0
    right = faults_build("fuzz", "--count", 500, "--oracles", "reference,fast", "--quiet")
    assert right.returncode == 0
    unknown = faults_build("oracles", TOUCHSTONE_FAULTS="div-s-power-of-two,nonsense")
    assert unknown.returncode == 2 and b"`nonsense`" in unknown.stderr


FIVE = "rotr-commuted,div-s-power-of-two,table-fill-wraps,grow-keeps-size,copy-forward"


@needs_faults
def test_a_bucket_a_fault(tmp_path, check_json):
    """Five faults on at once are five buckets, each small, with a script that tells right from wrong."""
    faults_build("fuzz", "--count", 6000, "--seed", 1, "--oracles", "reference,fast", "--out", tmp_path / "findings",
                 "--json", tmp_path / "c.json", TOUCHSTONE_FAULTS=FIVE)
    result = check_json((tmp_path / "c.json").read_bytes(), "campaign")
    buckets = result["buckets"]
    assert 5 <= len(buckets) <= 6, [b["signature"] for b in buckets]
    places = {b["instruction"] for b in buckets}
    assert {"i64.rotr", "i32.div_s", "table.fill", "memory.copy", "memory access after memory.grow"} <= places
    assert sum(b["count"] for b in buckets) + result["unlocated"] == result["outcomes"]["diverge"]
    for b in buckets:
        assert b["minimized_instructions"] < 40
        script = pathlib.Path(b["folder"]) / "test.wast"
        assert faults_build("spec", script, "--oracles", "reference", TOUCHSTONE_FAULTS=FIVE).returncode == 0
        assert faults_build("spec", script, "--oracles", "fast", TOUCHSTONE_FAULTS=FIVE).returncode == 1
        assert faults_build("spec", script, "--oracles", "fast").returncode == 0
