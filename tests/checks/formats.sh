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
