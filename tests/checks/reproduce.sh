#!/bin/bash
# The same sources make the same programs, and the same reports the same bytes: whatever the folder,
# the umask, the time zone, the locale, the user and the day.
#
#   tests/checks/reproduce.sh [PROGRAM]...       (to build twice: segment; `all` takes a minute)
set -u
cd "$(dirname "$0")/../.." || exit 2
top=$PWD
[ $# -gt 0 ] || set -- bin/segment
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

check() {       # NAME WHY: why is empty where all is well
	if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; fi
}

# build FOLDER UMASK [NAME=VALUE]...
build() {
	local to=$1 mask=$2
	shift 2
	mkdir -p "$to" && cp -R Makefile lib filters "$to" || return
	(umask "$mask"; cd "$to" && env "$@" make -s "${programs[@]}") > "$work/log" 2>&1 || tail -n 3 "$work/log"
}
programs=("$@")
why=$(build "$work/one" 022 LC_ALL=C TZ=UTC)$(build "$work/another folder, longer" 077 LC_ALL=C.UTF-8 TZ=Asia/Shanghai USER=somebody HOME=/ 2> /dev/null)
[ -n "$why" ] || for program in "$work"/one/bin/*; do
	cmp -s "$program" "$work/another folder, longer/bin/${program##*/}" || why="$why ${program##*/} differs"
	! grep -q "$work" "$program" || why="$why ${program##*/} names its folder"
done
check "builds in two folders are the same programs" "$why"

# the whole chain, by programs that stand elsewhere
make_all() {    # TO BIN
	mkdir -p "$1" && cd "$1" && cp -R "$top/tests/reports" in && PATH=$2:$PATH || return
	umask "${3:-022}"
	decode in | segment | classify | extract | audit > stream
	tojson < stream > json
	aggregate --xlsx --dta -o set < stream
	report < stream > page.html
}
mkdir "$work/moved" && cp -R bin lib filters "$work/moved"
(export LC_ALL=C TZ=UTC; make_all "$work/a" "$top/bin") > "$work/log" 2>&1 || :
(export LC_ALL=zh_CN.UTF-8 LANG=tr_TR.UTF-8 LANGUAGE=zh TZ=Pacific/Kiritimati HOME=/nowhere TMPDIR=$work COLUMNS=20; make_all "$work/b/deeper" "$work/moved/bin" 077) > "$work/log" 2>&1 || :
check "outputs are the same in another folder, locale, time zone and umask" "$(cd "$work" && diff -r a b/deeper | head -n 3)"
check "all outputs are there" "$(for f in stream json page.html set/facts.csv set/gongwen.sqlite set/gongwen.xlsx set/panel.dta; do [ -s "$work/a/$f" ] || echo "$f"; done)"
if [ "$(id -u)" -eq 0 ] && command -v setpriv > /dev/null; then
	mkdir "$work/c" && cp -R "$work/moved" "$work/open" && chmod -R a+rX "$work/open" && chmod 777 "$work/c"
	export -f make_all
	top=$work/open LC_ALL=C TZ=UTC
	mkdir -p "$work/open/tests" && cp -R tests/reports "$work/open/tests" && chmod -R a+rX "$work/open"
	export top LC_ALL TZ
	setpriv --reuid 65534 --regid 65534 --clear-groups bash -c "make_all '$work/c/x' '$work/open/bin'" > "$work/log.c" 2>&1
	check "outputs are the same for another user" "$(diff -r "$work/a" "$work/c/x" | head -n 3)"
else
	echo "skip outputs are the same for another user: needs root"
fi
