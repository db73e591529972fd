#!/bin/bash
# labels-check: every indicator, of the catalogue and outside it, has one English label, of its own and short enough
# for Stata; nothing else has.
#
#   tests/data/labels-check.sh [labels-en.tsv]
here=$(cd "$(dirname "$0")/../.." && pwd)
exec python3 - "$here/lib/indicators.tsv" "$here/lib/indicators-more.tsv" "${1:-$here/lib/labels-en.tsv}" <<'PY'
import sys

MOST = 80       # characters of a label in Stata, the Chinese one and a space included


def rows(path):
    lines = [line.rstrip('\n').split('\t') for line in open(path, encoding='utf-8') if line.strip() and line[0] != '#']
    return [dict(zip(lines[0], cells)) for cells in lines[1:]]


catalogue = {row['id']: row['label'] for path in sys.argv[1:3] for row in rows(path)}
labels, seen, bad = rows(sys.argv[3]), {}, []
for row in labels:
    name, text = row['id'], row.get('label_en', '')
    if name not in catalogue:
        bad.append('%s: no such indicator' % name)
    elif len(catalogue[name]) + 1 + len(text) > MOST:
        bad.append('%s: more than %d characters with the Chinese label' % (name, MOST))
    if not text or text != text.strip() or not text.isascii():
        bad.append('%s: empty, or not plain English' % name)
    if text.lower() in seen:
        bad.append('%s: the label of %s' % (name, seen[text.lower()]))
    seen[text.lower()] = name
given = [row['id'] for row in labels]
bad += ['%s: twice' % name for name in sorted(set(given)) if given.count(name) > 1]
bad += ['%s: no English label' % name for name in catalogue if name not in given]
for line in bad:
    print('not ok labels-en.tsv: ' + line)
print('%d passed, %d failed' % (len(labels) - min(len(bad), len(labels)), len(bad)))
sys.exit(bool(bad))
PY
