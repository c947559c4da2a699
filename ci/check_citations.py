#!/usr/bin/env python3
"""Holds the comments of the engine against the specification's names of rules and definitions.

A function that implements a rule names it in its doc comment (`Step_pure/br_if-true`), one that implements a
definition names that (`iadd_ — exec/numerics.html`, `allocmodule`, or `$invoke`). Several names of one relation may be written
short: `Ref_ok/i31, /struct`. The names are docs/spec/rules.tsv and definitions.tsv; what has no function stands in
docs/spec/without_function.tsv with its reason. Each cited rule of execution has a counter in
engine/reference/rule_names.inc, and a file that counts one cites it.

Usage: ci/check_citations.py [--list] [ROOT]
    --list   print what is cited where: name, file, line
exit 0: every name is cited and every citation is a name; 1: some are not (each is printed)
"""

import pathlib
import re
import sys

# where the rules and definitions of these chapters are implemented
PLACES = {
    "2.": ("engine/validation",),
    "3.": ("engine/reference",),
    "4.": ("engine/reference",),
}
COMMENT = re.compile(r"^\s*//[/!]?(.*)$")
SHORT = re.compile(r"(?<=[\s,])/([a-z0-9_.-]*[a-z0-9_])")
COUNTER = re.compile(r'^RULE\((\w+), "([^"]+)"\)$', re.M)
COUNTED = re.compile(r"\bRuleName::(\w+)")
DEFINITION = re.compile(r"\$?([A-Za-z][A-Za-z0-9_]*)")


def rows(path):
    lines = path.read_text().splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


class Names:
    """What the specification names, and what of it has no function."""

    def __init__(self, root):
        folder = root / "docs" / "spec"
        self.rules = {name: chapter for chapter, name in rows(folder / "rules.tsv")}
        self.definitions = {name: chapter for chapter, name, _ in rows(folder / "definitions.tsv")}
        self.excused = {name: reason for name, reason in rows(folder / "without_function.tsv")}
        relations = sorted({name.split("/")[0] for name in self.rules}, key=len, reverse=True)
        self.rule = re.compile(r"\b(" + "|".join(relations) + r")(?:/([a-z0-9_.-]*[a-z0-9_])|(?![\w/]))")


def comments(path):
    """Each run of comment lines as one text, with the number of its first line."""
    text, first = [], 0
    for number, line in enumerate(path.read_text().splitlines() + [""], 1):
        found = COMMENT.match(line)
        if found:
            first = first or number
            text.append(found[1])
        elif text:
            yield first, "\n".join(text)
            text, first = [], 0


def rules_in(text, names):
    """Rule names of a comment, short forms written out."""
    at, relation = 0, None
    found = []
    while True:
        rule, short = names.rule.search(text, at), SHORT.search(text, at) if relation else None
        if short and (not rule or short.start() < rule.start()):
            found.append(f"{relation}/{short[1]}")
            at = short.end()
        elif rule:
            relation = rule[1]
            found.append(f"{relation}/{rule[2]}" if rule[2] else relation)
            at = rule.end()
        else:
            return found


def is_unmistakable(name):
    """No word of English: taken wherever a comment has it. Others (`type`, `mem`) need the dollar or the dash."""
    return "_" in name or len(name) > 8


def definitions_in(text, names):
    """Definitions that a comment names: unmistakable ones, with a dollar sign, or before a dash."""
    found = {name for name in re.findall(r"\$([A-Za-z][A-Za-z0-9_]*)", text)}
    found |= {n for n in DEFINITION.findall(text) if n in names.definitions and is_unmistakable(n)}
    for line in text.splitlines():
        head, dash, _ = line.partition(" — ")
        if dash:
            found |= {n for n in DEFINITION.findall(head) if n in names.definitions}
    return found


def citations(root, names):
    """name -> [(file, line)] for everything that is cited, known or not."""
    cited = {}
    for folder in sorted({place for places in PLACES.values() for place in places}):
        for path in sorted((root / folder).glob("*.[hc]pp")):
            where = path.relative_to(root).as_posix()
            for line, text in comments(path):
                for name in {*rules_in(text, names), *definitions_in(text, names)}:
                    cited.setdefault(name, []).append((where, line))
    return cited


def check(root, names, cited):
    problems = []
    known = {**names.rules, **names.definitions}
    groups = {name.split("/")[0] for name in names.rules}
    for name, chapter in known.items():
        places = next(p for prefix, p in PLACES.items() if chapter.startswith(prefix))
        here = any(where.startswith(places) for where, _ in cited.get(name, []))
        if not here and name not in names.excused:
            problems.append(f"{chapter}: {name} is cited nowhere in {', '.join(places)}")
        if here and name in names.excused:
            problems.append(f"docs/spec/without_function.tsv: {name} is cited, and stands there")
    for name in names.excused:
        if name not in known:
            problems.append(f"docs/spec/without_function.tsv: there is no {name}")
    for name, where in cited.items():
        if name in known or name in groups:
            continue
        # the chapters on syntax and typing have definitions too, which are not listed
        wrong = [w for w in where if "/" in name or w[0].startswith(PLACES["4."])]
        problems += [f"{file}:{line}: there is no {name}" for file, line in wrong]
    return problems


def check_counters(root, names, cited):
    """One counter for each rule of execution that has a function; each is counted where its rule is cited."""
    folder = root / PLACES["4."][0]
    table = folder / "rule_names.inc"
    if not table.exists():
        return [f"{table}: is missing"]
    counters = dict(COUNTER.findall(table.read_text()))
    place = table.relative_to(root).as_posix()
    wanted = {n for n, chapter in names.rules.items() if chapter.startswith("4.") and n not in names.excused}
    problems = [f"{place}: there is no counter for {n}" for n in sorted(wanted - set(counters.values()))]
    problems += [f"{place}: {n} is no rule of execution that a function cites"
                 for n in sorted(set(counters.values()) - wanted)]
    if len(set(counters.values())) != len(COUNTER.findall(table.read_text())):
        problems.append(f"{place}: a name stands there twice")
    used = set()
    for path in sorted(folder.glob("*.[hc]pp")):
        where = path.relative_to(root).as_posix()
        for enumerator in sorted(set(COUNTED.findall(path.read_text())) - {"None"}):
            used.add(enumerator)
            name = counters.get(enumerator)
            if not any(file == where for file, _ in cited.get(name, [])):
                problems.append(f"{where}: counts {enumerator} ({name}) and does not cite it")
    problems += [f"{place}: nothing counts {e}" for e in sorted(set(counters) - used)]
    return problems


def main():
    arguments = [a for a in sys.argv[1:] if a != "--list"]
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parent.parent).resolve()
    names = Names(root)
    cited = citations(root, names)
    if "--list" in sys.argv:
        for name in sorted(cited):
            for file, line in cited[name]:
                print(f"{name}\t{file}:{line}")
        return 0
    problems = check(root, names, cited) + check_counters(root, names, cited)
    for p in problems:
        print(f"check_citations: {p}")
    if problems:
        print(f"check_citations: {len(problems)} problems")
        return 1
    print(f"check_citations: {len(names.rules)} rules and {len(names.definitions)} definitions, "
          f"{len(names.excused)} of them without a function")
    return 0


if __name__ == "__main__":
    sys.exit(main())
