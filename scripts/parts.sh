# shellcheck shell=bash
# parts.sh: part streams, the one mechanism of parallel, incremental and cluster
# runs; sourced by dataset.
#
# A plan is a folder: `shards` has a line NUMBER KEY FILES for each shard, list.N
# its files and sums.N their hashes; `folder`, `options`, `meta`, `parts` and `common` are
# what else a worker must know. A worker turns a shard into the file KEY.part
# under a temporary name and renames it. KEY is the hash of the shard's paths and
# contents, of the programs and of their rule files: a part is good or it has
# another name.
CHAIN=(decode segment classify extract audit)
FILES_MOST=1024         # of a shard
TRIES=3                 # of a share whose worker was killed or whose files changed meanwhile
AGAIN=75                # EX_TEMPFAIL: another try may help

# common_key [PROGRAM...]: the hash of programs, their helpers and the rule files that they may read: what
# every part depends on besides its files
common_key() {
	local programs=() folders=() names=(-name '*.tsv') program helper
	# the last filters read more: pieces of the page
	[ $# -eq 0 ] || names+=(-o -name '*.js' -o -name '*.css' -o -name '*.html')
	[ $# -gt 0 ] || set -- "${CHAIN[@]}"
	for program; do
		programs+=("$BIN/$PRE$program")
		[ ! -d "$OWN/$program" ] || folders+=("$OWN/$program")
		for helper in "$BIN/$PRE$program"-*; do
			[ ! -x "$helper" ] || programs+=("$helper")
		done
	done
	{
		printf '%s\0' "${programs[@]}"
		find -L "$SHARED" -maxdepth 1 -name '*.tsv' -print0
		find -L "${folders[@]}" ${GONGWEN_DATA:+"$GONGWEN_DATA"} \( "${names[@]}" \) -print0
		[ ! -s "$plan/meta" ] || cat "$plan/meta"
	} | sort -z | xargs -0 sha256sum -- | cut -c -64 | sha256sum | cut -c -64
	[ "${PIPESTATUS[*]}" = '0 0 0 0 0 0' ]
}

# options_key: the hash of decode's options and of the libraries that it reads documents with
options_key() {
	{
		cat "$plan/options"
		# a newer libpoppler reads a PDF in another way; the names of libraries hold their versions
		ldd "$BIN/${PRE}decode" "$BIN/$PRE"decode-* 2> /dev/null | sed -n 's/.*=> \(\/[^ ]*\).*/\1/p' |
			sort -u | xargs -r readlink -f | sed 's/.*\///'
	} | sha256sum | cut -c -64
}

# list_files PATH...: all files, as decode lists them: names that start with a dot are passed over, links
# followed. A folder that cannot be read and a path that is not there stay in the list, and decode says so.
list_files() {
	local path status
	for path; do
		[ "$path" != - ] || die "standard input cannot be split: give files or folders"
		while [ "${path%/}" != "$path" ] && [ "$path" != / ]; do path=${path%/}; done
		if [ ! -d "$path" ]; then
			printf '%s\0' "$path"
			continue
		fi
		case $path in -*) path=./$path ;; esac
		find -L "$path" -mindepth 1 -name '.*' -prune -o \
			-type d \( -readable -executable -o -print0 -prune \) -o ! -type d -print0 2> "$plan/find"
		status=$?
		[ $status -eq 0 ] || { [ $status -eq 1 ] && ! grep -qv 'File system loop detected' "$plan/find"; } ||
			die "cannot list $path: $(grep -v 'File system loop detected' "$plan/find" | head -n 1)"
	done
}

# plan_make PLAN PARTS PATH...: shards end where a file's hash says so (and after FILES_MOST files), so that
# a file that comes or goes moves no boundary but its own, and the other parts stay good
plan_make() {
	plan=$1 parts=$2
	shift 2
	local file sum='' hash number=0 count=0 key common
	pwd > "$plan/folder"
	printf '%s' "$parts" > "$plan/parts"
	common=$(common_key) || die "cannot read the programs and their rule files"
	echo "$common" > "$plan/common"
	common=$common$(options_key)
	list_files "$@" > "$plan/found" || exit 2
	sort -z -u "$plan/found" > "$plan/listed" || exit 2
	: > "$plan/left_out"
	: > "$plan/regular"
	while IFS= read -r -d '' file; do
		if [ -f "$file" ]; then
			printf '%s\0' "$file" >&3
		elif [ -e "$file" ] && [ ! -d "$file" ]; then
			# a pipe or a device: reading it might never end
			echo "$SELF: $file: neither a file nor a folder: left out" >&2
			echo >> "$plan/left_out"
			continue
		fi
		printf '%s\0' "$file" >&4
	done < "$plan/listed" 3> "$plan/regular" 4> "$plan/files"
	xargs -0 -r sha256sum -z -- < "$plan/regular" > "$plan/sums" 2> "$plan/unread"
	# 123: some could not be read, and decode will say so
	case $? in 0 | 123) ;; *) die "cannot hash the files: $(head -n 1 "$plan/unread")" ;; esac

	close_shard() {
		exec 5>&- 6>&-
		key=$({ echo "$common"; cat "$plan/sums.$number"; } | sha256sum) && [ ${#key} -gt 64 ] || die "cannot hash the shards"
		echo "$number ${key%% *} $count" >&7
		number=$((number + 1)) count=0
	}
	exec 3< "$plan/sums" 7> "$plan/shards"
	while IFS= read -r -d '' file; do
		[ -n "$sum" ] || IFS= read -r -d '' sum <&3
		if [ "${sum#*  }" = "$file" ]; then
			hash=${sum%%  *} sum=''
		else
			hash=unreadable
		fi
		[ $count -gt 0 ] || exec 5> "$plan/list.$number" 6> "$plan/sums.$number"
		printf '%s\0' "$file" >&5
		printf '%s  %s\0' "$hash" "$file" >&6
		count=$((count + 1))
		case $hash in *00 | *40 | *80 | *c0) close_shard ;; *) [ $count -lt $FILES_MOST ] || close_shard ;; esac
	done < "$plan/files"
	# no files at all are one empty part
	if [ $count -gt 0 ] || [ $number -eq 0 ]; then
		[ $count -gt 0 ] || exec 5> "$plan/list.0" 6> "$plan/sums.0"
		close_shard
	fi
	exec 3<&- 7>&-
	rm -f "$plan/found" "$plan/listed" "$plan/regular" "$plan/files" "$plan/sums" "$plan/unread" "$plan/find"
}

# plan_open PLAN: takes up a plan that another process made
plan_open() {
	[ -s "$1/shards" ] && [ -s "$1/parts" ] || die "$1 is no plan: make one with --plan"
	plan=$(cd "$1" && pwd) && parts=$(cat "$plan/parts") && cd "$(cat "$plan/folder")" || exit 2
	[ "$(common_key)" = "$(cat "$plan/common")" ] ||
		die "the programs or rule files are not those that the plan was made with: make it anew"
}

# sums_now LIST: hashes of the files as they are now, in the form of sums.N
sums_now() {
	local file sum
	while IFS= read -r -d '' file; do
		[ -f "$file" ] && sum=$(sha256sum -z -- "$file" 2> /dev/null | head -c 64) && [ -n "$sum" ] || sum=unreadable
		printf '%s  %s\0' "$sum" "$file"
	done < "$1"
}

# same_still N: are the files of shard N, the programs and rule files what the plan says?
same_still() {
	# one process for all files; where one is missing, one by one
	if ! xargs -0 -r sha256sum -z -- < "$plan/list.$1" 2> /dev/null | cmp -s - "$plan/sums.$1"; then
		sums_now "$plan/list.$1" | cmp -s - "$plan/sums.$1" || return
	fi
	[ "$(common_key)" = "$(cat "$plan/common")" ]
}

# chain LIST: the filters one after the other. The array `statuses` has how they ended.
chain() {
	local options=() meta=()
	mapfile -d '' -t options < "$plan/options"
	mapfile -d '' -t meta < "$plan/meta"
	"$BIN/${PRE}decode" -q "${options[@]}" ${meta:+--meta "${meta[0]}"} --files-from "$1" -0 | "$BIN/${PRE}segment" -q | "$BIN/${PRE}classify" -q |
		"$BIN/${PRE}extract" -q | "$BIN/${PRE}audit" -q
	statuses=("${PIPESTATUS[@]}")
}

# part_make N KEY: the worker. 0 done, AGAIN where another try may help, 2 where it will not.
# It never ends with 255, which xargs and parallel take for an order to stop.
part_make() {
	local part=$parts/$2.part tmp statuses status worst=0 at=0
	tmp=$part.tmp.${HOSTNAME:-here}.$BASHPID
	trap "rm -f ${tmp@Q}" EXIT
	# the filters are in the background, since bash runs no trap while a child is in the foreground
	trap 'kill $(cat "/proc/$!/task/$!/children") $! 2> /dev/null; exit 143' TERM INT HUP
	{
		chain "$plan/list.$1" > "$tmp"
		for status in "${statuses[@]}"; do
			# 13 is SIGPIPE: the filter behind it has ended, and its status tells why
			[ "$status" -lt 128 ] || [ "$status" -eq 141 ] || { echo "$SELF: ${CHAIN[at]} was killed by signal $((status - 128)), shard $1" >&2; worst=$AGAIN; }
			at=$((at + 1))
		done
		[ $worst -eq 0 ] || exit $worst
		for status in "${statuses[@]}"; do [ "$status" -le 1 ] || exit 2; done
		exit 0
	} &
	wait $! || return
	same_still "$1" || { echo "$SELF: files, programs or rules changed while shard $1 was made" >&2; return $AGAIN; }
	sync "$tmp" && mv "$tmp" "$part" || return 2
}

# parts_missing [SHARE OF]: the shards that have no part yet
parts_missing() {
	local number key count
	while read -r number key count; do
		[ $((number % ${2:-1})) -eq "${1:-0}" ] || continue
		[ -f "$parts/$key.part" ] || echo "$number $key $count"
	done < "$plan/shards"
}

# progress: one line on a terminal, lines with -v
progress() {
	[ -n "$verbose" ] || [ -t 2 ] || return 0
	local left='' tries=''
	[ "$again" -eq 0 ] || tries=", $again tries again"
	[ "$done_files" -eq 0 ] || left=$((SECONDS * (all_files - done_files) / done_files))
	printf '%s%s: %d of %d parts, %d of %d files%s%s%s' "$([ -t 2 ] && printf '\r')" "$SELF" "$done_parts" "$all_parts" \
		"$done_files" "$all_files" "$tries" "${left:+, about $left s left}" \
		"$([ -t 2 ] && printf '\033[K' || echo .)" >&2
	[ -t 2 ] || echo >&2
}

# parts_make JOBS [SHARE OF]: makes the parts that are missing, JOBS at a time
parts_make() {
	local jobs=$1 number key count pid status again=0 all_parts=0 all_files=0 done_parts=0 done_files=0 failed=0
	local -A shard=() tries=()
	local queue=() next=0 worst=0 job
	SECONDS=0
	mapfile -t queue < <(parts_missing "${@:2}")
	for job in "${queue[@]}"; do
		read -r number key count <<< "$job"
		all_parts=$((all_parts + 1)) all_files=$((all_files + count))
	done
	trap 'trap - TERM INT HUP; kill "${!shard[@]}" 2> /dev/null; wait; exit 143' TERM INT HUP
	while [ $next -lt ${#queue[@]} ] || [ ${#shard[@]} -gt 0 ]; do
		while [ $next -lt ${#queue[@]} ] && [ ${#shard[@]} -lt "$jobs" ]; do
			read -r number key count <<< "${queue[next]}"
			next=$((next + 1))
			tries[$number]=$((${tries[$number]:-0} + 1))
			(part_make "$number" "$key") &
			shard[$!]="$number $key $count"
		done
		pid=''
		wait -n -p pid "${!shard[@]}"
		status=$?
		# (one that ended before it was waited for has a status all the same)
		[ -n "$pid" ] || for pid in "${!shard[@]}"; do wait "$pid"; status=$?; break; done
		read -r number key count <<< "${shard[$pid]}"
		unset "shard[$pid]"
		if [ $status -eq 0 ]; then
			done_parts=$((done_parts + 1)) done_files=$((done_files + count))
		else
			rm -f "$parts/$key.part.tmp.${HOSTNAME:-here}.$pid"
			if [ $status -eq $AGAIN ] || [ $status -ge 128 ]; then
				[ $status -eq $AGAIN ] || echo "$SELF: the worker of shard $number was killed by signal $((status - 128))" >&2
				if [ "${tries[$number]}" -lt $TRIES ]; then
					again=$((again + 1))
					queue+=("$number $key $count")
				else
					failed=$((failed + 1))
					[ $worst -eq 2 ] || worst=$AGAIN
					name_culprit "$number"
				fi
			else
				# what failed by itself will fail again, and most likely in the other shards, too
				failed=$((failed + 1)) worst=2
				next=${#queue[@]}
			fi
		fi
		progress
	done
	trap - TERM INT HUP
	[ ! -t 2 ] || [ "$all_parts" -eq 0 ] || printf '\r\033[K' >&2
	[ $failed -eq 0 ] || echo "$SELF: $failed of $all_parts parts failed; the others are kept for the next run" >&2
	return $worst
}

# name_culprit N: tries the files of a shard one by one and names those that a filter dies of
name_culprit() {
	local file status at statuses found=''
	while IFS= read -r -d '' file; do
		printf '%s\0' "$file" > "$plan/one.$1"
		at=0
		chain "$plan/one.$1" > /dev/null 2>&1
		for status in "${statuses[@]}"; do
			[ "$status" -le 1 ] || { echo "$SELF: ${CHAIN[at]} fails with status $status at $file" >&2; found=yes; break; }
			at=$((at + 1))
		done
	done < "$plan/list.$1"
	rm -f "$plan/one.$1"
	[ -n "$found" ] || echo "$SELF: shard $1 failed $TRIES times; none of its files does so alone" >&2
}

# parts_list: the parts of the plan, NUL between them; fails where one is missing
parts_list() {
	local number key count
	while read -r number key count; do
		[ -f "$parts/$key.part" ] || { echo "$SELF: the part of shard $number is missing" >&2; return 1; }
		printf '%s\0' "$parts/$key.part"
	done < "$plan/shards"
}
