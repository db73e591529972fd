#!/bin/bash
# run: the runner of the tests says what it could not run; nothing is passed over in silence.
. "$(dirname "$0")/begin" || exit 2
tree=$work/tree
mkdir -p "$tree/tests/cases/hello/world" "$tree/tests/checks" "$tree/tests/unit" "$tree/bin"
cp tests/run "$tree/tests/"
echo 'echo hello' > "$tree/tests/cases/hello/world/cmd"
echo hello > "$tree/tests/cases/hello/world/out"
printf '#!/bin/bash\necho ok one\n' > "$tree/tests/checks/one.sh"
chmod +x "$tree/tests/checks/one.sh"

# says NAME STATUS LAST [LINE]: the runner's status, its last line, and a line before it
says() {
	"$tree/tests/run" > "$work/out" 2> "$work/err"
	local status=$? why=
	[ $status -eq "$2" ] || why="status $status, not $2"
	[ "$(tail -n 1 "$work/out")" = "$3" ] || why="${why:+$why; }ends in $(tail -n 1 "$work/out")"
	[ -z "${4-}" ] || grep -qxF "$4" "$work/out" || why="${why:+$why; }no line $4"
	check "$1" "$why"
}
says "what passes" 0 "2 passed, 0 failed"
chmod -x "$tree/tests/checks/one.sh"
says "a check that is not executable" 1 "1 passed, 1 failed" "not ok tests/checks/one.sh: is not executable: chmod +x"
printf '#!/bin/bash\necho ok one\nexit 3\n' > "$tree/tests/checks/one.sh"
chmod +x "$tree/tests/checks/one.sh"
says "a check that ends with a status" 1 "2 passed, 1 failed" "not ok tests/checks/one.sh: status 3"
rm "$tree/tests/checks/one.sh"
: > "$tree/tests/unit/two.c"
says "a unit that is not built" 1 "1 passed, 1 failed" "not ok build/unit/two: is not built: make unit"
rm "$tree/tests/unit/two.c"
mkdir "$tree/tests/cases/hello/empty"
says "a case without a command" 1 "1 passed, 1 failed" "not ok hello/empty: has no file 'cmd'"
echo 'echo other' > "$tree/tests/cases/hello/empty/cmd"
says "a case without what is expected" 1 "1 passed, 1 failed" "not ok hello/empty: has no file 'out'"
rm -r "$tree/tests/cases/hello/empty"
echo 'echo other >&2; exit 1' > "$tree/tests/cases/hello/world/cmd"
says "a case that fails" 1 "0 passed, 1 failed" "not ok hello/world: status 1, not 0; other output; messages"
