"""Ways into and out of `touchstone spec`: JSON scripts, expectations, JUnit."""

import shutil
import subprocess
import xml.etree.ElementTree

import pytest

from conftest import INPUTS

OK, FINDING, USAGE = 0, 1, 2


def known(tmp_path, *lines):
    text = "".join(f'[[failure]]\nfile = "fails.wast"\nline = {n}\nreason = "wrong on purpose"\n' for n in lines)
    (tmp_path / "known.toml").write_text(text)
    return tmp_path / "known.toml"


def test_known_failures_do_not_fail_the_run(touchstone, check_json, tmp_path):
    r = touchstone("spec", "fails.wast", "--oracles", "fast", "--expect", known(tmp_path, 2, 3), "--json", "-")
    assert r.exit == OK, r.message
    j = check_json(r.out, "spec")
    assert j["failures"] == [] and [(f["line"], f["reason"]) for f in j["known"]] == [
        (2, "wrong on purpose"), (3, "wrong on purpose")]
    assert j["oracles"][0]["known"] == 2 and j["oracles"][0]["failed"] == 0


def test_one_that_is_not_listed_does(touchstone, tmp_path):
    r = touchstone("spec", "fails.wast", "--oracles", "fast", "--expect", known(tmp_path, 2))
    assert r.exit == FINDING and "fails.wast:3:" in r.text and "fails.wast:2:" not in r.text


def test_one_that_is_gone_does(touchstone, tmp_path):
    r = touchstone("spec", "fails.wast", "--oracles", "fast", "--expect", known(tmp_path, 2, 3, 1))
    assert r.exit == FINDING
    assert f"{tmp_path}/known.toml:9: fails.wast:1 was expected to fail and did not (wrong on purpose)" in r.text


def test_wrong_lists(touchstone, tmp_path):
    (tmp_path / "bad.toml").write_text("[[failure]]\nfile = 3\n")
    r = touchstone("spec", "fails.wast", "--expect", tmp_path / "bad.toml")
    assert r.exit == USAGE and "bad.toml: line 2: `file` is not a text" in r.message
    assert touchstone("spec", "fails.wast", "--expect", tmp_path / "none.toml").exit == USAGE


def test_junit(touchstone, tmp_path):
    r = touchstone("spec", "fails.wast", "passes.wast", "--oracles", "reference,fast", "--junit", "-")
    assert r.exit == FINDING
    suites = xml.etree.ElementTree.fromstring(r.out)
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in suites] == [
        ("reference", "2", "1"), ("fast", "2", "1")]
    (failure,) = suites[0].findall("testcase/failure")
    assert failure.get("message").startswith("fails.wast:2: assert_return: expected returned i32:8")
    assert touchstone("spec", "passes.wast", "--junit", "-", "--json", "-").exit == USAGE
    assert touchstone("spec", "passes.wast", "--junit", tmp_path / "none" / "x.xml").exit == USAGE


@pytest.mark.skipif(not shutil.which("wast2json"), reason="no wast2json on this machine")
def test_json_of_wast2json_says_the_same(touchstone, check_json, tmp_path):
    for name in ("fails", "passes"):
        subprocess.run(["wast2json", INPUTS / f"{name}.wast", "-o", tmp_path / f"{name}.json"], check=True)
        text = check_json(touchstone("spec", f"{name}.wast", "--json", "-").out, "spec")
        made = check_json(touchstone("spec", tmp_path / f"{name}.json", "--json", "-").out, "spec")
        assert made["oracles"] == text["oracles"] and made["oracles"][0]["passed"] + made["oracles"][0]["failed"] > 0
        assert [f["line"] for f in made["failures"]] == [f["line"] for f in text["failures"]]
    (tmp_path / "passes.0.wasm").unlink()
    r = touchstone("spec", tmp_path / "passes.json")
    assert r.exit == FINDING and "passes.0.wasm: No such file" in r.text


def script(tmp_path, name, text):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


SHARED = """(module $m (memory (export "m") 1 1 shared))
(thread $t (shared (module $m))
  (register "m" $m)
  (module (memory (import "m" "m") 1 1 shared)
    (func (export "wait") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
  (assert_return (invoke "wait") (i32.const 0))
  (assert_return (invoke "wait") (i32.const 3)))
(register "m" $m)
(module (memory (import "m" "m") 1 1 shared)
  (func (export "wake") (loop (br_if 0 (i32.eqz (memory.atomic.notify (i32.const 0) (i32.const 1)))))))
(invoke "wake")
(invoke "wake")
(wait $t)
"""


def test_the_folder_says_the_profile(touchstone, check_json, tmp_path):
    there = script(tmp_path, "proposals/threads/a.wast", SHARED)
    elsewhere = script(tmp_path, "a.wast", SHARED)
    r = touchstone("spec", there, elsewhere, "--oracles", "reference", "--json", "-")
    j = check_json(r.out, "spec")
    assert r.exit == FINDING
    assert [(f["profile"], f["directives"]) for f in j["files"]] == [("threads", 11), ("3.0", 1)]
    assert [(f["folder"], f["profile"], f["passed"], f["failed"]) for f in j["folders"]] == [
        ("proposals/threads", "threads", 1, 1)]
    failure = j["failures"][0]
    assert (failure["line"], failure["got"]) == (7, "returned i32:0"), "what a thread asserts is told, too"
    r = touchstone("spec", elsewhere, "--oracles", "reference", "--profile", "threads", "--seed", "3", "--json", "-")
    assert check_json(r.out, "spec")["files"][0]["directives"] == 11
    r = touchstone("spec", there, "--oracles", "fast", "--json", "-")
    counts = check_json(r.out, "spec")["oracles"][0]
    assert counts["unsupported"] == {"threads": 11 - counts["done"]} and counts["failed"] == 0


def test_directives_of_what_is_not_built_are_counted_one_by_one(touchstone, check_json, tmp_path):
    path = script(tmp_path, "next/stack-switching/a.wast", """(module (func (export "f")))
(assert_return (invoke "f"))
(module $k (type $f (func)) (type $c (cont $f)) (func (export "g") (drop (cont.new $c (ref.null $f)))))
(assert_return (invoke "g"))
(assert_invalid (module (type $f (func)) (func (resume $f))) "non-continuation type")
(assert_return (invoke $k "g") (ref.cont))
(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 2))
""")
    r = touchstone("spec", path, "--oracles", "reference", "--json", "-")
    j = check_json(r.out, "spec")
    counts = j["oracles"][0]
    assert counts["unsupported"] == {"stack-switching": 4} and counts["passed"] == 1
    assert [f["line"] for f in j["failures"]] == [8], "a wrong answer stays one"
    r = touchstone("spec", path, "--oracles", "reference", "--open")
    assert f"{path} on reference: 4 of stack-switching, lines 3 4 5 6\n" in r.text


def test_what_runs_out_under_limits(touchstone, tmp_path):
    (tmp_path / "loop.wast").write_text("""(module (func (export "f") (local i32)
      (local.set 0 (i32.const 5)) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
      (func (export "g") (local i64 i64 i64 i64 i64 i64 i64 i64) call 1))
    (assert_exhaustion (invoke "f") "out of fuel")
    (assert_exhaustion (invoke "g") "stack values exhausted")
    """)
    limited = ["spec", tmp_path / "loop.wast", "--oracles", "reference,fast", "--limits", "campaign"]
    r = touchstone(*limited)
    assert r.exit == FINDING and "loop.wast:4:" in r.text and "loop.wast:5:" not in r.text, "1,000 units are enough for f"
    assert "--limits campaign" in r.text, "the command that shows it again has the limits"
    r = touchstone(*limited, "--fuel", 4)
    assert r.exit == FINDING and "loop.wast:4:" not in r.text and "loop.wast:5:" in r.text, "and 4 for neither"


def test_all_interleavings_of_a_litmus_test(touchstone, check_json, tmp_path):
    """Store buffering: of the four outcomes sequential consistency forbids one."""
    thread = """(thread $T{n} (shared (module $Mem)) (register "mem" $Mem)
      (module (memory (import "mem" "shared") 1 1 shared)
        (func (export "run") (result i32)
          (i32.atomic.store (i32.const {own}) (i32.const 1)) (i32.atomic.load (i32.const {other}))))
      (assert_return (invoke "run") (either (i32.const 0) (i32.const 1))))
    """
    script = tmp_path / "sb.wast"
    script.write_text('(module $Mem (memory (export "shared") 1 1 shared)) (register "mem")\n' +
                      thread.format(n=1, own=0, other=4) + thread.format(n=2, own=4, other=0) + "(wait $T1) (wait $T2)")
    run = ["spec", script, "--profile", "threads", "--oracles", "reference", "--interleavings"]
    r = touchstone(*run, 10000, "--json", "-")
    assert r.exit == OK, r.message
    seen = check_json(r.out, "spec")["files"][0]["interleavings"]
    assert seen["all"] and sum(seen["joint_outcomes"].values()) == seen["tried"]
    assert set(seen["joint_outcomes"]) == {
        f"line 6: returned i32:{a}; line 11: returned i32:{b}" for a, b in ((0, 1), (1, 0), (1, 1))}
    r = touchstone(*run, 3)
    assert r.exit == OK and "the first 3 interleavings" in r.text
    script.write_text(script.read_text().replace("(either (i32.const 0) (i32.const 1))", "(i32.const 1)"))
    r = touchstone(*run, 10000)
    assert r.exit == FINDING and "got returned i32:0" in r.text, "some interleaving fails, though not the first"
