#!/bin/bash
# specs: the public case files of number readers, where they lie beside the tree. A case where we differ on
# purpose stands in specs-deviations.tsv with its reason; all others must hold.
# --list prints the cases that do not hold.
set -u
cd "$(dirname "$0")/../.." || exit 2
export LC_ALL=C.UTF-8
specs=${GONGWEN_SHARED:-../shared}/specs
reader=build/unit/numeral
[ -r "$specs/ms_number.jsonl" ] || { echo "skip specs: no $specs"; exit 0; }
[ -x "$reader" ] || { echo "skip specs: $reader is not built"; exit 0; }
exec python3 - "$specs" "$reader" "${1:-}" << 'PYTHON'
import json, re, subprocess, sys, unicodedata
from fractions import Fraction as F

folder, reader, option = sys.argv[1:]
deviations = {}
for line in open('tests/unit/specs-deviations.tsv', encoding='utf-8'):
    if line.strip() and not line.startswith('#'):
        suite, case, reason = line.rstrip('\n').split('\t')
        assert reason, line
        deviations[suite, json.loads(case)] = reason

def load(suite):
    return [json.loads(line) for line in open(f'{folder}/{suite}.jsonl', encoding='utf-8')]

def scan(texts):
    """The numerals of each text: begin and end in characters, value, high, what."""
    done = subprocess.run([reader, '-s', 'bare,signed,spaced'], input='\n'.join(texts).encode(), stdout=subprocess.PIPE, check=True)
    found = [[] for _ in texts]
    for row in done.stdout.decode().splitlines():
        n, begin, end, what, _ = row.split('\t')
        raw = texts[int(n) - 1].encode()
        words = what.split()
        low, _, high = words[0].partition('..')
        value = F(words[words.index('fraction') + 1].split('/')[0]) / F(words[words.index('fraction') + 1].split('/')[1]) if 'fraction' in words else F(low)
        found[int(n) - 1].append((len(raw[:int(begin)].decode()), len(raw[:int(end)].decode()), value, F(high) if high else None, words[1:]))
    return found

def plain(s):
    return unicodedata.normalize('NFKC', s).lower().replace(' ', '')

def close(a, b):
    return abs(a - b) <= abs(b) * F(1, 10**12)

def numbers(case, got):
    """Every number, its span and value; 余 and 多 behind it and 百分之 before it may be ours alone."""
    text = case['in']
    got = [g for g in got if not ('bare' in g[4] and 'over' not in g[4])]
    want = case['out']
    return len(got) == len(want) and all(
        close(g[2], F(w['res']['value'])) and g[3] is None
        and re.fullmatch('(百分之|千分之)?' + re.escape(plain(w['t'])) + '[余多]?', plain(text[g[0]:g[1]]))
        for g, w in zip(got, want))

def percents(case, got):
    text, have = case['in'], []
    for begin, end, value, high, what in got:
        if 'fraction' in what and '分之' in plain(text[begin:end]) and high is None:
            have.append(value * 100)
        elif set(what) & {'percent', 'tenths', 'discount'} and high is None:
            have.append(value)
        elif 'permille' in what:
            have.append(value / 10)
        elif re.match(r' *([%％]|[个個] *百 *分 *[点點])', text[end:]) and not what:
            have.append(value if high is None else high)
    want = [F(w['res']['value'].rstrip('%')) for w in case['out']]
    return len(have) == len(want) and all(close(a, b) for a, b in zip(have, want))

def ranges(case, got):
    """Ends alone: ours are closed where the language says 至."""
    have = [(g[2], g[3] if g[3] is not None else None) for g in got if g[3] is not None or 'over' in g[4]]
    want = []
    for w in case['out']:
        low, high = w['res']['value'].strip('[]()').split(',')
        want.append((F(low), F(high) if high else None))
    return have == want

def single(case, got):
    return len(got) == 1 and close(got[0][2], F(re.sub('[^-0-9.]', '', case['expect']))) \
        and re.fullmatch('[个個雙]?', case['in'][got[0][1]:])

def readable(case):
    """Ranges that the number itself says, without words of comparison."""
    return not re.search('[大小超等间間比在不至最≥过上下]', ''.join(w['t'] for w in case['out']))

bad = 0
for suite, check, scope in (('ms_number', numbers, None), ('duckling_numeral', single, None),
                            ('ms_percent', percents, None), ('ms_numrange', ranges, readable)):
    cases = [c for c in load(suite) if not scope or scope(c)]
    found = scan([c['in'].replace('\n', ' ') for c in cases])
    held, meant, missed, stale = 0, 0, [], []
    for case, got in zip(cases, found):
        known = (suite, case['in']) in deviations
        ok = check(case, got)
        held += bool(ok)
        meant += known and not ok
        if ok and known:
            stale.append(case)
        elif not ok and not known:
            missed.append((case, got))
    print(f'# {suite}: {held} of {len(cases)} hold, {meant} differ on purpose; {100 * held / (len(cases) - meant):.1f} % within scope')
    for case, got in missed:
        bad += 1
        print(f'not ok specs {suite}: {json.dumps(case["in"], ensure_ascii=False)}' + (
            f': {[(case["in"][g[0]:g[1]], str(g[2]), str(g[3]), g[4]) for g in got]}, not {case.get("expect") or [(w["t"], w["res"]["value"]) for w in case["out"]]}' if option == '--list' else ''))
    for case in stale:
        bad += 1
        print(f'not ok specs {suite}: {json.dumps(case["in"], ensure_ascii=False)} holds, but is listed as a deviation')
    if not missed and not stale:
        print(f'ok specs {suite}')
sys.exit(bad > 0)
PYTHON
