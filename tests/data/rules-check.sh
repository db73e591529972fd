#!/bin/sh
# Checks the extraction rules and the catalogue of indicators as data.
# usage: rules-check.sh [RULES [CATALOGUE [MORE]]]
# MORE has the indicators that a rule may name as ?id.
# Says each trouble as file:line: reason; ends with 1 if there was any.
here=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd) || exit 2
exec python3 - "${1:-$here/filters/extract/rules.tsv}" "${2:-$here/lib/indicators.tsv}" "${3:-$here/lib/indicators-more.tsv}" <<'PY'
import re
import sys

rules, catalogue, more = sys.argv[1:4]
trouble = 0

# The short forms of patterns, as far as syntax goes (the engine's are in filters/extract/pattern.c).
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


def read_catalogue(path, known):
    head = None
    for number, row in rows(path):
        if head is None:
            head = row
            continue
        if len(row) != len(head):
            say(path, number, f"{len(row)} columns, not {len(head)}")
            continue
        cell = dict(zip(head, row))
        name = cell["id"]
        if name in known:
            say(path, number, f"{name} stands twice")
        known[name] = (path, number, cell)
        if len(name) > 32:
            say(path, number, f"{name} is longer than a column name may be")
        if cell["unit_kind"] not in KINDS:
            say(path, number, f"no such kind: {cell['unit_kind']}")
        if not cell["unit"] and cell["unit_kind"] != "rank":
            say(path, number, f"{name} has no unit")
        if not cell["definition"]:
            say(path, number, f"{name} has no definition")


known = {}
read_catalogue(catalogue, known)
core_order = list(known)
read_catalogue(more, known)
for path, number, cell in known.values():
    for name in filter(None, [cell["part_of"], *cell["rate_of"].split("/")]):
        if name not in known:
            print(f"{path}:{number}: note: {name} is not an indicator", file=sys.stderr)

order = {name: place for place, name in enumerate(core_order)}
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
    name = cell["indicator"].removeprefix("?")
    if name not in known or (name in order) == cell["indicator"].startswith("?"):
        say(rules, number, f"no such indicator: {cell['indicator']}")
        continue
    used.add(name)
    if order.get(name, last) < last:
        say(rules, number, f"{name} stands out of the catalogue's order")
    last = max(last, order.get(name, last))
    key = (name, cell["pattern"], cell["unit"], cell["change"])
    if key in seen:
        say(rules, number, "the pattern stands twice")
    seen.add(key)
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
        say(known[name][0], known[name][1], f"no rule finds {name}")
print(f"{len(seen)} rules, {len(used)} of {len(known)} indicators, {trouble} troubles")
sys.exit(trouble > 0)
PY
