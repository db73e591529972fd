/* indicator: one indicator over years and over regions, with ranks. */
'use strict';

const LINES_MOST = 8, BARS_MOST = 40, RANKED_LEAST = 10;

/* Cells of full years of the indicator that fit the filters, by series. */
function seriesOf(index) {
	const out = new Map();
	for (const c of G.data.cells) {
		const x = G.data.series[c.series];
		if (c.indicator !== index || !G.data.periods[c.period].full || !G.fitsSubject(x, G.state.get('subject'))
			|| (G.state.get('level') && x.level !== G.state.get('level')))
			continue;
		if (!out.has(c.series))
			out.set(c.series, {series: x, cells: new Map()});
		out.get(c.series).cells.set(G.data.periods[c.period].name, c);
	}
	return [...out.values()];
}

/* A rank counts like among like, as the dataset's ranks do: exact figures of one full year, of
 * one level, body, nature, base and unit. Equal figures share a rank. */
G.ranks = function (index, year) {
	const groups = new Map();
	for (const c of G.data.cells) {
		const s = G.data.series[c.series], p = G.data.periods[c.period];
		if (c.indicator !== index || p.name !== year || !p.full || c.bound || c.high || !s.level)
			continue;
		const key = [s.level, s.subject, c.nature, c.times, c.base].join('\n');
		if (!groups.has(key))
			groups.set(key, []);
		groups.get(key).push(c);
	}
	const out = new Map();
	for (const list of groups.values()) {
		if (list.length < RANKED_LEAST)
			continue;
		list.sort((a, b) => G.number(b) - G.number(a));
		let rank = 0;
		list.forEach((c, i) => {
			if (i === 0 || G.number(c) !== G.number(list[i - 1]))
				rank = i + 1;
			out.set(c, [rank, list.length]);
		});
	}
	return out;
};

/* All years from the first to the last that has a figure. */
function yearsOf(list) {
	const years = [...new Set(list.flatMap(l => [...l.cells.keys()]))].map(Number).sort((a, b) => a - b);
	const out = [];
	for (let y = years[0]; y <= years[years.length - 1] && out.length < 100; y++)
		out.push(String(y));
	return out;
}

const nameOf = l => G.shortRegion(l.series.region) + (l.series.subject === 'government' ? '' : ' ' + l.series.subject);

function lines(index, list, years) {
	const typed = G.state.get('region');
	const found = list.filter(l => G.fits(l.series, typed));
	const shown = [...found].sort((a, b) => b.cells.size - a.cells.size).slice(0, LINES_MOST)
		.map(l => ({name: nameOf(l), cells: l.cells}));
	const title = G.t('indicator.years', G.labelOf(index));
	return [G.el('h2', {}, title),
		found.length > shown.length ? G.el('p', {class: 'hint'}, G.t('indicator.some', shown.length, found.length)) : null,
		G.hasCharts() ? (shown.length ? G.lineChart(title, years, shown, G.unitOf(index)) : G.el('p', {class: 'hint'}, G.t('none')))
			: G.el('p', {class: 'note'}, G.t('chart.none')),
		G.el('p', {class: 'hint'}, G.t('indicator.gaps'))];
}

function bars(index, list, year) {
	/* governments beside governments, where there are any and nothing else was asked for */
	const there = list.filter(l => l.cells.has(year) && G.fits(l.series, G.state.get('region')));
	const own = G.state.get('subject') ? [] : there.filter(l => l.series.subject === 'government');
	const all = (own.length ? own : there).map(l => ({name: nameOf(l), cell: l.cells.get(year)}))
		.sort((a, b) => G.number(b.cell) - G.number(a.cell));
	const shown = all.slice(0, BARS_MOST);
	const title = G.t('indicator.bars', G.labelOf(index), year);
	return [G.el('h2', {}, title),
		all.length > shown.length ? G.el('p', {class: 'hint'}, G.t('indicator.some', shown.length, all.length)) : null,
		G.hasCharts() && shown.length ? G.barChart(title, shown, G.unitOf(index)) : null];
}

function values(index, list, years, year) {
	const ranks = G.ranks(index, year);
	const ranked = [...ranks.values()];
	const rank = l => ranks.get(l.cells.get(year));
	const columns = [
		{label: G.t('region'), head: true, cell: l => G.region(l.series), sort: l => l.series.code + l.series.region, csv: l => l.series.region},
		{label: G.t('subject'), short: true, cell: l => G.subject(l.series.subject), sort: l => G.subject(l.series.subject)}
	].concat(years.map(y => ({label: y, number: true, cell: l => l.cells.has(y) ? G.cellLink(l.cells.get(y)) : '',
		sort: l => l.cells.has(y) ? G.number(l.cells.get(y)) : null, csv: l => l.cells.has(y) ? G.csvFigure(l.cells.get(y)) : ''})));
	columns.push({label: G.t('rank', year), number: true, cell: l => rank(l) ? G.t('rank.of', ...rank(l)) : '',
		sort: l => rank(l) ? -rank(l)[0] : null, csv: l => rank(l) ? rank(l).join('/') : ''});
	return [G.el('h2', {}, G.t('indicator.values')),
		G.el('p', {class: 'hint'}, ranked.length ? G.t('rank.hint', RANKED_LEAST) : G.t('rank.few', RANKED_LEAST)),
		G.table({caption: G.t('indicator.values'), columns, rows: list.filter(l => G.fits(l.series, G.state.get('region'))),
			file: G.data.indicators[index].id, sorted: columns.findIndex(c => c.label === year), down: true}), G.legend()];
}

/* All indicators that have cells, by topic. */
function chooser(index) {
	const count = new Map();
	for (const c of G.data.cells)
		count.set(c.indicator, (count.get(c.indicator) || 0) + 1);
	const select = G.el('select', {onchange: e => { location.hash = G.href({indicator: e.target.value}); }});
	for (const topic of G.topics) {
		const group = G.el('optgroup', {label: G.name('topic', topic)});
		for (const [i, n] of [...count].filter(([i]) => G.data.indicators[i].topic === topic).sort((a, b) => b[1] - a[1]))
			group.append(G.el('option', {value: G.data.indicators[i].id}, G.labelOf(i) + ' (' + n + ')'));
		if (group.children.length)
			select.append(group);
	}
	if (index !== undefined)
		select.value = G.data.indicators[index].id;
	return {select, most: [...count].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]};
}

G.indicator = {
	id: 'indicator',
	show(main) {
		const asked = G.state.get('indicator');
		let index = G.indicatorOf.get(asked);
		let {select, most} = chooser(index);
		if (asked && index === undefined)
			main.append(G.el('p', {class: 'note'}, G.t('indicator.unknown', asked)));
		if (index === undefined && most) {
			index = most[0];
			select.value = G.data.indicators[index].id;
		}
		main.append(G.el('h1', {}, index === undefined ? G.t('view.indicator') : G.labelOf(index)));
		if (index === undefined) {
			main.append(G.el('p', {class: 'hint'}, G.t('none')));
			return;
		}
		const x = G.data.indicators[index];
		const results = G.el('div');
		const draw = () => {
			G.clearCharts();
			const list = seriesOf(index);
			const years = yearsOf(list);
			const count = y => list.filter(l => l.cells.has(y)).length;
			const best = [...years].sort((a, b) => count(b) - count(a) || b - a)[0];
			const year = years.includes(G.state.get('year')) ? G.state.get('year') : best;
			const yearField = G.field(G.t('year'), G.choice(years.length ? years.map(y => [y, y]) : [['', '']], year || '', v => update({year: v})));
			results.replaceChildren(...[...lines(index, list, years), G.el('div', {class: 'filters'}, yearField),
				...bars(index, list, year), ...values(index, list, years, year)].filter(Boolean));
		};
		const update = changes => { G.replace(changes); draw(); };
		main.append(
			G.el('p', {}, G.lang === 'zh' ? '' : x.label + ' — ', x.definition, ' ', G.el('span', {class: 'hint'}, [G.name('topic', x.topic), G.name('nature', x.nature), x.unit.replace(/\|/g, '、'), x.id].filter(Boolean).join(' · '))),
			G.el('form', {class: 'filters', onsubmit: e => e.preventDefault()}, G.field(G.t('indicator'), select), G.placeFields(update),
				G.field(G.t('level'), G.choice([['', G.t('all')], ...G.levels(G.data.series)], G.state.get('level') || '', v => update({level: v})))),
			results);
		draw();
	}
};
