/* evidence: the sentence that proves a figure, in a dialog over any view. Its place in the
 * address is fact=DOCUMENT.PLACE or fact=DOCUMENT.ID; the id outlives a rebuild. */
'use strict';

function pairs(list) {
	return G.el('dl', {class: 'pairs'}, list.filter(([, value]) => value !== null && value !== undefined && value !== '')
		.map(([name, value]) => [G.el('dt', {}, name), G.el('dd', {}, value)]));
}

/* Who else says something of the cell. */
function others(cell) {
	if (!cell || !cell.others.length)
		return null;
	const row = ([document, fact, value, high, bound, quoted, disputes, unit]) => {
		const d = G.data.documents[document];
		return G.el('li', {class: disputes ? 'disputes' : null},
			G.el('a', {href: G.with({fact: d.key + '.' + fact})}, G.figure({value, high, bound}, unit)),
			disputes ? ' ≠ ' : ' ', quoted ? G.t('quoted') + ' ' : null, G.el('span', {class: 'hint'}, G.titleOf(d)));
	};
	return [G.el('h3', {}, G.t('evidence.others')), G.el('ul', {}, cell.others.map(row))];
}

G.findingLine = function (f) {
	return G.el('div', {class: 'finding ' + f.holds},
		G.el('b', {class: 'holds'}, G.name('holds', f.holds)), ' ', G.el('span', {class: 'hint'}, G.name('finding', f.kind)), ' ',
		(G.lang === 'zh' ? f.zh : f.en) || [f.stated, f.computed].filter(Boolean).join(' / '), G.verdict(f.id));
};

/* What the dialog says of one fact. */
async function evidenceOf(d, place) {
	if (!G.hasBody(d.index)) {
		const cell = /^\d+$/.test(place) ? G.cellOf.get(d.index + '/' + place) : null;
		return [G.el('h2', {id: 'evidence-title'}, cell ? G.labelOf(cell.indicator) : G.t('evidence')),
			cell ? G.el('p', {class: 'big'}, G.figure(cell, cell.unit)) : null, G.el('p', {}, G.documentLink(d)),
			/^f/.test(place) ? G.missing(d, 'fact_id', place) : G.missing(d, 'doc_key', d.key)];
	}
	const body = await G.body(d.index);
	const fact = /^\d+$/.test(place) ? body.facts[Number(place)] : body.facts.find(x => x.id === place);
	if (!fact)
		return [G.el('h2', {id: 'evidence-title'}, G.t('evidence')), G.el('p', {class: 'note'}, G.t('evidence.gone', place))];
	const cell = G.cellOf.get(d.index + '/' + fact.index);
	const indicator = G.indicatorOf.get(fact.indicator);
	const unit = fact.unit || '';
	const findings = G.findingsOf.get(d.index + '/' + fact.index) || [];
	const figure = {value: fact.value === null ? '0' : fact.value, high: fact.high, bound: fact.bound};
	const where = G.outline(body, fact.segment);
	return [
		G.el('h2', {id: 'evidence-title'}, indicator === undefined ? fact.measure || G.t('evidence') : G.labelOf(indicator)),
		fact.value === null ? null : G.el('p', {class: 'big'}, (fact.kind === 'rank' ? G.t('rank.word') + ' ' : '') + G.figure(figure, unit),
			G.short(figure.value) === figure.value && !figure.high ? null : [' ', G.el('small', {}, G.t('exact', G.exact(figure, unit)))]),
		cell && cell.flags & 2 ? G.el('p', {class: 'note'}, G.t('evidence.corrected', G.exact(cell, unit))) : null,
		G.verdict(fact.id),
		G.el('p', {}, G.el('span', {class: 'hint'}, G.t('document'), ' '), G.documentLink(d, {fact: d.key + '.' + fact.id})),
		where.length ? G.el('ol', {class: 'crumbs', 'aria-label': G.t('outline'), lang: 'zh-CN'}, where.map(s => G.el('li', {}, body.text.slice(s.b, s.e).trim()))) : null,
		G.context(body, fact),
		G.source(d, body, fact.b),
		cell ? G.el('ul', {class: 'marks'}, G.marksOf(cell).map(m => G.el('li', {}, G.el('b', {}, m[0]), ' ', m[1]))) : null,
		findings.length ? [G.el('h3', {}, G.t('findings')), findings.map(G.findingLine)] : null,
		others(cell),
		pairs([
			[G.t('region'), d.region], [G.t('subject'), G.subject(d.subject)], [G.t('period'), G.period(fact.period)],
			[G.t('fact.measure'), fact.measure],
			[G.t('indicator'), indicator === undefined ? fact.indicator : G.el('a', {href: G.href({indicator: fact.indicator})}, fact.indicator)],
			[G.t('fact.modality'), fact.modality === 'actual' ? '' : G.name('modality', fact.modality)],
			[G.t('fact.change'), fact.change === 'level' ? '' : G.name('change', fact.change)],
			[G.t('fact.scope'), fact.scope], [G.t('fact.bound'), fact.bound ? G.t('bound.' + fact.bound) : ''],
			[G.t('fact.rule'), fact.rule ? G.el('code', {}, fact.rule) : ''], [G.t('fact.id'), G.el('code', {}, fact.id)]
		])
	];
}

/* Opens or closes the dialog as the address says. */
G.showEvidence = async function () {
	const dialog = document.getElementById('evidence');
	const asked = G.state.get('fact');
	const [key, place] = (asked || '').split('.');
	const at = G.documentOf.get(key);
	if (!asked) {
		if (dialog.open)
			dialog.close();
		return;
	}
	const close = G.el('button', {type: 'button', class: 'close', 'aria-label': G.t('close'), onclick: () => dialog.close()}, '×');
	const fill = parts => dialog.replaceChildren(close, ...parts.flat(3).filter(Boolean));
	const parts = at === undefined || !place
		? [G.el('h2', {id: 'evidence-title'}, G.t('evidence')), G.el('p', {class: 'note'}, G.t('evidence.gone', asked))]
		: await evidenceOf(G.data.documents[at], place);
	if (G.state.get('fact') !== asked)
		return;
	fill(parts);
	if (!dialog.open)
		dialog.showModal();
	dialog.scrollTop = 0;
	dialog.dataset.shown = asked;
};

G.watchEvidence = function () {
	const dialog = document.getElementById('evidence');
	/* following a link within the page takes the focus off it: it is kept for the way back */
	let opener = null;
	document.addEventListener('click', e => {
		const a = e.target instanceof Element && e.target.closest('a');
		if (a && !dialog.contains(a))
			opener = a;
	}, true);
	dialog.addEventListener('close', () => {
		delete dialog.dataset.shown;
		if (G.state.has('fact'))
			G.replace({fact: null});
		if (opener && opener.isConnected)
			opener.focus({preventScroll: true});
	});
	/* a click beside it closes it */
	dialog.addEventListener('click', e => { if (e.target === dialog) dialog.close(); });
};
