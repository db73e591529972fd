#!/bin/bash
# readme: the pipelines of README.md run as they stand, over the sample reports.
set -u
cd "$(dirname "$0")/../.." || exit 2
export TOP=$PWD LC_ALL=C TZ=UTC PATH="$PWD/bin:$PATH"
unset GONGWEN_DATA
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cp -R tests/reports "$work/reports"

# each indented block under "## Pipelines" becomes a script
awk -v dir="$work" '
	/^## / { on = $0 == "## Pipelines"; block = 0 }
	on && /^    / { if (!block) { n++; block = 1 } print substr($0, 5) > (dir "/" n ".sh"); next }
	on { block = 0 }' README.md
count=0
for script in "$work"/*.sh; do
	[ -f "$script" ] || break
	count=$((count + 1))
	name="readme: $(head -n 1 "$script" | cut -b 1-60)"
	if (cd "$work" && bash -e -o pipefail "$script") > "$work/out" 2> "$work/err" < /dev/null; then
		echo "ok $name"
	else
		echo "not ok $name: status $? ($(head -c 300 "$work/err"))"
	fi
done
[ $count -ge 5 ] || echo "not ok readme: only $count pipelines found"
head -n 1 "$work/fishing/panel.csv" 2> /dev/null | grep -q fishing_boats || echo "not ok readme: no column of one's own"
