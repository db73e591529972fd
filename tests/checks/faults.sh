#!/bin/bash
# faults: what every filter must do when the world goes wrong. It loops over the
# folders of filters/, so that a new filter is covered on arrival: without a line
# in the tables below it is taken for one that reads a whole stream on standard
# input and writes standard output.
#
#   tests/checks/faults.sh [FILTER]...
set -u
cd "$(dirname "$0")/../.." || exit 2
TOP=$PWD
export LC_ALL=C TZ=UTC PATH="$TOP/bin:$PATH"
unset GONGWEN_DATA
forge=$TOP/tests/faults/forge
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkfifo "$work/dead" || exit 2

# the chain that makes a full stream, in order
CHAIN=(segment classify extract audit)

# what a filter reads: files, json, or the stream as some filter of the chain leaves it
input_of() {
	case $1 in
	decode) echo files ;;
	fromjson) echo json ;;
	tojson) echo any ;;
	segment) echo decode ;;
	classify | classify-linear) echo segment ;;
	extract) echo classify ;;
	audit) echo extract ;;
	*) echo audit ;;
	esac
}

# "KEY MAKER": a key it cannot do without, and who makes it
needs_of() {
	case $1 in
	classify | classify-linear | extract) echo segments segment ;;
	audit | aggregate | report) echo facts extract ;;
	esac
}

# run FILTER: with the arguments that it must have. An aggregate writes a folder, made anew each time
run() {
	case $1 in
	aggregate) rm -rf "$work/dataset"; aggregate -o "$work/dataset" ;;
	score) score "$work/gold" ;;
	decode) decode "$work/reports" ;;
	*) "$1" ;;
	esac
}

# writes a folder instead of standard output
is_sink() { [ "$1" = aggregate ]; }

check() {       # NAME WHY: why is empty where all is well
	if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; fi
}

crashed() { [ "$1" -ge 128 ] || [ "$1" -eq 124 ]; }

# refused STATUS [PATTERN]: exit 2, one short message by the program, PATTERN in it
refused() {
	local message
	message=$(head -c 300 "$work/err" | tr '\n' ' ')
	if [ "$1" -ne 2 ]; then
		echo "status $1, not 2 ($message)"
	elif ! grep -q "^gongwen $filter: " "$work/err"; then
		echo "no message 'gongwen $filter: …' ($message)"
	elif [ $# -gt 1 ] && ! grep -qE "$2" "$work/err"; then
		echo "no '$2' in the message ($message)"
	elif is_sink "$filter" && [ -e "$work/dataset" ]; then
		echo "left a dataset behind"
	fi
}

# feed FILE: runs the filter over FILE, output in $work/out, messages in $work/err
feed() {
	run "$filter" < "$1" > "$work/out" 2> "$work/err"
}

test_options() {
	local s why
	rm -rf "$work/dataset"
	"$filter" -h > "$work/out" 2> "$work/err"; s=$?
	why=
	[ $s -eq 0 ] && [ -s "$work/out" ] && [ ! -s "$work/err" ] || why="status $s, or not on standard output alone"
	check "$filter -h" "$why"
	"$filter" -h > /dev/full 2> "$work/err"; s=$?
	check "$filter -h on a full disk" "$([ $s -eq 2 ] || echo "status $s, not 2")"
	"$filter" -V > "$work/out" 2> "$work/err"; s=$?
	check "$filter -V" "$([ $s -eq 0 ] && grep -q "$filter" "$work/out" && [ ! -s "$work/err" ] || echo "status $s")"
	"$filter" --no-such-option < /dev/null > "$work/out" 2> "$work/err"; s=$?
	why=$(refused $s usage)
	[ ! -s "$work/out" ] || why="${why:+$why; }wrote to standard output"
	check "$filter --no-such-option" "$why"
	"$filter" -r nonsense < /dev/null > "$work/out" 2> "$work/err"; s=$?
	check "$filter -r without a file" "$([ $s -eq 2 ] || echo "status $s, not 2")"
	"$filter" -r "no-such-table=$0" < "$input" > "$work/out" 2> "$work/err"; s=$?
	check "$filter -r with a table it does not read" "$([ $s -eq 2 ] || echo "status $s, not 2")"
}

test_ends() {
	local s why
	if is_sink "$filter"; then
		(trap '' XFSZ; ulimit -f 4; feed "$input"); s=$?
		check "$filter on a full disk" "$(refused $s)"
	else
		run "$filter" < "$input" > /dev/full 2> "$work/err"; s=$?
		check "$filter on a full disk" "$(refused $s)"
		for mode in '' 'sigpipe ignored by its parent'; do
			# a pipe whose reader has come and gone before the first byte
			(exec 3< "$work/dead") & exec 4> "$work/dead"; wait $!
			(if [ -n "$mode" ]; then trap '' PIPE; fi; run "$filter" < "$input" >&4 2> "$work/err"); s=$?
			exec 4>&-
			why=
			[ $s -eq 141 ] || why="status $s, not 141 (SIGPIPE)"
			# what it says of the documents it may say, of the pipe it may not
			grep -vxFf "$work/good.err" "$work/err" > "$work/more" && why="${why:+$why; }messages: $(head -c 200 "$work/more")"
			check "$filter with a closed reader${mode:+, $mode}" "$why"
		done
		run "$filter" < "$input" 2> "$work/err" >&-; s=$?
		check "$filter with standard output closed" "$(refused $s)"
	fi
	[ "$kind" = files ] && return
	run "$filter" > "$work/out" 2> "$work/err" <&-; s=$?
	check "$filter with standard input closed" "$(refused $s)"
	run "$filter" < "$work" > "$work/out" 2> "$work/err"; s=$?
	check "$filter with a folder for standard input" "$(refused $s)"
}

test_broken_streams() {
	local file s name
	rm -rf "$work/faults"; mkdir "$work/faults"
	"$forge" faults "$input" "$work/faults" || check "$filter faults" "forge failed"
	for file in "$work"/faults/*; do
		name=${file##*/}
		feed "$file"; s=$?
		check "$filter $name" "$(refused $s 'byte [0-9]+')"
	done
	rm -rf "$work/dataset"
	case $filter in
	aggregate) aggregate --max-record 100 -o "$work/dataset" ;;
	score) score --max-record 100 "$work/gold" ;;
	*) "$filter" --max-record 100 ;;
	esac < "$input" > "$work/out" 2> "$work/err"; s=$?
	check "$filter --max-record" "$(refused $s 'max-record.*byte [0-9]+')"
}

test_needs() {
	local key maker s
	read -r key maker <<< "$(needs_of "$filter")"
	[ -n "$key" ] || return
	"$forge" drop "$key" < "$input" > "$work/lacking"
	feed "$work/lacking"; s=$?
	check "$filter without $key" "$(refused $s "$maker")"
}

# what holds for a filter that passes a stream on
test_pass_through() {
	local s why
	"$forge" note < "$input" > "$work/noted"
	feed "$work/noted"; s=$?
	why=
	[ $s -eq "$base" ] || why="status $s, not $base"
	"$forge" pairs x_ < "$work/noted" > "$work/before"
	"$forge" pairs x_ < "$work/out" > "$work/after"
	cmp -s "$work/before" "$work/after" || why="${why:+$why; }x_ keys are not as they came"
	check "$filter keeps x_ keys byte for byte" "$why"

	cat "$input" "$input" > "$work/twice"
	feed "$work/twice"; s=$?
	cat "$work/good" "$work/good" > "$work/expected"
	check "$filter keeps parts as parts" "$(cmp -s "$work/expected" "$work/out" && [ $s -eq "$base" ] || echo "status $s, or other bytes")"

	feed "$work/good"; s=$?
	"$forge" records < "$work/good" > "$work/before"
	"$forge" records < "$work/out" > "$work/after"
	check "$filter can be run again" "$(cmp -s "$work/before" "$work/after" && [ $s -eq "$base" ] || echo "status $s, or other records")"

	"$forge" plain < "$input" > "$work/plain"
	feed "$work/plain"; s=$?
	"$forge" plain < "$work/good" | "$forge" records > "$work/before"
	"$forge" plain < "$work/out" | "$forge" records > "$work/after"
	check "$filter reads plain values as sealed ones" "$(cmp -s "$work/before" "$work/after" && [ $s -eq "$base" ] || echo "status $s, or other records")"
}

test_json() {
	local s name
	rm -rf "$work/faults"; mkdir "$work/faults"
	: > "$work/faults/empty"
	head -n 1 "$input" > "$work/faults/cut-after-header"
	head -n 2 "$input" > "$work/faults/cut-between-records"
	sed '$d' "$input" > "$work/faults/trailer-missing"
	head -c 40000 "$input" | head -c $(($(head -n 1 "$input" | wc -c) + 500)) > "$work/faults/cut-in-record"
	sed 1d "$input" > "$work/faults/header-missing"
	sed '2{p;x;s/.*/[1,2]/}' "$input" > "$work/faults/no-map"
	sed '1{p;s/.*/no json/}' "$input" > "$work/faults/no-json"
	sed 2d "$input" > "$work/faults/record-taken-out"
	{ head -n 1 "$input"; echo '{"doc":{"path":"a"},"x_deep":'"$(head -c 100000 /dev/zero | tr '\0' '[')"; } > "$work/faults/too-deep"
	for file in "$work"/faults/*; do
		name=${file##*/}
		feed "$file"; s=$?
		check "$filter $name" "$(refused $s)"
	done
	fromjson --recount < "$work/faults/record-taken-out" > "$work/out" 2> "$work/err"; s=$?
	check "$filter --recount" "$([ $s -eq "$base" ] && [ "$("$forge" records < "$work/out" | wc -l)" -eq $(($(wc -l < "$input") - 3)) ] || echo "status $s ($(head -c 200 "$work/err"))")"
	"$forge" note < "$work/stream.$last" > "$work/noted"
	tojson < "$work/noted" | fromjson > "$work/out"
	"$forge" records < "$work/noted" > "$work/before"
	"$forge" records < "$work/out" > "$work/after"
	check "tojson | fromjson keeps every byte of a record" "$(cmp -s "$work/before" "$work/after" || echo "other records")"
}

# missing, empty and binary files are records with problems, and nobody else suffers
test_bad_documents() {
	local s why dir=$work/mixed stage n=0
	mkdir -p "$dir"
	cp "$work"/reports/anlan-2022.txt "$dir/a.txt"
	: > "$dir/empty.txt"
	head -c 3000 /dev/zero | tr '\0' '\377' > "$dir/binary.bin"
	printf '\211PNG\r\n\032\n\0\0\0\rIHDR' > "$dir/picture.png"
	cp "$work"/reports/anlan-2023.txt "$dir/z.txt"
	(cd "$dir" && decode a.txt z.txt) > "$work/alone" 2> "$work/err"
	(cd "$dir" && decode a.txt missing.txt empty.txt binary.bin picture.png z.txt) > "$work/mixed.decode" 2> "$work/err"; s=$?
	why=
	[ $s -eq 1 ] || why="status $s, not 1"
	for n in missing.txt empty.txt binary.bin; do
		grep -q "^gongwen decode: $n: " "$work/err" || why="${why:+$why; }no message about $n"
	done
	[ "$("$forge" records < "$work/mixed.decode" | wc -l)" -eq 6 ] || why="${why:+$why; }not 6 records"
	check "decode lists bad documents" "$why"
	for stage in decode "${CHAIN[@]}"; do
		if [ "$stage" != decode ]; then
			[ -x "$TOP/bin/$stage" ] || break
			"$stage" < "$work/mixed.stream" > "$work/mixed.next" 2> "$work/err"; s=$?
			mv "$work/mixed.next" "$work/mixed.decode"
			"$stage" < "$work/alone" > "$work/alone.next" 2> /dev/null
			mv "$work/alone.next" "$work/alone"
		fi
		cp "$work/mixed.decode" "$work/mixed.stream"
		why=
		[ $s -eq 1 ] || why="status $s, not 1 ($(head -c 200 "$work/err"))"
		"$forge" records < "$work/mixed.stream" | grep -E '^[az]\.txt' > "$work/after"
		"$forge" records < "$work/alone" > "$work/before"
		cmp -s "$work/before" "$work/after" || why="${why:+$why; }good documents come out otherwise than alone"
		check "$stage passes bad documents on" "$why"
	done
	for stage in aggregate tojson score; do
		[ -x "$TOP/bin/$stage" ] || continue
		run "$stage" < "$work/mixed.stream" > "$work/out" 2> "$work/err"; s=$?
		check "$stage passes the status of bad documents on" "$([ $s -eq 1 ] || echo "status $s, not 1")"
		[ "$stage" = aggregate ] || continue
		n=$(wc -l < "$work/dataset/documents.csv")
		check "aggregate lists bad documents" "$([ "$n" -eq 7 ] || echo "documents.csv has $n lines, not 7")"
	done
	for arg in "$work/nowhere" ""; do
		decode "$arg" > "$work/out" 2> "$work/err"; s=$?
		check "decode '${arg:+nowhere}'" "$([ $s -eq 1 ] || [ $s -eq 2 ] || echo "status $s")"
	done
	decode - <&- > "$work/out" 2> "$work/err"; s=$?
	check "decode - with standard input closed" "$([ $s -eq 1 ] || [ $s -eq 2 ] || echo "status $s")"
	decode --files-from "$work/nowhere" > "$work/out" 2> "$work/err"; s=$?
	check "decode --files-from a missing list" "$([ $s -eq 2 ] || echo "status $s, not 2")"
}

# a folder of somebody else, a file in the way
test_foreign_folder() {
	local s
	rm -rf "$work/somebody"; mkdir "$work/somebody"; echo mine > "$work/somebody/thesis.doc"
	aggregate -o "$work/somebody" < "$input" > "$work/out" 2> "$work/err"; s=$?
	check "aggregate refuses somebody's folder" "$([ $s -eq 2 ] && [ "$(ls -A "$work/somebody")" = thesis.doc ] || echo "status $s: $(ls -A "$work/somebody" | tr '\n' ' ')")"
	echo mine > "$work/file"
	aggregate -o "$work/file" < "$input" > "$work/out" 2> "$work/err"; s=$?
	check "aggregate refuses a file" "$([ $s -eq 2 ] && [ "$(cat "$work/file")" = mine ] || echo "status $s")"
	rm -rf "$work/dataset"; aggregate -o "$work/dataset" < "$input" 2> /dev/null
	(cd "$work/dataset" && cat ./*.csv) > "$work/before"
	aggregate -o "$work/dataset" < "$work/cut" > "$work/out" 2> "$work/err"; s=$?
	(cd "$work/dataset" && cat ./*.csv) > "$work/after"
	check "aggregate keeps the old dataset where the new one fails" "$([ $s -eq 2 ] && cmp -s "$work/before" "$work/after" || echo "status $s, or the old one changed")"
	check "aggregate leaves nothing beside its folder" "$(find "$work" -maxdepth 1 -name '*dataset?*' -o -maxdepth 1 -name '.*dataset*')"
}

mkdir "$work/reports" "$work/gold"
cp tests/reports/*.txt tests/reports/*.html "$work/reports/"
for file in tests/cases/score/*/gold/*.tsv; do
	[ -f "$file" ] && cp "$file" "$work/gold/"
done

# good streams, as each filter of the chain leaves them
last=
if [ -x bin/decode ]; then
	decode "$work/reports" > "$work/stream.decode" 2> "$work/err" || echo "not ok decode of the samples: status $? ($(head -c 200 "$work/err"))"
	last=decode
	for stage in "${CHAIN[@]}"; do
		[ -x "bin/$stage" ] || break
		"$stage" < "$work/stream.$last" > "$work/stream.$stage" 2> "$work/err"
		last=$stage
	done
	[ ! -x bin/tojson ] || tojson < "$work/stream.$last" > "$work/stream.json"
fi

if [ $# -gt 0 ]; then filters=$*; else filters=$(ls filters); fi
for filter in $filters; do
	if [ ! -x "bin/$filter" ]; then
		echo "not ok $filter: bin/$filter is not there"
		continue
	fi
	kind=$(input_of "$filter")
	case $kind in
	files) input=/dev/null ;;
	json) input=$work/stream.json ;;
	any) input=$work/stream.$last ;;
	*) input=$work/stream.$kind ;;
	esac
	if [ ! -e "$input" ]; then
		echo "skip $filter: the chain up to $kind is not there"
		continue
	fi
	run "$filter" < "$input" > "$work/good" 2> "$work/good.err"; base=$?
	check "$filter of the samples" "$([ $base -le 1 ] || echo "status $base ($(head -c 200 "$work/good.err"))")"
	test_options
	test_ends
	case $kind in
	files) test_bad_documents ;;
	json) test_json ;;
	*)
		test_broken_streams
		test_needs
		# does it pass a stream on? then its output starts with a header
		if ! is_sink "$filter" && [ "$(head -c 9 "$work/good" | tail -c 8)" = "$(printf '\247gongwen')" ]; then
			test_pass_through
		fi
		if [ "$filter" = aggregate ]; then
			head -c 5000 "$input" > "$work/cut"
			test_foreign_folder
		fi
		;;
	esac
done
