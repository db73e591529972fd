#!/bin/bash
# formats: a report is the same report in whatever form it comes: text but for white space, what it is, and
# every fact with its evidence, through the whole chain. tests/formats/make.py makes most forms of the sample
# reports; what programs make (PDF, DOC, RTF) stands ready in cases/decode/one-report for one of them, and is made
# of all where the programs are. Then: --text and --meta of scripts/dataset, and progress on a terminal.
set -u
cd "$(dirname "$0")/../.." || exit 2
TOP=$PWD
export LC_ALL=C.UTF-8 TZ=UTC PATH="$TOP/bin:$PATH"
unset GONGWEN_DATA
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
check() {
	if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; fi
}

# same WHAT N PART...: N documents at least say what the first one says; parts are streams of decode
same() {
	local what=$1 n=$2
	shift 2
	cat "$@" | segment | classify 2>> "$work/err" | extract 2>> "$work/err" | tojson | python3 tests/formats/same.py "$what" "$n"
}

fixtures=$TOP/tests/cases/decode/one-report
cp -R tests/reports "$work/reports"
cp tests/formats/*.txt "$work/reports/"
iconv -f GB18030 -t UTF-8 tests/reports/qinglan-bureau-2024h1.txt > "$work/reports/qinglan-bureau-2024h1.txt"

# what programs make of an OpenDocument text and of a page to be printed; it takes them a minute
engines() {
	[ -n "${FORMATS_ENGINES-}" ] || return
	if command -v soffice > /dev/null; then
		local format
		for format in pdf doc rtf; do
			soffice -env:UserInstallation="file://$work/office" --headless --convert-to $format --outdir . report.fodt > /dev/null 2>&1 ||
				echo "not ok $1: LibreOffice makes no $format"
		done
	fi
	if command -v weasyprint > /dev/null; then
		weasyprint -q print.htm weasyprint.pdf 2> /dev/null || echo "not ok $1: WeasyPrint makes no PDF"
	fi
	if command -v chromium > /dev/null; then
		HOME=$work timeout 60 chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$work/chromium" \
			--print-to-pdf=chromium.pdf print.htm > /dev/null 2>&1 || rm -f chromium.pdf
		[ -f chromium.pdf ] || echo "skip $1: chromium prints nothing here"
	fi
}
if [ -z "${FORMATS_ENGINES-}" ]; then
	echo "skip PDF, DOC and RTF made anew: FORMATS_ENGINES=1 has LibreOffice, WeasyPrint and Chromium make them; those that stand ready are read"
else
	for program in soffice weasyprint chromium; do
		command -v $program > /dev/null || echo "skip what $program makes: it is not installed"
	done
fi

for report in "$work"/reports/*.txt; do
	name=$(basename "$report" .txt)
	python3 tests/formats/make.py "$report" "$work/$name" || { echo "not ok $name: make.py failed"; continue; }
	files=(report.txt gbk.txt page.html page-gbk.html report.docx script.rtf script.ofd gbk-names.zip report.tar.gz crawl11.warc crawl10.warc.gz)
	(
		cd "$work/$name" || exit 2
		engines "$name"
		for file in *.pdf *.doc *.rtf; do [ ! -f "$file" ] || [ "$file" = script.rtf ] || printf '%s\0' "$file"; done > made
		mapfile -d '' made < made
		decode "${files[@]}" "${made[@]}" > "$work/$name.files" 2>> "$work/err"
		decode --text text tables > "$work/$name.rows" 2>> "$work/err"
	)
	same "$name" 36 "$work/$name.files" "$work/$name.rows"
done
(cd "$fixtures" && decode "$TOP/tests/reports/anlan-2023.txt" report.doc report.docx report.ofd report.pdf report.rtf report.xlsx cid.pdf web.pdf) > "$work/ready"
same "that stand ready" 8 "$work/ready"
[ ! -s "$work/err" ] || sed 's/^/not ok messages: /' "$work/err"

# scripts/dataset hands --text and --meta on, and a changed table makes the parts stale
cd "$work" || exit 2
mkdir data && cp "$work/table/tables/row.xlsx" data/
printf 'path,member,region,period\nrow.xlsx,1,重庆市巴南区,2022\n' > meta.csv
"$TOP/scripts/dataset" --no-page --no-sqlite --text text --meta meta.csv -o set data 2> "$work/err"; s=$?
first=$(cut -d, -f2,3,16,19 set/documents.csv | tail -n +2)
check "dataset takes tables of texts and what is given" "$([ $s -eq 0 ] && [ "$first" = 'data/row.xlsx,1,500113,2022' ] || echo "status $s: $first")"
sed -i 's/2022/2021/' meta.csv
"$TOP/scripts/dataset" --no-page --no-sqlite --text text --meta meta.csv -o set data 2> "$work/err"
check "dataset reads a changed --meta" "$([ "$(cut -d, -f19 set/documents.csv | tail -n +2)" = 2021 ] || echo "not 2021: $(cut -d, -f19 set/documents.csv | tail -n +2)")"

# on a terminal: progress in one line, messages in its place, a summary; nothing of that elsewhere, or with -q
if command -v script > /dev/null; then
	printf '#!/bin/sh\ndecode %s gone.txt %s > /dev/null\n' "$TOP/tests/reports" "$TOP/tests/reports" > run.sh
	script -qec 'sh ./run.sh' shown < /dev/null > /dev/null 2>&1
	lines=$(tr '\r' '\n' < shown | sed 's/\x1b\[K//' | grep '^gongwen' | tr '\n' '|')
	check "progress on a terminal" "$(case $lines in *'|gongwen decode: gone.txt: cannot read: No such file or directory|'*'gongwen decode: 13 documents|gongwen decode: 1 document lost content|') ;; *) echo "$lines" ;; esac)"
	sed -i 's/decode/decode -q/' run.sh
	script -qec 'sh ./run.sh' shown < /dev/null > /dev/null 2>&1
	check "no progress with -q" "$([ "$(grep -c '^gongwen' shown)" -eq 1 ] && ! grep -q 'documents' shown || cat shown)"
else
	echo "skip progress on a terminal: script(1) is not installed"
fi
sh -c "decode '$TOP/tests/reports' > /dev/null" 2> quiet
check "no progress elsewhere" "$([ ! -s quiet ] || cat quiet)"
