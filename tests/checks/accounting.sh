#!/bin/bash
# Inputs offered = records out: a corpus of damaged documents, of which none may be lost without a trace.
#
#   tests/checks/accounting.sh [NUMBER [SEED]]        (300; ten thousand take some minutes)
set -u
cd "$(dirname "$0")/../.." || exit 2
number=${1:-300}
seed=${2:-1}
export LC_ALL=C TZ=UTC PATH="$PWD/bin:$PATH"
unset GONGWEN_DATA
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

check() {       # NAME WHY: why is empty where all is well
	if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; fi
}

tests/faults/corpus "$number" "$work/in" "$seed" || exit 2
cd "$work" || exit 2
find in -type f | sort > offered
decode in 2> decode.err | segment 2> err | classify 2>> err | extract 2>> err | audit 2>> err > stream
status=("${PIPESTATUS[@]}")
check "the chain takes $number damaged documents" "$(for s in "${status[@]}"; do [ "$s" -le 1 ] || { echo "statuses ${status[*]}: $(head -c 300 err)"; break; }; done)"
tojson < stream > json
jq -r 'select(.doc and (.doc.member == null)) | .doc.path' json | sort -u > come
check "each of them has a record" "$(diff offered come | head -n 5)"
check "the trailer says so" "$(jq -r 'select(has("end")) | .read' json | grep -qx "$number" || echo "read is not $number")"
check "what has no text has a problem" "$(jq -c 'select(.doc and .text == null and ([.problems[]? | select(.lost)] | length == 0)) | .doc.path' json | head -n 5)"
check "the trailer counts what lost content" "$(jq -es '(map(select(.doc and any(.problems[]?; .lost))) | length) == (map(select(has("end"))) | map(.failed) | add)' json > /dev/null || echo "it does not")"
check "no parser crashed" "$(jq -c 'select(.doc) | select(any(.problems[]?; .code == "crashed" or .code == "timeout")) | [.doc.path, .problems]' json | head -n 3)"
aggregate --no-sqlite -o set < stream 2> err; s=$?
check "aggregate lists them" "$([ $s -le 1 ] && python3 - << 'PY'
import csv
paths = {row['path'] for row in csv.DictReader(open('set/documents.csv', encoding='utf-8-sig'))}
missing = [p for p in open('offered').read().split('\n')[:-1] if p not in paths]
print('\n'.join(missing[:5]), end='')
PY
[ $s -le 1 ] || echo "status $s: $(head -c 300 err)")"
check "no inputs are missed" "$(grep -m 1 'was offered' err)"

# one record is dropped on the way, and the trailer mended: aggregate says so
jq -c 'select(.doc == null or .doc.path != "'"$(head -n 1 offered)"'")' json | fromjson --recount 2> /dev/null > fewer
aggregate --no-sqlite -o set < fewer 2> err; s=$?
check "aggregate misses a record that was dropped" "$([ $s -eq 1 ] && grep -q "was offered $number inputs" err || echo "status $s, it does not say so: $(head -c 200 err)")"
