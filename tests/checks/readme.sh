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

# the questions of "## The dataset's tables", and that each table has one
mkdir "$work/q" && (cd tests/reports && decode . | segment | classify | extract | audit) > "$work/q/s" &&
	(cd "$work/q" && aggregate -q -o dataset < s) || echo "not ok readme: no dataset"
python3 - README.md "$work/q" << 'ASK'
import re, subprocess, sys
section = open(sys.argv[1], encoding='utf-8').read().split("## The dataset's tables")[1].split('\n## ')[0]
lines = [l[4:] for l in section.splitlines() if l.startswith('    ')]
asked, at = '', 0
while at < len(lines):
    command = lines[at][2:]
    at += 1
    while command.count('"') % 2:
        command += '\n' + lines[at]
        at += 1
    want = []
    while at < len(lines) and not lines[at].startswith('$ '):
        want.append(lines[at])
        at += 1
    run = subprocess.run(['bash', '-c', command], cwd=sys.argv[2], capture_output=True, text=True)
    name = 'readme asks: ' + command.split('"')[1].replace('\n', ' ')[:60]
    if run.stderr or run.stdout.splitlines() != want:
        print('not ok %s: %s' % (name, (run.stderr or run.stdout)[:300].replace('\n', ' / ')))
    else:
        print('ok', name)
    asked += command
import os
for table in sorted(f[:-4] for f in os.listdir(sys.argv[2] + '/dataset') if f.endswith('.csv')):
    if not re.search(r'from (found|%s)\b' % table if table == 'facts' else r'from %s\b' % table, asked):
        print('not ok readme: no question to', table)
ASK
