"""The programs: what stands in programs/programs.tsv, compiled to Wasm and for this machine when that is asked for."""

import dataclasses
import os
import pathlib
import shutil
import subprocess

PROGRAMS = pathlib.Path(__file__).resolve().parents[1] / "programs"
NATIVE_MAIN = PROGRAMS.parent / "native.c"
FIXED_MAIN = PROGRAMS.parent / "fixed.c"
COMPILERS = ("clang-22", "clang-21", "clang-20", "clang-19", "clang")
LINKERS = ("wasm-ld-22", "wasm-ld-21", "wasm-ld-20", "wasm-ld-19", "wasm-ld")
# floats as Wasm has them, also natively
COMMON = ("-std=c17", "-O2", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror")
# what engines of several years have, and nothing of which they disagree how it is encoded
FEATURES = ("-mcpu=mvp", "-mmutable-globals", "-msign-ext", "-mbulk-memory", "-mnontrapping-fptoint")
KINDS = ("core", "simd", "gc", "exceptions")


class Missing(Exception):
    """A tool or a program that is not there."""


class Unsuitable(Exception):
    """There is no such form of a program."""


@dataclasses.dataclass(frozen=True)
class Program:
    name: str
    kind: str
    rounds: int
    checksum: int
    few: int
    few_checksum: int
    what: str

    @property
    def source(self):
        c = PROGRAMS / f"{self.name}.c"
        return c if c.is_file() else PROGRAMS / f"{self.name}.wat"


def read_programs(table=PROGRAMS / "programs.tsv"):
    rows = (line.split("\t") for line in table.read_text().splitlines() if not line.startswith("#"))
    return [Program(name, kind, int(rounds), int(checksum), int(few), int(few_checksum), what)
            for name, kind, rounds, checksum, few, few_checksum, what in rows]


def tool(variable, names):
    if os.environ.get(variable):
        return os.environ[variable]
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise Missing(f"none of {', '.join(names)} is here: scripts/setup installs it, or {variable} names it")
    return found


def is_newer(target, sources):
    return target.is_file() and all(target.stat().st_mtime >= s.stat().st_mtime for s in sources)


class Builder:
    """Compiles into a folder what is not there yet or older than its source."""

    def __init__(self, folder, touchstone):
        self.folder = pathlib.Path(folder)
        self.touchstone = touchstone

    def wasm(self, program):
        """The module that exports run(n)."""
        target = self.folder / f"{program.name}.wasm"
        if program.source.suffix == ".wat":
            self._make(target, [program.source], lambda: [self.touchstone, "parse", program.source, "-o", target])
        else:
            self._make(target, [program.source], lambda: [*self._wasm_compiler(program), "-Wl,--export=run",
                                                          program.source, "-o", target])
        return target

    def fixed(self, program, n):
        """A module that exports only go(), which calls run(n): for engines that take no arguments."""
        if program.source.suffix == ".wat":
            raise Unsuitable(f"{program.name}: only programs in C have a form without arguments")
        target = self.folder / f"{program.name}-{n}.wasm"
        self._make(target, [program.source, FIXED_MAIN],
                   lambda: [*self._wasm_compiler(program), "-Wl,--export=go", f"-DROUNDS={n}", program.source,
                            FIXED_MAIN, "-o", target])
        return target

    def native(self, program):
        if program.source.suffix == ".wat":
            raise Unsuitable(f"{program.name}: written in WebAssembly")
        target = self.folder / program.name
        self._make(target, [program.source, NATIVE_MAIN],
                   lambda: [tool("BENCH_CC", COMPILERS), *COMMON, program.source, NATIVE_MAIN, "-o", target])
        return target

    def _wasm_compiler(self, program):
        features = (*FEATURES, "-msimd128") if program.kind == "simd" else FEATURES
        return [tool("BENCH_CC", COMPILERS), "--target=wasm32", *features, *COMMON, "-nostdlib", "-ffreestanding",
                f"-fuse-ld={tool('BENCH_WASM_LD', LINKERS)}", "-Wl,--no-entry,--strip-all,-z,stack-size=65536"]

    def _make(self, target, sources, command):
        if is_newer(target, sources):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            done = subprocess.run(command(), capture_output=True, text=True, check=False)
        except OSError as e:
            raise Missing(f"{target.name} could not be made: {e}") from e
        if done.returncode != 0:
            raise Missing(f"{target.name} could not be made: {done.stderr.strip()}")
