"""What every command prints as help, and how it ends on wrong usage and bad input."""

import json
import os
import subprocess

import pytest

from conftest import PROGRAM

OK, FINDING, USAGE, ORACLE_MISSING, INTERNAL, NOTHING_RAN = range(6)

COMMANDS = ["corpus", "coverage", "diff", "fuzz", "gen", "minimize", "mutants", "oracles", "parse", "print", "report", "repro", "run", "spec",
            "validate"]
NEED_OPERANDS = ["corpus", "coverage", "diff", "minimize", "parse", "print", "repro", "run", "spec", "validate"]


def test_help_of_the_program(touchstone):
    r = touchstone("--help")
    assert r.exit == OK and r.err == b""
    for command in COMMANDS:
        assert f"\n    {command} " in r.text
    assert touchstone("help").out == r.out


def test_no_command_at_all(touchstone):
    r = touchstone()
    assert r.exit == USAGE and r.out == b"" and "Usage:" in r.message


def test_version(touchstone):
    r = touchstone("--version")
    assert r.exit == OK and r.text.startswith("touchstone ")


@pytest.mark.parametrize("command", COMMANDS)
def test_help(touchstone, golden, command):
    r = touchstone(command, "--help")
    assert r.exit == OK and r.err == b""
    assert r.text.startswith(f"Usage: touchstone {command}")
    assert r.text.index("Examples:") < r.text.index("Options:")
    assert touchstone("help", command).out == r.out
    golden(f"help-{command}", r.text)


@pytest.mark.parametrize("command", COMMANDS)
def test_wrong_usage(touchstone, command):
    for args in (["--no-such-option", "x"], ["x", "--color"], ["x", "--color", "mauve"], []):
        if not args and command not in NEED_OPERANDS:
            continue
        r = touchstone(command, *args)
        assert r.exit == USAGE, args
        assert r.out == b""
        assert r.message.startswith(f"touchstone {command}: ")
        assert f"touchstone {command} --help" in r.message


def test_unknown_command(touchstone):
    r = touchstone("vaildate", "add.wat")
    assert r.exit == USAGE and "did you mean `validate`?" in r.message
    assert touchstone("x" * 100_000).exit == USAGE


@pytest.mark.parametrize("command", NEED_OPERANDS)
@pytest.mark.parametrize("what", ["absent.wasm", "."])
def test_unreadable(touchstone, command, what):
    if what == "." and command in ("spec", "diff"):  # they take folders
        return
    r = touchstone(command, *(["add"] if command == "corpus" else []), what)
    assert r.exit == USAGE and what in r.message


@pytest.mark.parametrize("command", ["parse", "print", "run"])
@pytest.mark.parametrize("what,place", [("malformed.wat", "2:"), ("truncated.wasm", "byte 0x")])
def test_no_module(touchstone, command, what, place):
    r = touchstone(command, what)
    assert r.exit == USAGE and r.out == b""
    assert r.message.startswith(f"{what}:") and place in r.message and "malformed" in r.message


def test_validate(touchstone):
    assert touchstone("validate", "add.wat", "start.wat").exit == OK
    r = touchstone("validate", "add.wat", "invalid.wat", "malformed.wat", "truncated.wasm")
    assert r.exit == FINDING
    assert "add.wat: valid" in r.text
    assert "invalid: type mismatch" in r.message
    assert len(r.message.splitlines()) == 3
    assert touchstone("validate", "invalid.wat", "absent.wat").exit == USAGE
    r = touchstone("validate", "--quiet", "invalid.wat")
    assert r.exit == FINDING and r.out == r.err == b""


def test_validate_with_features(touchstone):
    simd = b"(module (func (result v128) (v128.const i64x2 0 0)))"
    assert touchstone("validate", "-", stdin=simd).exit == OK
    r = touchstone("validate", "-", "--features", "wasm1", stdin=simd)
    assert r.exit == FINDING and "simd" in r.message
    assert touchstone("validate", "-", "--features", "simd,multi-value", stdin=simd).exit == OK
    assert touchstone("validate", "-", "--features", "sidm", stdin=simd).exit == USAGE


def test_parse_and_print(touchstone, tmp_path):
    binary = tmp_path / "add.wasm"
    assert touchstone("parse", "add.wat", "-o", binary).exit == OK
    assert binary.read_bytes().startswith(b"\0asm\1\0\0\0")
    assert [p.name for p in tmp_path.iterdir()] == ["add.wasm"]
    text = touchstone("print", binary)
    assert text.exit == OK and "i32.div_s" in text.text
    again = touchstone("parse", "-", stdin=text.out)
    assert again.exit == OK and again.out == binary.read_bytes()
    assert touchstone("parse", "add.wat", "-o", tmp_path / "no" / "such" / "folder").exit == USAGE


def test_names_and_branch_hints_there_and_back(touchstone, tmp_path):
    source = '(module (func $f (param $p i32) local.get $p (@metadata.code.branch_hint "\\01") if end))'
    binary = touchstone("parse", "--names", "-", stdin=source.encode())
    assert binary.exit == OK and b"metadata.code.branch_hint" in binary.out
    text = touchstone("print", "-", stdin=binary.out).text
    assert "$f" in text and "local.get $p" in text and '(@metadata.code.branch_hint "\\01") if' in text
    assert touchstone("parse", "--names", "-", stdin=text.encode()).out == binary.out
    broken = binary.out.replace(b"hint\x01\x00\x01\x03\x01", b"hint\x01\x00\x01\x03\x02")
    assert broken != binary.out
    r = touchstone("validate", "-", stdin=broken)
    assert r.exit == OK
    r = touchstone("validate", "--custom-sections", "-", stdin=broken)
    assert r.exit == FINDING and "invalid hint size" in r.message


@pytest.mark.parametrize("oracle", ["reference", "fast"])
def test_run(touchstone, oracle):
    def run(*args):
        return touchstone("run", "add.wat", "--oracles", oracle, *args)

    r = run("--invoke", "add", "3", "-4")
    assert r.exit == OK and r.text == "i32:-1\n"
    assert run("--invoke", "two", "0x1p-1", "nan:0x8000000000001").text == "f64:nan:0x8000000000001\nf32:0.5\n"
    assert run("--invoke", "two", "--", "-inf", "-0").text == "f64:-0\nf32:-inf\n"
    assert run("--invoke", "wide", "0xffffffffffffffff").text == "i64:-1\n"
    assert run("--invoke", "add", "i32:1", "i32:2").text == "i32:3\n"

    r = run("--invoke", "divide", "1", "0")
    assert r.exit == FINDING and r.out == b""
    assert "trapped: integer divide by zero in function 2 ($divide) at byte 0x" in r.message

    r = run("--invoke", "spin", "--fuel", "1000")
    assert r.exit == FINDING and "out-of-fuel" in r.message
    r = run("--invoke", "deep")
    assert r.exit == FINDING and "exhausted" in r.message


def test_run_misused(touchstone):
    for args, message in [
        (["--invoke", "add", "1"], "takes 2 arguments, not 1"),
        (["--invoke", "add", "1", "2", "3"], "takes 2 arguments, not 3"),
        (["--invoke", "add", "1", "x"], "argument 1: `x` is no i32"),
        (["--invoke", "add", "1", "4294967296"], "argument 1"),
        (["--invoke", "add", "1", "1) (i32.const 2"], "argument 1"),
        (["--invoke", "mul", "1", "2"], "exports no function `mul`; exported functions: add,"),
        ([], "exports no function `_start`"),
        (["--invoke", "add", "1", "2", "--oracles", "fast,reference"], "one engine"),
        (["--invoke", "add", "1", "2", "--fuel", "much"], "--fuel"),
    ]:
        r = touchstone("run", "add.wat", *args)
        assert r.exit == USAGE, args
        assert r.out == b"" and message in r.message, args
    r = touchstone("run", "add.wat", "--invoke", "add", "1", "2", "--oracles", "wasm4")
    assert r.exit == ORACLE_MISSING and 'no oracle "wasm4"' in r.message


def test_run_on_what_has_no_fuel(touchstone):
    oracles = json.loads(touchstone("oracles", "--json", "-").out)["oracles"]
    if not any(o["name"] == "wabt" and o["usable"] for o in oracles):
        pytest.skip("no libwabt")
    r = touchstone("run", "add.wat", "--invoke", "spin", "--fuel", "1000", "--oracles", "wabt")
    assert r.exit == USAGE and r.out == b"" and "`wabt` counts no fuel" in r.message


def test_run_instantiation(touchstone):
    assert touchstone("run", "start.wat").exit == OK
    r = touchstone("run", "start-traps.wat")
    assert r.exit == FINDING and "instantiation trapped: unreachable" in r.message
    r = touchstone("run", "needs-import.wat")
    assert r.exit == USAGE and "unknown import" in r.message
    r = touchstone("run", "invalid.wat")
    assert r.exit == USAGE and "invalid: type mismatch" in r.message


def test_spec(touchstone):
    assert touchstone("spec", "passes.wast").exit == OK
    r = touchstone("spec", "fails.wast", "passes.wast")
    assert r.exit == FINDING
    for oracle in "reference", "fast":
        assert f"fails.wast:2: assert_return on {oracle}: expected returned i32:8, got returned i32:7" in r.text
        assert f"fails.wast:3: assert_trap on {oracle}: expected trap: unreachable, got returned i32:7" in r.text
        again = f"touchstone spec 'fails.wast' --oracles {oracle}"
        assert again in r.text
    assert touchstone("spec", "fails.wast", "--oracles", "fast").exit == FINDING


def test_spec_of_what_is_no_script(touchstone, tmp_path):
    for what in "not-utf8.wast", "add.wat", "truncated.wasm":
        r = touchstone("spec", what, "--oracles", "fast")
        assert r.exit in ((OK,) if what == "add.wat" else (FINDING,)), what
        if r.exit == FINDING:
            assert f"{what}:" in r.text and "expected a test script" in r.text
    r = touchstone("spec", tmp_path)
    assert r.exit == NOTHING_RAN and "no .wast" in r.message
    (tmp_path / "empty.wast").write_bytes(b"")
    assert touchstone("spec", tmp_path).exit == NOTHING_RAN
    assert touchstone("spec", "passes.wast", "--oracles", "nobody").exit == ORACLE_MISSING
    assert touchstone("spec", "passes.wast", "--jobs", "0").exit == USAGE


def test_spec_of_what_cannot_be_read(touchstone):
    r = touchstone("spec", "/dev/zero", "fails.wast", "--oracles", "fast")
    assert r.exit == USAGE and "/dev/zero: it has more than" in r.message
    assert "fails.wast:2:" in r.text


def test_strict_messages(touchstone, tmp_path):
    script = tmp_path / "words.wast"
    script.write_text('(assert_invalid (module (func (result i32))) "unknown local")')
    assert touchstone("spec", script).exit == OK
    r = touchstone("spec", script, "--strict-messages")
    assert r.exit == FINDING and "--strict-messages" in r.text


def test_calls_that_cannot_be_made(touchstone, tmp_path):
    assert touchstone("parse", "add.wat", "-o", tmp_path / "0.wasm").exit == OK
    calls = [{"module": 0, "function": f, "args": []} for f in ("nobody", "add")]
    (tmp_path / "case.json").write_text(json.dumps({
        "schema": "touchstone.case/1", "origin": "by hand",
        "modules": [{"name": "m", "file": "0.wasm"}], "calls": calls}))
    r = touchstone("diff", tmp_path, "--oracles", "reference,fast")
    assert r.text.count("not run: no such function\n") == 2
    assert r.text.count("not run: the arguments do not fit\n") == 2


@pytest.mark.parametrize("args", [
    ["validate", "add.wat"], ["print", "add.wat"], ["parse", "add.wat"], ["--help"], ["run", "--help"],
    ["run", "add.wat", "--invoke", "add", "1", "2"], ["spec", "passes.wast", "--json", "-"],
])
def test_output_that_cannot_be_written(args):
    inputs = os.path.join(os.path.dirname(__file__), "inputs")
    with open("/dev/full", "wb") as full:
        r = subprocess.run([PROGRAM, *args], cwd=inputs, stdout=full, stderr=subprocess.PIPE, timeout=120)
    assert r.returncode == INTERNAL and b"cannot write" in r.stderr
    read, write = os.pipe()
    os.close(read)
    r = subprocess.run([PROGRAM, *args], cwd=inputs, stdout=write, stderr=subprocess.PIPE, timeout=120)
    os.close(write)
    assert r.returncode == INTERNAL and b"cannot write" in r.stderr


def test_generated_cases_are_scripts_that_hold(touchstone, tmp_path):
    r = touchstone("gen", "--seed", 9, "--count", 60, "--out", tmp_path)
    assert r.exit == OK, r.message
    folders = sorted(tmp_path.iterdir())
    assert len(folders) == 60
    for folder in folders:
        assert {"0.wasm", "0.wat", "case.json", "test.wast"} <= {f.name for f in folder.iterdir()}
    assert sum("assert_return" in (f / "test.wast").read_text() for f in folders) > 50
    r = touchstone("spec", tmp_path, "--oracles", "reference", "--strict-messages")
    assert r.exit == OK, r.message
    script = folders[0] / "test.wast"
    text = script.read_text()
    assert "(assert_return (invoke" in text
    script.write_text(text.replace("(assert_return (invoke", "(assert_exception (invoke", 1))
    assert touchstone("spec", tmp_path, "--oracles", "reference").exit != OK


def test_generated_texts_stay_texts(touchstone, tmp_path):
    r = touchstone("gen", "--generator", "near-valid-text", "--seed", 9, "--count", 8, "--out", tmp_path)
    assert r.exit == OK, r.message
    for index in range(8):
        folder = tmp_path / f"near-valid-text-9-{index}"
        last = json.loads((folder / "case.json").read_text())["modules"][-1]["file"]
        assert last.endswith(".wat")
        printed = touchstone("gen", "--generator", "near-valid-text", "--seed", 9, "--index", index)
        assert (folder / last).read_bytes() in printed.out
        assert touchstone("diff", folder, "--oracles", "reference,fast").exit in (OK, NOTHING_RAN)
