"""Which rules a run applied: --coverage of four commands, and `touchstone coverage`."""

import json
import re

import pytest

OK, FINDING, USAGE, ORACLE_MISSING, INTERNAL, NOTHING_RAN = range(6)


@pytest.fixture
def counted(touchstone, tmp_path):
    """The file of a run of one script on the reference."""
    file = tmp_path / "counted.json"
    assert touchstone("spec", "passes.wast", "--oracles", "reference", "--coverage", file).exit == OK
    return file


def change(file, where, value, to):
    """A copy of the file with another value at this place."""
    data = json.loads(file.read_text())
    at = data
    for key in where[:-1]:
        at = at[key]
    if value is None:
        del at[where[-1]]
    else:
        at[where[-1]] = value
    to.write_text(json.dumps(data))
    return to


def test_spec(counted, check_json):
    result = check_json(counted.read_bytes(), "coverage")
    source = result["sources"][0]
    assert (source["command"], source["what"], source["count"], source["unit"]) == ("spec", ["passes.wast"], 1, "scripts")
    assert result["rules"]["Step_read/call_ref-func"] > 0 and result["rules"]["Step/throw"] == 0


def test_processes_add_up(touchstone, check_json, tmp_path):
    results = []
    for jobs in 1, 3:
        file = tmp_path / f"{jobs}.json"
        touchstone("spec", "passes.wast", "fails.wast", "passes.wast", "--oracles", "fast,reference", "--jobs", jobs,
                   "--coverage", file)
        results.append(check_json(file.read_bytes(), "coverage"))
    assert results[0] == results[1]


def test_fuzz_is_the_same_for_any_number_of_jobs(touchstone, check_json, tmp_path):
    results = []
    for jobs in 1, 2:
        file = tmp_path / f"{jobs}.json"
        r = touchstone("fuzz", "--count", 40, "--jobs", jobs, "--oracles", "fast", "--quiet", "--coverage", file)
        assert r.exit in (OK, FINDING)
        results.append(check_json(file.read_bytes(), "coverage"))
    assert results[0]["sources"][0]["count"] == 40 and results[0]["rules"]["Eval_expr"] > 0
    assert results[0] == results[1]


def test_run(touchstone, check_json):
    r = touchstone("run", "add.wat", "--invoke", "divide", "1", "0", "--oracles", "reference", "--coverage", "-")
    assert r.exit == FINDING
    result = check_json(r.out, "coverage")
    assert result["rules"]["Step_pure/binop-trap"] == 1 and result["rules"]["Step_pure/binop-val"] == 0
    assert result["definitions"]["idiv_"] == 1
    assert sum(count for name, count in result["instructions"].items() if ".div_" in name) == 1


def test_diff(touchstone, check_json, tmp_path):
    file = tmp_path / "diff.json"
    touchstone("diff", "add.wat", "--oracles", "fast", "--coverage", file)
    assert check_json(file.read_bytes(), "coverage")["rules"]["Step_read/call_ref-func"] > 0


@pytest.mark.parametrize("command", [("run", "add.wat", "--invoke", "two", "1", "2"), ("spec", "passes.wast", "--oracles", "fast")])
def test_only_the_reference_counts(touchstone, command):
    r = touchstone(*command, "--coverage", "-")
    assert r.exit == USAGE and r.out == b"" and "only the reference counts rules" in r.message


def test_summary(touchstone, counted):
    r = touchstone("coverage", counted)
    assert r.exit == OK
    assert r.text.startswith("counted in 1 scripts of spec passes.wast\nrules ")
    assert re.search(r"^  Eval_expr +[01] of +1$", r.text, re.M)
    assert re.search(r"^never applied:.* Step/throw( |$)", r.text, re.M)


def test_several_add_up(touchstone, counted, check_json):
    once = check_json(counted.read_bytes(), "coverage")
    r = touchstone("coverage", counted, counted, "--json", "-")
    assert r.exit == OK and "counted in" in r.message
    twice = check_json(r.out, "coverage")
    assert twice["sources"] == once["sources"] * 2
    for section in "rules", "definitions", "instructions":
        assert twice[section] == {name: 2 * count for name, count in once[section].items()}


def test_page(touchstone, counted, tmp_path):
    page = tmp_path / "page.html"
    hostile = change(counted, ("sources", 0, "what"), ["<script>alert(1)</script>\u202e"], tmp_path / "hostile.json")
    assert touchstone("coverage", hostile, "--html", page).exit == OK
    text = page.read_text()
    assert "&lt;script&gt;alert(1)" in text and "<script>alert" not in text and "\u202e" not in text
    assert re.search(r'data-name="Step_read [^"]*Step_read/call_ref-func ', text)
    assert not re.search(r'(src|href)="(?!#)', text) and "http" not in text.replace("http-equiv", "")


def test_fail_under(touchstone, counted):
    assert touchstone("coverage", counted, "--fail-under", "1").exit == OK
    assert touchstone("coverage", counted, "--fail-under", "99").exit == FINDING
    for wrong in "-1", "100.5", "nan", "many":
        r = touchstone("coverage", counted, "--fail-under", wrong)
        assert r.exit == USAGE and r.out == b""


def test_nothing_was_counted(touchstone, tmp_path):
    file = tmp_path / "nothing.json"
    touchstone("spec", "malformed.wat", "--oracles", "reference", "--coverage", file)
    assert touchstone("coverage", file).exit == NOTHING_RAN


@pytest.mark.parametrize("text, why", [
    ("", "it is no JSON"), ("{", "it is no JSON"), ("[]", "it has no `schema`"), ("7", "it has no `schema`"),
    ('{"schema": 1}', "its schema is no text"), ('{"schema": "touchstone.spec/1"}', 'its schema is "touchstone.spec/1"'),
    ('{"schema": "touchstone.coverage/1"}', "`sources` is no list"), ("[" * 100_000, "it is no JSON"),
])
def test_foreign_files(touchstone, counted, tmp_path, text, why):
    file = tmp_path / "bad.json"
    file.write_text(text)
    r = touchstone("coverage", counted, file)
    assert r.exit == USAGE and r.out == b""
    assert r.message.startswith(f"touchstone coverage: {file}: ") and why in r.message


@pytest.mark.parametrize("where, value, why", [
    (("sources",), [], "`sources` is no list of what was run"),
    (("sources", 0, "count"), -1, "`count` is no count"),
    (("sources", 0, "what"), [1], "something else than texts"),
    (("rules",), [], "`rules` is no object"),
    (("rules", "Step/throw"), None, "`rules` lacks Step/throw"),
    (("rules", "Step/throw"), 1.5, "Step/throw is no count"),
    (("rules", "Step/thrown"), 1, 'nothing is called "Step/thrown"'),
    (("rules", "Step_pure/nop"), 10**6, "Step/pure is not the sum"),
    (("rules", "Step_read/loop"), 10**6, "Step/read is not the sum"),
    (("rules", "Step/throw"), 10**6, "Steps/trans is not the sum"),
    (("instructions", "nop"), "x", "nop is no count"),
    (("definitions", "idiv_"), 10**6, "not that of its instructions"),
])
def test_files_that_contradict_themselves(touchstone, counted, tmp_path, where, value, why):
    r = touchstone("coverage", change(counted, where, value, tmp_path / "bad.json"))
    assert r.exit == USAGE and r.out == b"" and why in r.message


def test_a_sum_too_large(touchstone, counted, tmp_path):
    file = change(counted, ("rules", "Eval_expr"), 2**64 - 1, tmp_path / "large.json")
    assert touchstone("coverage", file).exit == OK
    r = touchstone("coverage", file, file)
    assert r.exit == USAGE and "too large" in r.message


def test_files_that_are_not_there(touchstone, counted, tmp_path):
    assert touchstone("coverage", tmp_path / "absent.json").exit == USAGE
    assert touchstone("coverage", tmp_path).exit == USAGE
    assert touchstone("coverage", counted, "--html", tmp_path / "no" / "page.html").exit == USAGE
    assert touchstone("coverage", counted, "--json", "/dev/full").exit == INTERNAL
