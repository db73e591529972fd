#!/bin/bash
# regions-check: is lib/regions.tsv, or the table named, one that a resolver can rely on? Every problem is a
# line "not ok regions.tsv:LINE: WHY".
#
#   tests/data/regions-check.sh [TABLE]
set -u
cd "$(dirname "$0")/../.." || exit 2
table=${1:-lib/regions.tsv}
export LC_ALL=C
[ -r "$table" ] || { echo "not ok $table: cannot read it"; exit 1; }
if ! iconv -f UTF-8 -t UTF-8 "$table" > /dev/null 2>&1; then
	echo "not ok ${table##*/}: not UTF-8"
	exit 1
fi
awk -F '\t' -v name="${table##*/}" '
function bad(line, why) { print "not ok " name ":" line ": " why; problems++ }
function year(s) { return s ~ /^(19|20)[0-9][0-9]$/ }
# stood ROW, YEAR: at the end of that year
function stood(r, y) { return first[r] <= y && y <= last[r] }
function meet(a, b) { return first[a] <= last[b] && first[b] <= last[a] }
# some CODE, YEAR: a row of that code in that year, 0 for none
function some(c, y,    i, n, list) {
	n = split(of[c], list, " ")
	for (i = 1; i <= n; i++)
		if (stood(list[i], y))
			return list[i]
	return 0
}
# list CELL, LINE, WHAT: parts of a|b|c are there, once each, and none is the name
function list(cell, line, what,    n, i, part, seen) {
	n = split(cell, part, "|")
	for (i = 1; i <= n; i++) {
		if (part[i] == "")
			bad(line, "empty part in " what)
		else if (part[i] == $2 || part[i] in seen)
			bad(line, part[i] " stands twice")
		seen[part[i]]
	}
}

/\r/ || / / || /\342\200[\200-\217\250-\257]/ || /\343\200\200/ || /\302\240/ || /\357\273\277/ {
	if ($0 !~ /^#/)
		bad(NR, "a space, or another character that is not seen")
}
/^#/ || /^$/ { next }
!header {
	header = 1
	if ($0 != "code\tname\tshort\tlevel\tfrom\tto\tsuccessor\talso\tlatin")
		bad(NR, "other columns")
	next
}
NF != 9 { bad(NR, NF " cells, not 9"); next }
{
	n++
	line[n] = NR; code[n] = $1; title[n] = $2; level[n] = $4; heir[n] = $7; until[n] = $6
	first[n] = $5 == "" ? 0 : $5 + 0
	last[n] = $6 == "" ? 9999 : $6 + 0
	count[$4]++
	if ($4 !~ /^(nation|province|prefecture|county|zone)$/)
		bad(NR, "level " $4)
	if ($9 != "" && $9 !~ /^[a-z]+(-[a-z]+)*(\|[a-z][a-z])?$/)
		bad(NR, "no Pinyin: " $9)
	if ($9 == "" && $1 != "" && $1 !~ /^000000|^(71|81|82)/ && $4 != "zone")
		bad(NR, "no Pinyin")
	if ($1 != "" && $1 !~ /^[0-9][0-9][0-9][0-9][0-9][0-9]$/)
		bad(NR, "code " $1)
	else if ($4 == "nation" && $1 != "000000" || $4 == "province" && $1 !~ /^[1-9].0000$/ ||
	         $4 == "prefecture" && ($1 !~ /00$/ || $1 ~ /0000$/) || $4 == "county" && ($1 == "" || $1 ~ /00$/))
		bad(NR, "code " $1 " of a " $4)
	if ($2 == "" || $2 ~ /[|]/ || $2 == "\345\216\277" || index($2, "\345\270\202\350\276\226\345\214\272") || index($2, "\347\233\264\350\276\226"))
		bad(NR, "name " $2)             # 县, 市辖区, 直辖: no division but a heading of the list
	if (($5 != "" && !year($5)) || ($6 != "" && !year($6)) || first[n] > last[n])
		bad(NR, "years " $5 " to " $6)
	list($3, NR, "short"); list($8, NR, "also")
	if ($7 != "" && $6 == "")
		bad(NR, "a successor and no end")
	if ($1 != "") {
		key = $1 SUBSEP first[n]
		if (key in had)
			bad(NR, "code and from as in line " had[key])
		had[key] = NR
		of[$1] = of[$1] " " n
		if (after != "" && after > $1 "\t" sprintf("%04d", first[n]))
			bad(NR, "out of order")
		if (coded)
			bad(NR, "a code after rows that have none")
		after = $1 "\t" sprintf("%04d", first[n])
	} else
		coded = 1
}
END {
	for (r = 1; r <= n; r++) {
		c = code[r]
		k = split(of[c], same, " ")
		for (i = 1; i <= k; i++)
			if (same[i] > r && meet(r, same[i]))
				bad(line[same[i]], "overlaps line " line[r] " of the same code")
		# what a path is made of: for each year since the lists begin to be whole
		up = substr(c, 1, 4) "00"
		top = substr(c, 1, 2) "0000"
		if (level[r] == "prefecture" || level[r] == "county" || (level[r] == "zone" && c ~ /^....[1-9]|^.....[1-9]/))
			for (y = 2004; y <= 2025; y++)
				if (stood(r, y) && (!some(top, y) || (up !~ /^(11|12|31|50|..90)/ && level[r] != "prefecture" && !some(up, y)))) {
					bad(line[r], title[r] " has no parent in " y)
					break
				}
		# the parent: a prefecture where there is one, else the province
		parent = level[r] == "county" || level[r] == "zone" ? (up in of && up != c ? up : top) : level[r] == "prefecture" ? top : ""
		key = c == "" ? "" : parent SUBSEP title[r]
		k = split(group[key], same, " ")
		for (i = 1; i <= k && key != ""; i++)
			if (meet(r, same[i]))
				bad(line[r], title[r] " is the name of line " line[same[i]] " too")
		group[key] = group[key] " " r
		if (heir[r] != "" && until[r] != "") {
			if (!(heir[r] in of))
				bad(line[r], "successor " heir[r] " is not there")
			else if (!some(heir[r], until[r] + 1))
				bad(line[r], "successor " heir[r] " does not stand in " until[r] + 1)
		}
	}
	if (!n)
		bad(NR, "no rows")
	if (!problems)
		printf "ok %s: %d nation, %d provinces, %d prefectures, %d counties, %d zones, present and past\n",
			name, count["nation"], count["province"], count["prefecture"], count["county"], count["zone"]
	exit problems > 0
}' "$table"
