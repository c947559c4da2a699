"""The program with planted faults from outside: they are noticed, kept apart and made small."""

import json
import os
import pathlib
import subprocess

import pytest

from conftest import INPUTS, PROGRAM

FAULTS_PROGRAM = pathlib.Path(PROGRAM).resolve().parent / "faults" / "touchstone"
pytestmark = pytest.mark.skipif(not FAULTS_PROGRAM.is_file(), reason=f"there is no {FAULTS_PROGRAM}")


def faults_build(*args, **environment):
    return subprocess.run([FAULTS_PROGRAM, *map(str, args)], cwd=INPUTS, capture_output=True, timeout=120,
                          env={**os.environ, **environment})


def test_notices_a_fault(touchstone, check_json):
    r = touchstone("mutants", "--faults", "div-s-power-of-two,f32-const-quieted", "--layers", "smith", "--budget-cases",
                   5000, "--json", "-")
    assert r.exit == 0, r.message
    result = check_json(r.out, "mutants")
    assert result["survivors"] == [] and [f["shared"] for f in result["faults"]] == [False, True]
    assert result["faults"][0]["oracles"] == ["reference", "fast"]
    assert result["faults"][1]["oracles"] == ["reference", "wabt"]


def test_tells_of_survivors(touchstone, check_json):
    r = touchstone("mutants", "--faults", "fill-fuel", "--layers", "smith", "--budget-cases", 1, "--json", "-", "--quiet")
    assert r.exit == 1
    assert check_json(r.out, "mutants")["survivors"] == [
        {"id": "fill-fuel", "class": "fuel off by one", "instruction": "memory.fill"}]


def test_wrong_usage(touchstone):
    for args in (["--faults", "no-such-fault"], ["--layers", "no-such-layer"], ["--budget-cases", 0],
                 ["--layers", "suite", "--suite", "no-such-folder"], ["--json", "-", "--markdown", "-"]):
        r = touchstone("mutants", *args)
        assert r.exit == 2 and r.message.startswith("touchstone mutants: "), args
    assert touchstone("mutants", "--oracles", "no-such-engine", "--layers", "smith").exit == 3


def test_faults_on_for_other_commands():
    wrong = faults_build("fuzz", "--count", 500, "--oracles", "reference,fast", "--json", "-", "--quiet",
                         TOUCHSTONE_FAULTS="div-s-power-of-two,imported-global-aliased")
    assert wrong.returncode == 1 and json.loads(wrong.stdout)["outcomes"]["diverge"] > 0
    right = faults_build("fuzz", "--count", 500, "--oracles", "reference,fast", "--quiet")
    assert right.returncode == 0
    unknown = faults_build("oracles", TOUCHSTONE_FAULTS="div-s-power-of-two,nonsense")
    assert unknown.returncode == 2 and b"`nonsense`" in unknown.stderr


def assert_script_tells(folder, check_json, faults):
    """Its script passes on the reference and fails on the faulty engine, and there because of the fault."""
    finding = check_json((folder / "finding.json").read_bytes(), "finding")
    assert finding["script"]["shows"]
    script = ["spec", folder / "test.wast", *finding["script"]["options"], "--oracles"]
    assert faults_build(*script, "reference", TOUCHSTONE_FAULTS=faults).returncode == 0
    assert faults_build(*script, "fast", TOUCHSTONE_FAULTS=faults).returncode == 1
    assert faults_build(*script, "fast").returncode == 0


FIVE = "rotr-commuted,div-s-power-of-two,table-fill-wraps,grow-keeps-size,copy-forward"


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
        assert_script_tells(pathlib.Path(b["folder"]), check_json, FIVE)


@pytest.mark.parametrize("fault", ["stack-values-kept", "last-local-kept", "active-data-kept", "data-written-partly"])
def test_a_script_for_what_calls_do_not_show(fault, tmp_path, check_json):
    """Segments, what a failed instantiation leaves, fuel and limits: their scripts ask for them."""
    faults_build("fuzz", "--count", 250, "--seed", 3, "--oracles", "reference,fast", "--out", tmp_path / "findings",
                 "--json", tmp_path / "c.json", TOUCHSTONE_FAULTS=fault)
    buckets = check_json((tmp_path / "c.json").read_bytes(), "campaign")["buckets"]
    assert buckets
    for b in buckets:
        assert_script_tells(pathlib.Path(b["folder"]), check_json, fault)
