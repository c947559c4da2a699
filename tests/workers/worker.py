#!/usr/bin/env python3
"""A worker in another language, written from docs/protocol.md: its engine is a touchstone of its own.

Usage: worker.py TOUCHSTONE [FAULT]     FAULT is a wrong answer planted for the tests
"""

import base64
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import time

PROGRAM = sys.argv[1]
FAULT = sys.argv[2] if len(sys.argv) > 2 else ""
NUMBERS = {"i32": 8, "i64": 16, "f32": 8, "f64": 16, "v128": 32}


def read(n):
    data = sys.stdin.buffer.read(n)
    if len(data) < n:
        sys.exit(0)
    return data


def receive():
    return json.loads(read(struct.unpack("<I", read(4))[0]))


def send(message):
    data = json.dumps(message).encode()
    sys.stdout.buffer.write(struct.pack("<I", len(data)) + data)
    sys.stdout.buffer.flush()


def to_case_file(text):
    """An argument as case.json has it."""
    kind, _, digits = text.partition(":")
    if kind in NUMBERS:
        return {"type": kind, "bits": "0x" + digits}
    if kind == "null":
        return {"type": "ref", "ref": "null"}
    kind = {"extern-host": "extern"}.get(kind, kind)
    return {"type": "ref", "ref": kind, "bits": "0x" + digits}


def float_bits(text, width):
    fmt, nan, sign = ("<f", 0x7F800000, 1 << 31) if width == 32 else ("<d", 0x7FF << 52, 1 << 63)
    found = re.fullmatch(r"(-?)nan:0x([0-9a-f]+)", text)
    if found:
        return nan | int(found[2], 16) | (sign if found[1] else 0)
    return int.from_bytes(struct.pack(fmt, float(text)), "little")


def from_script(text):
    """A value as the protocol has it, from a constant of a script."""
    kind, *words = text.strip("()").split()
    if kind in ("i32.const", "i64.const"):
        width = int(kind[1:3])
        return f"i{width}:{int(words[0]) & ((1 << width) - 1):x}"
    if kind in ("f32.const", "f64.const"):
        width = int(kind[1:3])
        return f"f{width}:{float_bits(words[0], width):x}"
    if kind == "v128.const":
        return "v128:" + "".join(f"{int(w, 16):08x}" for w in reversed(words[1:]))
    if kind == "ref.null":
        return "null"
    if kind in ("ref.extern", "ref.host") and words:
        return f"{'extern-' if kind == 'ref.extern' else ''}host:{int(words[0]):x}"
    return "func:unknown" if kind == "ref.func" else "unknown"


def to_step(step):
    out = {"end": step["end"], "detail": step.get("detail", "")}
    if step["end"] == "trapped":
        out["traps"] = step["trap"].split(" or ")
    if step["end"] in ("returned", "threw"):
        out["values"] = [from_script(v) for v in step["values"]]
    return out


def plant(step):
    """The fault that this worker was asked to have."""
    values = step.get("values", [])
    if FAULT == "adds-one" and values and values[0].startswith("i32:") and int(values[0][4:], 16) > 1:
        values[0] = f"i32:{(int(values[0][4:], 16) + 1) & 0xFFFFFFFF:x}"
    elif FAULT == "wrong-trap" and step["end"] == "trapped":
        step["traps"] = ["unreachable"] if step["traps"] != ["unreachable"] else ["cast failure"]
    elif FAULT == "returns-on-trap" and step["end"] == "trapped":
        step = {"end": "returned", "values": []}
    elif FAULT == "takes-invalid" and step["end"] in ("invalid", "malformed"):
        step = {"end": "returned", "values": []}
    elif FAULT == "crashes" and step["end"] == "trapped":
        os.abort()
    elif FAULT == "hangs" and step["end"] == "trapped":
        time.sleep(3600)
    elif FAULT == "nonsense" and step["end"] == "trapped":
        return {"end": "perhaps"}
    return step


def run_case(request):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        modules = []
        for i, m in enumerate(request["modules"]):
            (folder / f"{i}.wasm").write_bytes(base64.b64decode(m["bytes"]))
            modules.append({"name": m["name"], "file": f"{i}.wasm"})
        calls = [{**c, "args": [to_case_file(a) for a in c["args"]]} for c in request["calls"]]
        case = {"schema": "touchstone.case/1", "origin": "worker.py", "modules": modules, "calls": calls}
        (folder / "case.json").write_text(json.dumps(case))
        done = subprocess.run([PROGRAM, "diff", name, "--oracles", "reference", "--json", "-"], capture_output=True)
    seen = json.loads(done.stdout)["cases"][0]["oracles"][0]
    for step in seen["instantiations"] + seen["calls"]:
        send({"steps": [plant(to_step(step))]})


def main():
    while True:
        request = receive()
        if request["do"] == "hello":
            send({"protocol": 1, "name": "python", "version": "1", "code_base": "python", "shows": "everything"})
        elif request["do"] == "case":
            run_case(request)
        elif request["do"] == "bye":
            return


main()
