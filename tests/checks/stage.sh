#!/bin/bash
# stage: the outside stages that the pages promise. The Python stage of record.5 is
# taken out of the page and run between segment and the filters behind it, and so is
# one in jq: their key x_note leaves every later filter byte for byte as it came.
set -u
cd "$(dirname "$0")/../.." || exit 2
TOP=$PWD
export LC_ALL=C TZ=UTC PATH="$TOP/bin:$PATH"
unset GONGWEN_DATA
forge=$TOP/tests/faults/forge
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

check() {       # NAME WHY: why is empty where all is well
	if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; fi
}

# the filters behind the stage, as far as they are built
later=()
for f in classify extract audit; do
	if [ -x "bin/$f" ]; then later+=("$f"); fi
done

# through NAME STREAM: x_note must come out of each later filter as it is in STREAM
through() {
	local f
	"$forge" pairs x_note < "$2" > "$work/pairs"
	# a6… is "x_note" in MessagePack
	check "$1 adds x_note" "$(grep -q a6785f6e6f7465= "$work/pairs" || echo "no record has it")"
	cp "$2" "$work/stream"
	for f in "${later[@]}"; do
		"$f" < "$work/stream" > "$work/next" 2> "$work/err" || { check "$1, then $f" "status $? ($(head -c 200 "$work/err"))"; return; }
		"$forge" pairs x_note < "$work/next" > "$work/got"
		check "$1, then $f" "$(cmp "$work/pairs" "$work/got" 2>&1)"
		mv "$work/next" "$work/stream"
	done
}

# the block behind the comment .\" file note.py, without roff's escapes
sed -n '/^\.\\" file note\.py$/,/^\.Ed$/{/^\.[\\BE]/!{s/^\\&//;s/\\e/\\/g;p;};}' lib/record.5 > "$work/note.py"
python=/usr/bin/python3
if ! "$python" -c 'import msgpack' 2> /dev/null; then
	echo "skip stage: python3-msgpack is not installed"
	exit 0
fi
decode tests/reports > "$work/decoded" && segment < "$work/decoded" > "$work/segmented"
records=$("$forge" records < "$work/segmented" | wc -l)

note() { "$python" "$work/note.py"; }
note < "$work/segmented" > "$work/noted" 2> "$work/err"; s=$?
check "the stage of record.5" "$([ $s -eq 0 ] && [ "$("$forge" records < "$work/noted" | wc -l)" -eq "$records" ] || echo "status $s ($(head -c 200 "$work/err"))")"
"$forge" pairs '' < "$work/segmented" > "$work/before"
"$forge" pairs '' < <("$forge" drop x_note < "$work/noted") > "$work/after"
check "the stage of record.5 keeps every other byte" "$(cmp "$work/before" "$work/after" 2>&1)"
through "the stage of record.5" "$work/noted"

# plain values instead of sealed ones, and a second run, give the same key
"$forge" plain < "$work/segmented" | note | "$forge" pairs x_note > "$work/got"
"$forge" pairs x_note < "$work/noted" > "$work/want"
check "the stage of record.5 reads plain values" "$(cmp "$work/want" "$work/got" 2>&1)"
note < "$work/noted" | "$forge" pairs x_note > "$work/got"
check "the stage of record.5 can be run again" "$(cmp "$work/want" "$work/got" 2>&1)"
cat "$work/segmented" "$work/segmented" | note > "$work/got"; s=$?
check "the stage of record.5 keeps parts as parts" "$([ $s -eq 0 ] && cat "$work/noted" "$work/noted" | cmp - "$work/got" 2>&1 || echo "status $s")"

# and it is as strict as a filter
mkdir "$work/faults" && "$forge" faults "$work/segmented" "$work/faults"
for fault in "$work"/faults/*; do
	note < "$fault" > /dev/null 2> "$work/err"; s=$?
	check "the stage of record.5, ${fault##*/}" "$([ $s -eq 2 ] && grep -q '^note: .' "$work/err" || echo "status $s, not 2 ($(head -c 200 "$work/err"))")"
done
note < "$work/segmented" > /dev/full 2> "$work/err"; s=$?
check "the stage of record.5 on a full disk" "$([ $s -eq 2 ] || echo "status $s, not 2")"

tojson < "$work/segmented" |
	jq -c 'if has("text") then .x_note = {n: (.sentences | length), half: 0.5, none: null, text: "第一行\n"} else . end' |
	fromjson > "$work/noted" 2> "$work/err"; s=$?
check "a stage in jq" "$([ $s -eq 0 ] || echo "status $s ($(head -c 200 "$work/err"))")"
through "a stage in jq" "$work/noted"
tojson < "$work/segmented" | jq -c . | fromjson > "$work/got"
check "jq keeps every byte of a record" "$(cmp "$work/segmented" "$work/got" 2>&1)"
