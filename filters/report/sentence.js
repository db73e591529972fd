/* sentence: the words around a figure, with the figure marked. */
'use strict';

/* The index of the sentence that holds offset AT; -1 where none does. */
G.sentenceAt = function (body, at) {
	let lo = 0, hi = body.sentences.length;
	while (lo < hi) {
		const mid = (lo + hi) >> 1;
		if (body.sentences[mid][1] <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < body.sentences.length && body.sentences[lo][0] <= at ? lo : -1;
};

/* The range that proves a fact: its sentence, else some words to either side. */
function proofOf(body, fact) {
	const i = G.sentenceAt(body, fact.b);
	if (i < 0)
		return [Math.max(0, fact.b - 60), Math.min(body.text.length, fact.e + 60)];
	return [body.sentences[i][0], Math.max(body.sentences[i][1], fact.e)];
}

/* Text [b, e) with the facts among it marked. */
G.marked = function (body, b, e, facts) {
	const out = [];
	let from = b;
	for (const x of [...facts].sort((l, r) => l.b - r.b)) {
		if (x.b < from || x.e > e)
			continue;
		out.push(body.text.slice(from, x.b), G.el('mark', {}, body.text.slice(x.b, x.e)));
		from = x.e;
	}
	out.push(body.text.slice(from, e));
	return out;
};

/* The sentences of several facts, each once, as quotations. */
G.quotes = function (body, facts) {
	const ranges = new Map();
	for (const f of facts) {
		const [b, e] = proofOf(body, f);
		if (!ranges.has(b))
			ranges.set(b, {b, e, facts: []});
		ranges.get(b).facts.push(f);
	}
	return [...ranges.values()].sort((a, b) => a.b - b.b).map(r =>
		G.el('blockquote', {lang: 'zh-CN'}, G.marked(body, r.b, r.e, r.facts)));
};

/* The sentence with its neighbours in the paragraph. */
G.context = function (body, fact) {
	const [b, e] = proofOf(body, fact);
	const segment = body.segments[fact.segment];
	const from = segment ? Math.max(segment.b, b - 200) : b;
	const to = segment ? Math.min(segment.e, e + 200) : e;
	return G.el('blockquote', {lang: 'zh-CN'},
		from < b ? G.el('span', {class: 'around'}, (segment && from > segment.b ? '…' : '') + body.text.slice(from, b)) : null,
		G.el('span', {class: 'proof'}, G.marked(body, b, e, [fact])),
		to > e ? G.el('span', {class: 'around'}, body.text.slice(e, to) + (segment && to < segment.e ? '…' : '')) : null);
};

/* The headings above a segment, outermost first. */
G.outline = function (body, segment) {
	const out = [];
	for (let i = segment, n = 0; i >= 0 && body.segments[i] && n < 20; i = body.segments[i].up, n++)
		if (['heading', 'title'].includes(body.segments[i].kind))
			out.unshift(body.segments[i]);
	return out;
};

/* Where the text came from: address, file, page. */
G.source = function (d, body, at) {
	const page = body && body.pages.length ? body.pages.filter(p => p <= at).length : 0;
	const url = d.url ? d.url + (page && /^application\/pdf/.test(d.type || '') ? '#page=' + page : '') : '';
	return G.el('p', {class: 'source'}, G.t('source'), ' ', url ? G.webLink(url, d.url) : null, d.url && d.path ? ' · ' : null,
		d.path ? G.el('code', {}, d.path + (d.member ? ' / ' + d.member : '')) : null, page ? ' · ' + G.t('page', page) : null);
};

/* The words of a verdict that people gave; null for none. */
G.verdict = function (id) {
	const v = G.data.verdicts[id];
	if (!v)
		return null;
	const [verdict, value, who, when, note] = v;
	return G.el('p', {class: 'verdict ' + (verdict === 'wrong' ? 'wrong' : 'right')}, G.t('verdict'), ' ', G.el('b', {}, G.name('verdict', verdict)),
		value ? ' ' + G.t('verdict.value', value) : null, [who, when, note].some(Boolean) ? ' · ' + [who, when, note].filter(Boolean).join(' · ') : null);
};

/* What the page does not hold can be asked for. */
G.missing = function (d, column, id) {
	return G.el('p', {class: 'note'}, d.text ? G.t('text.elsewhere') : G.t('text.none'), ' ',
		d.text ? G.el('code', {}, "sqlite3 gongwen.sqlite \"SELECT before, evidence, after FROM facts WHERE " + column + " = '" + id + "'\"") : null);
};
