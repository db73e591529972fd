#!/bin/bash
# shared: what the whole chain must reach on the gold reports beside the tree. Skipped where they are absent.
set -u
cd "$(dirname "$0")/../.." || exit 2
TOP=$PWD
export LC_ALL=C TZ=UTC PATH="$TOP/bin:$PATH"
unset GONGWEN_DATA
shared=${GONGWEN_SHARED:-../shared}
[ -d "$shared/corpus" ] && [ -d "$shared/gold" ] || { echo "skip shared: no $shared/corpus and $shared/gold"; exit 0; }
for program in decode segment classify extract score; do
	[ -x "bin/$program" ] || { echo "skip shared: bin/$program is not there"; exit 0; }
done
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

decode "$shared/corpus" | segment | classify | extract > "$work/stream" 2> "$work/err" || { cat "$work/err"; echo "not ok shared: the chain failed"; exit 1; }
score --json "$shared/gold" < "$work/stream" > "$work/score" || { echo "not ok shared: score failed"; exit 1; }
# floors, not aims
while read -r metric floor; do
	f1=$(jq -r ".total.$metric.f1" "$work/score")
	if awk -v f="$f1" -v m="$floor" 'BEGIN { exit !(f + 0 >= m) }'; then
		echo "ok shared $metric $f1"
	else
		echo "not ok shared $metric: F1 $f1, below $floor"
	fi
done << 'FLOORS'
span 0.95
value_unit 0.93
attributes 0.80
indicator 0.70
topic 0.75
role 0.90
about 0.85
FLOORS

[ -x bin/aggregate ] || exit 0
audit < "$work/stream" | aggregate -q --no-sqlite -o "$work/dataset" || echo "not ok shared: aggregate failed"
python3 - "$work/dataset/panel.csv" << 'PANEL'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8-sig')))
for year, column, value, government in (('2020', 'legal_aid_cases', 1207, True), ('2020', 'legal_aid_recovered_amount', 17693500, True),
                                        ('2023', 'legal_aid_cases', 1535, False), ('2023', 'legal_aid_recovered_amount', 11524700, False)):
    found = [r[column] for r in rows if r['region_code'] == '500113' and r['period'] == year and (r['subject'] == 'government') == government]
    right = len(found) == 1 and found[0] and float(found[0]) == value
    print('ok' if right else 'not ok', 'shared panel 500113 %s %s' % (year, column), end='\n' if right else ': %s, not %s\n' % (found, value))
PANEL
