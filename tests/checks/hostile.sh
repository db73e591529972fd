#!/bin/bash
# hostile: archives and documents that attack their reader (tests/formats/hostile.py has the table), and helpers
# that die: each costs its own input and nothing else.
set -u
cd "$(dirname "$0")/../.." || exit 2
export PATH="$PWD/bin:$PATH" LC_ALL=C.UTF-8
unset GONGWEN_DATA
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
TMPDIR=$work python3 tests/formats/hostile.py bin/decode tests/cases/decode || echo "not ok hostile: the table's script failed"

# a helper or unpacker that the kernel ends: for its CPU time (SIGPROF), its memory, or somebody's kill
mkdir "$work/bin"
cp bin/decode "$work/bin/decode"
printf '其余照读950件。\n' > "$work/good.txt"
cp tests/cases/decode/one-report/report.docx "$work/bad.docx"
(cd "$work" && python3 -c 'import zipfile; z = zipfile.ZipFile("bad.zip", "w"); z.write("good.txt"); z.close()')
for part in helper:docx unpack:zip; do
	for signal in PROF:timeout KILL:crashed SEGV:crashed SYS:crashed; do
		printf '#!/bin/sh\nkill -%s $$\n' "${signal%:*}" > "$work/bin/decode-${part%:*}"
		chmod +x "$work/bin/decode-${part%:*}"
		got=$(cd "$work" && GONGWEN_DATA=$OLDPWD/filters/decode bin/decode "bad.${part#*:}" good.txt 2> err | tojson |
			python3 -c 'import json, sys; r = [json.loads(x) for x in sys.stdin]; print(r[1]["problems"][0]["code"], "text" in r[2], r[3]["failed"])')
		if [ "$got" = "${signal#*:} True 1" ] && [ "$(wc -l < "$work/err")" -eq 1 ]; then
			echo "ok decode-${part%:*} ends by ${signal%:*}"
		else
			echo "not ok decode-${part%:*} ends by ${signal%:*}: $got"
		fi
	done
done

# one that sleeps takes no CPU time: --wait bounds it; the one that drips its answer, too
for part in helper:docx unpack:zip drip:docx; do
	rm -f "$work"/bin/decode-*
	printf '#!/bin/sh\nexec sleep 60\n' > "$work/bin/decode-${part%:*}"
	[ "${part%:*}" != drip ] || printf '#!/bin/bash\nprintf "\\0\\0\\1\\0"; while sleep 0.3; do printf x; done\n' > "$work/bin/decode-helper"
	chmod +x "$work"/bin/decode-*
	got=$(cd "$work" && GONGWEN_DATA=$OLDPWD/filters/decode timeout 30 bin/decode --wait 1 "bad.${part#*:}" good.txt 2> err | tojson |
		python3 -c 'import json, sys; r = [json.loads(x) for x in sys.stdin]; print(r[1]["problems"][0]["code"], "text" in r[2], r[3]["failed"])')
	if [ "$got" = "timeout True 1" ]; then echo "ok decode-${part%:*} sleeps"; else echo "not ok decode-${part%:*} sleeps: $got"; fi
done
for wait in 0 100000 soon; do
	bin/decode --wait $wait "$work/good.txt" > /dev/null 2>&1
	[ $? -eq 2 ] && echo "ok decode --wait $wait is misuse" || echo "not ok decode --wait $wait"
done
