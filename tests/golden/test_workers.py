"""Workers behind the protocol: one in another language keeps the contract, and planted faults are blamed on it."""

import os
import pathlib
import shlex
import shutil
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
    for command, why in [("/no/such/program", "/no/such/program"), ("true", "exit status 0"),
                         ("yes hello", "bytes"), ("exit 3", "exit status")]:
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


WASM_INTERP = HERE.parent.parent / "oracles" / "spawn" / "wasm-interp.toml"
needs_wasm_interp = pytest.mark.skipif(shutil.which("wasm-interp") is None, reason="no wasm-interp on PATH")


@needs_wasm_interp
def test_a_command_line_keeps_the_contract(touchstone, check_json):
    r = touchstone("oracles", "check", WASM_INTERP, "--json", "-")
    result = check_json(r.out, "contract")
    violated = [p for p in result["points"] if p["result"] == "violated"]
    assert not violated
    assert result["ok"] > 12


@needs_wasm_interp
def test_a_command_line_runs_scripts_and_cases(touchstone, tmp_path):
    assert touchstone("spec", "passes.wast", "--oracles", f"mine={WASM_INTERP}").exit == OK
    r = touchstone("spec", "fails.wast", "--oracles", f"mine={WASM_INTERP}")
    assert r.exit == FINDING
    assert f"--oracles mine={WASM_INTERP}" in r.text
    assert touchstone("diff", "add.wat", "--oracles", f"mine={WASM_INTERP}").exit == OK


@needs_wasm_interp
def test_a_wrong_command_line_is_found(touchstone, tmp_path):
    """A script in front of the engine that changes one answer."""
    wrong = tmp_path / "wrong.sh"
    wrong.write_text("#!/bin/sh\nwasm-interp \"$@\" | sed 's/i32:7$/i32:8/'\n")
    wrong.chmod(0o755)
    config = tmp_path / "wrong.toml"
    config.write_text(WASM_INTERP.read_text().replace('run = ["wasm-interp"', f'run = ["{wrong}"'))
    (tmp_path / "m.wat").write_text('(module (func (export "f") (result i32) i32.const 7))')
    r = touchstone("repro", tmp_path / "m.wat", "--oracles", f"fast,mine={config}")
    assert r.exit == FINDING
    assert "suspect: mine" in r.text


@pytest.mark.parametrize("text, why", [
    ("run = 1\nversion = ['true']\nresult = '(x)'", "`run` is not a list"),
    ("run = ['true']\nversion = ['true']", "`result` is missing"),
    ("run = ['true']\nversion = ['true']\nresult = 'x('", "no regular expression"),
    ("run = ['true']\nversion = ['true']\nresult = 'x'", "not one group"),
    ("run = ['true']\nversion = ['true']\nresult = '(x)'\nspeed = 1", "there is no `speed`"),
    ("run = ['true']\nversion = ['true']\nresult = '(x)'\n[meanings]\n'a' = 'b'", "neither a trap nor an end"),
    ("run = ['true']\nversion = ['true']\nresult = '(x)'", "simplest module"),
    ("run = ['/no/such']\nversion = ['true']\nresult = '(x)'", "cannot be run"),
    ("run = [", "line 1"),
])
def test_a_wrong_description_is_told(touchstone, tmp_path, text, why):
    (tmp_path / "e.toml").write_text(text)
    r = touchstone("oracles", "check", tmp_path / "e.toml")
    assert r.exit == ORACLE_MISSING
    assert why in r.message
