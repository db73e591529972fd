#!/bin/sh
# audit finds planted contradictions and leaves near misses alone, from the text on:
# audit-plants.py invents reports. Here 100 of each kind; --full is 500 (some 10 seconds).
cd "$(dirname "$0")/../.." || exit 2
command -v python3 >/dev/null || { echo "skip audit-plants: no python3"; exit 0; }
for program in decode segment classify extract audit tojson; do
	[ -x "bin/$program" ] || { echo "skip audit-plants: bin/$program is not built"; exit 0; }
done
if [ "${1:-}" = --full ]; then
	shift
	set -- -n 500 "$@"
fi
exec python3 tests/checks/audit-plants.py "$@"
