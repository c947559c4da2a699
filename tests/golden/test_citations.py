"""Does ci/check_citations.py see a rule that nobody implements, and a citation of nothing?"""

import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def tree(tmp_path):
    """The parts of the project that are checked, to be broken."""
    for part in ("docs/spec", "engine/reference", "engine/validation"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


def check(root):
    r = subprocess.run([sys.executable, ROOT / "ci/check_citations.py", root], capture_output=True, text=True)
    return r.returncode, r.stdout


def replace(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_whole(tree):
    code, out = check(tree)
    assert code == 0, out


def test_a_rule_without_function(tree):
    replace(tree / "engine/reference/steps_control.cpp", "Step_pure/br_if-true, ", "")
    code, out = check(tree)
    assert code == 1 and "4.3-execution.instructions: Step_pure/br_if-true is cited nowhere in engine/reference" in out


def test_a_definition_without_function(tree):
    for path in (tree / "engine/reference").iterdir():
        path.write_text(path.read_text().replace("irotl_", "rotation"))
    code, out = check(tree)
    assert code == 1 and "irotl_ is cited nowhere" in out


def test_a_citation_of_nothing(tree):
    replace(tree / "engine/reference/steps_control.cpp", "Step_pure/br_if-true", "Step_pure/br_if-perhaps, Step_pure/br_if-true")
    code, out = check(tree)
    assert code == 1 and "steps_control.cpp" in out and "there is no Step_pure/br_if-perhaps" in out


def test_excuses_are_needed_and_true(tree):
    excuses = tree / "docs/spec/without_function.tsv"
    excuses.write_text(excuses.read_text() + "irotl_\tno reason\nno_such_name\tno reason\n")
    code, out = check(tree)
    assert code == 1 and "irotl_ is cited, and stands there" in out and "there is no no_such_name" in out


def test_a_rule_without_counter(tree):
    replace(tree / "engine/reference/rule_names.inc", 'RULE(BrIfTrue, "Step_pure/br_if-true")\n', "")
    code, out = check(tree)
    assert code == 1 and "there is no counter for Step_pure/br_if-true" in out
    assert "steps_control.cpp: counts BrIfTrue (None) and does not cite it" in out


def test_a_counter_of_nothing(tree):
    replace(tree / "engine/reference/rule_names.inc", '"Step_pure/br_if-true"', '"Step_pure/br_if-perhaps"')
    code, out = check(tree)
    assert code == 1 and "Step_pure/br_if-perhaps is no rule of execution that a function cites" in out


def test_a_rule_that_is_not_counted(tree):
    replace(tree / "engine/reference/steps_control.cpp", "RuleName::BrIfFalse", "RuleName::BrIfTrue")
    code, out = check(tree)
    assert code == 1 and "nothing counts BrIfFalse" in out


def test_a_rule_counted_where_it_is_not_cited(tree):
    replace(tree / "engine/reference/steps_control.cpp", "RuleName::BrIfFalse", "RuleName::RefIsNullFalse")
    code, out = check(tree)
    assert code == 1 and "steps_control.cpp: counts RefIsNullFalse (Step_pure/ref.is_null-false) and does not cite it" in out
