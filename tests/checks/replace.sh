#!/bin/bash
# replace: a line in the rules and one in the catalogue, given by -r, make a new column of the panel.
set -u
cd "$(dirname "$0")/../.." || exit 2
TOP=$PWD
export LC_ALL=C TZ=UTC PATH="$TOP/bin:$PATH"
unset GONGWEN_DATA
for program in decode segment classify extract aggregate; do
	[ -x "bin/$program" ] || { echo "skip replace: bin/$program is not there"; exit 0; }
done
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# columns by the names in the header line, so that a new column breaks no test
line() {        # FILE NAME=VALUE...
	awk -F '\t' -v OFS='\t' -v pairs="$(IFS='|'; echo "${*:2}")" '
		!seen && !/^#/ { seen = 1; n = split(pairs, p, "|"); for (i = 1; i <= n; i++) { k = index(p[i], "="); want[substr(p[i], 1, k - 1)] = substr(p[i], k + 1) }
			for (i = 1; i <= NF; i++) name[i] = $i; fields = NF }
		END { for (i = 1; i <= fields; i++) printf "%s%s", want[name[i]], i < fields ? OFS : "\n" }' "$1"
}
{ cat lib/indicators.tsv
	line lib/indicators.tsv id=fishing.boats_withdrawn label=退捕渔船数 topic=enforcement unit_kind=count unit=艘 definition=退出捕捞的渔船数。
} > "$work/indicators.tsv"
{ cat filters/extract/rules.tsv
	line filters/extract/rules.tsv indicator=fishing.boats_withdrawn 'pattern=#渔船' literal=渔船 unit=艘 priority=0
} > "$work/rules.tsv"

decode tests/reports/banan-2020.txt | segment | classify |
	extract -r "rules.tsv=$work/rules.tsv" -r "indicators.tsv=$work/indicators.tsv" |
	aggregate -q --no-sqlite -r "indicators.tsv=$work/indicators.tsv" -o "$work/dataset" 2> "$work/err"
status=${PIPESTATUS[*]}
value=$(python3 - "$work/dataset/panel.csv" << 'PANEL'
import csv, sys
print([r.get('fishing_boats_withdrawn') for r in csv.DictReader(open(sys.argv[1]))])
PANEL
)
if [ "$status" = '0 0 0 0 0' ] && [ "$value" = "['136']" ]; then
	echo "ok replace"
else
	echo "not ok replace: statuses $status, panel $value ($(head -c 300 "$work/err"))"
fi

printf 'indicator\tpattern\n broken' > "$work/rules.tsv"
decode tests/reports/banan-2020.txt | segment | classify > "$work/stream"
extract -r "rules.tsv=$work/rules.tsv" < "$work/stream" > "$work/out" 2> "$work/err"; s=$?
if [ $s -eq 2 ] && grep -q 'rules.tsv:[0-9]*: ' "$work/err"; then
	echo "ok a broken rule file is named with its line"
else
	echo "not ok a broken rule file: status $s ($(head -c 200 "$work/err"))"
fi
