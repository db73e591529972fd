#!/bin/sh
# audit finds planted contradictions and leaves near misses alone: audit-plants.py
# invents reports with known numbers and asks bin/audit about each.
cd "$(dirname "$0")/../.." || exit 2
command -v python3 >/dev/null || { echo "skip audit-plants: no python3"; exit 0; }
[ -x bin/audit ] || { echo "skip audit-plants: bin/audit is not built"; exit 0; }
exec python3 tests/checks/audit-plants.py "$@"
