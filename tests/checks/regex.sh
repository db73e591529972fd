#!/bin/bash
# Patterns of a user that would take for ever: the record says so and has all the rest, in bounded time,
# and the next record, which the pattern does not trouble, says nothing.
set -u
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bin=$PWD/bin bad='(.|.)*(.|.)*(.|.)*(.|.)*\b\B'

check() {       # NAME WHY: why is empty where all is well
	if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; fi
}

{
	printf '安澜县2023年法治政府建设情况的报告\n\n'
	for i in $(seq 60); do printf '全年办理法律援助案件%d件，荣获全国先进单位称号，县人民政府办公室一一一一一一一一一一一一办结。\n' "$i"; done
} > "$work/a.txt"
printf '无数的文字\n' > "$work/b.txt"
(cd "$work" && "$bin/decode" a.txt b.txt | "$bin/segment" > segment && "$bin/classify" < segment > classify) || exit 2

# try FILTER TABLE FILE INPUT: FILE has the pattern somewhere
try() {
	local filter=$1 table=$2 file=$3 input=$4 s why=
	timeout 60 "bin/$filter" -r "$table=$file" < "$work/$input" > "$work/out" 2> "$work/err"; s=$?
	[ $s -eq 0 ] || why="status $s: $(head -c 200 "$work/err")"
	[ "$(bin/tojson < "$work/out" | jq -c 'select(.doc) | [.problems[]? | select(.code == "rule_failed" and (.message | test("'"${file##*/}"':[0-9]+: pattern gives up"))) | .filter]' | tr '\n' ' ')" = "[\"$filter\"] [] " ] \
		|| why="${why:+$why; }problems are $(bin/tojson < "$work/out" | jq -c 'select(.doc) | [.problems[]?.message]' | head -c 300)"
	check "$filter with a hopeless pattern in $table" "$why"
}

# one row more, in front, with the pattern in the column of that name
with() {        # TABLE COLUMN=VALUE...
	python3 - "$@" << 'PY'
import sys
lines = [x for x in open(sys.argv[1], encoding='utf-8').read().split('\n') if x and not x.startswith('#')]
given = dict(x.split('=', 1) for x in sys.argv[2:])
print(lines[0])
print('\t'.join(given.get(c, '') for c in lines[0].split('\t')))
print('\n'.join(lines[1:]))
PY
}

with filters/classify/periods.tsv kind=year pattern="(?<y>Y)$bad" > "$work/periods.tsv"
with filters/classify/genres.tsv genre=other title="$bad" > "$work/genres.tsv"
with filters/extract/mentions.tsv kind=org pattern="($bad)" literal=县 > "$work/mentions.tsv"
with filters/extract/rules.tsv indicator=legal_aid.cases pattern="$bad" literal=件 priority=99 > "$work/rules.tsv"
with filters/extract/cues.tsv class=reject value=x pattern="$bad" literal=件 priority=99 > "$work/cues.tsv"
try classify periods.tsv "$work/periods.tsv" segment
try classify genres.tsv "$work/genres.tsv" segment
try extract mentions.tsv "$work/mentions.tsv" classify
try extract rules.tsv "$work/rules.tsv" classify
try extract cues.tsv "$work/cues.tsv" classify

# the rest is as without it
bin/extract < "$work/classify" 2> /dev/null | bin/tojson | jq -c '.facts' > "$work/before"
bin/extract -r "mentions.tsv=$work/mentions.tsv" < "$work/classify" 2> /dev/null | bin/tojson | jq -c '.facts' > "$work/after"
check "a hopeless pattern takes nothing else along" "$(cmp "$work/before" "$work/after")"

# a folder of tables is not compiled before it is used: what does not compile is said all the same
mkdir "$work/tables" && cp lib/*.tsv filters/extract/*.tsv "$work/tables"
with filters/extract/rules.tsv indicator=legal_aid.cases pattern='(' literal=件 > "$work/tables/rules.tsv"
GONGWEN_DATA=$work/tables bin/extract < "$work/classify" > "$work/out" 2> "$work/err"; s=$?
check "extract with a pattern that does not compile" "$(bin/tojson < "$work/out" | jq -es 'any(.[].problems[]?; .message | test("rules.tsv:2: pattern does not compile"))' > /dev/null || echo "status $s: $(head -c 200 "$work/err")")"

# pages: content.tsv asks of a line whether it is furniture
{ printf '<html><body>'; for i in $(seq 60); do printf '<p>一一一一一一一一一一一一一一一一一一 %d</p>' "$i"; done; } > "$work/page.html"
with filters/decode/content.tsv role=line pattern="$bad" > "$work/content.tsv"
timeout 60 "$bin/decode" -r "content.tsv=$work/content.tsv" "$work/page.html" > "$work/out" 2> "$work/err"; s=$?
check "decode with a hopeless pattern in content.tsv" "$([ $s -eq 0 ] && bin/tojson < "$work/out" | jq -es 'any(.[].problems[]?; .code == "rule_failed")' > /dev/null || echo "status $s: $(head -c 200 "$work/err")")"
