/* base: data, words, elements, and the state that the address carries. */
'use strict';
const G = {};

/* One element of data: base64 of a zlib stream of JSON. */
G.unpack = async function (id) {
	const packed = atob(document.getElementById(id).textContent);
	const bytes = new Uint8Array(packed.length);
	for (let i = 0; i < packed.length; i++)
		bytes[i] = packed.charCodeAt(i);
	const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
	return new Response(stream).json();
};

/* Words of the interface; {0} stands for the first argument. */
G.lang = 'zh';
G.has = key => Object.hasOwn(G.data.words, key);
G.t = function (key, ...args) {
	const both = G.has(key) ? G.data.words[key] : [key, key];
	return both[G.lang === 'zh' ? 0 : 1].replace(/\{(\d)\}/g, (all, i) => String(args[i] ?? ''));
};
/* A name that data gives: its word where there is one, else itself. */
G.name = function (kind, value) {
	if (value === null || value === undefined || value === '')
		return '';
	return G.has(kind + '.' + value) ? G.t(kind + '.' + value) : value;
};

/* Characters that would act on the text around them, or cannot be seen, are shown. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;
const codeOf = c => 'U+' + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
G.plain = s => String(s).replace(HIDDEN, codeOf);
G.text = function (s) {
	s = String(s);
	if (s.search(HIDDEN) < 0)
		return document.createTextNode(s);
	const out = document.createDocumentFragment();
	let from = 0;
	for (const m of s.matchAll(HIDDEN)) {
		out.append(s.slice(from, m.index), G.el('span', {class: 'hidden-sign'}, codeOf(m[0])));
		from = m.index + 1;
	}
	out.append(s.slice(from));
	return out;
};

/* An element. Strings become text, never markup; on… are listeners; null children are left out. */
G.el = function (tag, attributes, ...children) {
	const e = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes || {})) {
		if (value === null || value === undefined || value === false)
			continue;
		if (name.startsWith('on'))
			e.addEventListener(name.slice(2), value);
		else
			e.setAttribute(name, value === true ? '' : G.plain(value));
	}
	for (const child of children.flat(Infinity)) {
		if (child === null || child === undefined || child === false)
			continue;
		e.append(child instanceof Node ? child : G.text(child));
	}
	return e;
};

/* For screen readers: what just changed. */
G.say = function (text) {
	document.getElementById('said').textContent = text;
};

/* The state stands behind the #: view first, then what was chosen. */
G.state = new URLSearchParams();
G.href = function (params) {
	return '#' + new URLSearchParams(params).toString().replace(/=(?=&|$)/g, '');
};
G.viewOf = state => G.views.find(v => state.has(v.id)) || G.views[0];
/* The address of what is shown with changes; null removes. */
G.with = function (changes) {
	const next = new URLSearchParams(G.state);
	for (const [k, v] of Object.entries(changes))
		if (v === null || v === '')
			next.delete(k);
		else
			next.set(k, v);
	return G.href(next);
};
G.replace = function (changes) {
	const href = G.with(changes);
	history.replaceState(null, '', href);
	G.state = new URLSearchParams(href.slice(1));
	G.stateChanged();
};

/* Only what a browser fetches from the web may become a link. */
G.webLink = function (url, text) {
	if (!/^https?:\/\//i.test(url))
		return G.text(text || url);
	return G.el('a', {href: url, rel: 'noopener noreferrer', target: '_blank'}, text || url);
};

/* A file that the reader saves: UTF-8 with a byte order mark, for spreadsheets, which must
 * not run a cell that looks like a formula. */
G.save = function (name, rows) {
	const cell = v => {
		let s = v === null || v === undefined ? '' : String(v);
		if (/^[=+\-@\t\r]/.test(s) && !/^-?[0-9.]+$/.test(s))
			s = "'" + s;
		return /[",\r\n]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s;
	};
	const csv = '\ufeff' + rows.map(r => r.map(cell).join(',')).join('\r\n') + '\r\n';
	const url = URL.createObjectURL(new Blob([csv], {type: 'text/csv;charset=utf-8'}));
	const a = G.el('a', {download: name});
	a.href = url;
	document.body.append(a);
	a.click();
	a.remove();
	setTimeout(() => URL.revokeObjectURL(url), 10000);
};

/* A labelled control of a row of filters. */
G.field = function (label, control) {
	return G.el('label', {class: 'field'}, G.el('span', {}, label), control);
};
G.choice = function (options, value, onchange, attributes) {
	const select = G.el('select', Object.assign({onchange: e => onchange(e.target.value)}, attributes || {}));
	for (const [v, text] of options)
		select.append(G.el('option', {value: v}, text));
	select.value = options.some(o => o[0] === value) ? value : options[0][0];
	return select;
};
G.search = function (value, hint, oninput) {
	let timer = 0;
	return G.el('input', {type: 'search', value: value || '', placeholder: hint, spellcheck: 'false', oninput: e => {
		clearTimeout(timer);
		timer = setTimeout(() => oninput(e.target.value.trim()), 120);
	}});
};

/* Makes objects of the index's rows. */
G.prepare = function (data) {
	const names = (list, keys) => list.map(row => Object.fromEntries(keys.map((k, i) => [k, row[i]])));
	G.data = data;
	data.indicators = names(data.indicators, ['id', 'label', 'topic', 'kind', 'unit', 'definition', 'nature', 'en', 'less']);
	data.series = names(data.series, ['code', 'region', 'level', 'subject']);
	data.periods = names(data.periods, ['name', 'start', 'end', 'full']);
	data.cells = names(data.cells, ['series', 'period', 'indicator', 'value', 'high', 'bound', 'flags', 'claims',
		'document', 'fact', 'by', 'nature', 'base', 'times', 'unit', 'others']);
	data.targets = names(data.targets, ['series', 'period', 'made', 'indicator', 'value', 'high', 'bound', 'unit',
		'measure', 'document', 'fact', 'cell', 'result']);
	G.indicatorOf = new Map(data.indicators.map((x, i) => [x.id, i]));
	G.documentOf = new Map(data.documents.map((d, i) => [d.key, i]));
	G.cellOf = new Map();
	for (const c of data.cells)
		if (!G.cellOf.has(c.document + '/' + c.fact) || !c.by)
			G.cellOf.set(c.document + '/' + c.fact, c);
	data.findings = [];
	data.documents.forEach((d, i) => {
		d.index = i;
		for (const row of d.findings) {
			const f = names([row], ['id', 'kind', 'holds', 'stated', 'computed', 'gap', 'bases', 'zh', 'en', 'facts'])[0];
			f.document = i;
			data.findings.push(f);
		}
		d.findings = data.findings.slice(data.findings.length - d.findings.length);
	});
	for (const [i, chosen] of data.twins)
		data.documents[i].twin = chosen;
	/* what a fact takes part in, by document and place */
	G.findingsOf = new Map();
	for (const f of data.findings)
		for (const k of f.facts) {
			const key = f.document + '/' + k;
			if (!G.findingsOf.has(key))
				G.findingsOf.set(key, []);
			G.findingsOf.get(key).push(f);
		}
	const seen = new Set();
	for (const x of data.indicators)
		seen.add(x.topic);
	for (const d of data.documents)
		for (const topic of Object.keys(d.topics))
			seen.add(topic);
	G.topics = [...seen].filter(Boolean);
	/* in the order of the words file, which is that of the official outline; others behind */
	const order = Object.keys(data.words);
	const place = t => { const i = order.indexOf('topic.' + t); return i < 0 ? order.length : i; };
	G.topics.sort((a, b) => place(a) - place(b));
};

/* Bodies that were unpacked; the last few are kept. */
G.bodies = new Map();
G.hasBody = i => document.getElementById('body-' + i) !== null;
G.body = async function (i) {
	if (!G.bodies.has(i)) {
		const b = await G.unpack('body-' + i);
		const keys = ['id', 'b', 'e', 'kind', 'value', 'high', 'unit', 'bound', 'change', 'modality', 'measure',
			'indicator', 'scope', 'period', 'segment', 'rule'];
		b.facts = b.facts.map((row, n) => Object.fromEntries(keys.map((k, at) => [k, row[at]]).concat([['index', n]])));
		b.segments = b.segments.map(([b0, e, kind, level, up, topic, role]) => ({b: b0, e, kind, level, up, topic, role}));
		G.bodies.set(i, b);
		if (G.bodies.size > 20)
			G.bodies.delete(G.bodies.keys().next().value);
	}
	return G.bodies.get(i);
};
