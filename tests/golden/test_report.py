"""`touchstone report`: exit codes, and that nothing wrong in the data is passed over."""

import json
import shutil

import pytest

from conftest import INPUTS

REPORT = INPUTS / "report"


@pytest.fixture
def spec(touchstone, tmp_path):
    """A real suite result on two engines, with failures."""
    file = tmp_path / "spec.json"
    touchstone("spec", "fails.wast", "passes.wast", "--json", file)
    return file


def test_html_of_a_suite_run(touchstone, spec, tmp_path):
    page = tmp_path / "page.html"
    r = touchstone("report", "html", spec, "-o", page)
    assert (r.exit, r.out, r.err) == (0, b"", b"")
    text = page.read_text()
    assert "2 failures on reference, 2 failures on fast" in text
    assert "touchstone spec fails.wast --oracles fast<" in text
    assert "data error" not in text
    assert touchstone("report", "html", spec).text == text


def test_html_of_a_campaign(touchstone, tmp_path):
    r = touchstone("report", "html", REPORT / "campaign.json")
    assert (r.exit, r.err) == (0, b"")
    for what in ("Minimized to 3 instructions. As it was found: call 4: i32 66 against i32 0",
                 "call 0: i32 2 against i32 0", "2 buckets of findings in 41,000 cases", "i32.const 33", "min.wat", "returned i32 0",
                 "(assert_trap (invoke $m &quot;g&quot;) &quot;unreachable&quot;)"):
        assert what in r.text
    # a real one without findings, together with a suite's
    campaign = tmp_path / "campaign.json"
    touchstone("fuzz", "--count", "50", "--oracles", "reference,fast", "--json", campaign)
    r = touchstone("report", "html", campaign, REPORT / "campaign.json")
    assert (r.exit, r.err) == (0, b"") and "nothing found in 50 cases" in r.text


def test_fixtures_are_what_the_program_writes(check_json):
    check_json((REPORT / "campaign.json").read_bytes(), "campaign")
    findings = sorted(REPORT.glob("findings/*/*/finding.json"))
    assert len(findings) == 2
    for f in findings:
        check_json(f.read_bytes(), "finding")


def test_contradictions_end_with_1(touchstone, spec, tmp_path):
    result = json.loads(spec.read_text())
    result["files"][0]["passed"] += 1
    spec.write_text(json.dumps(result))
    page = tmp_path / "page.html"
    for args in ["html", spec, "-o", page], ["markdown", spec]:
        r = touchstone("report", *args)
        assert r.exit == 1 and "data error: " in r.message, args
    assert 'role="alert"' in page.read_text() and "cannot be trusted" in r.text


def test_missing_folders_end_with_1(touchstone, tmp_path):
    shutil.copytree(REPORT, tmp_path / "r")
    shutil.rmtree(tmp_path / "r" / "findings" / "0002-end-reference-wabt")
    r = touchstone("report", "html", tmp_path / "r" / "campaign.json")
    assert r.exit == 1 and "0002-end-reference-wabt/mixed-1-40: the finding's folder is not there" in r.message


def test_other_results_end_with_1(touchstone, tmp_path):
    file = tmp_path / "run.json"
    touchstone("run", "add.wat", "--invoke", "add", "1", "2", "--json", file)
    r = touchstone("report", "html", file)
    assert r.exit == 1 and "there is no report of touchstone.run/1" in r.message and "there is no report" in r.text


@pytest.mark.parametrize("what", ["absent.json", ".", "add.wat", "/dev/null"])
def test_what_cannot_be_read_ends_with_2(touchstone, spec, tmp_path, what):
    page = tmp_path / "page.html"
    r = touchstone("report", "html", spec, what, "-o", page)
    assert r.exit == 2 and r.message.startswith(f"touchstone report: data error: {what}: ")
    assert r.message.count(what) == 1
    assert "Data errors (1)" in page.read_text() and "2 failures on fast" in page.read_text()


def test_wrong_usage(touchstone, spec):
    for args in (["pdf", spec], ["html"], [], ["html", spec, "-o", "/no/such/folder/page.html"]):
        r = touchstone("report", *args)
        assert r.exit == 2 and r.out == b"" and r.err, args
    assert "there is no format `pdf`" in touchstone("report", "pdf", spec).message
    assert touchstone("report", "html", spec, "-o", "/dev/full").exit == 4


def test_markdown(touchstone, spec):
    r = touchstone("report", "markdown", spec)
    assert (r.exit, r.err) == (0, b"")
    assert r.text == (
        "2 files, 5 directives:\n\n"
        "| oracle | passed | failed | known | unsupported | skipped | not applicable | no assertion |\n"
        "|---|---|---|---|---|---|---|---|\n"
        "| reference 0.1.0 | 1 | 2 | 0 | 0 | 0 | 0 | 2 |\n"
        "| fast 0.1.0 | 1 | 2 | 0 | 0 | 0 | 0 | 2 |\n")
