#!/bin/bash
# headings-check: is the topic told from a heading alone? Each heading of headings.tsv stands in a report of its
# own, above a sentence that says nothing.
#
#   tests/data/headings-check.sh
. "$(dirname "$0")/common" || exit 2
grep -v '^#' tests/data/headings.tsv | awk -F'\t' -v want="$dir/want" 'NR > 1 {
	printf "{\"text\":\"安澜县2023年法治政府建设情况报告\\n\\n%s\\n\\n有关事项逐一完成。\\n\"}\n", $2
	print $1 "\t" $2 > want
}' > "$dir/headings.jsonl"
bin/decode --text text "$dir/headings.jsonl" | bin/segment | bin/classify | bin/tojson \
	| jq -r 'select(.text) | ([.segments[].kind] | index("heading")) as $i
		| [(if $i then .labels[$i].topic // "null" else "no heading" end), (.text | split("\n")[2])] | @tsv' \
	> "$dir/got" || exit 1
same headings 250
