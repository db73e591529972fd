#!/bin/bash
# bench: the corpus is what its options say, the bench measures what it says, and the pages of both are true.
. "$(dirname "$0")/begin" || exit 2
for program in decode segment classify extract audit aggregate tojson fromjson report; do
	[ -x "bin/$program" ] || { echo "skip bench: bin/$program is not there"; exit 0; }
done
export PATH="$TOP/bin:$PATH"

# a copy: it writes its README
tree=$work/tree
mkdir -p "$tree/tests" "$tree/build"
cp -R scripts README.md bin lib "$tree/" && cp -R tests/pages tests/reports "$tree/tests/" && cp build/libgongwen.a "$tree/build/"
find filters -name '*.tsv' -o -name '*.js' -o -name '*.css' -o -name '*.html' | xargs cp --parents -t "$tree"
cd "$tree" || exit 2

made() { scripts/corpus -o "$work/$1" "${@:2}" > "$work/log" 2>&1 || echo "$1: $(tail -n 1 "$work/log")"; }
size() { find "$work/$1" -type f -printf '%s\n' | awk '{n += $1} END {print n + 0}'; }
why=$(made a --size 0.2 --charset utf-8; made b --size 0.2 --charset utf-8; made c --size 0.2 --charset gb18030)
diff -r "$work/a" "$work/b" > /dev/null || why="$why; twice the same options, other bytes"
for file in "$work"/a/000/*; do
	iconv -f GB18030 -t UTF-8 "$work/c/000/${file##*/}" | cmp -s - "$file" || why="$why; the charset changes ${file##*/}"
done
why=$why$(made d --size 0.2 --charset utf-8 --seed 2)
cmp -s "$work/a/000/000001.txt" "$work/d/000/000001.txt" && why="$why; another seed, the same report"
bytes=$(size a)
[ "$bytes" -gt 200000 ] && [ "$bytes" -lt 250000 ] || why="$why; $bytes bytes for 0.2 MB"
check "a corpus" "$why"
why=
for kb in 10 100 500; do
	why=$why$(made "n$kb" --documents 4 --document-size $kb --charset utf-8)
	mean=$(($(size "n$kb") / 4000))
	[ $((10 * mean)) -gt $((7 * kb)) ] && [ $((10 * mean)) -lt $((14 * kb)) ] || why="$why; $mean KB for $kb"
done
check "documents of a size" "$why"
scripts/corpus --profile "$TOP/tests/reports" > "$work/profile" 2> "$work/err"
check "a profile" "$(awk -F '|' '/bytes of UTF-8 a fact/ && $3 > 185 && $3 < 245 && $4 > 0 {n++} END {if (n != 1) print "no such row"}' "$work/profile"; cat "$work/err")"
every=$(scripts/corpus --every 500 --profile | awk -F '|' '/bytes of UTF-8 a fact/ {print int($3)}')
check "facts further apart" "$([ "$every" -gt 400 ] && [ "$every" -lt 600 ] || echo "one in $every bytes, not 500")"
for args in "" "--charset big5 --size 0.1 -o $work/e" "--charset none -o $work/e" "--size 0 -o $work/e" "-o $work/a" "--no-such"; do
	# shellcheck disable=SC2086
	scripts/corpus $args > /dev/null 2> "$work/err"; s=$?
	check "misuse: corpus ${args/"$work"/}" "$([ $s -ne 0 ] && [ -s "$work/err" ] && ! grep -q Traceback "$work/err" || echo "status $s")"
done

cp README.md "$work/before"
scripts/bench --size 0.3 --runs 1 --documents 2 --document-sizes 30 --part stages --part memory --part flat --part wall --readme > "$work/out" 2> "$work/err"; s=$?
check "the bench" "$([ $s -eq 0 ] && [ ! -s "$work/err" ] || echo "status $s: $(tail -n 2 "$work/err")")"
for row in '`decode`' '`segment`' '`classify`' '`extract`' '`audit`' '`aggregate`' 'a stage that only adds a key' 'the pipeline' '2 documents of 10 KB'; do
	grep -qE "^\| $row \|( +-?[0-9.]+( ± [0-9.]+)? \|)+" "$work/out" || echo "not ok no row: $row"
done
# a filter that is measured from Python is no larger than the filter
check "peaks are the filters' own" "$(awk -F '|' '/^\| peak memory/ {on = 1} on && $2 ~ /segment/ && $3 < 8 {n++} END {if (n != 1) print "none under 8 MiB"}' "$work/out")"
check "the README shows it" "$(diff <(sed -n '/^<!-- figures/,/^<!-- end of figures/p' README.md | sed '1d;$d') "$work/out")"
check "and all else as it was" "$(diff <(sed '/^<!-- figures/,/^<!-- end of figures/d' README.md) <(sed '/^<!-- figures/,/^<!-- end of figures/d' "$work/before"))"
name=$(uname -n)
check "no name of a host" "$([ ${#name} -lt 4 ] || grep -F "$name" "$work/out")"
for args in "--runs 0" "--part none" "--size -1" "--documents 0"; do
	# shellcheck disable=SC2086
	scripts/bench $args > /dev/null 2> "$work/err"; s=$?
	check "misuse: bench $args" "$([ $s -eq 2 ] && [ -s "$work/err" ] || echo "status $s")"
done

# the pages: their examples run, their synopsis is what -h prints
ln -s ../scripts/corpus ../scripts/bench bin/
for page in corpus bench; do
	sed "s,\$ scripts/,\$ $tree/scripts/," "scripts/$page.1" > "$page.1"
done
python3 tests/pages corpus.1 bench.1 2>&1 | grep -E '^(ok|not ok|skip|    )'
