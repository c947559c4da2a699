"""bench/run on our own engines with little work: checksums, figures, files and exit codes."""

import pathlib
import subprocess
import sys
import xml.etree.ElementTree

import pytest

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

# pylint: disable=wrong-import-position
from measure import figures, programs, rounds


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """bench("--quick", ...) with programs compiled once for all tests of this file."""
    try:
        programs.tool("BENCH_CC", programs.COMPILERS)
        programs.tool("BENCH_WASM_LD", programs.LINKERS)
    except programs.Missing as e:
        pytest.skip(str(e))
    folder = tmp_path_factory.mktemp("bench")

    def call(*args):
        return subprocess.run([sys.executable, BENCH / "run", "--build", folder, *args], capture_output=True, text=True,
                              timeout=300, check=False)

    return call


QUICK = ("--quick", "--rounds", "1", "--engines")


def test_ours(bench, check_json, tmp_path):
    json, svg = tmp_path / "b.json", tmp_path / "b.svg"
    r = bench(*QUICK, "fast,reference,native", "--programs", "core,exceptions", "--base", "reference", "--json", json,
              "--plot", svg)
    assert r.returncode == 0, r.stderr + r.stdout
    result = check_json(json.read_bytes(), "bench")
    core = [p for p in result["programs"] if p["kind"] == "core"]
    assert len(core) == 16
    for program in core:
        assert set(program["engines"]) == {"fast", "reference", "native"}
        assert all(s >= 0 for s in program["engines"].values())
    assert result["base"] == "reference" and result["geomean"]["reference"] == 1
    assert result["geomean_programs"] == {"fast": 16, "reference": 16, "native": 16}
    # what the fast engine lacks is said, and does not count
    apart = next(p for p in result["programs"] if p["name"] == "exceptions")
    assert set(apart["engines"]) == {"reference"}
    assert [(f["engine"], f["wrong"]) for f in result["failures"]] == [("fast", False)]
    assert "unsupported: exceptions" in result["failures"][0]["reason"]
    assert "fast on exceptions" in r.stdout
    marks = xml.etree.ElementTree.parse(svg).getroot().findall("{*}circle")
    assert len(marks) == 3 + 3 * 17


def test_wrong_checksum(bench, check_json, tmp_path):
    json = tmp_path / "b.json"
    r = bench(*QUICK, "fast", "--programs", "sieve,json", "--json", json, "wrong=echo 7 {wasm} 7")
    assert r.returncode == 1
    assert "WRONG" in r.stdout and "wrong on json: run(15) gave 7, not " in r.stdout
    result = check_json(json.read_bytes(), "bench")
    assert [(f["program"], f["wrong"]) for f in result["failures"]] == [("sieve", True), ("json", True)]
    assert "wrong" not in result["geomean"] and result["geomean_programs"]["wrong"] == 0


def test_an_engine_that_fails_is_left_out(bench):
    r = bench(*QUICK, "fast", "--programs", "sieve", "broken=false {wasm}", "mute=true {wasm}", "slow=sleep x {wasm}")
    assert r.returncode == 0
    assert "broken on sieve: exit 1" in r.stdout and "mute on sieve: printed no number" in r.stdout
    assert "slow on sieve: exit 1" in r.stdout
    assert bench(*QUICK, "none", "--programs", "sieve", "broken=false {wasm}").returncode == 5


def test_time_limit(bench):
    r = bench(*QUICK, "none", "--programs", "sieve", "--timeout", "0.2", "endless=tail -f {wasm}")
    assert r.returncode == 5 and "endless on sieve: exit -9" in r.stdout


def test_module_without_arguments(bench):
    """The form for engines that call exports without arguments gives the same result."""
    r = bench(*QUICK, "none", "--programs", "json", f"go={programs.os.environ['TOUCHSTONE']} run {{fixed}} --invoke go")
    assert r.returncode == 0, r.stdout


@pytest.mark.parametrize("args", [["--engines", "absent"], ["--programs", "absent"], ["--base", "absent"],
                                  ["--rounds", "0"], ["nonsense"], ["x=true"], ["--what"]])
def test_usage(bench, args):
    r = bench(*args)
    assert r.returncode == 2 and r.stderr.startswith("bench/run: ") and not r.stdout


def test_what_is_not_there(bench, monkeypatch, tmp_path):
    r = bench(*QUICK, "fast", "--programs", "sieve", "--json", tmp_path / "no" / "b.json")
    assert r.returncode == 2 and "No such file" in r.stderr
    monkeypatch.setenv("TOUCHSTONE", str(tmp_path / "absent"))
    r = bench("--build", tmp_path, "--programs", "gc", "--engines", "none", "any=cat {wasm}")
    assert r.returncode == 3 and "gc.wasm could not be made" in r.stderr


def test_help(bench):
    r = bench("--help")
    assert r.returncode == 0 and r.stdout.index("Examples:") < r.stdout.index("Usage:")
    assert "sha256" in bench("--list").stdout


@pytest.mark.parametrize("text, value", [("7\n", 7), ("i32:-7", -7), ("run(i32:5) => i32:12", 12), ("0x1f:i32", 31),
                                         ("Result: 4294967295", 4294967295)])
def test_last_integer(text, value):
    assert rounds.last_integer(text) == value


def measurement(**seconds):
    """Of programs p0, p1, ... whose rounds took these seconds on each engine; None is a failure."""
    names = list(seconds)
    count = len(next(iter(seconds.values())))
    of = [programs.Program(f"p{i}", "core", 10, 0, 1, 0, "") for i in range(count)]
    engines = [type("Named", (), {"name": n, "is_slow": False})() for n in names]
    m = rounds.Measurement(of, engines, None, few=False, timeout=1)
    for name, times in seconds.items():
        for i, t in enumerate(times):
            m.cells[f"p{i}", name] = rounds.Cell([t], [0.0]) if t is not None else rounds.Cell(reason="no")
    return m


def test_means():
    m = measurement(base=[1.0, 4.0, 2.0], twice=[0.5, 2.0, None], mixed=[0.25, 4.0, 1.0])
    average = figures.means(m, "base")
    assert average["base"] == (1, 3)
    assert average["twice"] == (pytest.approx(2), 2)
    assert average["mixed"] == (pytest.approx(2), 3)
    assert "2.00 of 2" in figures.table(m, "base")


def test_starts_are_subtracted_and_slow_times_scaled():
    cell = rounds.Cell(seconds=[0.5, 0.3, 0.4], starts=[0.2, 0.1, 0.3], scale=10.0)
    assert cell.median == pytest.approx(3.0)
    assert cell.times() == pytest.approx([4.0, 2.0, 3.0])
