#!/bin/bash
# referee: the sample is drawn as it says, and the report computes what textbooks compute.
. "$(dirname "$0")/tree" || exit 2
referee() { "$TREE/scripts/referee" "$@" > out 2> err; }
"$TREE/scripts/dataset" --no-sqlite --no-page -o d "$TOP/tests/reports" 2> err || echo "not ok dataset: $(head -c 200 err)"

referee sample --size 90 --by topic -o sheet.csv d; s=$?
check "a sample" "$([ $s -eq 0 ] && python3 - << 'SAMPLE'
import collections, csv
facts = [r for r in csv.DictReader(open('d/facts.csv', encoding='utf-8')) if r['indicator']]
strata = collections.Counter(r['topic'] or '(none)' for r in facts)
rows = list(csv.DictReader(open('sheet.csv', encoding='utf-8-sig')))
drawn = collections.Counter(r['stratum'] for r in rows)
ids = {r['fact_id'] for r in rows}
assert len(rows) == 90 == len(ids) and ids <= {r['fact_id'] for r in facts}, len(rows)
assert set(drawn) == set(strata), set(strata) - set(drawn)
# even: a stratum has as many as any other, or all of its own
most = max(drawn.values())
assert all(drawn[s] >= min(strata[s], most - 1) for s in strata), drawn
assert all(int(r['stratum_size']) == strata[r['stratum']] and int(r['dataset_size']) == len(facts) for r in rows)
assert all(r['evidence'] and r['code_1'] == '' and r['code_2'] == '' for r in rows)
SAMPLE
)$([ $s -eq 0 ] || echo "status $s: $(head -c 300 err)")"
cp sheet.csv first.csv
referee sample --size 90 --by topic -o sheet.csv d
check "the same seed draws the same" "$(cmp first.csv sheet.csv 2>&1)"
referee sample --size 90 --by topic --seed 2 -o sheet.csv d
check "another seed draws others" "$(cmp -s first.csv sheet.csv && echo the same)"
referee sample --size 90 --by topic -o sheet.xlsx d; s=$?
decode sheet.xlsx > stream 2> err
evidence=$(python3 -c 'import csv; print(next(csv.DictReader(open("first.csv", encoding="utf-8-sig")))["evidence"])')
check "a workbook that others can read" "$([ $s -eq 0 ] && tojson < stream | grep -qF -- "$evidence" || echo "status $s: $(head -c 300 err)")"

# the textbook's table: 20 both right, 5 and 10 differ, 15 both wrong: agreement 0.7, kappa 0.4
cat > fill.py << 'FILL'
import csv, sys
source, target, encoding, delimiter = sys.argv[1:5]
rows = list(csv.reader(open(source, encoding='utf-8-sig', newline='')))
a, b = rows[0].index('code_1'), rows[0].index('code_2')
codes = [('1', '1')] * 20 + [('1', '0')] * 5 + [('0', '1')] * 10 + [('0', '0')] * 15
for row, (x, y) in zip(rows[1:], codes):
    row[a], row[b] = x, y
# what the charset does not have is no concern here
csv.writer(open(target, 'w', encoding=encoding, errors='replace', newline=''), delimiter=delimiter).writerows(rows)
FILL
python3 fill.py first.csv filled.csv utf-8 ,
referee report filled.csv; s=$?
check "agreement and kappa" "$([ $s -eq 0 ] && grep -q '50 judged by both, agreement 0.700, kappa 0.400' out || echo "status $s: $(head -c 400 out err)")"
check "precision with Wilson's interval" "$(grep -q '^all that was judged  *0.400  *20/50  \[0.276, 0.538\]' out || grep '^all' out)"
check "facts to be settled are listed" "$([ "$(grep -c 'code_1=. code_2=' out)" -eq 15 ] || grep -c code_1= out)"
check "a paragraph of methods" "$(grep -q '^Methods\. Of the [0-9]* facts .*90 were drawn .*judged 50\..*kappa 0.40).* 15 on which.*40.0 % (95 % Wilson interval 27.6 to 53.8 %)' out || tail -n 1 out)"
cp out plain
python3 fill.py first.csv filled.gb.csv gb18030 ';'
referee report filled.gb.csv
check "a sheet as Excel in China saves it" "$(diff <(sed 's/\.gb\././' out) plain | head -n 3)"
referee report --lang zh filled.csv
check "the paragraph in Chinese" "$(tail -n 1 out | grep -q '^方法：.*κ=0.40.*40.0%' || tail -n 1 out)"
# two coders with a sheet each; strings shared, as office programs write them
python3 - "$TREE/scripts/referee" << 'SPLIT'
import csv, importlib.machinery, importlib.util, re, sys, zipfile
loader = importlib.machinery.SourceFileLoader('referee', sys.argv[1])
r = importlib.util.module_from_spec(importlib.util.spec_from_loader('referee', loader))
loader.exec_module(r)
rows = list(csv.reader(open('filled.csv', encoding='utf-8', newline='')))
a, b = rows[0].index('code_1'), rows[0].index('code_2')
for n, (keep, drop) in enumerate(((a, b), (b, a))):
    mine = [[c for i, c in enumerate(row) if i != drop] for row in rows]
    mine[0][mine[0].index('code_%d' % (n + 1))] = 'code'
    r.xlsx_write('coder%d.xlsx' % n, mine)
# the second once more, its strings in a table of their own and its codes as numbers
z = zipfile.ZipFile('coder1.xlsx')
strings = []
def share(m):
    text = re.search('<t[^>]*>(.*?)</t>', m.group(0), re.S).group(1)
    if text in ('0', '1'):
        return '<c r="%s"><v>%s</v></c>' % (m.group(1), text)
    strings.append(text)
    return '<c r="%s" t="s"><v>%d</v></c>' % (m.group(1), len(strings) - 1)
with zipfile.ZipFile('shared.xlsx', 'w') as out:
    for name in z.namelist():
        data = z.read(name).decode()
        if 'sheet1' in name:
            data = re.sub(r'<c r="([A-Z]+\d+)" t="inlineStr".*?</c>', share, data, flags=re.S)
        out.writestr(name, data)
    out.writestr('xl/sharedStrings.xml', '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % ''.join(
        '<si><t>%s</t></si>' % s for s in strings))
SPLIT
referee report coder0.xlsx shared.xlsx; s=$?
check "a workbook for each coder" "$([ $s -eq 0 ] && grep -q '50 judged by both, agreement 0.700, kappa 0.400' out && grep -q '^all that was judged  *0.400  *20/50' out || echo "status $s: $(head -c 400 out err)")"

# weights: two strata, 90 facts with 1 of 2 right and 10 with 2 of 2 right: 0.55 of all
printf 'fact_id,stratum,stratum_size,dataset_size,code\na,x,90,120,1\nb,x,90,120,0\nc,y,10,120,1\nd,y,10,120,对\ne,y,10,120,\n' > small.csv
referee report small.csv; s=$?
check "strata are weighted by their size" "$([ $s -eq 0 ] && grep -q '^the dataset, strata weighted by size  *0.550 ' out && grep -q '^(20 facts stand in strata' out && grep -q '^x  *0.500  *1/2  \[0.095, 0.905\]' out || echo "status $s: $(head -c 400 out err)")"

sed 's/,1$/,maybe/' small.csv > odd.csv
referee report odd.csv; s=$?
check "a code that is none is named with its line" "$([ $s -eq 2 ] && grep -q "odd.csv:2: code is 'maybe'" err || echo "status $s: $(head -c 200 err)")"
referee report first.csv; s=$?
check "an empty sheet" "$([ $s -eq 2 ] && grep -q 'nobody has judged' err || echo "status $s: $(head -c 200 err)")"
head -c 300 sheet.xlsx > cut.xlsx
referee report cut.xlsx; s=$?
check "a workbook that is cut" "$([ $s -eq 2 ] && grep -q '^referee: cut.xlsx: ' err && ! grep -q Traceback err || echo "status $s: $(head -c 200 err)")"
for args in "sample d" "sample -o x.csv" "report" "sample --size 0 -o x.csv d" "sample -o x.doc d" "sample --by nothing -o x.csv d" "--no"; do
	# shellcheck disable=SC2086
	referee $args; s=$?
	check "misuse: referee $args" "$([ $s -eq 2 ] && [ -s err ] || echo "status $s, not 2")"
done
