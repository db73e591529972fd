#!/bin/bash
# audit on the annotated reports beside the tree: nothing is accused, and what language ties together is found.
# Of the relations marked yes these are not: lists of things that are named without 《》 or “” and whose number is
# part of a name, so no fact (三办, 三项制度, 两级, 5个领导机构); 2篇 of 1980件, 57% of 100% and the 14 镇街, which
# only their meaning ties together.
set -u
cd "$(dirname "$0")/../.." || exit 2
export LC_ALL=C PATH="$PWD/bin:$PATH"
shared=${GONGWEN_SHARED:-../shared}
[ -d "$shared/corpus" ] || { echo "skip audit-gold: no $shared/corpus"; exit 0; }
for program in decode segment classify extract audit tojson; do
	[ -x "bin/$program" ] || { echo "skip audit-gold: bin/$program is not there"; exit 0; }
done
found=$(decode -q "$shared/corpus" | segment -q | classify -q | extract -q | audit -q | tojson \
	| jq -r 'select(.doc) | .findings[] | [.kind, .holds, .stated] | join(" ")')
if grep -q ' no ' <<< "$found"; then
	echo "not ok audit-gold accuses: $(grep ' no ' <<< "$found" | tr '\n' ';')"
else
	echo "ok audit-gold accuses nothing"
fi
while IFS= read -r want; do
	if grep -qxF "$want" <<< "$found"; then echo "ok audit-gold $want"; else echo "not ok audit-gold $want: not found"; fi
done << 'WANT'
rate yes 57%
subset yes 97件; 169件
subset yes 62件; 201件
subset yes 1343件; 1980件
subset yes 91件; 1615件次
subset yes 3件; 1615件次
target yes 3%
target yes 98%以上
WANT
