/* coverage: documents × topics. What is not found is 未检出; nothing says that it is not done. */
'use strict';

G.coverage = {
	id: 'coverage',
	show(main) {
		const results = G.el('div');
		const draw = () => {
			const s = G.state;
			const rows = G.data.documents.filter(d => d.text && G.fits(d, s.get('region')) && G.fitsSubject(d, s.get('subject'))
				&& (!s.get('period') || d.period === s.get('period')));
			const most = Math.max(1, ...rows.flatMap(d => Object.values(d.topics).map(x => x[1])));
			const cell = (d, topic) => {
				const [segments, facts] = d.topics[topic] || [0, 0];
				if (!segments)
					return G.el('span', {class: 'absent', title: G.t('absent')}, '—', G.el('span', {class: 'sr'}, G.t('absent')));
				const step = facts ? Math.ceil(4 * Math.sqrt(facts / most)) : 0;
				return G.el('span', {class: 'step step' + step, title: G.t('coverage.cell', segments, facts)}, facts ? String(facts) : G.t('coverage.words'));
			};
			const columns = [
				{label: G.t('document'), head: true, cell: d => [G.documentLink(d)], sort: d => G.titleOf(d), csv: d => G.titleOf(d)},
				{label: G.t('region'), cell: d => G.region(d), sort: d => (d.code || '') + (d.region || ''), csv: d => d.region || ''},
				{label: G.t('subject'), short: true, cell: d => G.subject(d.subject), sort: d => G.subject(d.subject)},
				{label: G.t('period'), short: true, cell: d => G.period(d.period), sort: d => d.period || ''}
			].concat(G.topics.map(topic => ({
				label: G.name('topic', topic), number: true, cell: d => cell(d, topic),
				sort: d => d.topics[topic] ? d.topics[topic][1] : -1,
				csv: d => d.topics[topic] ? d.topics[topic][1] : G.t('absent')
			})));
			columns.push({label: G.t('total'), number: true, cell: d => G.group(String(d.facts)), sort: d => d.facts});
			results.replaceChildren(G.table({caption: G.t('view.coverage'), columns, rows, file: 'coverage', dense: true}));
		};
		const update = changes => { G.replace(changes); draw(); };
		const periods = [...new Set(G.data.documents.map(d => d.period).filter(Boolean))].sort().reverse();
		main.append(G.el('h1', {}, G.t('view.coverage')), G.el('p', {class: 'hint'}, G.t('coverage.hint')),
			G.el('form', {class: 'filters', onsubmit: e => e.preventDefault()}, G.placeFields(update),
				G.field(G.t('period'), G.choice([['', G.t('all')], ...periods.map(p => [p, G.period(p)])], G.state.get('period') || '', v => update({period: v})))),
			results);
		draw();
	}
};
