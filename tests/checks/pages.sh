#!/bin/bash
# pages: the report and the head of each page in tests/sites, beside the truth that was made of it by hand;
# pages of a single line of 100 MB. Mozilla's readability.js reads the same pages where npm can fetch it.
# With -v: a line for each page.
set -u
cd "$(dirname "$0")/../.." || exit 2
export LC_ALL=C.UTF-8
for program in decode tojson; do
	[ -x "bin/$program" ] || { echo "skip pages: bin/$program is not there"; exit 0; }
done
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# what others have made is fetched for the run and kept nowhere
modules=()
if ! command -v npm > /dev/null; then
	echo "skip readability: npm is not there"
elif (cd "$work" && echo '{"private":true}' > package.json &&
	timeout 120 npm install --silent --no-audit --no-fund --fetch-retries=0 --fetch-timeout=20000 \
	@mozilla/readability@0.6.0 jsdom@26.1.0) > "$work/log" 2>&1; then
	modules=(--readability "$work")
else
	echo "skip readability: npm cannot fetch it"
fi
python3 tests/checks/pages.py tests/sites ${1+"$1"} --least 0.97 --worst 0.80 --lines 0.95 ${modules[@]+"${modules[@]}"} ||
	echo "# see tests/sites/README"

# lines of 100 MB: one paragraph, paragraphs by the million, elements in elements; read, in bounded memory and time
python3 - "$work" <<'EOF'
import sys
head = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>一行</title></head><body><div>'
sentence = '全年办理案件一百件，办结九十九件。'
for name, piece, tail in (('text', sentence, ''), ('paragraphs', '<p>%s</p>' % sentence, ''), ('depth', '<div><b>%s' % sentence, '')):
    size = 100 * 1000 * 1000 if name != 'depth' else 20 * 1000 * 1000
    with open('%s/%s.html' % (sys.argv[1], name), 'w', encoding='utf-8') as f:
        f.write(head)
        many = piece * 1000
        for _ in range(size // len(many.encode())):
            f.write(many)
        f.write(tail + '</div></body></html>')
EOF
measure() {
	python3 - "$1" <<'EOF'
import resource, subprocess, sys
run = subprocess.run(['bin/decode', '-q', sys.argv[1]], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
use = resource.getrusage(resource.RUSAGE_CHILDREN)
print(run.returncode, int(use.ru_utime + use.ru_stime), use.ru_maxrss >> 10, len(run.stdout) >> 20,
      run.stderr.decode(errors='replace').strip().replace('\n', '; '))
EOF
}
bounded() { # NAME FILE MIB
	local status seconds memory size said
	read -r status seconds memory size said < <(measure "$2")
	if [ "$status" = 0 ] && [ "$size" -ge "$3" ] && [ "$seconds" -le 20 ] && [ "$memory" -le 1536 ]; then
		echo "ok $1"
	else
		echo "not ok $1: status $status, $seconds s, $memory MiB, $size MiB out: $said"
	fi
	[ -z "${verbose:-}" ] || echo "# $1: $seconds s, $memory MiB, $size MiB out"
}
[ "${1:-}" != -v ] || verbose=1
bounded "a paragraph of 100 MB" "$work/text.html" 95
bounded "a line of two million paragraphs" "$work/paragraphs.html" 85
bounded "elements in elements" "$work/depth.html" 15
