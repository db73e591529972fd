#!/bin/bash
# layout: what holds for the tree as a whole.
set -u
cd "$(dirname "$0")/../.." || exit 2
check() {
	if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; fi
}

# a program looks for its own tables first, then for the shared ones: none may hide another
check "tables of a program have different names" "$(for d in filters/*/; do ls "$d" lib | grep '\.tsv$' | sort | uniq -d; done | tr '\n' ' ')"

# an installation works away from the tree, under its prefixed names
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
if make -s install PREFIX=/usr DESTDIR="$work/root" > "$work/log" 2>&1; then
	why=
	for f in filters/*/; do
		f=$(basename "$f")
		"$work/root/usr/bin/gw-$f" -V > /dev/null 2>> "$work/log" || why="$why gw-$f"
	done
	(cd tests/reports && "$work/root/usr/bin/gw-decode" . | "$work/root/usr/bin/gw-segment" | "$work/root/usr/bin/gw-classify" |
		"$work/root/usr/bin/gw-extract") > "$work/installed" 2>> "$work/log"
	(cd tests/reports && ../../bin/decode . | ../../bin/segment | ../../bin/classify | ../../bin/extract) > "$work/built" 2>> "$work/log"
	cmp -s "$work/installed" "$work/built" || why="$why; gives another stream"
	check "an installation works" "${why:+$why ($(tail -n 2 "$work/log" | tr '\n' ' '))}"
else
	check "make install" "$(tail -n 2 "$work/log" | tr '\n' ' ')"
fi
