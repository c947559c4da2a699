"""Runs every program on every engine in interleaved rounds, and keeps user times and failures."""

import dataclasses
import os
import re
import statistics
import subprocess
import threading

from measure.programs import Unsuitable

INTEGER = re.compile(r"-?\b(?:0x[0-9a-fA-F]+|\d+)\b")


@dataclasses.dataclass
class Cell:
    """One program on one engine: user seconds of each round less those of a start, or why there are none."""

    seconds: list = dataclasses.field(default_factory=list)
    starts: list = dataclasses.field(default_factory=list)
    scale: float = 1.0
    reason: str = ""
    is_wrong: bool = False
    is_unasked: bool = False  # this engine has no form of the program

    @property
    def ok(self):
        return not self.reason and bool(self.seconds)

    def times(self):
        """The least start is what starting costs: all else that was measured there is noise."""
        start = min(self.starts)
        return [max(s - start, 1e-6) * self.scale for s in self.seconds]

    @property
    def median(self):
        return statistics.median(self.times())


class Failed(Exception):
    """A run that did not end as it must."""


def last_integer(text):
    """The last number that is printed, whatever stands around it: 7, i32:7, Result: 7, 0x7:i32."""
    found = INTEGER.findall(text)
    if not found:
        raise Failed("printed no number")
    return int(found[-1], 0)


def run(command, timeout):
    """(user seconds, what it printed) of a command that ends well."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as child:
        timer = threading.Timer(timeout, child.kill)
        timer.start()
        try:
            text = child.stdout.read()
            _, status, usage = os.wait4(child.pid, 0)
        finally:
            timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        words = " ".join(text.split()) or "no word"
        raise Failed(f"exit {child.returncode}: {words[:160]}")
    return usage.ru_utime, text


class Measurement:
    """The cells of a table, filled round by round."""

    def __init__(self, programs, engines, builder, *, few, timeout):
        self.programs = programs
        self.engines = engines
        self.builder = builder
        self.few = few
        self.timeout = timeout
        self.cells = {(p.name, e.name): Cell() for p in programs for e in engines}

    def round(self, turn):
        """Every program once on every engine; who is first goes round."""
        for program in self.programs:
            for i in range(len(self.engines)):
                self._measure(program, self.engines[(i + turn) % len(self.engines)])

    def _measure(self, program, engine):
        cell = self.cells[program.name, engine.name]
        if cell.reason:
            return
        # a slow engine does less, and its time is scaled; with --quick all do
        n, expected = program.rounds, program.checksum
        if self.few or engine.is_slow:
            n, expected = program.few, program.few_checksum
        cell.scale = program.rounds / n if engine.is_slow and not self.few else 1.0
        try:
            cell.starts.append(self._run(program, engine, 0)[0])
            seconds, text = self._run(program, engine, n)
            got = last_integer(text)
            if (got - expected) % 2**32 != 0:
                cell.is_wrong = True
                raise Failed(f"run({n}) gave {got}, not {expected}")
            cell.seconds.append(seconds)
        except (Failed, Unsuitable, OSError) as e:
            cell.reason = str(e)
            cell.is_unasked = isinstance(e, Unsuitable)

    def _run(self, program, engine, n):
        return run([self._fill(word, program, n) for word in engine.command], self.timeout)

    def _fill(self, word, program, n):
        makers = {"{wasm}": self.builder.wasm, "{native}": self.builder.native,
                  "{fixed}": lambda p: self.builder.fixed(p, n)}
        for placeholder, make in makers.items():
            if placeholder in word:
                word = word.replace(placeholder, str(make(program)))
        return word.replace("{n}", str(n))
