#!/bin/sh
# Two sentences that have nothing to do with each other, side by side: audit accuses none of them by the other's numbers.
# The phrases of the case of extract, in pairs. junctions.py N makes N of each kind.
cd "$(dirname "$0")/../.." || exit 2
command -v python3 > /dev/null || { echo "skip junctions: no python3"; exit 0; }
for program in decode segment classify extract audit tojson; do
	[ -x "bin/$program" ] || { echo "skip junctions: bin/$program is not built"; exit 0; }
done
exec python3 tests/checks/junctions.py "${1:-1000}"
