#!/usr/bin/env python3
"""Holds every #include against the layers of ARCHITECTURE.md: arrows point one way only.

Usage: ci/check_layers.py [ROOT]     exit 0: fine, 1: a wrong include (each is printed)
"""

import pathlib
import re
import sys

# layer -> the layers it may include besides itself; a layer is a folder, the longest match counts
LAYERS = {
    "engine/syntax": [],
    "engine/binary": ["engine/syntax"],
    "engine/text": ["engine/syntax"],
    "engine/validation": ["engine/syntax"],
    "engine/embedding": ["engine/syntax", "engine/validation"],
    "engine/reference": ["engine/syntax", "engine/validation", "engine/embedding"],
    "engine/fast": ["engine/syntax", "engine/validation", "engine/embedding"],
    "cases": ["engine/syntax", "engine/binary", "engine/text", "engine/validation", "engine/embedding"],
    "generators": ["engine/syntax", "engine/binary", "engine/text", "engine/validation",
                   "engine/embedding/value.hpp", "cases"],
    "oracles": ["engine", "cases"],
    "harness/compare": ["engine/syntax", "engine/embedding/value.hpp", "engine/embedding/outcome.hpp",
                        "oracles/observation.hpp"],
    "harness": ["engine", "cases", "generators", "oracles", "harness/compare"],
    "reports": ["engine/syntax", "engine/embedding", "cases", "oracles", "harness"],
    "cli": ["engine", "cases", "generators", "oracles", "harness", "reports"],
    "tests": ["engine", "cases", "generators", "oracles", "harness", "reports", "bench"],
    "bench": ["engine", "cases", "generators", "oracles", "harness", "reports"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def layer_of(path):
    """The layer that a path from the root belongs to, or None."""
    best = None
    for name in LAYERS:
        if (path == name or path.startswith(name + "/")) and (best is None or len(name) > len(best)):
            best = name
    return best


def allowed(layer, target):
    own = layer_of(target) == layer
    return own or any(target == a or target.startswith(a + "/") for a in LAYERS[layer])


def check(root):
    problems = []
    for source in sorted(p for p in root.rglob("*") if p.suffix in {".hpp", ".cpp", ".h", ".inc"}):
        path = source.relative_to(root).as_posix()
        if path.startswith(("build/", ".")):
            continue
        layer = layer_of(path)
        if layer is None:
            problems.append(f"{path}: in no layer")
            continue
        text = source.read_text(errors="replace")
        for match in INCLUDE.finditer(text):
            target = match.group(1)
            line = text.count("\n", 0, match.start()) + 1
            if not (root / target).is_file():
                problems.append(f'{path}:{line}: "{target}" is no file from the root')
            elif not allowed(layer, target):
                problems.append(f'{path}:{line}: {layer} may not include "{target}"')
    return problems


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    problems = check(root)
    for p in problems:
        print(p)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
