#!/bin/bash
# report: the page holds what the dataset holds, whatever the order of the stream, and works in
# a browser: report.py looks at it in headless Chromium (Debian: chromium).
set -u
cd "$(dirname "$0")/../.." || exit 2
TOP=$PWD
export LC_ALL=C TZ=UTC PATH="$TOP/bin:$PATH"
unset GONGWEN_DATA
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

check() {
	if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; fi
}

chain() { decode "$@" | segment | classify | extract | audit; }
chain tests/reports > "$work/samples" 2> "$work/err" || { echo "not ok report: the samples: $(head -c 200 "$work/err")"; exit; }
chain tests/reports/a* > "$work/first" 2> /dev/null
chain tests/reports/[!a]* > "$work/second" 2> /dev/null

report < "$work/samples" > "$work/page.html" 2> "$work/err"
check "a page of the samples" "$([ -s "$work/page.html" ] && [ ! -s "$work/err" ] || head -c 200 "$work/err")"
cat "$work/second" "$work/first" | report > "$work/other.html" 2> /dev/null
check "parts in another order give the same page" "$(cmp "$work/page.html" "$work/other.html" 2>&1)"
cat "$work/first" "$work/second" "$work/first" | report > "$work/other.html" 2> /dev/null
check "a document that comes twice stands there once" "$(python3 tests/checks/report_index.py same "$work/page.html" "$work/other.html" 2>&1)"

# the cells, ids and findings are those of the dataset; on made reports, too, of which several speak of one cell
python3 scripts/corpus --size 4 --charset utf-8 -o "$work/made" > /dev/null
chain "$work/made" > "$work/many" 2> /dev/null
report < "$work/many" > "$work/many.html"
for name in samples many; do
	page=$work/page.html
	[ $name = samples ] || page=$work/many.html
	aggregate -q --no-sqlite -o "$work/dataset.$name" < "$work/$name"
	check "the page of $name holds what the dataset holds" "$(python3 tests/checks/report_index.py dataset "$page" "$work/dataset.$name" 2>&1)"
done

# nothing of a document stands in the page but as base64
check "no word of a document outside its data" "$(sed 's/<script type="text\/plain"[^<]*<\/script>//' "$work/page.html" | grep -c 安澜 | grep -v '^0$')"

if command -v chromium > /dev/null 2>&1; then
	timeout 400 python3 tests/checks/report.py "$work" || echo "not ok the page in a browser: status $?"
else
	echo "skip the page in a browser: needs chromium"
fi
