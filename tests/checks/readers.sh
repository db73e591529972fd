#!/bin/bash
# readers: programs that know nothing of us read the package. The Frictionless library checks datapackage.json
# against the schema of its profile and every cell against its column; DuckDB reads every table by what
# datapackage.json says, writes it as Parquet, reads that back and joins along the keys. Both come from npm, into
# a cache of the user's: where there is no npm, or no network at the first run, the check is skipped.
set -u
cd "$(dirname "$0")/../.." || exit 2
TOP=$PWD
export LC_ALL=C TZ=UTC PATH="$TOP/bin:$PATH"
unset GONGWEN_DATA
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/gongwen-tests
command -v node > /dev/null && command -v npm > /dev/null || { echo "skip readers: node and npm are not there"; exit 0; }
here() { [ -d "$cache/node_modules/@duckdb/node-api" ] && [ -d "$cache/node_modules/datapackage" ]; }
if ! here; then
	mkdir -p "$cache" && (cd "$cache" && timeout 120 npm install --silent --no-audit --no-fund --no-save @duckdb/node-api datapackage) > /dev/null 2>&1
fi
here || { echo "skip readers: npm could not bring @duckdb/node-api and datapackage"; exit 0; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
(cd tests/reports && decode . | segment | classify | extract | audit) > "$work/s" && aggregate -q -o "$work/ds" < "$work/s" || exit 2
cat > "$work/read.mjs" << 'READ'
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';
const need = createRequire(process.argv[2] + '/');
const {DuckDBInstance} = need('@duckdb/node-api');
const {Package} = need('datapackage');
const root = process.argv[3];
const db = await (await DuckDBInstance.create(':memory:')).connect();
const all = async sql => (await db.runAndReadAll(sql)).getRows();
const types = {string: 'VARCHAR', integer: 'BIGINT', number: 'DECIMAL(38,6)', boolean: 'BOOLEAN', date: 'DATE'};
const q = s => '"' + s + '"';
const say = (name, why) => console.log(why ? `not ok ${name}: ${why}` : `ok ${name}`);
const package_ = await Package.load(root + '/datapackage.json');
say('datapackage.json fits its profile', package_.valid ? '' : package_.errors.map(e => e.message).join('; '));
for (const r of package_.resources.filter(r => r.descriptor.format === 'csv')) {
	let why = '';
	try {
		const rows = await r.read();
		if (rows.length !== r.descriptor.rows) why = `${rows.length} rows, not ${r.descriptor.rows}`;
	} catch (e) {
		why = (e.errors && e.errors.length ? e.errors[0] : e).message;
	}
	say(`every cell of ${r.name} fits its column`, why);
}
const tables = JSON.parse(readFileSync(root + '/datapackage.json')).resources.filter(r => r.format === 'csv');
for (const r of tables) {
	let why = '';
	try {
		const columns = r.schema.fields.map(f => `'${f.name}': '${types[f.type]}'`).join(', ');
		await db.run(`CREATE TABLE ${q(r.name)} AS SELECT * FROM read_csv('${root}/${r.path}', header = true, strict_mode = true,
			auto_detect = false, delim = ',', quote = '"', escape = '"', max_line_size = 10000000, columns = {${columns}})`);
		const file = `${root}/${r.name}.parquet`;
		await db.run(`COPY ${q(r.name)} TO '${file}' (FORMAT parquet)`);
		const [[n]] = await all(`SELECT count(*) FROM ${q(r.name)}`);
		const [[m]] = await all(`SELECT count(*) FROM (SELECT * FROM ${q(r.name)} EXCEPT ALL SELECT * FROM '${file}')`);
		if (Number(n) !== r.rows) why = `${n} rows, not ${r.rows}`;
		else if (Number(m)) why = `${m} rows are others in Parquet`;
		const key = (r.schema.primaryKey || []).map(q).join(', ');
		if (key && (await all(`SELECT 1 FROM ${q(r.name)} GROUP BY ${key} HAVING count(*) > 1`)).length) why = 'the key is not unique';
	} catch (e) {
		why = String(e).split('\n')[0];
	}
	say(`duckdb reads ${r.path} and writes Parquet`, why);
}
for (const r of tables)
	for (const k of r.schema.foreignKeys || []) {
		const lost = await all(`SELECT 1 FROM ${q(r.name)} a LEFT JOIN ${q(k.reference.resource)} b
			ON a.${q(k.fields[0])} = b.${q(k.reference.fields[0])} WHERE b.${q(k.reference.fields[0])} IS NULL AND a.${q(k.fields[0])} IS NOT NULL`);
		say(`${r.name}.${k.fields[0]} is a key of ${k.reference.resource}`, lost.length ? `${lost.length} are not` : '');
	}
READ
timeout 100 node "$work/read.mjs" "$cache" "$work/ds" 2> "$work/err" || echo "not ok readers: $(head -c 300 "$work/err")"
