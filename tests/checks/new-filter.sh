#!/bin/bash
# new-filter: what it makes builds without a warning, and passes its tests and those of its page.
. "$(dirname "$0")/begin" || exit 2
mkdir "$work/tree"
{ git ls-files -z -co --exclude-standard 2> /dev/null || find . -path ./bin -prune -o -path ./build -prune -o -type f -print0; } |
	xargs -0 cp --parents -p -t "$work/tree" 2> /dev/null
cp -pR bin build "$work/tree/" && cd "$work/tree" || exit 2
rm -rf build/bundle
scripts/new-filter hanzi > "$work/out" 2> "$work/err"; s=$?
check "a new filter" "$([ $s -eq 0 ] && [ -f filters/hanzi/hanzi.1 ] || echo "status $s: $(head -c 200 "$work/err")")"
make -s bin/hanzi > "$work/log" 2>&1; s=$?
check "it builds without a warning" "$([ $s -eq 0 ] && [ ! -s "$work/log" ] || echo "status $s: $(head -c 300 "$work/log")")"
tests/run hanzi > "$work/log" 2>&1; s=$?
check "its tests pass" "$([ $s -eq 0 ] && grep -qE '^[1-9][0-9]* passed, 0 failed' "$work/log" || tail -n 5 "$work/log" | tr '\n' ' ')"
scripts/new-filter hanzi > "$work/out" 2> "$work/err"; s=$?
check "never over one that is there" "$([ $s -eq 2 ] && grep -q 'there already' "$work/err" || echo "status $s")"
for args in "" "Big" "a-b" "../x" "a b" "facts"; do
	# shellcheck disable=SC2086
	scripts/new-filter $args > "$work/out" 2> "$work/err"; s=$?
	check "misuse: new-filter $args" "$([ $s -eq 2 ] && [ -s "$work/err" ] || echo "status $s, not 2")"
done
