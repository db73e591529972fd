/* findings: what a fact checker works through, the widest gap first. */
'use strict';

const HOLDS = ['no', 'rounding', 'unclear', 'yes'];
const gapOf = f => f.gap === null || f.gap === '' ? null : Math.abs(Number(f.gap));

function chosenFindings() {
	const s = G.state;
	const holds = s.has('holds') ? s.get('holds') : 'doubt';
	const list = G.data.findings.filter(f => {
		const d = G.data.documents[f.document];
		return (holds === 'all' || (holds === 'doubt' ? f.holds !== 'yes' : f.holds === holds))
			&& (!s.get('kind') || f.kind === s.get('kind')) && G.fits(d, s.get('region')) && G.fitsSubject(d, s.get('subject'))
			&& (!s.get('period') || d.period === s.get('period'))
			&& (!s.get('checked') || (s.get('checked') === 'yes') === Boolean(G.data.verdicts[f.id]));
	});
	const by = s.get('by');
	if (by === 'document')
		return list;
	/* what does not agree before what is unclear; within each the widest gap first */
	return G.sortRows(list, gapOf, true).sort((a, b) => by === 'gap' ? 0 : HOLDS.indexOf(a.holds) - HOLDS.indexOf(b.holds));
}

function item(f) {
	const d = G.data.documents[f.document];
	const quotes = G.el('div');
	const details = G.el('details', {class: 'proofs', open: f.holds === 'no', ontoggle: async () => {
		if (!details.open || quotes.children.length)
			return;
		if (!G.hasBody(f.document)) {
			quotes.append(G.missing(d, 'doc_key', d.key));
			return;
		}
		const body = await G.body(f.document);
		quotes.replaceChildren(...G.quotes(body, f.facts.map(k => body.facts[k])), G.source(d, body, body.facts[f.facts[0]] ? body.facts[f.facts[0]].b : 0));
	}}, G.el('summary', {}, G.t('finding.sentences', f.facts.length)), quotes);
	return G.el('article', {class: 'card ' + f.holds, id: f.id},
		G.el('p', {class: 'head'}, G.el('b', {class: 'holds'}, G.name('holds', f.holds)), ' ', G.name('finding', f.kind),
			f.gap ? G.el('span', {class: 'gap'}, G.t('gap', f.gap)) : null),
		G.el('p', {class: 'message'}, (G.lang === 'zh' ? f.zh : f.en) || ''),
		G.el('dl', {class: 'pairs'}, [[G.t('stated'), f.stated], [G.t('computed'), f.computed], [G.t('bases'), f.bases]].filter(x => x[1])
			.map(([k, v]) => [G.el('dt', {}, k), G.el('dd', {}, v)])),
		G.el('p', {class: 'hint'}, G.el('span', {}, [d.region, G.subject(d.subject), G.period(d.period)].filter(Boolean).join(' · ')), ' ',
			G.documentLink(d, {finding: f.id}), ' ', G.el('code', {title: G.t('fact.id')}, f.id)),
		G.verdict(f.id), details);
}

function save(list) {
	G.save('findings.csv', [['finding_id', 'doc_key', 'region', 'subject', 'period', 'kind', 'holds', 'stated', 'computed', 'gap', 'bases', 'message', 'verdict', 'url', 'path']]
		.concat(list.map(f => {
			const d = G.data.documents[f.document];
			return [f.id, d.key, d.region, d.subject, d.period, f.kind, f.holds, f.stated, f.computed, f.gap, f.bases, G.lang === 'zh' ? f.zh : f.en,
				(G.data.verdicts[f.id] || [''])[0], d.url, d.path];
		})));
}

G.findings = {
	id: 'findings',
	show(main) {
		const results = G.el('div');
		let shown = 50;
		const draw = () => {
			const list = chosenFindings();
			const more = G.el('button', {type: 'button', class: 'more', onclick: () => { shown += 200; draw(); }}, G.t('more', list.length - shown));
			more.hidden = shown >= list.length;
			results.replaceChildren(G.el('div', {class: 'bar'}, G.el('span', {class: 'count'}, G.t('rows', list.length)),
				G.el('button', {type: 'button', class: 'csv', onclick: () => save(list)}, G.t('csv'))),
			...list.slice(0, shown).map(item), list.length ? '' : G.el('p', {class: 'none'}, G.t('findings.none')), more);
			G.say(G.t('rows', list.length));
		};
		const update = changes => { shown = 50; G.replace(changes); draw(); };
		const kinds = [...new Set(G.data.findings.map(f => f.kind))].sort();
		const periods = [...new Set(G.data.documents.map(d => d.period).filter(Boolean))].sort().reverse();
		main.append(G.el('h1', {}, G.t('view.findings')), G.el('p', {class: 'hint'}, G.t('checks.hint')),
			G.el('form', {class: 'filters', onsubmit: e => e.preventDefault()},
				G.field(G.t('holds'), G.choice([['doubt', G.t('holds.doubt')], ['all', G.t('all')], ...HOLDS.map(h => [h, G.name('holds', h)])],
					G.state.get('holds') || 'doubt', v => update({holds: v === 'doubt' ? null : v}))),
				G.field(G.t('kind'), G.choice([['', G.t('all')], ...kinds.map(k => [k, G.name('finding', k)])], G.state.get('kind') || '', v => update({kind: v}))),
				G.placeFields(update),
				G.field(G.t('period'), G.choice([['', G.t('all')], ...periods.map(p => [p, G.period(p)])], G.state.get('period') || '', v => update({period: v}))),
				G.field(G.t('verdict'), G.choice([['', G.t('all')], ['yes', G.t('verdict.given')], ['no', G.t('verdict.open')]],
					G.state.get('checked') || '', v => update({checked: v}))),
				G.field(G.t('order'), G.choice([['', G.t('order.holds')], ['gap', G.t('order.gap')], ['document', G.t('order.document')]],
					G.state.get('by') || '', v => update({by: v})))),
			results);
		draw();
	}
};
