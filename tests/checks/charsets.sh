#!/bin/bash
# charsets: decode against the platform's TextDecoder over all sequences of GB18030 and Big5, and the charset
# it finds for each sample text re-encoded, whole and cut. With -v: the tables.
set -u
cd "$(dirname "$0")/../.." || exit 2
TOP=$PWD
export LC_ALL=C
for program in decode tojson; do
	[ -x "bin/$program" ] || { echo "skip charsets: bin/$program is not there"; exit 0; }
done
node -e 'new TextDecoder("gb18030"); new TextDecoder("big5")' 2> /dev/null ||
	{ echo "skip charsets: node with all of ICU is not there"; exit 0; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
shopt -s nullglob
node tests/checks/charsets.mjs "$TOP" "$work" ${1+"$1"} tests/reports/*.txt tests/reports/*.html ../shared/corpus/*.txt ||
	echo "not ok charsets: charsets.mjs failed"
