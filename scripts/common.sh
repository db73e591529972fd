# shellcheck shell=bash
# common.sh: what the scripts share; sourced, never run.
#
# Sets BIN and PRE, so that "$BIN/${PRE}decode" is the program decode: bin/decode
# of a source tree, or gw-decode of an installation, whose scripts stand in
# share/gongwen/scripts. TOP is the source tree, empty in an installation. Rule
# files stand in SHARED and, those of one program, in OWN/NAME.
SCRIPTS=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")") || exit 2
SELF=${0##*/}
if [ -f "$SCRIPTS/../Makefile" ] && [ -d "$SCRIPTS/../filters" ]; then
	TOP=$(cd "$SCRIPTS/.." && pwd) || exit 2
	BIN=$TOP/bin PRE='' SHARED=$TOP/lib OWN=$TOP/filters
else
	TOP=''
	BIN=$(cd "$SCRIPTS/../../../bin" && pwd) || exit 2
	PRE=gw- SHARED=$(cd "$SCRIPTS/.." && pwd) OWN=$SHARED
	case $SELF in gw-*) ;; *) SELF=gw-$SELF ;; esac
fi

die() { echo "$SELF: $*" >&2; exit 2; }

# usage: the script's forms, as the lines of its head that are indented by three
usage() {
	local line first='usage: '
	while IFS= read -r line; do
		case $line in
		'#   scripts/'*)
			case $TOP$line in /*) ;; *"(the sample"*) continue ;; esac
			line=${line#'#   scripts/'}
			[ -n "$TOP" ] || line=${line/#slurm\/submit/slurm}
			printf '%s%s\n' "$first" "${TOP:+scripts/}$PRE$line"
			first='       '
			;;
		'#'*) ;;
		*) break ;;
		esac
	done < "$(readlink -f "$0")"
}

# help: the forms, then the rest of the head
help() {
	usage
	sed -n '2,/^[^#]/{/^#   scripts/d;/^#/s/^# \{0,1\}//p;}' "$(readlink -f "$0")" | cat -s
	exit 0
}

misuse() { [ $# -eq 0 ] || echo "$SELF: $*" >&2; usage >&2; exit 2; }

run() { "$BIN/$PRE$1" "${@:2}"; }

# need PROGRAM...: in a source tree what is not built yet is built
need() {
	local program
	for program; do
		[ -x "$BIN/$PRE$program" ] && continue
		[ -n "$TOP" ] || die "$BIN/$PRE$program is not there: install gongwen anew"
		echo "$SELF: building" >&2
		"$TOP/scripts/setup" && make -s -C "$TOP" > /dev/null || die "could not build"
		return
	done
}

# whole NUMBER: is it a whole number above zero?
whole() { case $1 in '' | *[!0-9]* | 0*) return 1 ;; esac; }
