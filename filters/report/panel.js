/* panel: regions × periods × chosen indicators. */
'use strict';

const COLUMNS_FIRST = 8;

/* What a reader may look for among the cells. */
const MARKS = ['disputed', 'audit', 'bound', 'part', 'department', 'corrected'];
function hasMark(cell, mark) {
	return !mark || (mark === 'bound' ? cell.bound > 0 || cell.high !== null : G.marksOf(cell).some(m => m[2] === mark));
}

function chosenCells() {
	const s = G.state;
	return G.data.cells.filter(c => {
		const x = G.data.series[c.series];
		return G.fits(x, s.get('region')) && G.fitsSubject(x, s.get('subject'))
			&& (!s.get('level') || x.level === s.get('level'))
			&& (!s.get('period') || (s.get('period') === 'full' ? G.data.periods[c.period].full : G.data.periods[c.period].name === s.get('period')))
			&& hasMark(c, s.get('mark'))
			&& (!s.get('topic') || G.data.indicators[c.indicator].topic === s.get('topic'));
	});
}

/* The indicators that most rows have, unless the reader chose some. */
function chosenIndicators(cells) {
	const count = new Map();
	for (const c of cells)
		count.set(c.indicator, (count.get(c.indicator) || 0) + 1);
	const there = [...count].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
	const asked = (G.state.get('columns') || '').split(',').map(id => G.indicatorOf.get(id)).filter(i => i !== undefined);
	return {there, chosen: asked.length ? asked : there.slice(0, COLUMNS_FIRST).map(x => x[0]).sort((a, b) => a - b)};
}

function rowsOf(cells, indicators) {
	const rows = new Map();
	const wanted = new Set(indicators);
	for (const c of cells) {
		if (!wanted.has(c.indicator))
			continue;
		const key = c.series + '/' + c.period;
		if (!rows.has(key))
			rows.set(key, {series: G.data.series[c.series], period: G.data.periods[c.period], cells: new Map()});
		rows.get(key).cells.set(c.indicator, c);
	}
	return [...rows.values()];
}

function heading(i) {
	const x = G.data.indicators[i];
	const unit = G.unitOf(i);
	return G.labelOf(i) + (unit ? ' (' + unit + ')' : '');
}

function picker(there, chosen, update) {
	const list = G.el('div', {class: 'picks'});
	const fill = typed => {
		list.replaceChildren(...there.filter(([i]) => !typed || G.data.indicators[i].label.includes(typed) || heading(i).includes(typed) || G.data.indicators[i].id.includes(typed))
			.slice(0, 200).map(([i, n]) => {
				const box = G.el('input', {type: 'checkbox', value: G.data.indicators[i].id, onchange: e => {
					const next = new Set(chosen);
					if (e.target.checked)
						next.add(i);
					else
						next.delete(i);
					chosen = [...next];
					update({columns: chosen.map(k => G.data.indicators[k].id).join(',')}, true);
				}});
				box.checked = chosen.includes(i);
				return G.el('label', {}, box, ' ', G.labelOf(i), ' ', G.el('small', {}, String(n)));
			}));
	};
	fill('');
	return G.el('details', {class: 'picker'}, G.el('summary', {}, G.t('panel.columns', chosen.length, there.length)),
		G.search('', G.t('indicator.hint'), fill), list,
		G.el('button', {type: 'button', onclick: () => update({columns: null})}, G.t('panel.reset')));
}

G.panel = {
	id: 'panel',
	show(main) {
		const results = G.el('div');
		const picks = G.el('div');
		const draw = keep => {
			const cells = chosenCells();
			const {there, chosen} = chosenIndicators(cells);
			const rows = rowsOf(cells, chosen);
			const columns = [
				{label: G.t('region'), head: true, cell: r => G.region(r.series), sort: r => r.series.code + r.series.region, csv: r => r.series.region},
				{label: G.t('subject'), short: true, cell: r => G.subject(r.series.subject), sort: r => G.subject(r.series.subject)},
				{label: G.t('period'), short: true, cell: r => G.period(r.period.name), sort: r => r.period.end + r.period.name, csv: r => r.period.name}
			].concat(chosen.map(i => ({
				label: heading(i), title: G.data.indicators[i].id + ' ' + G.data.indicators[i].label + (G.unitOf(i) ? ' (' + G.unitOf(i) + ')' : ''), number: true,
				cell: r => r.cells.has(i) ? G.cellLink(r.cells.get(i)) : '',
				sort: r => r.cells.has(i) ? G.number(r.cells.get(i)) : null,
				csv: r => r.cells.has(i) ? G.csvFigure(r.cells.get(i)) : ''
			})));
			let sorted = columns.findIndex((c, k) => k > 2 && G.data.indicators[chosen[k - 3]].id === G.state.get('sort'));
			if (['region', 'subject', 'period'].includes(G.state.get('sort')))
				sorted = ['region', 'subject', 'period'].indexOf(G.state.get('sort'));
			results.replaceChildren(G.table({caption: G.t('view.panel'), columns, rows, file: 'panel', dense: true,
				sorted: sorted < 0 ? undefined : sorted, down: G.state.get('down') === '1',
				onsort: (k, down) => G.replace({sort: k < 3 ? ['region', 'subject', 'period'][k] : G.data.indicators[chosen[k - 3]].id, down: down ? '1' : null})}));
			if (!keep)
				picks.replaceChildren(picker(there, chosen, update));
			G.say(G.t('rows', rows.length));
		};
		const update = (changes, keep) => { G.replace(changes); draw(keep); };
		const periods = [...new Set(G.data.cells.map(c => G.data.periods[c.period].name))].sort().reverse();
		main.append(G.el('h1', {}, G.t('view.panel')), G.el('p', {class: 'hint'}, G.t('panel.hint')),
			G.el('form', {class: 'filters', onsubmit: e => e.preventDefault()},
				G.placeFields(update),
				G.field(G.t('level'), G.choice([['', G.t('all')], ...G.levels(G.data.series)], G.state.get('level') || '', v => update({level: v}))),
				G.field(G.t('period'), G.choice([['', G.t('all')], ['full', G.t('period.full')], ...periods.map(p => [p, G.period(p)])],
					G.state.get('period') || '', v => update({period: v}))),
				G.field(G.t('topic'), G.choice([['', G.t('all')], ...G.topics.map(x => [x, G.name('topic', x)])],
					G.state.get('topic') || '', v => update({topic: v, columns: null}))),
				G.field(G.t('mark'), G.choice([['', G.t('all')], ...MARKS.map(m => [m, G.t('mark.' + m, '')])],
					G.state.get('mark') || '', v => update({mark: v, columns: null})))),
			picks, results, G.legend());
		draw();
	}
};
