/* document: the whole text, facts coloured by topic, findings where they stand. */
'use strict';

const topicClass = topic => topic ? 't' + (G.topics.indexOf(topic) % 24) : '';

function topicOf(body, fact) {
	const i = G.indicatorOf.get((fact.indicator || '').split('|')[0]);
	if (i !== undefined)
		return G.data.indicators[i].topic;
	const segment = body.segments[fact.segment];
	return segment ? segment.topic : null;
}

/* One figure in the text: a link to its evidence. */
function factLink(d, body, fact) {
	const findings = G.findingsOf.get(d.index + '/' + fact.index) || [];
	const worst = ['no', 'rounding', 'unclear'].find(h => findings.some(f => f.holds === h));
	const other = fact.scope || fact.modality === 'reference';
	const target = fact.modality === 'target';
	const indicator = G.indicatorOf.get(fact.indicator);
	const title = [indicator === undefined ? fact.measure : G.labelOf(indicator), target ? G.t('tag.target') : '',
		fact.scope ? G.t('tag.scope', fact.scope) : other ? G.t('tag.reference') : '', G.name('topic', topicOf(body, fact))].filter(Boolean).join(' · ');
	return G.el('a', {
		class: ['fact', topicClass(topicOf(body, fact)), target ? 'target' : '', other ? 'other' : '', worst ? 'found-' + worst : '',
			G.data.verdicts[fact.id] ? 'checked' : ''].filter(Boolean).join(' '),
		href: G.with({fact: d.key + '.' + fact.id}), id: fact.id, title: title || null, 'data-tag': target ? G.t('tag.target.short') : other ? G.t('tag.other.short') : null
	}, body.text.slice(fact.b, fact.e));
}

/* Text [b, e) with its figures. FACTS are those of the document; FROM is where to look first. */
function inline(d, body, b, e) {
	const facts = body.facts;
	const out = [];
	let lo = 0, hi = facts.length;
	while (lo < hi) {
		const mid = (lo + hi) >> 1;
		if (facts[mid].b < b)
			lo = mid + 1;
		else
			hi = mid;
	}
	let at = b;
	for (let i = lo; i < facts.length && facts[i].b < e; i++) {
		if (facts[i].b < at || facts[i].e > e)
			continue;
		out.push(body.text.slice(at, facts[i].b), factLink(d, body, facts[i]));
		at = facts[i].e;
	}
	out.push(body.text.slice(at, e));
	return out;
}

function grid(d, body, s) {
	const rows = [];
	let at = s.b;
	for (const line of body.text.slice(s.b, s.e).split('\n')) {
		let from = at;
		rows.push(G.el('tr', {}, line.split('\t').map(cell => {
			const td = G.el('td', {}, inline(d, body, from, from + cell.length));
			from += cell.length + 1;
			return td;
		})));
		at += line.length + 1;
	}
	return G.el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': G.t('table')}, G.el('table', {class: 'grid'}, G.el('tbody', {}, rows)));
}

function segmentOf(d, body, s, i) {
	if (s.kind === 'table')
		return grid(d, body, s);
	const tag = s.kind === 'title' ? 'h2' : s.kind === 'heading' ? 'h' + Math.min(6, 2 + Math.max(1, s.level)) : 'p';
	return G.el(tag, {class: 'segment ' + s.kind + (s.role ? ' role-' + s.role : ''), id: 's' + i,
		title: s.kind === 'paragraph' && s.topic ? [G.name('topic', s.topic), G.name('role', s.role)].filter(Boolean).join(' · ') : null},
	inline(d, body, s.b, s.e));
}

/* Findings stand below the paragraph of their first fact; those that agree are folded. */
function notes(list) {
	const loud = list.filter(f => f.holds !== 'yes');
	const calm = list.filter(f => f.holds === 'yes');
	return [
		loud.length ? G.el('aside', {class: 'notes', 'aria-label': G.t('findings')}, loud.map(G.findingLine)) : null,
		calm.length ? G.el('details', {class: 'calm'}, G.el('summary', {}, G.t('finding.agree', calm.length)), calm.map(G.findingLine)) : null
	];
}

function text(d, body) {
	const by = new Map();
	for (const f of d.findings) {
		const first = Math.min(...f.facts.map(k => body.facts[k].b));
		let lo = 0, hi = body.segments.length;
		while (lo < hi) {
			const mid = (lo + hi) >> 1;
			if (body.segments[mid].e <= first)
				lo = mid + 1;
			else
				hi = mid;
		}
		if (!by.has(lo))
			by.set(lo, []);
		by.get(lo).push(f);
	}
	if (!body.segments.length)
		return [G.el('pre', {class: 'segment', lang: 'zh-CN'}, inline(d, body, 0, body.text.length)), ...[...by.values()].flatMap(notes)];
	return body.segments.flatMap((s, i) => [segmentOf(d, body, s, i), ...(by.has(i) ? notes(by.get(i)) : [])]);
}

function contents(body) {
	const heads = body.segments.map((s, i) => [s, i]).filter(([s]) => s.kind === 'heading' && s.level <= 2);
	return heads.length < 2 ? null : G.el('details', {class: 'contents', open: innerWidth > 1000}, G.el('summary', {}, G.t('contents')),
		G.el('ol', {lang: 'zh-CN'}, heads.map(([s, i]) => G.el('li', {class: 'level' + s.level}, G.el('a', {href: '#', onclick: e => {
			e.preventDefault();
			document.getElementById('s' + i).scrollIntoView();
		}}, body.text.slice(s.b, s.e).trim().slice(0, 60))))));
}

function key(body) {
	const there = new Set(body.facts.map(f => topicOf(body, f)).filter(Boolean));
	return G.el('ul', {class: 'legend', 'aria-label': G.t('legend')},
		G.topics.filter(x => there.has(x)).map(x => G.el('li', {}, G.el('span', {class: 'fact ' + topicClass(x)}, G.name('topic', x)))),
		G.el('li', {}, G.el('span', {class: 'fact target', 'data-tag': G.t('tag.target.short')}, G.t('tag.target'))),
		G.el('li', {}, G.el('span', {class: 'fact other', 'data-tag': G.t('tag.other.short')}, G.t('tag.other'))),
		G.el('li', {}, G.el('span', {class: 'fact found-no'}, G.t('holds.no'))),
		G.el('li', {}, G.el('span', {class: 'fact found-unclear'}, G.t('holds.unclear'))));
}

function about(d) {
	const items = [[G.t('region'), d.region && d.region + (d.code ? ' ' + d.code : '')], [G.t('subject'), G.subject(d.subject)], [G.t('period'), G.period(d.period)],
		[G.t('genre'), G.name('genre', d.genre)], [G.t('issuer'), d.issuer], [G.t('number'), d.number], [G.t('written'), d.written],
		[G.t('published'), d.published], [G.t('retrieved'), d.retrieved], [G.t('facts'), String(d.facts)],
		[G.t('findings'), ['no', 'rounding', 'unclear', 'yes'].map(h => [h, d.findings.filter(f => f.holds === h).length]).filter(x => x[1])
			.map(([h, n]) => G.name('holds', h) + ' ' + n).join('，')]];
	return G.el('dl', {class: 'pairs'}, items.filter(x => x[1]).map(([name, value]) => [G.el('dt', {}, name), G.el('dd', {}, value)]));
}

G.document = {
	id: 'document',
	hidden: true,
	async show(main, still) {
		const at = G.documentOf.get(G.state.get('document'));
		if (at === undefined) {
			main.append(G.el('h1', {}, G.t('document')), G.el('p', {class: 'note'}, G.t('document.gone', G.state.get('document'))));
			return;
		}
		const d = G.data.documents[at];
		const twin = d.twin === undefined ? null : G.el('p', {class: 'note'}, G.t('document.twin'), ' ', G.documentLink(G.data.documents[d.twin]));
		main.append(G.el('h1', {lang: 'zh-CN'}, G.titleOf(d)), about(d), G.source(d, null, 0), twin || '',
			d.problems.map(p => G.el('p', {class: 'note'}, p[3])).reduce((all, p) => { all.append(p); return all; }, G.el('div')));
		if (!G.hasBody(at)) {
			main.append(G.missing(d, 'doc_key', d.key));
			return;
		}
		const body = await G.body(at);
		if (!still())
			return;
		main.append(G.el('div', {class: 'reading'}, G.el('div', {class: 'beside'}, key(body), contents(body)),
			G.el('article', {class: 'text', lang: 'zh-CN'}, text(d, body))));
		const [, place] = (G.state.get('fact') || '').split('.');
		const fact = place && (/^\d+$/.test(place) ? body.facts[Number(place)] : body.facts.find(x => x.id === place));
		const finding = d.findings.find(f => f.id === G.state.get('finding'));
		const first = fact || (finding && body.facts[finding.facts[0]]);
		const e = first && document.getElementById(first.id);
		if (e) {
			e.classList.add('asked');
			e.scrollIntoView({block: 'center'});
		}
	}
};
