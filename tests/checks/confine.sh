#!/bin/bash
# confine: the parsers of foreign formats cannot write, reach the network, or start anything. confine.c
# tries all that; then the running helpers are asked whether they are confined.
set -u
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# shellcheck disable=SC2046
if cc -std=c11 -D_GNU_SOURCE -Wall -Ilib -o "$work/confine" tests/checks/confine.c lib/confine.c $(pkg-config --cflags --libs libseccomp) -pthread 2> "$work/err"; then
	mkdir "$work/in"
	"$work/confine" "$work/in"
else
	echo "not ok confine: cannot build it: $(head -n 1 "$work/err")"
fi

# what a program that waits for its input says of itself: filtered (2), and no new rights
look() {
	local i state=
	for i in 1 2 3 4 5 6 7 8 9 10; do
		state=$(awk '/^(Seccomp|NoNewPrivs):/ { printf "%s%s", $1, $2 }' "/proc/$1/status" 2> /dev/null)
		[ "$state" != NoNewPrivs:1Seccomp:2 ] || break
		sleep 0.2
	done
	if [ -z "$state" ]; then
		echo "skip $2 is confined: this kernel does not tell"
	elif [ "$state" = NoNewPrivs:1Seccomp:2 ]; then
		echo "ok $2 is confined"
	else
		echo "not ok $2 is confined: $state"
	fi
}
if [ "$("$work/confine" "$work/in" 2> /dev/null | grep -c '^skip confine')" -eq 0 ]; then
	mkfifo "$work/documents" "$work/answers"
	bin/decode-helper < "$work/documents" > /dev/null &
	helper=$!
	exec 4> "$work/documents"
	look $helper decode-helper
	exec 4>&-
	wait $helper
	# an archive whose members nobody takes: the unpacker waits for a reader
	python3 - "$work/a.zip" << 'ZIP'
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1], "w")
z.writestr("1.txt", "x" * 1000000)
z.close()
ZIP
	bin/decode-unpack 10000000 10000000 10 < "$work/a.zip" > "$work/answers" &
	unpack=$!
	exec 5< "$work/answers"
	look $unpack decode-unpack
	exec 5<&-
	wait $unpack 2> /dev/null || :        # its reader went away
fi
