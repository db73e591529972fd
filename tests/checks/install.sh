#!/bin/bash
# install: what make install puts away works under its installed names, pages and completion included, and
# make uninstall leaves nothing behind; the archive of the sources builds without network; the Debian package
# installs, runs and goes; the bundle needs no library but the C library.
set -u
cd "$(dirname "$0")/../.." || exit 2
TOP=$PWD
export LC_ALL=C TZ=UTC
unset GONGWEN_DATA MAKEFLAGS MAKELEVEL DESTDIR
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
check() {
	if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; fi
}

# all of it from a copy without .git, as it comes out of the archive; objects are taken over where they are good
copy=$work/copy
{ git ls-files -z -co --exclude-standard 2> /dev/null || find . -path ./bin -prune -o -path ./build -prune -o -type f -print0; } > "$work/files"
mkdir "$copy" && xargs -0 -a "$work/files" cp --parents -p -t "$copy" 2> /dev/null && cp -pR build bin "$copy/" && cd "$copy" || exit 2
rm -rf build/*.xz build/*.deb build/bundle
make -s > "$work/log" 2>&1 || { echo "not ok make in a copy: $(tail -n 2 "$work/log")"; exit 0; }

root=$work/root
make -s install PREFIX=/opt/g DESTDIR="$root" > "$work/log" 2>&1; s=$?
check "make install" "$([ $s -eq 0 ] && [ ! -s "$work/log" ] || echo "status $s: $(tail -n 3 "$work/log")")"
find "$root" -type f -o -type l | sort > "$work/installed"
bin=$root/opt/g/bin
cp -R tests/reports "$work/reports"
(cd "$work" && "$bin/gw-dataset" -j 2 -o dataset reports) > "$work/log" 2>&1; s=$?
check "gw-dataset" "$([ $s -eq 0 ] && [ "$(wc -l < "$work/dataset/documents.csv")" -eq 7 ] || echo "status $s: $(tail -n 3 "$work/log")")"
check "an installation names itself" "$("$bin/gw-dataset" -h | head -n 1 | grep -v '^usage: gw-dataset \[-j N\]'; "$bin/gw-dataset" --no-such 2>&1 | head -n 1 | grep -v '^gw-dataset: ')"
check "nothing in it names the source tree" "$(grep -rlI -- "$copy" "$root" | head -n 3)"

# the pages as installed: their examples run, their synopsis is what -h prints. Those of the scripts are only
# tried here; of the others, which are tried in the tree, some whose names stand in all kinds of places
fake=$work/fake
mkdir -p "$fake/tests" "$fake/bin" && cp -R tests/pages tests/reports "$fake/tests/"
for file in "$bin"/*; do ln -s "$file" "$fake/bin/"; done
(cd "$fake" && PATH=$fake/bin:$PATH python3 tests/pages "$root"/opt/g/share/man/man1/gw-{dataset,update,difference,compare,referee,estimate,slurm,decode,fromjson,classify-linear}.1 "$root"/opt/g/share/man/man7/gongwen.7) > "$work/pages" 2>&1
grep -E '^(ok|not ok|skip|    )' "$work/pages" | sed "s|\(\.\./\)*root/opt/g/share/man/|installed |"
# bench and corpus stay in the tree
check "every page is installed" "$(for f in filters/*/*.1 $(ls scripts/*.1 | grep -vE '/(bench|corpus)\.1$'); do [ -f "$root/opt/g/share/man/man1/gw-${f##*/}" ] || echo "$f"; done)"
[ "$(grep -c '^ok ' "$work/pages")" -gt 40 ] || echo "not ok pages: $(tail -n 2 "$work/pages")"

# completion: options are those of -h, tables those that are installed
cat > "$work/complete.sh" << 'COMPLETE'
compopt() { :; }
. "$1/share/bash-completion/completions/gongwen"
PATH=$1/bin:$PATH
try() { COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _gongwen "$1"; echo "${COMPREPLY[*]}"; }
try gw-decode --fi
try gw-extract -r rul
try gw-dataset --no-p
[ -e "$1/share/bash-completion/completions/gw-decode" ] && complete -p gw-decode
COMPLETE
check "completion" "$(bash "$work/complete.sh" "$root/opt/g" 2>&1 | diff - <(printf '%s\n' --files-from rules.tsv= --no-page 'complete -o default -F _gongwen gw-decode') | tr '\n' ' ')"

# a second installation over the first, a file of somebody else, and away with it
echo mine > "$root/opt/g/share/gongwen/mine.tsv"
make -s install PREFIX=/opt/g DESTDIR="$root" > "$work/log" 2>&1
make -s uninstall PREFIX=/opt/g DESTDIR="$root" >> "$work/log" 2>&1; s=$?
check "make uninstall" "$([ $s -eq 0 ] && [ "$(find "$root" ! -type d)" = "$root/opt/g/share/gongwen/mine.tsv" ] || echo "status $s: $(find "$root" ! -type d | head -n 5 | tr '\n' ' ')")"
rm "$root/opt/g/share/gongwen/mine.tsv"
make -s uninstall PREFIX=/opt/g DESTDIR="$root" >> "$work/log" 2>&1
check "no empty folders stay" "$(find "$root/opt/g" -mindepth 1 2> /dev/null | head -n 3)"

# the archive of the sources, twice the same, and it builds where there is no network
make -s dist > "$work/log" 2>&1; s=$?
mv build/gongwen-*.tar.xz "$work/dist.xz"
make -s dist >> "$work/log" 2>&1
check "make dist" "$([ $s -eq 0 ] && cmp "$work/dist.xz" build/gongwen-*.tar.xz 2>&1 || echo "status $s: $(tail -n 2 "$work/log")")"
tar -C "$work" -xf "$work/dist.xz"
# (from the objects that are there: what is older than its source is made anew)
offline=$(ls -d "$work"/gongwen-*)
check "it holds every file of the sources" "$(diff <(cd "$offline" && find filters lib scripts -type f | sort) <(cd "$copy" && find filters lib scripts -type f | sort) | head -n 3 | tr '\n' ' ')"
network=()
if unshare -n true 2> /dev/null; then network=(unshare -n); fi
"${network[@]}" make -s -C "$offline" bin/segment bin/tojson CFLAGS=-O0 > "$work/log" 2>&1; s=$?
check "the archive builds${network:+ without network}" "$([ $s -eq 0 ] && "$offline/bin/segment" -V > /dev/null || echo "status $s: $(tail -n 2 "$work/log")")"

# the Debian package, put on a copy of this system that lasts for a moment
if ! command -v dpkg-deb > /dev/null || ! command -v dpkg-shlibdeps > /dev/null; then
	echo "skip deb: dpkg-dev is not installed"
else
	make -s deb > "$work/log" 2>&1; s=$?
	check "make deb" "$([ $s -eq 0 ] || echo "status $s: $(tail -n 3 "$work/log")")"
	deb=$(ls build/*.deb)
	check "its dependencies are named" "$(for p in libpoppler-glib8 libsqlite3-0 libpcre2-8-0 poppler-data libjs-chart.js python3; do dpkg-deb -f "$deb" Depends | grep -q "$p" || echo "$p"; done)"
	check "its files belong to root" "$(dpkg-deb -c "$deb" | grep -v ' root/root ' | head -n 1)"
	lower=${GONGWEN_CLEAN_ROOT:-/}
	mkdir "$work/upper" && cp -R "$deb" tests/reports "$work/upper/"
	cat > "$work/inside" << 'INSIDE'
set -e
mount -t tmpfs tmpfs "$1/layer" && mkdir "$1/layer/up" "$1/layer/work"
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/layer/up,workdir=$1/layer/work" "$1/clean" 2> /dev/null || exit 9
mount -t proc proc "$1/clean/proc"
mount --bind /dev "$1/clean/dev"
mkdir -p "$1/clean/tmp/g" && cp -R "$1/upper/." "$1/clean/tmp/g"
[ -x "$1/clean/usr/bin/dpkg" ] || exit 9
exec chroot "$1/clean" bash -ec '
	cd /tmp/g
	export LC_ALL=C HOME=/tmp/g TMPDIR=/tmp/g PATH=/usr/sbin:/usr/bin:/sbin:/bin
	dpkg -i ./*.deb > log 2>&1 || { cat log; exit 1; }
	gw-dataset -o d reports
	[ "$(wc -l < d/documents.csv)" -eq 7 ]
	[ -f /usr/share/man/man1/gw-decode.1.gz ] || grep -qs man /etc/dpkg/dpkg.cfg.d/*
	dpkg --verify gongwen | grep -v /usr/share/doc/ | grep -v /usr/share/man/ && exit 1
	dpkg -P gongwen > log 2>&1
	[ ! -e /usr/bin/gw-decode ] && [ ! -e /usr/share/gongwen ]'
INSIDE
	mkdir "$work/clean" "$work/layer"
	unshare -m --propagation private bash "$work/inside" "$work" "$lower" > "$work/log" 2>&1; s=$?
	if [ $s -eq 9 ] || ! unshare -m true 2> /dev/null; then
		echo "skip deb, installed: no overlay of the system can be made here"
	else
		check "the package installs, runs and goes" "$([ $s -eq 0 ] || echo "status $s: $(tail -n 3 "$work/log" | tr '\n' ' ')")"
	fi
fi

# the bundle: only the C library comes from the machine
XZ_LEVEL=0 make -s bundle > "$work/log" 2>&1; s=$?
check "make bundle" "$([ $s -eq 0 ] || echo "status $s: $(tail -n 3 "$work/log")")"
mkdir "$work/else where" && tar -C "$work/else where" -xf build/gongwen-*-"$(uname -m)".tar.xz
there=$(ls -d "$work/else where"/gongwen-*)
check "the bundle holds its libraries" "$(for f in "$there"/bin/*; do [ -L "$f" ] || ldd "$f"; done | grep '=>' |
	grep -vE "=> $work/else where/|/(libc|libm|libdl|librt|libpthread|libresolv|ld-linux[^/]*)\.so" | head -n 3)"
(cd "$work" && "$there/bin/gw-dataset" --no-page -o bundled reports) > "$work/log" 2>&1; s=$?
check "the bundle runs where it was unpacked" "$([ $s -eq 0 ] && cmp "$work/dataset/facts.csv" "$work/bundled/facts.csv" 2>&1 || echo "status $s: $(tail -n 2 "$work/log")")"
