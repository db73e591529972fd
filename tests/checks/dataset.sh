#!/bin/bash
# dataset: the main job gives the same bytes for any number of jobs, any order, any
# interruption; it makes only what is missing or stale; it never hides a loss.
. "$(dirname "$0")/tree" || exit 2

job() { "$TREE/scripts/dataset" --no-page "$@" 2> err; }

# reports with awkward names, enough of them for several parts; every sixteenth of a kind has its own bytes
mkdir -p "in/ a b" "in/子目录"
cp "$TOP"/tests/reports/* "in/ a b/"
cp "$TOP"/tests/reports/anlan-2022.txt "in/子目录/"$'new\nline.txt'
cp "$TOP"/tests/reports/anlan-2023.txt "in/子目录/-o.txt"
python3 "$TOP/scripts/corpus" --size 4 --charset mixed -o in/made > log || echo "not ok corpus: failed"

job -j 1 -o one in; s=$?
check "dataset of a folder" "$([ $s -eq 0 ] || echo "status $s: $(head -c 300 err)")"
[ "$(ls one.parts | wc -l)" -gt 1 ] || echo "not ok parts: the test has one part only"
for n in 2 5; do
	job -j $n -o "jobs$n" in; s=$?
	check "dataset -j $n equals -j 1" "$([ $s -eq 0 ] || echo "status $s "; differ one "jobs$n")"
done

decode in | segment | classify | extract | audit | tee all.stream | aggregate -q -o piped 2> err
check "dataset equals one pipeline" "$(differ one piped)"
report -q < all.stream > page.html 2> err
"$TREE/scripts/dataset" -j 3 --parts "$PWD/one.parts" -o paged in 2> err; s=$?
check "dataset with its page" "$([ $s -eq 0 ] || echo "status $s: $(head -c 300 err)"; cmp page.html paged/report.html 2>&1; grep -q '"path": "report.html"' paged/datapackage.json || echo "the package does not list it")"
"$TREE/scripts/dataset" --parts "$PWD/one.parts" -o paged in 2> err; s=$?
check "a dataset with a page is replaced" "$([ $s -eq 0 ] || echo "status $s: $(head -c 300 err)")"
{ decode in/made | segment; decode in/子目录 "in/ a b" | segment; } | classify | extract | audit | aggregate -q -o parted 2> err
check "two streams in another order equal one run" "$(differ one parted)"

# taken up again: a part that was lost is made anew, others are left alone
gone=$(ls one.parts | head -n 1)
rm "one.parts/$gone"
touch -d '2001-01-01' one.parts/*
job -j 2 -o one in; s=$?
check "only the missing part is made" "$([ $s -eq 0 ] && [ "$(find one.parts -newermt 2002-01-01 -name '*.part' | wc -l)" -eq 1 ] || echo "status $s, $(find one.parts -newermt 2002-01-01 | wc -l) made")"
check "a run taken up gives the same" "$(differ piped one)"

# a changed and a removed file: few parts anew, the result as if made from nothing, stale parts gone
cp "$TOP/tests/reports/banan-2020.txt" in/made/000/000002.txt
rm in/made/000/000100.txt
touch -d '2001-01-01' one.parts/*
job -j 2 -o one in
decode in | segment | classify | extract | audit | aggregate -q -o fresh 2> err
check "changed and removed files" "$(differ fresh one)"
check "stale parts are gone" "$([ "$(find one.parts -newermt 2002-01-01 -name '*.part' | wc -l)" -le 4 ] || echo "too many parts made"; find one.parts -name '*.tmp.*')"

# other rules make other parts
mkdir data && cp "$TOP"/lib/*.tsv data/
for file in "$TOP"/filters/*/*.tsv; do
	folder=data/$(basename "$(dirname "$file")")
	mkdir -p "$folder" && cp "$file" "$folder/"
done
GONGWEN_DATA=$PWD/data job -j 2 -o ruled in/子目录; s=$?
check "rules of one's own" "$([ $s -eq 0 ] || echo "status $s: $(head -c 300 err)")"
before=$(ls ruled.parts)
echo '# changed' >> data/extract/rules.tsv
GONGWEN_DATA=$PWD/data job -j 2 -o ruled in/子目录
check "a changed rule file makes parts stale" "$([ "$before" != "$(ls ruled.parts)" ] || echo "the same parts")"

# a dataset of these very parts is left alone, unless the library of its charts is another one
charts=/usr/share/javascript/chart.js/chart.min.js
paged() { "$TREE/scripts/dataset" -o charts in/子目录 2> err && find charts -name facts.csv -newermt 2002-01-01; }
paged > log && touch -d '2001-01-01' charts/facts.csv
check "a dataset that is up to date is left alone" "$(paged)"
if [ -f "$charts" ] && unshare -m true 2> /dev/null; then
	echo 'var another = "library";' > library
	export -f paged
	export TREE
	check "another chart library makes the page anew" "$(unshare -m bash -c 'mount --bind library "$1" && paged > made' - "$charts" 2>> err
		[ -s made ] && grep -q 'another = "library"' charts/report.html || echo "it does not: $(head -c 300 err)")"
else
	echo "skip another chart library makes the page anew: needs root and libjs-chart.js"
fi

# what is passed on: verdicts outlive a rebuild, a poorer dataset is held back
job -o judged --no-sqlite in
id=$(awk -F, '$10 == "legal_aid.cases" { print $1; exit }' judged/facts.csv)
printf 'id\tverdict\tvalue\twho\n%s\twrong\t777\tlin\n' "$id" > verdicts
job -o judged --no-sqlite --verdicts verdicts in
check "verdicts are laid over a rebuild" "$(grep -q ",777,.*$id.*true$" judged/panel_long.csv && grep -q ",lin,,,true$" judged/verdicts.csv || head -c 300 err)"
job -o judged --no-sqlite --verdicts verdicts --compare judged --most-fall 10 in/子目录; s=$?
check "--compare holds back" "$([ $s -eq 2 ] && grep -q 'held back' err && grep -q ",777," judged/panel_long.csv || echo "status $s: $(head -c 300 err)")"

# nothing is lost without a trace
job -o lossy in/子目录 nowhere.txt; s=$?
check "a missing input: status 1 and a row" "$([ $s -eq 1 ] && grep -q nowhere.txt lossy/documents.csv lossy/problems.csv || echo "status $s")"
mkdir mine && echo mine > mine/thesis.doc
job -o mine in/子目录; s=$?
check "somebody's folder is refused" "$([ $s -eq 2 ] && [ "$(ls mine)" = thesis.doc ] || echo "status $s")"
mkdir empty
job -o nothing empty; s=$?
check "an empty folder gives an empty dataset" "$([ $s -eq 0 ] && [ "$(wc -l < nothing/facts.csv)" -eq 1 ] || echo "status $s: $(head -c 300 err)")"
for args in "" "-j" "-j 0 -o x in" "-j x -o x in" "-o x" "--no-such -o x in"; do
	[ -n "$args" ] || continue
	# shellcheck disable=SC2086
	job $args > out; s=$?
	check "misuse: dataset $args" "$([ $s -eq 2 ] || echo "status $s, not 2")"
done
