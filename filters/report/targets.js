/* targets: what was promised, and what the figure of that period says. */
'use strict';

/* Why nothing can be held against a promise. */
function whyOpen(t) {
	if (t.indicator < 0)
		return G.t('target.words');
	const x = G.data.series[t.series], p = G.data.periods[t.period];
	const there = G.data.documents.some(d => d.code === (x.code || undefined) && d.region === x.region && d.subject === x.subject && d.period === p.name);
	return G.t(there ? 'target.absent' : 'target.waiting');
}

G.targets = {
	id: 'targets',
	show(main) {
		const results = G.el('div');
		const draw = () => {
			const s = G.state;
			const rows = G.data.targets.filter(t => {
				const x = G.data.series[t.series];
				return G.fits(x, s.get('region')) && G.fitsSubject(x, s.get('subject')) && (!s.get('result') || t.result === s.get('result'));
			});
			const reached = t => t.cell < 0 ? null : G.data.cells[t.cell];
			const what = t => t.indicator < 0 ? t.measure : G.labelOf(t.indicator);
			results.replaceChildren(G.table({caption: G.t('view.targets'), rows, file: 'targets', columns: [
				{label: G.t('region'), head: true, wide: true, cell: t => G.region(G.data.series[t.series]), sort: t => G.data.series[t.series].code + G.data.series[t.series].region,
					csv: t => G.data.series[t.series].region},
				{label: G.t('subject'), short: true, cell: t => G.subject(G.data.series[t.series].subject), sort: t => G.subject(G.data.series[t.series].subject)},
				{label: G.t('target.made'), short: true, cell: t => G.period(t.made), sort: t => t.made, csv: t => t.made},
				{label: G.t('target.for'), short: true, cell: t => G.period(G.data.periods[t.period].name), sort: t => G.data.periods[t.period].end, csv: t => G.data.periods[t.period].name},
				{label: G.t('target.what'), wide: true, cell: t => t.indicator < 0 ? G.el('span', {lang: 'zh-CN'}, what(t)) : G.el('a', {href: G.href({indicator: G.data.indicators[t.indicator].id})}, what(t)),
					sort: what},
				{label: G.t('target.promised'), number: true, sort: G.number, csv: G.csvFigure, cell: t => G.el('a', {class: 'figure',
					href: G.with({fact: G.data.documents[t.document].key + '.' + t.fact}), title: G.exact(t, t.unit)}, G.figure(t, t.unit))},
				{label: G.t('target.reached'), number: true, sort: t => reached(t) && G.number(reached(t)), csv: t => reached(t) ? G.csvFigure(reached(t)) : '',
					cell: t => reached(t) ? G.cellLink(reached(t), true) : ''},
				{label: G.t('target.result'), wide: true, sort: t => t.result, cell: t => G.el('span', {class: 'result ' + t.result},
					t.result === 'open' ? whyOpen(t) : G.t('result.' + t.result))}
			]}), G.legend());
		};
		const update = changes => { G.replace(changes); draw(); };
		main.append(G.el('h1', {}, G.t('view.targets')), G.el('p', {class: 'hint'}, G.t('targets.hint')),
			G.el('form', {class: 'filters', onsubmit: e => e.preventDefault()}, G.placeFields(update),
				G.field(G.t('target.result'), G.choice([['', G.t('all')], ...['reached', 'missed', 'unclear', 'open'].map(r => [r, G.t('result.' + r)])],
					G.state.get('result') || '', v => update({result: v})))),
			results);
		draw();
	}
};
