#!/bin/bash
# estimate: what it reckons is near what dataset takes, and it never reads what would block.
. "$(dirname "$0")/tree" || exit 2
python3 "$TOP/scripts/corpus" --size 4 -o in > log || echo "not ok corpus: failed"
mkfifo in/pipe
timeout 60 "$TREE/scripts/estimate" --sample 200 in > out 2> err; s=$?
check "an estimate" "$([ $s -eq 0 ] && grep -qE '^[0-9]+ files, [0-9.]+ MB; 200 of them tried$' out && grep -q '^shares of 5 min: 1 ' out || echo "status $s: $(head -c 300 out err)")"
rm in/pipe
TIMEFORMAT='%U %S'
{ time decode in > decoded; } 2> time && read -r a b < time
{ time segment < decoded | classify | extract | audit > stream; } 2> time && read -r c d < time
python3 - "$a" "$b" "$c" "$d" << 'NEAR' > why
import os, re, sys
text = open('out').read()
took = sum(map(float, sys.argv[1:]))
said = [float(x) for x in re.search(r'one processor: ([\d.]+) s \(([\d.]+) s to ([\d.]+) s\)', text).groups()]
# a machine that does other things tells other times
if not took / 5 < said[0] < took * 5 + 1:
    print('said %s s, took %.2f s' % (said[0], took))
if not said[1] <= said[0] <= said[2]:
    print('no interval: %s' % said)
parts = float(re.search(r'parts: ([\d.]+) MB', text).group(1)) * 1e6
if not 0.7 < parts / os.path.getsize('stream') < 1.4:
    print('parts: said %d, are %d' % (parts, os.path.getsize('stream')))
NEAR
check "it is near the truth" "$(cat why)"
for args in "" "nowhere" "--sample 0 in" "--no-such in" "-j"; do
	# shellcheck disable=SC2086
	"$TREE/scripts/estimate" $args > out 2> err; s=$?
	check "misuse: estimate $args" "$([ $s -eq 2 ] && [ -s err ] || echo "status $s, not 2")"
done
