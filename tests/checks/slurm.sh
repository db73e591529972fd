#!/bin/bash
# slurm: an array of 8 and a merge on a real cluster of four nodes on this machine, set up here and torn down
# again. One node is killed while it works, one is cut off and goes on writing; the dataset has the same bytes
# as one made here. Takes about 40 seconds, most of it until the lost nodes are given up.
# alone
for program in munged slurmctld slurmd sbatch squeue scontrol; do
	# the daemons are in sbin, which is not on everybody's path
	PATH=$PATH:/usr/sbin
	command -v "$program" > /dev/null || { echo "skip slurm: $program is not installed (slurmctld slurmd slurm-client munge slurm-wlm-basic-plugins)"; exit 0; }
done
[ -d /sys/fs/cgroup ] || { echo "skip slurm: slurmd wants /sys/fs/cgroup"; exit 0; }
[ "$(id -u)" -eq 0 ] || { echo "skip slurm: it takes root to run several nodes"; exit 0; }
. "$(dirname "$0")/tree" || exit 2
export PATH=$PATH:/usr/sbin
began=$SECONDS

# each process of the cluster, and what it starts, carries this mark; slurmstepd writes its title over it, but
# holds the log of its node
export GONGWEN_MARK=$work
marked() {      # [NODE]: their numbers
	local p
	for p in /proc/[0-9]*; do
		[ "${p#/proc/}" -ne $$ ] || continue
		case $(cat "$p/comm" 2> /dev/null) in
		slurmstepd*) readlink "$p"/fd/* 2> /dev/null | grep -qxE "$run/slurmd\.${1:-.*}\.log" || continue ;;
		*)
			{ tr '\0' '\n' < "$p/environ" | grep -qx "GONGWEN_MARK=$work"; } 2> /dev/null || continue
			[ $# -eq 0 ] || { tr '\0' '\n' < "$p/environ" | grep -qxE "(SLURMD_NODENAME|NODE_OF_TEST)=$1"; } 2> /dev/null || continue
			;;
		esac
		echo "${p#/proc/}"
	done
}
run=$work/run
end() {
	local me p
	me=" $$ $BASHPID $PPID "
	for p in $(GONGWEN_MARK='' marked); do
		case $me in *" $p "*) ;; *) kill -9 "$p" 2> /dev/null ;; esac
	done
	rm -rf "$work"
}
trap end EXIT

small_reports in 600
job -j 2 --no-sqlite -o local in; s=$?
check "a dataset made here" "$([ $s -eq 0 ] || echo "status $s: $(head -c 300 err)")"

# the cluster
chmod 755 "$work"
mkdir -p "$run/state"
head -c 1024 /dev/urandom > "$run/key" && chmod 400 "$run/key"
munged --force --key-file="$run/key" --socket="$run/munge" --pid-file="$run/munged.pid" --log-file="$run/munged.log" --seed-file="$run/seed" > "$run/munged.out" 2>&1 ||
	{ echo "skip slurm: munged does not start: $(tail -n 1 "$run/munged.out")"; exit 0; }
port=$((20000 + RANDOM % 20000))
host=$(hostname -s)
export SLURM_CONF=$run/slurm.conf
cat > "$SLURM_CONF" << CONF
ClusterName=gongwen
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$run/munge,cred_expire=5
CredType=cred/munge
StateSaveLocation=$run/state
SlurmctldPidFile=$run/slurmctld.pid
SlurmctldLogFile=$run/slurmctld.log
SlurmdSpoolDir=$run/spool.%n
SlurmdPidFile=$run/slurmd.%n.pid
SlurmdLogFile=$run/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
JobCompType=jobcomp/filetxt
JobCompLoc=$run/jobs
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=2,bf_interval=2,batch_sched_delay=1
ReturnToService=2
SlurmdTimeout=3
KillWait=2
JobRequeue=1
RequeueExit=75
MpiDefault=none
SwitchType=switch/none
NodeName=DEFAULT CPUs=2 RealMemory=1000 State=UNKNOWN
$(for n in 0 1 2 3; do echo "NodeName=n$n NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1 + n))"; done)
PartitionName=all Nodes=n[0-3] Default=YES MaxTime=INFINITE State=UP
CONF
slurmctld -D > "$run/slurmctld.out" 2>&1 &
disown
for n in 0 1 2 3; do
	mkdir -p "$run/spool.n$n"
	NODE_OF_TEST=n$n slurmd -D -N n$n > "$run/slurmd.n$n.out" 2>&1 &
	disown
done
slurm() { timeout 20 "$@"; }
for ((i = 0; i < 150; i++)); do
	[ "$(slurm sinfo -h -t idle -N -o %N 2> /dev/null | wc -l)" -eq 4 ] && break
	sleep 0.1
done
if [ "$(slurm sinfo -h -t idle -N -o %N 2> /dev/null | wc -l)" -ne 4 ]; then
	echo "not ok slurm: the cluster does not start: $(tail -n 2 "$run/slurmctld.log" "$run/slurmd.n0.log" | tr '\n' ' ')"
	exit 0
fi

# a stage that takes its time, so that there is something to interrupt; the bytes are the same
mv "$TREE/bin/audit" "$TREE/bin/audit.real"
printf '#!/bin/bash\nsleep 3\nexec "$0.real" "$@"\n' > "$TREE/bin/audit"
chmod +x "$TREE/bin/audit"
"$TREE/scripts/slurm/submit" --tasks 8 --no-sqlite -o cluster in > submitted 2> err; s=$?
check "submitted: an array and a merge" "$([ $s -eq 0 ] && grep -qE '^array [0-9]+, merge [0-9]+$' submitted || echo "status $s: $(head -c 300 err)")"
read -r _ array _ merge < <(tr -d , < submitted)
for ((i = 0; i < 100; i++)); do
	[ "$(slurm squeue -h -t R -o %N 2> /dev/null | sort -u | grep -c 'n[12]$')" -eq 2 ] && break
	sleep 0.1
done
sleep 0.5
there=$(slurm squeue -h -t R -o '%N' | sort | uniq -c | tr -s ' \n' ' ')
# n1 loses power; n2 loses its network: its daemons are heard no more, its tasks go on
for p in $(marked 'n[12]'); do case $(cat "/proc/$p/comm" 2> /dev/null) in slurmd | slurmstepd*) kill -STOP "$p" ;; esac; done
# shellcheck disable=SC2046
kill -9 $(marked n1) 2> /dev/null
check "both nodes were at work" "$(case $there in *n1*n2*) ;; *) echo "running: $there" ;; esac)"

state() { slurm scontrol -o show job "$1" 2> /dev/null | grep -o 'JobState=[A-Z_]*' | sort -u | tr '\n' ' '; }
for ((i = 0; i < 180; i++)); do
	case $(state "$merge") in *COMPLETED* | *FAILED* | *CANCELLED* | *TIMEOUT*) break ;; esac
	sleep 0.5
done
check "the merge ran when the array was done" "$(case $(state "$merge") in 'JobState=COMPLETED ') ;; *) echo "merge: $(state "$merge"); array: $(state "$array"); $(tail -n 2 cluster.logs/* | tr '\n' ' ')" ;; esac)"
check "tasks of the lost nodes were queued again" "$(slurm scontrol -o show job "$array" | grep -q 'Restarts=[1-9]' || slurm scontrol -o show job "$array" | grep -o 'Restarts=[0-9]*' | tr '\n' ' ')"
check "the cluster's dataset has the bytes of the local one" "$(for f in local/*.csv local/report.html; do cmp "$f" "cluster/${f##*/}" 2>&1; done)"
check "in under two minutes ($((SECONDS - began)) s)" "$([ $((SECONDS - began)) -lt 120 ] || echo "$((SECONDS - began)) s")"

# a share that fails for good cancels the merge; the dataset stays
echo broken > "$TREE/filters/audit/cues.tsv"
before=$(cat cluster/datapackage.json | sha256sum)
"$TREE/scripts/slurm/submit" --tasks 2 --no-sqlite -o cluster in > submitted 2> err
read -r _ array _ merge < <(tr -d , < submitted)
for ((i = 0; i < 100; i++)); do
	case $(state "$merge") in *COMPLETED* | *FAILED* | *CANCELLED*) break ;; esac
	sleep 0.3
done
check "a share that fails cancels the merge" "$(case $(state "$merge") in *CANCELLED*) ;; *) echo "merge: $(state "$merge")" ;; esac; [ "$before" = "$(cat cluster/datapackage.json | sha256sum)" ] || echo "another dataset")"
