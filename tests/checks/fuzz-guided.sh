#!/bin/bash
# Some seconds of coverage-guided fuzzing, of what builds fast: numerals, and JSON through a whole program.
# By hand `scripts/fuzz -k FOLDER -s 36000` goes over all boundaries.
set -u
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
echo 'int LLVMFuzzerTestOneInput(const char *s, long n); int LLVMFuzzerTestOneInput(const char *s, long n) { return !s && n; }' \
	| clang -xc -fsanitize=fuzzer,address -o "$work/try" - 2> /dev/null || { echo "skip fuzz-guided: no clang with libFuzzer"; exit 0; }
scripts/fuzz -k "$work/kept" -l 3 -s 0 numeral fromjson > "$work/out" 2> "$work/err"
status=$?
for target in numeral fromjson; do
	runs=$(awk -v t="$target" '$1 == t { print $2 }' "$work/out")
	found=$(find "$work/kept/found" -name "$target-*" 2> /dev/null | head -n 1)
	if [ "$status" -gt 1 ]; then echo "not ok fuzz-guided $target: status $status: $(tail -n 1 "$work/err")"
	elif [ -n "$found" ]; then echo "not ok fuzz-guided $target: $(base64 -w 0 "$found") ($(grep -m 1 -E 'ERROR|runtime error' "$work/kept/log-$target"))"
	elif [ "${runs:-0}" -lt 100 ]; then echo "not ok fuzz-guided $target: ${runs:-no} executions only"
	else echo "ok fuzz-guided $target"
	fi
done
