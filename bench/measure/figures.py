"""From cells to figures: speeds relative to a base, their geometric means, the table and the JSON."""

import math
import os
import platform


def speed(measurement, program, engine, base):
    """How many times as fast as the base; None where either has no time."""
    a, b = measurement.cells[program, engine], measurement.cells[program, base]
    return b.median / a.median if a.ok and b.ok else None


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def means(measurement, base):
    """{engine: (geometric mean over the core programs that it and the base ran, how many these are)}"""
    core = [p.name for p in measurement.programs if p.kind == "core"]
    result = {}
    for engine in measurement.engines:
        speeds = [s for s in (speed(measurement, p, engine.name, base) for p in core) if s is not None]
        result[engine.name] = (geometric_mean(speeds), len(speeds))
    return result


def failures(measurement):
    return [{"program": p, "engine": e, "reason": c.reason, "wrong": c.is_wrong}
            for (p, e), c in measurement.cells.items() if c.reason and not c.is_unasked]


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as f:
            return next(line.partition(":")[2].strip() for line in f if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def as_json(measurement, base, rounds):
    average = means(measurement, base)
    return {
        "schema": "touchstone.bench/1",
        "programs": [_program(measurement, p) for p in measurement.programs],
        "base": base,
        "geomean": {name: mean for name, (mean, _) in average.items() if mean is not None},
        "geomean_programs": {name: count for name, (_, count) in average.items()},
        "engines": [{"name": e.name, "command": list(e.command), "slow": e.is_slow} for e in measurement.engines],
        "failures": failures(measurement),
        "rounds": rounds,
        "quick": measurement.few,
        "machine": {"processor": processor(), "cores": os.cpu_count(), "load": os.getloadavg()[0]},
    }


def _program(measurement, program):
    cells = {e.name: measurement.cells[program.name, e.name] for e in measurement.engines}
    return {
        "name": program.name,
        "kind": program.kind,
        "n": program.few if measurement.few else program.rounds,
        "engines": {name: c.median for name, c in cells.items() if c.ok},
        "spread": {name: [min(c.times()), max(c.times())] for name, c in cells.items() if c.ok},
        "start": {name: min(c.starts) for name, c in cells.items() if c.ok},
    }


def table(measurement, base):
    """Speeds relative to the base, whose own column has seconds."""
    others = [e for e in measurement.engines if e.name != base]
    rows = [["program", f"{base} s", *(("~" if e.is_slow else "") + e.name for e in others)]]
    shown = [p for p in measurement.programs if p.kind == "core"]
    apart = [p for p in measurement.programs if p.kind != "core"]
    rows += [_row(measurement, p, base, others) for p in shown]
    if shown:
        rows.append(_mean_row(measurement, base, others))
    text = _align(rows)
    if apart:
        seconds = [["apart, seconds", *(e.name for e in measurement.engines)]]
        seconds += [[p.name, *(_cell(measurement.cells[p.name, e.name], 4) for e in measurement.engines)] for p in apart]
        text += "\n" + _align(seconds)
    return text + _notes(measurement)


def _row(measurement, program, base, others):
    def ratio(engine):
        s = speed(measurement, program.name, engine.name, base)
        return f"{s:.2f}" if s is not None else _cell(measurement.cells[program.name, engine.name], 3, "s")
    return [program.name, _cell(measurement.cells[program.name, base], 3), *map(ratio, others)]


def _cell(cell, digits, unit=""):
    if cell.ok:
        return f"{cell.median:.{digits}f}{unit}"
    if cell.is_unasked:
        return "-"
    return "WRONG" if cell.is_wrong else "fail"


def _mean_row(measurement, base, others):
    average = means(measurement, base)
    whole = average[base][1]

    def shown(name):
        mean, count = average[name]
        return "-" if mean is None else f"{mean:.2f}" + ("" if count == whole else f" of {count}")
    return ["geometric mean", shown(base), *(shown(e.name) for e in others)]


def _align(rows):
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = (f"{row[0]:<{widths[0]}}" + "".join(f"  {c:>{w}}" for c, w in zip(row[1:], widths[1:])) for row in rows)
    return "".join(line + "\n" for line in lines)


def _notes(measurement):
    text = ""
    if any(e.is_slow for e in measurement.engines) and not measurement.few:
        text += "~ did a share of the rounds, and its time is scaled\n"
    return text + "".join(f"{f['engine']} on {f['program']}: {f['reason']}\n" for f in failures(measurement))
