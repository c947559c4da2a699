"""Workers behind the protocol: one in another language keeps the contract, and planted faults are blamed on it."""

import os
import pathlib
import shlex
import time

import pytest

from conftest import HERE, PROGRAM

OK, FINDING, USAGE, ORACLE_MISSING, INTERNAL, NOTHING_RAN = range(6)
WORKER = HERE.parent / "workers" / "worker.py"


def worker(*args):
    return shlex.join(["/usr/bin/python3", str(WORKER), str(pathlib.Path(PROGRAM).absolute()), *args])


def test_a_worker_in_python_keeps_the_contract(touchstone, check_json):
    r = touchstone("oracles", "check", worker(), "--json", "-")
    result = check_json(r.out, "contract")
    assert r.exit == OK, r.message
    assert result["violated"] == 0
    assert result["ok"] > 25
    assert {p["result"] for p in result["points"]} <= {"ok", "absent"}


@pytest.mark.parametrize("fault, point", [
    ("adds-one", "integers of all bits return"),
    ("wrong-trap", "trap: integer divide by zero"),
    ("returns-on-trap", "trap: unreachable"),
    ("takes-invalid", "an invalid module is refused, and ends nothing"),
    ("crashes", "trap: unreachable"),
    ("nonsense", "trap: unreachable"),
])
def test_a_planted_fault_violates_its_point(touchstone, check_json, fault, point):
    r = touchstone("oracles", "check", worker(fault), "--json", "-")
    result = check_json(r.out, "contract")
    assert r.exit == FINDING
    assert next(p for p in result["points"] if p["name"] == point)["result"] == "violated"


@pytest.mark.parametrize("fault, kind", [("adds-one", "values"), ("wrong-trap", "trap"), ("crashes", "crash")])
def test_a_divergence_is_blamed_on_the_worker(touchstone, tmp_path, fault, kind):
    text = {"adds-one": "(result i32) i32.const 7", "wrong-trap": "unreachable", "crashes": "unreachable"}[fault]
    (tmp_path / "m.wat").write_text(f'(module (func (export "f") {text}))')
    r = touchstone("repro", tmp_path / "m.wat", "--oracles", f"fast,mine={worker(fault)}")
    assert r.exit == FINDING, r.message
    assert f"signature: {kind}" in r.text
    assert "suspect: mine" in r.text


def test_a_campaign_finds_it_too(touchstone, check_json, tmp_path):
    r = touchstone("fuzz", "--oracles", f"fast,mine={worker('adds-one')}", "--count", 8, "--jobs", 1, "--as-found",
                   "--json", "-")
    result = check_json(r.out, "campaign")
    assert r.exit == FINDING
    assert {b["suspect"] for b in result["buckets"]} == {"mine"}
    command = shlex.split(result["buckets"][0]["command"])
    assert touchstone(*command[1:]).exit == FINDING


def test_commands_that_are_no_worker(touchstone):
    for command, why in [("/no/such/program", "/no/such/program"), ("true", "exit status 0"), ("echo hello", "bytes"),
                         ("exit 3", "exit status")]:
        r = touchstone("oracles", "check", command)
        assert r.exit == ORACLE_MISSING, command
        assert why in r.message, (command, r.message)


def test_nothing_is_left_running(touchstone, tmp_path):
    """A worker that starts others, and answers never."""
    mark = f"{os.getpid()}{time.time_ns()}"
    assert touchstone("oracles", "check", f"sh -c 'sleep 1{mark} & echo'").exit == ORACLE_MISSING
    time.sleep(0.2)
    running = [p.read_bytes() for p in pathlib.Path("/proc").glob("[0-9]*/cmdline") if p.exists()]
    assert not any(mark.encode() in command for command in running)
