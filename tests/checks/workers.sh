#!/bin/bash
# workers: any number of jobs, any order, any death of a process gives the same bytes; what failed is told.
. "$(dirname "$0")/tree" || exit 2
small_reports in 300
job -j 1 --no-sqlite -o one in; s=$?
check "a dataset to compare with" "$([ $s -eq 0 ] || echo "status $s: $(head -c 300 err)")"
count=$(find one.parts -name '*.part' | wc -l)
check "it has many parts" "$([ "$count" -gt 4 ] || echo "$count parts")"
for n in 2 8; do
	job -j $n --no-sqlite -o "jobs$n" in; s=$?
	check "-j $n equals -j 1" "$([ $s -eq 0 ] || echo "status $s "; differ one "jobs$n")"
done
# in another order, as two arguments to one worker, and some twice
find in -name '*.txt' -print0 | shuf -z | xargs -0 "$TREE/scripts/dataset" -j 3 --no-sqlite -o shuffled in 2> err; s=$?
check "files named in another order, and twice" "$([ $s -eq 0 ] || echo "status $s "; differ one shuffled)"

touch -d '2001-01-01' one one/* one.parts/*
job --no-sqlite -o one in; s=$?
check "a run with nothing to do does nothing" "$([ $s -eq 0 ] && [ -z "$(find one one.parts -newermt 2002-01-01 -type f)" ] || echo "status $s: $(find one one.parts -newermt 2002-01-01)")"
touch -d '2001-01-01' one.parts/*
echo '# another table of aggregate' >> "$TREE/filters/aggregate/breaks.tsv"
job --no-sqlite -o one in; s=$?
check "a table that only aggregate reads makes no part anew" "$([ $s -eq 0 ] && [ -z "$(find one.parts -newermt 2002-01-01 -name '*.part')" ] && [ -n "$(find one/datapackage.json -newermt 2002-01-01)" ] || echo "status $s")"
cp "$TOP/filters/aggregate/breaks.tsv" "$TREE/filters/aggregate/breaks.tsv"
echo >> one/facts.csv
job --no-sqlite -o one in; s=$?
check "a dataset that was touched is made anew" "$([ $s -eq 0 ] || echo "status $s "; differ jobs2 one)"

# all processes below PID
below() {
	local child
	for child in $(cat "/proc/$1/task/"*/children 2> /dev/null); do
		echo "$child"
		below "$child"
	done
}
# Twenty times: start anew, kill a worker (or a filter in it) at a random moment; every fourth time all
# processes at once, as when the power fails. What the run says, and what the next one makes of it.
seen=0 recovered=0 why=''
for ((round = 0; round < 20; round++)); do
	rm -rf cut cut.parts
	"$TREE/scripts/dataset" -j 2 --no-sqlite --no-page -o cut in 2> err &
	pid=$!
	# (how fast it goes depends on the machine: a random number of parts, then a random moment)
	parts=$((RANDOM % count))
	while kill -0 $pid && [ "$(find cut.parts -name '*.part*' | wc -l)" -le $parts ]; do sleep 0.01; done
	sleep "0.0$((RANDOM % 10))"
	mapfile -t victims < <(below $pid)
	if [ $((round % 4)) -eq 3 ]; then
		kill -9 $pid "${victims[@]}" 2> /dev/null
	else
		# (some are gone already)
		for victim in $(shuf -e "${victims[@]}"); do
			kill -9 "$victim" 2> /dev/null && seen=$((seen + 1)) && break
		done
	fi
	wait $pid 2> /dev/null; s=$?
	[ $s -ne 0 ] || recovered=$((recovered + 1))
	[ $s -eq 0 ] || [ $s -eq 2 ] || [ $((round % 4)) -eq 3 ] || why="$why; status $s"
	[ $s -eq 0 ] || [ ! -e cut ] || why="$why; status $s, and a dataset"
	"$TREE/scripts/dataset" -j 2 --no-sqlite -o cut in 2> err; s=$?
	why=$why$([ $s -eq 0 ] && differ one cut || echo "; taken up: status $s: $(head -c 200 err)")
	[ -z "$(find cut.parts -name '*.tmp.*' -newermt now)" ] || why="$why; temporary parts"
done 2> /dev/null
[ $seen -ge 6 ] || why="$why; only $seen were there to be killed"
check "kill -9 at 20 random moments, then taken up: the same bytes ($seen killed alone, $recovered of the runs came through)" "$why"

# a worker that is killed is told of and replaced: a filter that kills its worker the first time
real=$TREE/bin/extract.real
mv "$TREE/bin/extract" "$real"
cat > "$TREE/bin/extract" << 'KILLS'
#!/bin/bash
[ -e "$0.once" ] || { : > "$0.once"; kill -9 $PPID; }
exec "$0.real" "$@"
KILLS
sed -i "s/kill -9 .PPID/kill -9 \$\$/" "$TREE/bin/extract"
chmod +x "$TREE/bin/extract"
mkdir -p data && cp "$TOP"/lib/*.tsv data/ && for f in "$TOP"/filters/*/*.tsv; do d=data/$(basename "$(dirname "$f")"); mkdir -p "$d" && cp "$f" "$d/"; done
export GONGWEN_DATA=$PWD/data
job -j 2 --no-sqlite -o replaced in; s=$?
check "a filter that is killed is told of and its share done again" "$([ $s -eq 0 ] && grep -q 'extract was killed by signal 9' err && grep -v datapackage <(differ one replaced) | grep . || [ $s -eq 0 ] || echo "status $s: $(head -c 300 err)")"

# one file of which a filter dies each time is named
cat > "$TREE/bin/extract" << 'POISON'
#!/bin/bash
stream=$(mktemp "${0%/tree/*}/poison.XXXXXX"); trap 'rm -f "$stream"' EXIT
cat > "$stream"
! grep -q 'in/77.txt' "$stream" || kill -11 $$
"$0.real" "$@" < "$stream"
POISON
job -j 2 --no-sqlite -o poisoned in; s=$?
check "a file of which a filter dies is named" "$([ $s -eq 2 ] && grep -q 'extract fails with status 139 at in/77.txt' err && [ ! -e poisoned ] || echo "status $s: $(tail -c 300 err)")"
check "the other parts are kept" "$([ "$(find poisoned.parts -name '*.part' | wc -l)" -eq $((count - 1)) ] || echo "$(find poisoned.parts -name '*.part' | wc -l) of $count")"
cp "$real" "$TREE/bin/extract"

# a broken rule file fails at once, not once a shard
echo 'broken' > data/extract/rules.tsv
job -j 1 --no-sqlite -o ruled in; s=$?
check "a broken rule file is told once" "$([ $s -eq 2 ] && [ "$(grep -c rules.tsv: err)" -eq 1 ] && [ ! -e ruled ] || echo "status $s: $(head -c 300 err)")"
unset GONGWEN_DATA

# a file that changes while its part is made: never under the old name
cat > "$TREE/bin/audit.slow" << 'SLOW'
#!/bin/bash
"${0%.slow}.real" "$@"
[ -e "$0.once" ] || { : > "$0.once"; echo "办理法律援助案件9999件。" >> in/3.txt; }
SLOW
cp in/3.txt three
mv "$TREE/bin/audit" "$TREE/bin/audit.real" && mv "$TREE/bin/audit.slow" "$TREE/bin/audit" && sed -i 's/{0%.slow}/0/' "$TREE/bin/audit" && chmod +x "$TREE/bin/audit"
job -j 1 --no-sqlite -o changing in; s=$?
check "a file that changes meanwhile is not taken for what it was" "$([ $s -ne 0 ] && grep -q 'changed while shard' err || echo "status $s: $(head -c 300 err)")"
cp "$TREE/bin/audit.real" "$TREE/bin/audit"
cp three in/3.txt

# steps for clusters: a plan, its shares, the merge
job --plan plan --parts shared in; s=$?
why=$([ $s -eq 0 ] || echo "plan: status $s: $(head -c 200 err)")
job --merge plan --no-sqlite -o stepped; s=$?
check "a merge without its parts is refused" "$([ $s -eq 2 ] && grep -q missing err && [ ! -e stepped ] || echo "status $s")"
for n in 2 0 1; do
	(cd / && "$TREE/scripts/dataset" --share $n/3 -j 1 "$work/home/plan") 2> err; s=$?
	[ $s -eq 0 ] || why="$why; share $n: status $s: $(head -c 200 err)"
done
job --merge plan --no-sqlite -o stepped; s=$?
check "plan, shares and merge equal one run" "$why$([ $s -eq 0 ] || echo "merge: status $s: $(head -c 200 err)"; differ one stepped)"
for args in "--share 3/3 plan" "--share x plan" "--share 0/1 nowhere" "--merge plan" "--plan p in" "--share 0/2"; do
	# shellcheck disable=SC2086
	job $args; s=$?
	check "misuse: dataset $args" "$([ $s -eq 2 ] && [ -s err ] || echo "status $s, not 2")"
done

# odd things in a folder
mkdir -p odd/.hidden odd/sub && cp in/1.txt odd/.hidden/a.txt && cp in/2.txt odd/sub/b.txt && mkfifo odd/pipe
ln -s ../sub odd/sub/loop && ln -s nowhere odd/dangling && ln -s /proc/self/mem odd/unreadable
timeout 60 "$TREE/scripts/dataset" --no-sqlite -o oddities odd 2> err; s=$?
check "pipes, loops, dangling links, files that cannot be read" "$([ $s -eq 1 ] && grep -q 'odd/pipe: neither' err && [ "$(grep -c '^' oddities/documents.csv)" -eq 4 ] && grep -q dangling oddities/problems.csv && grep -q unreadable oddities/problems.csv || echo "status $s: $(head -c 300 err; cut -d, -f2 oddities/documents.csv)")"
