#!/bin/bash
# update: what the nightly job says, and that the dataset is the old or the new one whatever befalls it.
. "$(dirname "$0")/tree" || exit 2
command -v python3 > /dev/null && command -v flock > /dev/null || { echo "skip update: python3 or flock is not there"; exit 0; }
small_reports in 150
update() { "$TREE/scripts/update" --no-sqlite --no-page -j 2 "$@" > out 2>&1; }

# whole DATASET: every file is what datapackage.json says of it; prints the dataset's name: a hash of all of it
whole() {
	python3 - "$1" << 'WHOLE'
import hashlib, json, os, sys
folder = sys.argv[1]
text = open(folder + '/datapackage.json', 'rb').read()
paths = {'datapackage.json'}
for r in json.loads(text)['resources']:
    paths.add(r['path'])
    data = open(folder + '/' + r['path'], 'rb').read()
    if 'hash' in r and not hashlib.sha256(data).hexdigest() == r['hash'].split(':')[-1]:
        sys.exit('%s is not what the package says' % r['path'])
if set(os.listdir(folder)) != paths:
    sys.exit('other files: %s' % (set(os.listdir(folder)) ^ paths))
print(hashlib.sha256(text).hexdigest())
WHOLE
}

update -o d in; s=$?
check "a first run says nothing" "$([ $s -eq 0 ] && [ ! -s out ] && [ -s d/facts.csv ] || echo "status $s: $(head -c 300 out)")"
old=$(whole d 2>&1)
touch -d '2001-01-01' d d/* d.parts/*
update -o d in; s=$?
check "a run with nothing to do is silent and does nothing" "$([ $s -eq 0 ] && [ ! -s out ] && [ -z "$(find d d.parts -newermt 2002-01-01 -type f)" ] && tail -n 1 d.state/log | grep -q 'nothing changed' || echo "status $s: $(head -c 300 out; find d d.parts -newermt 2002-01-01; tail -n 1 d.state/log)")"

# the difference in words
sed -i 's/案件300件/案件301件/' in/0.txt
printf '安澜县2031年法治政府建设年度报告\n\n一、法律援助\n办理法律援助案件55件。\n' > in/new.txt
update -o d in; s=$?
check "what changed stands in the log" "$([ $s -eq 0 ] && [ ! -s out ] && grep -q '^1 document changed\|: 1 document came' d.state/log && grep -q '安澜县 2031.*legal_aid.cases): 55件' d.state/log && grep -q 'in/0.txt' d.state/log || echo "status $s: $(head -c 300 out; tail -n 5 d.state/log)")"
new=$(whole d 2>&1)
check "the dataset is new" "$([ "$old" != "$new" ] || echo same)"
"$TREE/scripts/difference" d d > out 2>&1; s=$?
check "a dataset does not differ from itself" "$([ $s -eq 0 ] && [ ! -s out ] || echo "status $s: $(head -n 2 out)")"

# problems: told once they are not known, by mail where that is asked for
ln -s nowhere in/lost.txt
update -o d in; s=$?
check "a file that cannot be read is told of" "$([ $s -eq 1 ] && grep -q "^in/lost.txt	decode	" out || echo "status $s: $(head -c 300 out)")"
mkdir mail && printf '#!/bin/sh\n{ echo "$@"; cat; } > "%s/mail/sent"\n' "$PWD" > mail/mail && chmod +x mail/mail
PATH=$PWD/mail:$PATH update --mail lin@example.org -o d in; s=$?
check "--mail sends it" "$([ $s -eq 1 ] && [ ! -s out ] && grep -q 'lin@example.org' mail/sent && grep -q '^in/lost.txt' mail/sent || echo "status $s: $(head -c 300 out)")"
printf 'path\tfilter\tcode\tnote\nin/lost*\tdecode\t\ta link\nin/[a]\tdecode\t\tnever met\n' > known-problems.tsv
update -o d in; s=$?
check "a known problem is not" "$([ $s -eq 0 ] && [ ! -s out ] && grep -q 'tsv:3: not met any more' d.state/log || echo "status $s: $(head -c 300 out)")"
printf 'where\twhat\n' > bad.tsv
update --known bad.tsv -o d in; s=$?
check "a bad list of known problems" "$([ $s -eq 2 ] && grep -q 'bad.tsv:1:' out || echo "status $s: $(head -c 300 out)")"
rm in/lost.txt

# the guard, and what is not there
update -o d in && good=$(whole d)
mkdir less && cp in/1*.txt less/
update -o d less; s=$?
check "a poorer dataset is held back" "$([ $s -eq 2 ] && grep -q 'held back' out && grep -q 'most-fall 100' out && [ "$(whole d)" = "$good" ] || echo "status $s: $(head -c 300 out)")"
mkdir unmounted
update -o d unmounted; s=$?
check "an empty folder where there were reports" "$([ $s -eq 2 ] && [ "$(whole d)" = "$good" ] || echo "status $s: $(head -c 300 out)")"
update -o d in gone; s=$?
check "a source that is not there" "$([ $s -eq 2 ] && grep -q 'gone is not there' out && [ "$(whole d)" = "$good" ] || echo "status $s: $(head -c 300 out)")"
mkdir data && echo broken > data/rules.tsv
GONGWEN_DATA=$PWD/data update -o d in; s=$?
check "a broken rule file" "$([ $s -eq 2 ] && grep -q 'rules.tsv:1' out && [ "$(whole d)" = "$good" ] || echo "status $s: $(head -c 300 out)")"

# overlap: one goes on, the other leaves; one that hangs is told of
(exec 9>> d.state/lock; flock 9; : > locked; while [ ! -e release ]; do sleep 0.05; done) &
holder=$!
while [ ! -e locked ]; do sleep 0.01; done
update -o d in; s=$?
check "another run is going on: 75, silently" "$([ $s -eq 75 ] && [ ! -s out ] || echo "status $s: $(head -c 300 out)")"
touch -d '2 days ago' d.state/lock
update -o d in; s=$?
check "one that goes on for days is told of" "$([ $s -eq 75 ] && grep -q '4[78] hours' out || echo "status $s: $(head -c 300 out)")"
: > release
wait $holder
# (both at once, as two timers would)
echo "办理法律援助案件1件。" >> in/1.txt
"$TREE/scripts/update" --no-sqlite --no-page -o d in > out1 2>&1 & first=$!
"$TREE/scripts/update" --no-sqlite --no-page -o d in > out2 2>&1 & second=$!
wait $first; a=$?; wait $second; b=$?
check "two at once" "$(case "$a $b" in '0 75' | '75 0' | '0 0') whole d > /dev/null 2>&1 || echo "not whole" ;; *) echo "statuses $a $b: $(cat out1 out2)" ;; esac)"

# the log is cut off
head -c 1100000 /dev/zero | tr '\0' x > d.state/log
echo older > d.state/log.1
update -o d in
check "the log rotates" "$([ "$(stat -c %s d.state/log)" -lt 100000 ] && [ "$(cat d.state/log.2)" = older ] && [ "$(stat -c %s d.state/log.1)" -eq 1100000 ] || ls -l d.state)"

# the disk is full: a small file system of its own, else a limit to the size of files
cat > full.sh << 'FULL'
mount -t tmpfs -o size="$1" tmpfs "$2" || exit 9
cp -a "$3"/d "$3"/d.parts "$3"/d.state "$2/" || exit 9
cd "$3" && shift 2 && shift
"$@" > out 2>&1
echo $? > status
cp -R "$VOLUME/d" after
FULL
before=$(whole d)
for ((n = 0; n < 150; n++)); do echo "收到行政复议申请$((n + 7))件。" >> "in/$n.txt"; done
room=$(du -ks d d.parts d.state | awk '{ n += $1 } END { print n }')
mkdir volume
tried=0 why=''
for extra in 300 700 1100 1500 1900; do
	rm -rf after status
	VOLUME=$PWD/volume unshare -m --propagation private bash full.sh $((room + extra))k volume "$PWD" \
		"$TREE/scripts/update" --no-sqlite --no-page -j 2 -o volume/d in 2> err || { [ -e status ] || break; }
	s=$(cat status)
	if [ "$s" -eq 2 ]; then
		tried=$((tried + 1))
		[ "$(whole after 2>&1)" = "$before" ] || why="$why; $extra KB: $(whole after 2>&1)"
		[ -s out ] || why="$why; $extra KB: nothing said"
	elif [ "$s" -gt 1 ]; then
		why="$why; $extra KB: status $s"
	else
		whole after > name 2>&1 || why="$why; $extra KB: status $s and $(cat name)"
	fi
done
if [ ! -e status ]; then
	echo "skip a full disk: no file system can be mounted here"
else
	check "a full disk, $tried times: the old dataset stays" "$why$([ $tried -gt 0 ] || echo "; it was never full")"
fi
(ulimit -f 8; trap '' XFSZ; update -o d in); s=$?
check "files that may not grow: the old dataset stays" "$([ $s -eq 2 ] && [ "$(whole d 2>&1)" = "$before" ] || echo "status $s: $(head -c 300 out)")"

# the power fails: the whole process group is killed at random moments; each time the dataset is whole,
# the old or the new one, and no part that was there is made again
"$TREE/scripts/dataset" --no-sqlite --no-page -o fresh in 2> err
after=$(whole fresh)
cp -a d d0 && cp -a d.parts d0.parts && cp -a d.state d0.state
why='' old=0 new=0 name=$after
for ((round = 0; round < 14; round++)); do
	# (a run that was killed before it was done is taken up, to be killed again)
	rm -f d.parts/*.tmp.*
	if [ "$name" = "$after" ]; then rm -rf d d.parts d.state && cp -a d0 d && cp -a d0.parts d.parts && cp -a d0.state d.state; fi
	find d.parts -name '*.part' -printf '%f %i\n' | sort > parts.before
	setsid "$TREE/scripts/update" --no-sqlite --no-page -j 2 -o d in > out 2>&1 &
	pid=$!
	# at any of the steps: parts, the tables, what is told
	step=$((RANDOM % 3))
	for ((n = 0; n < 400; n++)); do
		case $step in
		0) ls d.parts/*.tmp.* ;;
		1) ls -d d.tmp-* ;;
		*) ls -d d.state/told.new ;;
		esac > /dev/null 2>&1 && break
		kill -0 $pid 2> /dev/null || break
		sleep 0.005
	done
	sleep "0.0$((RANDOM % 10))"
	kill -9 -- -$pid
	wait $pid
	name=$(whole d 2>&1)
	case $name in
	"$before") old=$((old + 1)) ;;
	"$after") new=$((new + 1)) ;;
	*) why="$why; round $round: $name" ;;
	esac
	find d.parts -name '*.part' -printf '%f %i\n' | sort > parts.after
	# (the new dataset's run takes stale parts away)
	[ "$name" = "$after" ] || [ -z "$(comm -23 parts.before parts.after)" ] || why="$why; round $round: a part was made again"
done 2> /dev/null
check "a power cut, 14 times: $old times the old dataset, $new times the new one" "$why"
flock 9 9>> d.state/lock
update -o d in; s=$?
check "the next run mends it" "$([ $s -eq 0 ] && [ "$(whole d 2>&1)" = "$after" ] || echo "status $s: $(head -c 300 out)"; find d.parts -name '*.part' | wc -l | grep -vx "$(find fresh.parts -name '*.part' | wc -l)")"
check "and tells what changed since the last that was told" "$(grep -q '150 documents changed' d.state/log || tail -n 5 d.state/log)"
touch -d '2 days ago' d.tmp-* 2> /dev/null
echo "办理法律援助案件2件。" >> in/1.txt
update -o d in
check "no folder of a killed run stays" "$(ls -A | grep -E '^\.?d\.' | grep -vxE 'd\.(parts|state)' | head -n 3)"

if command -v systemd-analyze > /dev/null; then
	cp "$TREE"/scripts/examples/gongwen-update.* . && sed -i "s|=gw-update|=$TREE/scripts/update|" gongwen-update.service
	check "the systemd units" "$(systemd-analyze verify ./gongwen-update.timer 2>&1 | grep gongwen-update | head -n 3)"
else
	echo "skip the systemd units: systemd-analyze is not installed"
fi
for args in "" "-o d" "in" "--no-such -o d in" "-o" "--plan p -o d in"; do
	# shellcheck disable=SC2086
	"$TREE/scripts/update" $args > out 2>&1; s=$?
	check "misuse: update $args" "$([ $s -eq 2 ] && [ -s out ] || echo "status $s, not 2")"
done
