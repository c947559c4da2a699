"""The engines: those known by name, and those that are given as NAME=COMMAND."""

import dataclasses
import os
import pathlib
import shlex
import shutil

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PLACEHOLDERS = ("{wasm}", "{fixed}", "{native}")


@dataclasses.dataclass(frozen=True)
class Engine:
    """Its command has {wasm} and {n}, or {fixed}, or {native} and {n}; a slow one does few rounds, whose time is scaled up."""

    name: str
    command: tuple
    is_slow: bool = False

    def takes(self, placeholder):
        return any(placeholder in word for word in self.command)


def touchstone():
    return os.environ.get("TOUCHSTONE", str(ROOT / "build/release/touchstone"))


def known():
    """Every engine there is a command for: (name, variable that names its program, program, arguments, is it slow)."""
    ours = ("run", "{wasm}", "--invoke", "run", "{n}", "--oracles")
    driver = str(HERE / "node.mjs")
    return (
        ("fast", "TOUCHSTONE", touchstone(), (*ours, "fast"), False),
        ("reference", "TOUCHSTONE", touchstone(), (*ours, "reference"), True),
        ("native", "", "{native}", ("{n}",), False),
        ("wasm3", "BENCH_WASM3", "wasm3", ("--func", "run", "{wasm}", "{n}"), False),
        # libraries: these are drivers of your own, called as FILE N (docs/performance.md)
        ("silverfir", "BENCH_SILVERFIR", "silverfir-run", ("{wasm}", "{n}"), False),
        ("wasmi", "BENCH_WASMI", "wasmi-run", ("{wasm}", "{n}"), False),
        ("iwasm", "BENCH_IWASM", "iwasm", ("-f", "run", "{wasm}", "{n}"), False),
        ("wasm-interp", "BENCH_WASM_INTERP", "wasm-interp", ("--run-all-exports", "{fixed}"), True),
        ("wasmtime", "BENCH_WASMTIME", "wasmtime", ("run", "--invoke", "run", "{wasm}", "{n}"), False),
        ("node-turbofan", "TOUCHSTONE_NODE", "node", ("--no-liftoff", driver, "{wasm}", "{n}"), False),
        ("node-liftoff", "TOUCHSTONE_NODE", "node", ("--liftoff", "--no-wasm-tier-up", driver, "{wasm}", "{n}"), False),
    )


def installed():
    """The known engines that this machine has, by name."""
    found = {}
    for name, variable, program, arguments, is_slow in known():
        program = os.environ.get(variable, program)
        if program == "{native}" or shutil.which(program):
            found[name] = Engine(name, (program, *arguments), is_slow)
    return found


def given(text):
    """NAME=COMMAND, or ~NAME=COMMAND for a slow one; None if it is not of that form."""
    name, _, command = text.partition("=")
    words = tuple(shlex.split(command))
    if not name.strip("~") or not any(p in w for w in words for p in PLACEHOLDERS):
        return None
    return Engine(name.removeprefix("~"), words, name.startswith("~"))
