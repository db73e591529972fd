#!/bin/bash
# setup: quiet where nothing is missing; where it may not install, it names what is missing.
. "$(dirname "$0")/begin" || exit 2

# a machine with a few tools, no compiler, no sudo, and a user who is not root
mkdir "$work/bin"
for tool in bash mktemp rm env; do ln -s "$(command -v "$tool")" "$work/bin/$tool"; done
printf '#!/bin/sh\necho 1000\n' > "$work/bin/id"
chmod +x "$work/bin/id"
PATH=$work/bin bash scripts/setup --tests > "$work/out" 2> "$work/err"; s=$?
why=
[ $s -eq 2 ] || why="status $s, not 2"
for package in build-essential pkg-config libmsgpack-dev libpcre2-dev libxml2-dev libxxhash-dev libmd-dev libsqlite3-dev jq sqlite3 mandoc; do
	grep -qw -- "$package" "$work/err" || why="${why:+$why; }does not name $package"
done
check "setup without permission" "$why"

# root on a bare machine without package lists: the first install fails, then the lists come, then it works
printf '#!/bin/sh\necho 0\n' > "$work/bin/id"
cat > "$work/bin/apt-get" << 'APT'
#!/bin/bash
case " $* " in
*' update '*) : > "$FAKE/lists" ;;
*' install '*)
	[ -f "$FAKE/lists" ] || { echo "E: Unable to locate package" >&2; exit 100; }
	for tool in cc make pkg-config python3 jq sqlite3 mandoc; do printf '#!/bin/sh\n' > "$FAKE/bin/$tool"; chmod +x "$FAKE/bin/$tool"; done
	echo "$*" >> "$FAKE/installed" ;;
esac
APT
for tool in chmod cat tail; do ln -s "$(command -v "$tool")" "$work/bin/$tool"; done
chmod +x "$work/bin/apt-get"
FAKE=$work PATH=$work/bin bash scripts/setup --tests > "$work/out" 2> "$work/err"; s=$?
check "setup installs as root" "$([ $s -eq 0 ] && grep -q 'build-essential.*libsqlite3-dev.*jq' "$work/installed" || echo "status $s: $(cat "$work/err")")"
printf '#!/bin/sh\nexit 100\n' > "$work/bin/apt-get"
rm "$work/bin/jq"
PATH=$work/bin bash scripts/setup --tests > "$work/out" 2> "$work/err"; s=$?
check "setup that cannot install" "$([ $s -eq 2 ] && grep -q 'jq' "$work/err" || echo "status $s: $(cat "$work/err")")"
printf '#!/bin/sh\necho 1000\n' > "$work/bin/id"

# a machine that has everything: each probe succeeds
for tool in cc make pkg-config python3 jq sqlite3 mandoc; do
	printf '#!/bin/sh\n' > "$work/bin/$tool"
	chmod +x "$work/bin/$tool"
done
PATH=$work/bin bash scripts/setup --tests > "$work/out" 2> "$work/err"; s=$?
check "setup with nothing missing" "$([ $s -eq 0 ] && [ ! -s "$work/out" ] && [ ! -s "$work/err" ] || echo "status $s: $(cat "$work/out" "$work/err")")"

scripts/setup --nonsense > "$work/out" 2> "$work/err"; s=$?
check "setup: misuse" "$([ $s -eq 2 ] || echo "status $s, not 2")"
