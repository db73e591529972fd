// charsets: what decode reads against what the platform's TextDecoder reads (WHATWG Encoding), over every
// sequence of GB18030 and Big5; labels; and each sample text re-encoded, whole and cut, with the charset that
// decode finds. Run by charsets.sh: charsets.mjs TOP WORK [-v] TEXT ...
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const [top, work, ...rest] = process.argv.slice(2);
const verbose = rest[0] === '-v';
const texts = rest.slice(verbose ? 1 : 0);
const hex = (n, k) => n.toString(16).toUpperCase().padStart(k, '0');
const point = (s) => [...s].map((c) => 'U+' + hex(c.codePointAt(0), 4)).join(' ');

function report(name, problem) {
	console.log(problem ? `not ok charsets ${name}: ${problem}` : `ok charsets ${name}`);
}

// The records that decode makes of the files in LIST, by path.
function decode(list, args) {
	writeFileSync(work + '/list', list.join('\n') + '\n');
	// a piece that cannot be read makes the status 1: it is counted as not right below
	const out = spawnSync('sh', ['-c', 'a=$1; shift; "$a/bin/decode" -q "$@" | "$a/bin/tojson"', 'sh', top,
		...args, '--files-from', work + '/list'], { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] }).stdout;
	const records = new Map();
	for (const line of out.toString().split('\n')) {
		if (line.startsWith('{"doc"')) {
			const record = JSON.parse(line);
			records.set(record.doc.path, record);
		}
	}
	return records;
}

// ---- conformance ----

// SHA-256 of what the standard's indexes say (of 2024-09-18 and before), as whole_index() writes it.
const GB18030_INDEX = '8eadaa72099eb55d33df87876faa1794626130e7bf1aad839e906349194a64ca';
const BIG5_INDEX = '2e692cbdbf37d23beeb98b16f11057399a1bc66f2f9453287c666f0c8f9a1598';

// What decode reads for each of SEQUENCES, one a line behind its own digits: a line that went wrong spoils
// no other, and many sequences that mean nothing make no file that is not text.
function readings(label, sequences) {
	const pad = Buffer.from('................=');
	const parts = [];
	for (const s of sequences)
		parts.push(pad, s, Buffer.from('=\n'));
	const path = `${work}/${label}.bin`;
	writeFileSync(path, Buffer.concat(parts));
	const record = decode([path], ['--charset', label]).get(path);
	if (typeof record?.text !== 'string')
		throw new Error(`${label}: no text: ${JSON.stringify(record?.problems)}`);
	return record.text.split('\n').slice(0, -1).map((line) => line.slice(pad.length, -1));
}

// Decode writes U+FFFD for each byte that fits nothing, TextDecoder for each sequence.
const fold = (s) => s.replace(/\uFFFD+/g, '\uFFFD');

// Compares over SEQUENCES; a GAP (its bytes, both readings) is a place where TextDecoder is known not to be
// the standard. Says how many gaps there were.
function compare(name, label, sequences, gap) {
	const got = readings(label, sequences);
	const decoder = new TextDecoder(label, { ignoreBOM: true });
	const wrong = [];
	let gaps = 0;
	if (got.length !== sequences.length)
		wrong.push(`${got.length} lines of ${sequences.length}`);
	for (let i = 0; i < sequences.length && got.length === sequences.length; i++) {
		const want = decoder.decode(Buffer.concat([sequences[i], Buffer.from('=')])).slice(0, -1);
		if (fold(got[i]) === fold(want))
			continue;
		if (gap(sequences[i].readUIntBE(0, sequences[i].length), got[i], want))
			gaps++;
		else
			wrong.push(`${sequences[i].toString('hex')} is ${point(got[i])}, not ${point(want)}`);
	}
	if (verbose)
		console.log(`# ${name}: ${sequences.length} sequences, ${gaps} known gaps of TextDecoder, ${wrong.length} differences`);
	report(name, wrong.length ? `${wrong.length} differences: ${wrong.slice(0, 8).join('; ')}` : '');
	return got;
}

function doubles(first) {
	const out = [];
	for (let a = first; a <= 0xFE; a++)
		for (let b = 0x40; b <= 0xFE; b++)
			if (b !== 0x7F)
				out.push(Buffer.from([a, b]));
	return out;
}

function quad(pointer) {
	return Buffer.from([0x81 + Math.floor(pointer / 12600), 0x30 + Math.floor(pointer / 1260) % 10,
		0x81 + Math.floor(pointer / 10) % 126, 0x30 + pointer % 10]);
}

// Every pointer of the Basic Multilingual Plane and those around; of the other planes each 7th (they are one
// linear range) and both ends.
function quads() {
	const out = [];
	for (let p = 0; p < 39500; p++)
		out.push(quad(p));
	for (let p = 188990; p < 1237590; p += p < 189100 || p > 1237400 ? 1 : 7)
		out.push(quad(p));
	return out;
}

// Holds all of the standard's index by its digest, whatever TextDecoder knows: a line for each sequence that
// means something, with its bytes, a tab and its code points.
function whole_index(name, sequences, got, want) {
	const lines = sequences.map((s, i) => `${hex(s.readUInt16BE(0), 4)}\t${point(got[i] ?? '')}\n`);
	const index = lines.filter((line) => !line.includes('U+FFFD'));
	const digest = createHash('sha256').update(index.join('')).digest('hex');
	report(`${name}: the whole index`, digest === want ? '' : `the digest of its ${index.length} lines is ${digest}`);
}

function conformance() {
	const gb = doubles(0x81);
	// Node up to 18 (ICU before 73) has the tables of GB18030-2005, the standard today those of 2022
	const old = point(new TextDecoder('gb18030').decode(Buffer.from('FE59', 'hex'))) !== 'U+9FB4';
	const private_ = (s) => /^[\uE000-\uF8FF]$/.test(s);
	const gb_got = compare('gb18030: two bytes', 'gb18030', [Buffer.from([0x80]), ...gb],
		(bytes, got, want) => old && (private_(want) || bytes === 0x80));
	whole_index('gb18030', gb, gb_got.slice(1), GB18030_INDEX);
	// of four bytes that mean nothing ICU takes all, the standard (and decode) the first alone
	compare('gb18030: four bytes', 'gb18030', quads(), (bytes, got, want) =>
		(want === '\uFFFD' && got.startsWith('\uFFFD')) || (old && (private_(want) || private_(got))));

	// ICU's Big5 is not the standard's: the sequences of Hong Kong and of ETEN are private or missing there,
	// and so are the symbols of control characters; F9FE is a box, not a half-width block.
	const big5 = doubles(0x81).filter((s) => s[1] < 0x7F || s[1] > 0xA0);
	const got = compare('big5: two bytes', 'big5', big5, (bytes, mine, want) =>
		private_(want) || bytes === 0xF9FE || (bytes >= 0xA3C0 && bytes <= 0xA3E0 && want === '\uFFFD'));
	// four of the decoder's sequences give two code points
	whole_index('big5', big5, got, BIG5_INDEX);
}

// ---- labels ----

// Those of the standard for the charsets of Chinese: a page may use any of them.
const LABELS = {
	'utf-8': 'unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8',
	gb18030: 'chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk',
	big5: 'big5 big5-hkscs cn-big5 csbig5 x-x-big5',
	'utf-16le': 'csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le',
	'utf-16be': 'unicodefffe utf-16be',
};

function labels() {
	const ours = new Map();
	const rows = readFileSync(top + '/filters/decode/charsets.tsv', 'utf8').split('\n').filter((l) => l && l[0] !== '#').slice(1);
	for (const [name, , all] of rows.map((l) => l.split('\t')))
		for (const label of all.split('|'))
			ours.set(label, name);
	const wrong = [];
	for (const [name, all] of Object.entries(LABELS))
		for (const label of all.split(' '))
			if (ours.get(label) !== name)
				wrong.push(`${label} is ${ours.get(label)}, not ${name}`);
	// and none that the platform knows means something else
	for (const [label, name] of ours) {
		let theirs;
		try {
			theirs = new TextDecoder(label).encoding;
		} catch {
			continue;
		}
		if ((theirs === 'gbk' ? 'gb18030' : theirs) !== name)
			wrong.push(`${label} is ${name}, not ${theirs}`);
	}
	report('labels', wrong.join('; '));
}

// ---- round trip ----

// The text of a sample, which is UTF-8 or GB18030.
function original(path) {
	const bytes = readFileSync(path);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('gb18030').decode(bytes);
	}
}

// An encoder from the decoder: the first sequence that gives a character stands for it. What has none
// becomes a question mark; keep() gives the text that is left.
function inverse(label, accept) {
	const decoder = new TextDecoder(label);
	const map = new Map();
	for (const s of doubles(0xA1).concat(doubles(0x81))) {
		const c = decoder.decode(s);
		if ([...c].length === 1 && c !== '\uFFFD' && !/[\uE000-\uF8FF]/.test(c) && accept(s) && !map.has(c))
			map.set(c, s);
	}
	return {
		encode: (text) => Buffer.concat([...text].map((c) => (c < '\x80' ? Buffer.from(c) : map.get(c) ?? Buffer.from('?')))),
		keep: (text) => [...text].map((c) => (c < '\x80' || map.has(c) ? c : '?')).join(''),
	};
}

function utf16(text, big, bom) {
	const b = Buffer.from((bom ? '\uFEFF' : '') + text, 'utf16le');
	return big ? b.swap16() : b;
}

function hz(gb2312) {
	return (text) => Buffer.from(text.split('\n').map((line) => {
		const bytes = gb2312(line.replaceAll('~', '~~'));
		let out = '', wide = false;
		for (let i = 0; i < bytes.length; i++) {
			if (wide !== bytes[i] >= 0x80) {
				wide = !wide;
				out += wide ? '~{' : '~}';
			}
			out += String.fromCharCode(bytes[i] & 0x7F);
		}
		return out + (wide ? '~}' : '');
	}).join('\n'));
}

// Simplified to traditional, where the program for it is installed.
function traditional() {
	try {
		execFileSync('opencc', ['--version'], { stdio: 'ignore' });
		return (text) => execFileSync('opencc', ['-c', 's2t.json'], { input: text }).toString();
	} catch {
		return null;
	}
}

function classes() {
	const gb = inverse('gb18030', () => true);
	const gb2312 = inverse('gb18030', (s) => s[0] >= 0xA1 && s[0] <= 0xF7 && s[1] >= 0xA1);
	const out = [
		['utf-8', 'utf-8', (t) => Buffer.from(t)],
		['gb18030', 'gb18030', gb.encode, gb.keep],
		['utf-16le', 'utf-16le', (t) => utf16(t, false, false)],
		['utf-16be', 'utf-16be', (t) => utf16(t, true, false)],
		['utf-16le, mark', 'utf-16le', (t) => utf16(t, false, true)],
		['utf-16be, mark', 'utf-16be', (t) => utf16(t, true, true)],
		['hz', 'hz-gb-2312', hz(gb2312.encode), gb2312.keep],
	];
	const convert = traditional();
	if (convert) {
		const big5 = inverse('big5', (s) => s[0] >= 0xA1);
		out.push(['big5', 'big5', (t) => big5.encode(convert(t)), (t) => big5.keep(convert(t))]);
	} else {
		console.log('skip charsets round trip of big5: opencc is not there');
	}
	return out;
}

const PLACES = 6;

// The pieces of BYTES: [column, bytes]. A piece behind the first alignments starts within the text.
function pieces(bytes, marked) {
	const out = [['whole', bytes]];
	for (const size of [200, 500, 2000])
		for (let place = 0; place < (marked ? 1 : PLACES); place++)
			for (let align = 0; align < 4; align++) {
				const from = Math.floor((bytes.length - size) / PLACES * place / 4) * 4;
				if (from < 0 || bytes.length < size)
					continue;
				// a mark stands at the start only: there the end moves
				out.push([String(size), marked ? bytes.subarray(0, size + align) : bytes.subarray(from + align, from + align + size)]);
			}
	return out;
}

function roundtrip() {
	const columns = ['whole', '200', '500', '2000'];
	const rows = [];
	const list = [], meant = new Map();
	mkdirSync(work + '/pieces');
	for (const [name, label, encode, keep] of classes()) {
		const row = { name, label, of: {}, right: {}, texts: 0, read: 0 };
		rows.push(row);
		for (const path of texts) {
			// a declaration would be the answer: the bytes alone are asked
			const text = original(path).replace(/charset *=/gi, 'character=');
			const bytes = encode(text), whole = keep ? keep(text) : text;
			for (const [column, piece] of pieces(bytes, name.includes('mark'))) {
				// what has no character beyond ASCII has no charset to be found
				if (name === 'hz' ? !/~\{[!-~]{4}/.test(piece.toString('latin1')) : !piece.some((b) => b >= 0x80))
					continue;
				const file = `${work}/pieces/${list.length}`;
				writeFileSync(file, piece);
				list.push(file);
				meant.set(file, [row, column, path, whole]);
			}
		}
	}
	const records = decode(list, []);
	for (const [file, [row, column, path, whole]] of meant) {
		const record = records.get(file);
		row.of[column] = (row.of[column] ?? 0) + 1;
		if (record?.doc.charset === row.label)
			row.right[column] = (row.right[column] ?? 0) + 1;
		else if (verbose)
			console.log(`# ${row.name} ${column}: ${path}, ${file}: ${record?.doc.charset} by ${record?.doc.charset_by}`);
		// the text itself, but for the ends that were cut (of a page, decode keeps a part)
		if (!path.endsWith('.txt'))
			continue;
		const text = record?.text ?? '';
		row.texts++;
		row.read += text.length > 40 && whole.replace(/\r\n?/g, '\n').includes(text.slice(10, -10));
	}
	const share = (a, b) => (b ? (100 * (a ?? 0) / b).toFixed(1) : '-').padStart(6) + (b ? ` /${b}` : '').padEnd(6);
	if (verbose)
		console.log('# right charset, % of pieces\n# ' + 'class'.padEnd(16) + columns.map((c) => c.padEnd(13)).join('') + 'all          text right');
	for (const row of rows) {
		const sum = (o) => columns.reduce((n, c) => n + (o[c] ?? 0), 0);
		const of = sum(row.of), right = sum(row.right);
		if (verbose)
			console.log('# ' + row.name.padEnd(16) + [...columns.map((c) => share(row.right[c], row.of[c])), share(right, of), share(row.read, row.texts)].map((c) => c.padEnd(13)).join(''));
		// of each length, and so is the text: a class with no pieces proves nothing
		const poor = columns.filter((c) => !((row.right[c] ?? 0) >= 0.99 * (row.of[c] ?? Infinity)));
		report(`round trip of ${row.name}`, poor.length ? `right charset: ${poor.map((c) => `${row.right[c] ?? 0} of ${row.of[c] ?? 0} (${c})`).join(', ')}`
			: row.read >= 0.99 * row.texts ? '' : `right text: ${row.read} of ${row.texts}`);
	}
}

conformance();
labels();
roundtrip();
