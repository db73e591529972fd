#!/bin/bash
# compare: what differs between two pipelines, from what both have in front; the examples of outside stages
# in Python and in jq; the change in F1 and its interval.
. "$(dirname "$0")/tree" || exit 2
command -v jq > /dev/null || { echo "skip compare: jq is not installed"; exit 0; }
cp -R "$TOP/tests/reports" reports
cp "$TREE"/scripts/examples/*.py "$TREE"/scripts/examples/*.jq .
compare() { "$TREE/scripts/compare" "$@" > out 2> err; }

chain='decode | segment | classify | extract'
compare "$chain" "$chain" reports; s=$?
check "a pipeline does not differ from itself" "$([ $s -eq 0 ] && grep -qx 'no difference' out && grep -qx '4 stages run, 6 documents' out || echo "status $s: $(head -c 300 out err)")"

# a line taken out of the rules: the facts it decided, and nothing else
rule=legal_aid.cases
grep -v "^$rule	" "$TREE/filters/extract/rules.tsv" > rules
compare --cache streams "$chain" 'decode | segment | classify | extract -r rules.tsv=rules' reports; s=$?
check "a rule taken away" "$([ $s -eq 1 ] && grep -q "^5 stages run" out && grep -qE '\[937件\].*  indicator: legal_aid.cases -> ' out && ! grep -q '^labels\|^segments\|^about' out || echo "status $s: $(head -c 300 out err)")"
compare --cache streams "$chain" 'decode | segment | classify | extract -r rules.tsv=rules' reports; s=$?
check "from the cache nothing runs again" "$([ $s -eq 1 ] && grep -q '^0 stages run' out || sed -n 3p out)"
echo >> rules
compare --cache streams "$chain" 'decode | segment | classify | extract -r rules.tsv=rules' reports
check "a table that changed runs its stage" "$(grep -q '^1 stages run' out || sed -n 3p out)"
sed -i 's/937/938/' reports/anlan-2023.txt
compare --cache streams "$chain" 'decode | segment | classify | extract -r rules.tsv=rules' reports
check "input that changed runs all" "$(grep -q '^5 stages run' out || sed -n 3p out)"

# the examples
compare 'decode | segment | classify' 'decode | segment | classify | tojson | python3 labels.py | fromjson' reports; s=$?
check "a stage in Python: labels.py" "$([ $s -eq 1 ] && grep -qE '^labels: [1-9]' out && grep -q 'topic: .* -> legal_aid' out && ! grep -q '^facts\|^segments\|^other' out || echo "status $s: $(head -c 400 out err)")"
compare "$chain" "$chain | tojson | jq -c -f exact-only.jq | fromjson" reports; s=$?
over=$(decode reports | segment | classify | extract | tojson | jq -s '[.[].facts[]? | select(.bound != "exact" and .indicator)] | length')
check "a stage in jq: exact-only.jq" "$([ $s -eq 1 ] && [ "$over" -gt 3 ] && grep -q "^facts changed: $over .*: indicator $over\$" out || echo "status $s, $over: $(head -c 400 out err)")"
# each example goes through the filters behind it
{ decode reports | segment | classify | tojson | python3 labels.py | fromjson | extract | audit | aggregate -q --no-sqlite -o d; } 2> err; s=$?
check "labels.py before the later filters" "$([ $s -eq 0 ] && [ "$(wc -l < d/facts.csv)" -gt 300 ] || echo "status $s: $(head -c 300 err)")"
compare 'decode | segment | classify' "decode | segment | classify | tojson | jq -c 'if .doc then .x_seen = (1 | . + 1) else . end' | fromjson" reports; s=$?
check "a bar inside quotes divides nothing; other keys are told of" "$([ $s -eq 1 ] && grep -q 'x_seen differs in 6 documents' out || echo "status $s: $(head -c 300 out err)")"

# gold: made of a run, so that A is right by construction; B loses known facts
mkdir gold plain
cp "$TOP/tests/reports/anlan-2022.txt" "$TOP/tests/reports/anlan-2023.txt" plain/
decode plain | segment | classify | extract | tojson | python3 -c '
import json, os, sys
columns = "begin end surface kind value high unit bound change modality measure scope period indicator required".split()
for line in sys.stdin:
    r = json.loads(line)
    if "facts" not in r:
        continue
    text = r["text"].encode()
    name = os.path.splitext(os.path.basename(r["doc"]["path"]))[0]
    with open("gold/%s.facts.tsv" % name, "w") as out:
        print(*columns, sep="\t", file=out)
        for f in r["facts"]:
            row = dict(f, begin=f["at"][0], end=f["at"][1], surface=text[f["at"][0]:f["at"][1]].decode().replace("\n", ""), required=1)
            print(*("" if row.get(c) is None else row[c] for c in columns), sep="\t", file=out)
'
compare --gold gold "$chain" 'decode | segment | classify | extract -r rules.tsv=rules' plain; s=$?
check "F1 against gold, with its interval" "$([ $s -eq 1 ] && grep -qE '^    span +1\.0000 -> 1\.0000  \+0\.0000 \[\+0\.0000, \+0\.0000\]' out && grep -qE '^    indicator +1\.0000 -> 0\.[0-9]+  -0\.[0-9]+ \[-0\.[0-9]+, [-+]0\.[0-9]+\]' out || { tail -n 5 out; head -c 300 err; })"
cp out first
compare --gold gold "$chain" 'decode | segment | classify | extract -r rules.tsv=rules' plain
check "the interval is the same each time" "$(cmp out first 2>&1)"
# the interval holds the change, and is wider where documents are few
python3 - out << 'HOLDS' > why
import re, sys
found = re.findall(r'([-+][\d.]+) \[([-+][\d.]+), ([-+][\d.]+)\]', open(sys.argv[1]).read())
for change, low, high in found:
    if not float(low) <= float(change) <= float(high):
        print('%s is not in [%s, %s]' % (change, low, high))
if len(found) < 4:
    print('%d intervals' % len(found))
HOLDS
check "each change is in its interval" "$(cat why)"

compare 'decode | nosuch' "$chain" reports; s=$?
check "a stage that fails is named" "$([ $s -eq 2 ] && grep -q 'nosuch: status 127' err || echo "status $s: $(head -c 200 err)")"
compare 'decode' 'decode | head -c 500' reports; s=$?
check "a stream that is cut is no result" "$([ $s -eq 2 ] && grep -q 'no whole stream' err || echo "status $s: $(head -c 200 err)")"
for args in "a b" "--most x a b c" "--no-such a b c" "--gold"; do
	# shellcheck disable=SC2086
	compare $args; s=$?
	check "misuse: compare $args" "$([ $s -eq 2 ] && [ -s err ] || echo "status $s, not 2")"
done
