#!/bin/bash
# Streams of every released version of the format stay readable, by every filter.
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0
judge() { if [ "$1" -eq 0 ]; then echo "ok $2"; else echo "not ok $2: status $1"; bad=1; fi; }
for stream in tests/streams/*.stream; do
	name=${stream##*/}
	facts=$(bin/tojson < "$stream" | jq -s 'map(.facts // [] | length) | add')
	[ "${facts:-0}" -gt 100 ]; judge $? "$name has facts"
	for filter in segment classify classify-linear extract audit; do
		[ -x "bin/$filter" ] || continue
		bin/$filter < "$stream" > "$work/out" 2> "$work/err"; judge $? "$filter reads $name"
		[ "$(bin/tojson < "$work/out" | wc -l)" = "$(bin/tojson < "$stream" | wc -l)" ]; judge $? "$filter keeps the records of $name"
	done
	bin/aggregate --no-sqlite -o "$work/set" < "$stream" 2> "$work/err"; judge $? "aggregate reads $name"
	rows=$(jq '.resources[] | select(.name == "facts") | .rows // .["x_rows"] // empty' "$work/set/datapackage.json")
	[ -n "$rows" ] || rows=$(($(python3 -c "import csv; print(sum(1 for _ in csv.reader(open('$work/set/facts.csv', encoding='utf-8-sig'))))") - 1))
	[ "$rows" = "$facts" ]; judge $? "aggregate keeps the $facts facts of $name"
	bin/tojson < "$stream" | bin/fromjson | cmp -s - "$stream"; judge $? "$name through JSON and back"
	[ ! -x bin/report ] || { bin/report < "$stream" > "$work/page.html" 2> "$work/err"; judge $? "report reads $name"; }
done
exit $bad
