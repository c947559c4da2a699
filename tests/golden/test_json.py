"""The JSON results against their schemas."""

import pytest


def test_validate(touchstone, check_json):
    r = touchstone("validate", "add.wat", "invalid.wat", "truncated.wasm", "absent.wasm", "--json", "-")
    result = check_json(r.out, "validate")
    assert [f["verdict"] for f in result["files"]] == ["valid", "invalid", "malformed", "unreadable"]
    assert result["files"][1]["function"] == 0


def test_validate_custom_sections(touchstone, check_json, tmp_path):
    module = tmp_path / "m.wat"
    module.write_text('(module (@custom "good" "x") (func (@name 7)))')
    assert touchstone("validate", module).exit == 0
    r = touchstone("validate", "--custom-sections", module, "add.wat", "--json", "-")
    assert r.exit == 1 and "unexpected token" in r.message
    result = check_json(r.out, "validate")
    assert [f["verdict"] for f in result["files"]] == ["valid", "valid"]
    assert [len(f["custom_sections"]) for f in result["files"]] == [1, 0]


def test_run(touchstone, check_json, tmp_path):
    file = tmp_path / "run.json"
    r = touchstone("run", "add.wat", "--invoke", "two", "1", "-0", "--json", file)
    assert r.exit == 0 and r.text == "f64:-0\nf32:1\n"
    result = check_json(file.read_bytes(), "run")
    assert result["end"] == "returned" and result["trap"] is None and result["oracle"] == "fast"
    assert result["values"] == [{"type": "f64", "bits": "0x8000000000000000"}, {"type": "f32", "bits": "0x3f800000"}]


@pytest.mark.parametrize("oracle", ["reference", "fast"])
def test_run_trap(touchstone, check_json, oracle):
    r = touchstone("run", "add.wat", "--invoke", "divide", "1", "0", "--json", "-", "--oracles", oracle)
    assert r.exit == 1
    result = check_json(r.out, "run")
    assert result["end"] == "trapped" and result["trap"] == "integer divide by zero"
    assert result["fuel"] == 1


def test_spec(touchstone, check_json):
    r = touchstone("spec", "fails.wast", "passes.wast", "--json", "-", "--oracles", "fast,reference")
    assert r.exit == 1 and "fails.wast:2" in r.message
    result = check_json(r.out, "spec")
    assert [o["name"] for o in result["oracles"]] == ["fast", "reference"]
    for o in result["oracles"]:
        assert (o["passed"], o["failed"], o["modules"], o["skipped"], o["crashed"]) == (1, 2, 2, 0, 0)
    assert len(result["files"]) == 4 and len(result["failures"]) == 4
    first = result["failures"][0]
    assert (first["path"], first["line"], first["directive"]) == ("fails.wast", 2, "assert_return")
    assert (first["expected"], first["got"]) == ("returned i32:8", "returned i32:7")
    assert result["peak_rss_bytes"] > 0


def test_results_replace_whole_files(touchstone, tmp_path):
    file = tmp_path / "r.json"
    file.write_text("old")
    assert touchstone("spec", "passes.wast", "--json", file).exit == 0
    assert file.read_text().startswith('{\n  "schema": "touchstone.spec/1"')
    assert [p.name for p in tmp_path.iterdir()] == ["r.json"]
    assert touchstone("spec", "passes.wast", "--json", tmp_path / "no" / "r.json").exit == 2
    assert touchstone("spec", "passes.wast", "--json", "/dev/full").exit == 4


def test_oracles(touchstone, check_json):
    result = check_json(touchstone("oracles", "--json", "-").out, "oracles")
    assert [o["name"] for o in result["oracles"]][:2] == ["reference", "fast"]


def test_generate(touchstone, check_json):
    r = touchstone("gen", "--count", "20", "--stats", "--json", "-")
    result = check_json(r.out, "generate")
    assert result["cases"] == 20 and result["valid"] <= 20


def test_diff(touchstone, check_json):
    r = touchstone("diff", "add.wat", "start-traps.wat", "--oracles", "reference,fast", "--json", "-")
    result = check_json(r.out, "diff")
    assert [c["case"] for c in result["cases"]] == ["add.wat", "start-traps.wat"]
    assert result["cases"][1]["oracles"][1]["instantiations"][0]["trap"] == "unreachable"


def test_repro(touchstone, check_json):
    r = touchstone("repro", "--generator", "smith", "--seed", "1", "--index", "3", "--oracles", "reference,fast",
                   "--json", "-")
    assert r.exit == 0
    assert len(check_json(r.out, "diff")["cases"]) == 1


def test_campaign(touchstone, check_json):
    r = touchstone("fuzz", "--count", "50", "--oracles", "reference,fast", "--json", "-")
    assert r.exit == 0
    result = check_json(r.out, "campaign")
    assert result["cases"] == 50 == sum(result["outcomes"].values())


def test_spec_counts_add_up(touchstone, check_json):
    result = check_json(touchstone("spec", "fails.wast", "passes.wast", "--json", "-").out, "spec")
    for row in result["oracles"] + result["files"]:
        # of a file, `failed` counts what crashed too
        crashed = row["crashed"] if "path" not in row else 0
        assert row["directives"] == (row["done"] + row["passed"] + row["failed"] + crashed + row["skipped"] +
                                     row["not_applicable"] + row["known"] + sum(row["unsupported"].values()))
