#!/bin/sh
# Checks the extraction rules and the catalogue of indicators as data.
# usage: rules-check.sh [RULES [CATALOGUE]]
# Says each trouble as file:line: reason; ends with 1 if there was any.
here=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd) || exit 2
exec python3 - "${1:-$here/filters/extract/rules.tsv}" "${2:-$here/lib/indicators.tsv}" <<'PY'
import re
import sys

rules, catalogue = sys.argv[1:3]
trouble = 0

# The short forms of patterns, as far as syntax goes (the engine's are in filters/extract/rules.c).
MACROS = {"_": "[^，#@]", "~": "[^，#@]{0,15}?", "≈": "[^。#]{0,30}?", "…": "(?:[共为])?#", "％": "(?:[率为])?#"}
KINDS = {"count", "money", "percent", "points", "ratio", "rank", "duration", "measure"}
COLUMNS = "indicator pattern literal unit change near not priority".split()


def say(path, line, reason):
    global trouble
    trouble += 1
    print(f"{path}:{line}: {reason}", file=sys.stderr)


def rows(path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if line and not line.startswith("#"):
                yield number, line.split("\t")


def macros(pattern):
    for macro, text in MACROS.items():
        pattern = pattern.replace(macro, text)
    return pattern


known = {}
head = None
for number, row in rows(catalogue):
    if head is None:
        head = row
        continue
    if len(row) != len(head):
        say(catalogue, number, f"{len(row)} columns, not {len(head)}")
        continue
    cell = dict(zip(head, row))
    name = cell["id"]
    if name in known:
        say(catalogue, number, f"{name} stands twice")
    known[name] = (number, cell)
    if len(name) > 32:
        say(catalogue, number, f"{name} is longer than a column name may be")
    if cell["unit_kind"] not in KINDS:
        say(catalogue, number, f"no such kind: {cell['unit_kind']}")
    if not cell["unit"] and cell["unit_kind"] != "rank":
        say(catalogue, number, f"{name} has no unit")
    if not cell["definition"]:
        say(catalogue, number, f"{name} has no definition")
for number, cell in known.values():
    for name in filter(None, [cell["part_of"], *cell["rate_of"].split("/")]):
        if name not in known:
            print(f"{catalogue}:{number}: note: {name} is not an indicator", file=sys.stderr)

order = {name: place for place, name in enumerate(known)}
used, seen, last, head = set(), set(), -1, None
for number, row in rows(rules):
    if head is None:
        head = row
        if row != COLUMNS:
            say(rules, number, "the header is not: " + " ".join(COLUMNS))
        continue
    if len(row) != len(COLUMNS):
        say(rules, number, f"{len(row)} columns, not {len(COLUMNS)}")
        continue
    cell = dict(zip(COLUMNS, row))
    if cell["indicator"] not in known:
        say(rules, number, f"no such indicator: {cell['indicator']}")
        continue
    used.add(cell["indicator"])
    if order[cell["indicator"]] < last:
        say(rules, number, f"{cell['indicator']} stands out of the catalogue's order")
    last = max(last, order[cell["indicator"]])
    if tuple(row) in seen:
        say(rules, number, "the rule stands twice")
    seen.add(tuple(row))
    if "#" not in re.sub(r"\[\^?[^\]]*\]", "", macros(cell["pattern"])):
        say(rules, number, "the pattern has no # outside a class")
    for column in ("pattern", "near", "not"):
        try:
            re.compile(macros(cell[column]))
        except re.error as error:
            say(rules, number, f"{column}: {error}")
    literals = cell["literal"].split("|")
    for literal in literals:
        if len(literal) < 2:
            say(rules, number, f"literal too short: {literal!r}")
        elif set(literal) & set("#@，。；：！？（）“”,;:!?() \u3000"):
            say(rules, number, f"literal holds a mark: {literal!r}")
    if cell["change"] not in ("", "level", "up", "down", "above", "below"):
        say(rules, number, f"no such change: {cell['change']}")
    if not re.fullmatch(r"-?[0-9]+", cell["priority"]):
        say(rules, number, f"priority is no number: {cell['priority']!r}")
for name in known:
    if name not in used:
        say(catalogue, known[name][0], f"no rule finds {name}")
print(f"{len(seen)} rules, {len(used)} of {len(known)} indicators, {trouble} troubles")
sys.exit(trouble > 0)
PY
