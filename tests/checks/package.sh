#!/bin/bash
# package: an independent reader takes the dataset apart: hashes, sizes, columns, types, keys and links
# as datapackage.json has them, and the database against the CSV files. Then what no arrival and no
# failure may change.
set -u
cd "$(dirname "$0")/../.." || exit 2
TOP=$PWD
export LC_ALL=C TZ=UTC PATH="$TOP/bin:$PATH"
unset GONGWEN_DATA
for program in decode segment classify extract audit aggregate tojson fromjson; do
	[ -x "bin/$program" ] || { echo "skip package: bin/$program is not there"; exit 0; }
done
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
check() {
	if [ -z "$2" ]; then echo "ok $1"; else echo "not ok $1: $2"; fi
}
python=/usr/bin/python3
"$python" -c 'import msgpack' 2> /dev/null || python=python3

# what no sample has: cells that need quotes, a formula, open and part periods, one figure for two indicators,
# overlong evidence, white space in the text, a document that could not be read, strings that are not UTF-8
"$python" - > "$work/odd" << 'ODD'
import msgpack, random, sys
random.seed(7)
w = sys.stdout.buffer.write
sealed = lambda v: msgpack.ExtType(1, msgpack.packb(v))
docs = []
for n in range(40):
    year = 2019 + n % 5
    sentences, facts, text = [], [], ''
    for k in range(random.randrange(1, 12)):
        digits = random.choice(['12', '1,234', '0.70', '99.30', '1152.47', '3'])
        scale = random.choice([0, 0, 4, -2])
        start = len(text.encode())
        text += random.choice(['办理“法律援助”案件', '=SUM(A1)办理', 'says "hello", 办理\t', '-' * 3 + '办理 ', '长' * 3000]) + ' '
        b = len(text.encode())
        text += digits + '件'
        e = len(text.encode())
        text += '。'
        sentences.append([start, len(text.encode()), 0])
        text += random.choice(['', '\n', ' \u3000'])
        plain = digits.replace(',', '')
        value = float(plain) * 10 ** scale
        facts.append({'at': [b, e], 'kind': random.choice(['count', 'money', 'percent']), 'value': int(value) if value == int(value) else value,
                      'high': random.choice([None, None, 1e9, 2.5]), 'digits': plain, 'scale': scale, 'unit': '件',
                      'bound': random.choice(['exact', 'over']), 'change': random.choice(['level', 'level', 'up']), 'modality': 'actual',
                      'measure': random.choice([None, 'a,b', '法律\n援助']), 'measure_at': None,
                      'indicator': random.choice([None, 'legal_aid.cases', 'legal_aid.cases', 'review.received', 'legal_aid.cases|review.received', 'no.such']),
                      'scope': random.choice([None, None, '全市']), 'segment': 0, 'rule': 'x:1',
                      'period': random.choice([None, None, None, '2022', '2021-H1', '2020-Q4', '2023-06/..', 'to-date', '2019/2021', '2023-13', '../2020'])})
    region = random.choice([('500113', '重庆市巴南区', 'county'), ('371502', '山东省聊城市东昌府区', 'county'), (None, '某省某镇', 'township'), (None, None, None)])
    v = lambda x: {'value': x, 'at': None}
    rec = {'doc': {'path': 'd/%03d.txt' % (n % 33) if n % 7 else 'd, "x"\n%d' % n, 'member': None, 'url': 'http://x/%d' % (n % 33), 'id': 'abc%d' % (n % 33), 'type': 'text/plain',
                   'charset': 'utf-8', 'charset_by': 'bom', 'bytes': 10 ** n % 2 ** 60, 'replaced': 0, 'retrieved': None, 'fingerprint': random.choice([None, '%016x' % (0xabcd << 16 | n % 5), 'no hash'])}}
    if n % 9 == 0:
        rec['problems'] = [{'filter': 'decode', 'code': 'unread', 'lost': True, 'message': 'no "such" file, really', 'at': None}]
    else:
        rec['text'] = text
        rec['segments'] = [{'at': [0, len(text.encode())], 'kind': 'paragraph', 'level': 0, 'mark': None, 'up': -1}]
        rec['sentences'] = sentences
        rec['about'] = dict({k: v(None) for k in ('number', 'written', 'published', 'signer', 'addressee')}, genre=v('x'), issuer=v('y'), subject=v(random.choice(['government', '司法局'])),
                            title=v('a "title", with\nbreaks'), region={'code': region[0], 'name': region[1], 'level': region[2], 'at': None},
                            period={'value': str(year), 'start': '%d-01-01' % year, 'end': '%d-12-31' % year, 'part_year': False, 'at': None})
        rec['labels'] = [{'topic': None, 'role': random.choice(['achievement', 'plan', 'overview']), 'score': 1}]
        rec['facts'] = facts
        rec['findings'] = [{'kind': 'rate', 'holds': 'no', 'stated': '1%', 'computed': '2%', 'gap': '1', 'facts': [0, len(facts) - 1], 'bases': None,
                            'message': {'zh': '不一致，请核对', 'en': 'a, "b"'}}] * random.randrange(3)
        if n % 2:
            for key in ('segments', 'sentences', 'about', 'labels', 'facts', 'findings'):
                rec[key] = sealed(rec[key])
    docs.append(msgpack.packb(rec))
lost = sum(n % 9 == 0 for n in range(40))
w(msgpack.packb({'gongwen': 1, 'via': [{'filter': 'forge', 'version': '0', 'args': ['--x="1"'], 'data': {}}]}))
w(b''.join(docs))
w(msgpack.packb({'end': 40, 'failed': lost, 'read': 40}))
ODD

cat > "$work/verify.py" << 'VERIFY'
"""verify DIR: prints each way in which the package is not what it says."""
import csv, datetime, decimal, hashlib, json, os, re, sqlite3, sys
csv.field_size_limit(1 << 30)
root = sys.argv[1]
package = json.load(open(root + '/datapackage.json', encoding='utf-8'))
text = open(root + '/datapackage.json', encoding='utf-8').read()
for bad in (os.getcwd(), '/tmp/', str(datetime.date.today())):
    if bad in text:
        print('the package names', bad)
resources = {r['name']: r for r in package['resources']}
if sorted(os.listdir(root)) != sorted([r['path'] for r in package['resources']] + ['datapackage.json']):
    print('other files than resources')
db = sqlite3.connect('file:%s/gongwen.sqlite?mode=ro' % root, uri=True) if 'database' in resources else None
rows_of = {}
for name, r in resources.items():
    data = open(os.path.join(root, r['path']), 'rb').read()
    if len(data) != r['bytes']:
        print(name, 'size')
    if 'sha256:' + hashlib.sha256(data).hexdigest() != r['hash']:
        print(name, 'hash')
    if r['format'] != 'csv':
        continue
    if b'\r' in data:
        print(name, 'has a CR')
    fields = r['schema']['fields']
    lines = csv.reader(data.decode('utf-8-sig').splitlines(keepends=True), strict=True)
    header = next(lines)
    if header != [f['name'] for f in fields]:
        print(name, 'header')
    if len({h.lower() for h in header}) != len(header) or any(len(h) > 32 or not re.fullmatch(r'[A-Za-z_]\w*', h, re.A) for h in header):
        print(name, 'column names')
    rows = list(lines)
    rows_of[name] = [dict(zip(header, row)) for row in rows]
    if len(rows) != r['rows']:
        print(name, len(rows), 'rows, not', r['rows'])
    for row in rows:
        if len(row) != len(header):
            print(name, 'width of', row[:3])
            continue
        for f, cell in zip(fields, row):
            c = f.get('constraints', {})
            if cell == '':
                if c.get('required'):
                    print(name, f['name'], 'is empty')
                continue
            if 'enum' in c and cell not in c['enum']:
                print(name, f['name'], 'holds', cell)
            pattern = {'integer': r'-?\d+', 'number': r'-?\d+(\.\d+)?', 'boolean': 'true|false', 'date': r'\d{4}-\d\d-\d\d'}.get(f['type'])
            if pattern and not re.fullmatch(pattern, cell):
                print(name, f['name'], 'is no', f['type'] + ':', cell)
            if f['type'] == 'date':
                datetime.date.fromisoformat(cell)
            if f['type'] == 'string' and cell[0] in '=+-@\t\r':
                print(name, f['name'], 'is a formula:', cell[:20])
    key = r['schema'].get('primaryKey')
    if key and len({tuple(row[k] for k in key) for row in rows_of[name]}) != len(rows):
        print(name, 'primary key is not unique')
    if db:
        types = {f['name']: f['type'] for f in fields}
        def meant(h, cell):
            t = types[h]
            if cell == '':
                return None
            if t == 'boolean':
                return int(cell == 'true')
            if t == 'integer' or (t == 'number' and re.fullmatch(r'-?\d{1,18}', cell)):
                return int(cell)
            return float(cell) if t == 'number' else cell
        want = [tuple(meant(h, c) for h, c in zip(header, row)) for row in rows]
        got = db.execute('SELECT %s FROM "%s" ORDER BY rowid' % (', '.join('"%s"' % h for h in header), name)).fetchall()
        if want != got:
            print(name, 'differs in the database')
for name, r in resources.items():
    for link in r.get('schema', {}).get('foreignKeys', []):
        other = {row[link['reference']['fields'][0]] for row in rows_of[link['reference']['resource']]}
        for row in rows_of[name]:
            if row[link['fields'][0]] not in other:
                print(name, 'links to nothing:', row[link['fields'][0]])
if db:
    if db.execute('PRAGMA foreign_key_check').fetchall() or db.execute('PRAGMA integrity_check').fetchall() != [('ok',)]:
        print('the database is not sound')
    if db.execute('PRAGMA user_version').fetchone() == (0,):
        print('the database has no user_version')
facts = {f['fact_id'] for f in rows_of['facts']}
for name in ('changes', 'targets', 'ranks', 'conflicts', 'candidates', 'outliers'):
    for row in rows_of[name]:
        for key, value in row.items():
            if key.endswith('fact_id') and value and value not in facts:
                print(name, 'names an unknown fact')
for f in rows_of['findings']:
    if not set(f['facts'].split()) <= facts:
        print('a finding names an unknown fact')
for c in rows_of['panel_long']:
    if c['fact_id'] not in facts:
        print('a cell names an unknown fact')
# what compares is worked out anew from the panel, in another way
D = decimal.Decimal
cells = {(c['region_code'], c['region'], c['subject'], c['indicator'], int(c['period'])): c for c in rows_of['panel_long'] if re.fullmatch(r'\d{4}', c['period'])}
pairs = {k for k in cells if k[:4] + (k[4] - 1,) in cells}
exact = lambda c: c['bound'] == 'exact' and not c['high']
for h in rows_of['changes']:
    if not re.fullmatch(r'\d{4}', h['period']):
        if h['comparable'] == 'true':
            print('a part of a year is compared')
        continue
    key = tuple(h[k] for k in ('region_code', 'region', 'subject', 'indicator')) + (int(h['period']),)
    now, was = cells.get(key), cells.get(key[:4] + (int(h['previous_period']),)) if h['previous_period'] else None
    if (now and now['value'] or '') != h['value'] or (was and was['value'] or '') != h['previous']:
        print('changes is not the panel', key)
    if (h['comparable'] == 'true') != (h['why'] == ''):
        print('comparable and why disagree', key)
    if h['comparable'] == 'true':
        pairs.discard(key)
        if int(h['previous_period']) != int(h['period']) - 1 or not exact(now) or not exact(was) or now['nature'] != was['nature'] \
                or now['department'] != was['department'] or (now['base'] and was['base'] and now['base'] != was['base']):
            print('unlike figures are compared', key)
        if D(h['difference']) != D(now['value']) - D(was['value']):
            print('another difference', key)
        if h['percent'] and abs(D(h['percent']) - 100 * D(h['difference']) / D(was['value'])) > D('0.005'):
            print('another percent', key)
        if h['direction'] != ('same' if D(h['difference']) == 0 else 'up' if D(h['difference']) > 0 else 'down'):
            print('another direction', key)
    elif h['why'] not in ('gap', 'not_found', 'not_found_before', 'no_level', 'no_level_before'):
        pairs.discard(key)
if pairs:
    print('pairs of years that changes does not tell of', sorted(pairs)[:3])
places = {}
for r in rows_of['ranks']:
    places.setdefault(tuple(r[k] for k in ('indicator', 'period', 'level', 'subject', 'nature', 'base')) + (len(r['unit']) > 1 and r['unit'].endswith('次'),), []).append(r)
    c = cells.get((r['region_code'], r['region'], r['subject'], r['indicator'], int(r['period'])))
    if not c or c['value'] != r['value'] or not exact(c):
        print('a rank has no cell', r['region'])
for group, rows in places.items():
    own = {}
    for r in rows:
        own.setdefault(r['region_code'][:2], []).append(D(r['value']))
    for r in rows:
        there = sorted(own[r['region_code'][:2]], reverse=True) if r['region_code'] else []
        want = (r['region_code'][:2] + '0000', str(there.index(D(r['value'])) + 1), str(len(there))) if len(there) >= 10 else ('', '', '')
        if (r['province'], r['province_rank'], r['province_of']) != want:
            print('another place in the province', r['region'], want)
    values = sorted((D(r['value']) for r in rows), reverse=True)
    if not all(int(r['of']) >= 10 and int(r['rank']) == values.index(D(r['value'])) + 1 for r in rows):
        print('other ranks', group)
percents = {(h['fact_id'], h['unit']): h for h in rows_of['changes'] if h['comparable'] == 'true'}
for t in rows_of['targets']:
    c = cells.get(tuple(t[k] for k in ('region_code', 'region', 'subject', 'indicator')) + (int(t['period']),)) if re.fullmatch(r'\d{4}', t['period']) else None
    if t['change'] != 'level':
        h = percents.get((t['reached_fact_id'], c['unit'])) if c else None
        if h and t['reached'] != (h['percent'] if t['unit'] == '%' else h['difference']):
            print('another growth of a target', t['indicator'], t['period'])
        continue
    if (c['value'] if c else '') != t['reached'] and re.fullmatch(r'\d{4}', t['period']):
        print('a target has another figure', t['indicator'])
    if c and exact(c) and t['result'] in ('reached', 'not_reached') and not t['high']:
        met = D(c['value']) >= D(t['target']) if t['aim'] == 'at_least' else D(c['value']) <= D(t['target'])
        if met != (t['result'] == 'reached'):
            print('another result of a target', t['indicator'], t['period'])
for v in rows_of['coverage']:
    a, b, n = (v[k].split() for k in ('found_list', 'not_found_list', 'new_list'))
    if len(a) != int(v['found']) or (v['compared_with'] and (len(b) != int(v['not_found']) or set(a) & set(b) or not set(n) <= set(a))):
        print('coverage does not add up', v['region'], v['period'])
columns = {b['indicator']: b['column'] for b in rows_of['codebook']}
years = {}
for c in rows_of['panel_long']:
    if re.fullmatch(r'\d{4}', c['period']):
        years.setdefault((c['region_code'], c['region'], c['subject'], c['period']), {})[columns[c['indicator']]] = c['value']
wide = {(p['region_code'], p['region'], p['subject'], p['period']): {k: v for k, v in list(p.items())[6:] if v} for p in rows_of['panel']}
if years != wide:
    print('panel is not panel_long')
for d in rows_of['documents']:
    for table in ('facts', 'findings', 'problems'):
        if int(d[table]) != sum(r['doc_key'] == d['doc_key'] for r in rows_of[table]):
            print(d['path'], 'counts other', table)
# the value is the digits' own, as far as a scale of ten goes
for f in rows_of['facts']:
    if f['digits'] and decimal.Decimal(f['value']).normalize().as_tuple().digits != decimal.Decimal(f['digits']).normalize().as_tuple().digits:
        print('value', f['value'], 'is not', f['digits'])
VERIFY
cat > "$work/sheets.py" << 'SHEETS'
"""sheets DIR: prints where gongwen.xlsx does not hold the CSV files, read as what it is: XML in a ZIP archive."""
import csv, glob, os, re, sys, zipfile
import xml.etree.ElementTree as xml
n = {'m': 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'}
book = zipfile.ZipFile(sys.argv[1] + '/gongwen.xlsx')
names = [s.get('name') for s in xml.fromstring(book.read('xl/workbook.xml')).find('m:sheets', n)]
if sorted(names) != sorted(os.path.basename(f)[:-4] for f in glob.glob(sys.argv[1] + '/*.csv')):
    print('other sheets', names)
# XML has no room for some control characters, and its readers make one of CR LF
plain = lambda s: re.sub(r'_x[0-9A-F]{4}_|[\r\n\x00-\x08]', '', s)
for i, name in enumerate(names):
    sheet = []
    for row in xml.fromstring(book.read('xl/worksheets/sheet%d.xml' % (i + 1))).find('m:sheetData', n):
        cells = {}
        for c in row:
            v = c.find('m:v', n)
            text = ''.join(t.text or '' for t in c.iter('{%s}t' % n['m'])) if v is None else v.text
            cells[re.sub(r'\d', '', c.get('r'))] = (c.get('t', 'n'), text)
        sheet.append(list(cells.values()))
        if any(c.find('m:f', n) is not None for c in row):
            print(name, 'has a formula')
    rows = list(csv.reader(open('%s/%s.csv' % (sys.argv[1], name), encoding='utf-8-sig', newline='')))
    if len(rows) != len(sheet):
        print(name, len(sheet), 'rows, not', len(rows))
    for row, cells in zip(rows, sheet):
        full = [cell for cell in row if cell]
        if len(full) != len(cells):
            print(name, 'has', len(cells), 'cells where', len(full), 'are full')
        for cell, (kind, text) in zip(full, cells):
            if (kind == 'n' and float(text) != float(cell)) or (kind == 'b' and text != str(int(cell == 'true'))) \
                    or (kind not in 'nb' and plain(text) != plain(cell)[:32767]):
                print(name, repr(text[:40]), 'is not', repr(cell[:40]))
SHEETS
verify() { "$python" "$work/verify.py" "$1" 2>&1 | sort -u | head -n 5; }
same() { diff -r "$1" "$2" | head -c 300; }

(cd tests/reports && decode . | segment | classify | extract | audit) > "$work/samples" 2> "$work/err"
# enough counties and years for ranks, gaps and promises
python3 scripts/corpus --size 1 -o "$work/made.in" > "$work/log" && (cd "$work/made.in" && decode . | segment | classify | extract | audit) > "$work/made" 2> "$work/err"
cd "$work" || exit 2
for name in samples odd made; do
	aggregate -q -o "$name.d" < "$name" 2> err; s=$?
	check "package of the $name" "$([ $s -le 1 ] || echo "status $s: $(head -c 300 err)"; verify "$name.d")"
	aggregate -q --no-sqlite --bom --dta --xlsx -o "$name.bom" < "$name" 2> err
	check "package of the $name with --no-sqlite --bom --dta --xlsx" "$([ "$(head -c 3 "$name.bom/facts.csv")" = $'\xEF\xBB\xBF' ] || echo "no mark"; verify "$name.bom")"
	for table in panel panel_long; do
		check "$table.dta of the $name" "$("$python" "$TOP/tests/data/dta.py" "$name.bom/$table.dta" "$name.bom/$table.csv" 2>&1 | tail -n 3)"
	done
	check "gongwen.xlsx of the $name" "$("$python" "$work/sheets.py" "$name.bom" 2>&1 | tail -n 3)"
done

# arrival: shuffled, split into parts, repeated
header=$(tojson < odd | head -n 1)
shuffled() {    # SEED SORTER
	tojson < odd | sed '1d;$d' | shuf --random-source=<(yes "$1") > lines
	for part in 1 2 3; do
		echo "$header"
		awk "NR % 3 + 1 == $part" lines
		awk "NR % 3 + 1 == $part" lines | awk '{ n++; if (/"lost":true/) m++ } END { printf "{\"end\":%d,\"failed\":%d,\"read\":%d}\n", n, m, n }'
	done | fromjson
}
for seed in 1 22 333; do
	shuffled $seed > shuffled
	aggregate -q -o shuffled.d < shuffled 2> err
	check "shuffled into three parts ($seed): the same bytes" "$(same odd.d shuffled.d)"
done
cat odd shuffled odd | aggregate -q -o again.d 2> err
check "repeated inputs: the same bytes" "$(same odd.d again.d)"
aggregate -q -o again.d < odd 2> err
check "a run over its own dataset: the same bytes" "$(same odd.d again.d)"
check "nothing is left beside" "$(find . -name '*.tmp-*')"

# ends: the old dataset stays whole
head -c 20000 samples > cut
for how in cut kill9 term full; do
	cp -R samples.d old.d
	case $how in
	cut) aggregate -q -o old.d < cut 2> err; s=$? ;;
	full) (trap '' XFSZ; ulimit -f 8; aggregate -q -o old.d < samples 2> err); s=$? ;;
	*)
		mkfifo pipe
		aggregate -q -o old.d < pipe 2> err &
		pid=$!
		exec 3> pipe
		cat cut >&3
		for _ in $(seq 100); do ls -d old.d.tmp-* > /dev/null 2>&1 && break; sleep 0.05; done
		if [ $how = term ]; then kill $pid; else kill -9 $pid; fi
		wait $pid 2> /dev/null; s=$?
		exec 3>&-
		rm pipe
		;;
	esac
	why=$(same samples.d old.d)
	[ $s -ge 2 ] || why="status $s $why"
	if [ $how = kill9 ]; then
		# nobody can tidy up after that; the next run does, once it is sure that nobody builds there
		[ -n "$(find . -name 'old.d.tmp-*')" ] || why="$why, was not killed while it built"
		touch -d '2001-01-01' old.d.tmp-*
		aggregate -q -o old.d < samples 2> err
	fi
	why="$why$(find . -name '*.tmp-*')"
	check "the old dataset stays: $how" "$why"
	rm -rf old.d
done

# whose folder
mkdir mine empty
echo mine > mine/thesis.doc
aggregate -q -o mine < samples 2> err; s=$?
check "somebody's folder" "$([ $s -eq 2 ] && grep -q 'thesis.doc' err && [ "$(ls -A mine)" = thesis.doc ] || echo "status $s: $(cat err)")"
cp -R samples.d noted.d && echo note > noted.d/note.txt
aggregate -q -o noted.d < samples 2> err; s=$?
check "a dataset with somebody's file" "$([ $s -eq 2 ] && grep -q note.txt err && [ -f noted.d/note.txt ] || echo "status $s: $(cat err)")"
cp -R samples.d other.d && sed -i 's/"gongwen": 1,//' other.d/datapackage.json
aggregate -q -o other.d < samples 2> err; s=$?
check "another program's data package" "$([ $s -eq 2 ] || echo "status $s")"
aggregate -q -o empty < samples 2> err; s=$?
check "an empty folder" "$(same samples.d empty)"
mkdir real && ln -s real link
aggregate -q -o link/ < samples 2> err; s=$?
check "a link to a folder" "$([ -L link ] && same samples.d real)"
for bad in nowhere/d "" samples; do
	aggregate -q -o "$bad" < samples 2> err; s=$?
	check "-o '$bad'" "$([ $s -eq 2 ] && [ -s err ] || echo "status $s")"
done

# figures on the way: what went missing is told
tojson < samples | sed 2d | fromjson --recount > fewer
aggregate -o fewer.d < fewer 2> err; s=$?
check "a record that was dropped" "$([ $s -eq 1 ] && grep -q 'offered 6 inputs, but 5 records' err || echo "status $s: $(cat err)")"
tojson < samples | jq -c 'del(.findings, .about, .labels, .sentences)' | fromjson > bare
aggregate -o bare.d < bare 2> err; s=$?
check "without findings, about, labels, sentences" "$([ $s -eq 0 ] && grep -q "'audit' makes" err && grep -q "'classify' makes" err || echo "status $s: $(cat err)"; verify bare.d)"
