"""Minimizing with a command that decides what is interesting; with engines see tests/unit/harness/minimize."""

import json
import os
import signal
import subprocess
import time

import pytest

from conftest import PROGRAM

OK, FINDING, USAGE, ORACLE_MISSING, INTERNAL, NOTHING_RAN = range(6)
SHIFTS = ["--predicate", "grep -q i32.shl {wat}"]


@pytest.fixture
def case(touchstone, tmp_path):
    """A generated case of a good size in which functions shift."""
    for index in range(200):
        folder = tmp_path / "cases" / str(index)
        assert touchstone("gen", "--generator", "smith", "--seed", 5, "--index", index, "--out", folder).exit == OK
        (found,) = folder.iterdir()
        modules = [touchstone("print", m).out for m in sorted(found.glob("*.wasm"))]
        if len(modules) == 1 and len(modules[0]) > 8_000 and modules[0].count(b"i32.shl") > 2:
            return found
    pytest.fail("no generated case shifts")


def test_shrinks_to_what_the_command_asks_for(touchstone, check_json, case, tmp_path):
    out = tmp_path / "small"
    r = touchstone("minimize", case, *SHIFTS, "--out", out, "--json", "-")
    assert r.exit == OK, r.message
    j = check_json(r.out, "minimize")
    assert j["instructions_before"] > 200 and j["instructions_after"] <= 5 and j["complete"]
    assert j["bytes_after"] < 40 < j["bytes_before"] and j["slipped"] == 0 and j["signature"] is None
    assert "i32.shl" in (out / "0.wat").read_text()
    assert json.loads((out / "case.json").read_text())["calls"] == []
    assert touchstone("validate", out / "0.wasm").exit == OK


def test_is_the_same_each_time(touchstone, case, tmp_path):
    for name in ("one", "two"):
        assert touchstone("minimize", case, *SHIFTS, "--out", tmp_path / name).exit == OK
    for file in ("case.json", "0.wasm"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_the_command_gets_folder_module_and_script(touchstone, case, tmp_path):
    see = "sh -c 'test -f $0/case.json && test $(head -c 4 $1 | tail -c 3) = asm && grep -q assert_ $2' {} {wasm} {wast}"
    r = touchstone("minimize", case, "--predicate", see, "--out", tmp_path / "small")
    assert r.exit == OK, r.message
    assert len(json.loads((tmp_path / "small" / "case.json").read_text())["calls"]) == 1


def test_words_are_not_seen_by_a_shell(touchstone, case, tmp_path):
    r = touchstone("minimize", case, "--predicate", f"true; touch {tmp_path}/made", "--out", tmp_path / "small")
    assert r.exit == USAGE and "cannot run true;" in r.message
    assert not (tmp_path / "made").exists()


def test_what_is_not_interesting(touchstone, case, tmp_path):
    for args, why in (
        (["--predicate", "false"], "not interesting"),
        (["--predicate", "true"], "an empty case is interesting too"),
        (["--predicate", "sleep 60", "--timeout", "0.2"], "not interesting"),
        (["--oracles", "reference,fast"], "do not diverge"),
    ):
        r = touchstone("minimize", case, *args, "--out", tmp_path / "small")
        assert r.exit == NOTHING_RAN and why in r.message, r.message
        assert not (tmp_path / "small").exists()


def test_wrong_input(touchstone, case, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years")
    for args in (
        [tmp_path / "none", *SHIFTS],
        [case, "--predicate", "grep 'x"],
        [case, "--predicate", ""],
        [case, "--predicate", "/no/such/program"],
        [case, *SHIFTS, "--out", tmp_path / "mine"],
        [case, *SHIFTS, "--out", case],
        [case, *SHIFTS, "--out", "/proc/none/small"],
        [case, *SHIFTS, "--timeout", "0"],
    ):
        r = touchstone("minimize", *args)
        assert r.exit == USAGE and r.message.startswith("touchstone minimize: "), (args, r.message)
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years"
    r = touchstone("minimize", case, "--oracles", "nobody")
    assert r.exit == ORACLE_MISSING


def test_a_budget_ends_it_with_the_best_so_far(touchstone, check_json, case, tmp_path):
    r = touchstone("minimize", case, *SHIFTS, "--tries", 5, "--out", tmp_path / "small", "--json", "-")
    assert r.exit == OK
    j = check_json(r.out, "minimize")
    assert j["tries"] == 5 and not j["complete"] and 4 < j["instructions_after"] <= j["instructions_before"]


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_keeps_the_best(touchstone, case, tmp_path, number, code):
    out = tmp_path / "small"
    slow = "sh -c 'sleep 0.05; grep -q i32.shl $0' {wat}"
    run = subprocess.Popen([PROGRAM, "minimize", case, "--predicate", slow, "--out", out],
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for _ in range(1000):
        if out.exists():
            break
        time.sleep(0.01)
    run.send_signal(number)
    run.communicate(timeout=30)
    assert run.returncode == code
    assert "i32.shl" in "".join(p.read_text() for p in out.glob("*.wat"))
    assert touchstone("diff", out, "--oracles", "reference,fast").exit in (OK, NOTHING_RAN)


def test_killed_leaves_a_whole_case(touchstone, case, tmp_path):
    out = tmp_path / "small"
    run = subprocess.Popen([PROGRAM, "minimize", case, *SHIFTS, "--out", out],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not out.exists() and run.poll() is None:
        time.sleep(0.001)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    loaded = json.loads((out / "case.json").read_text())
    for m in loaded["modules"]:
        assert touchstone("validate", out / m["file"]).exit == OK
