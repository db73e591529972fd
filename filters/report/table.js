/* table: rows that can be sorted, shown bit by bit, and saved.
 *
 * columns: {label, title, cell(row) → node or text, sort(row) → number or string or null,
 * csv(row), number: true, head: true (a row's header), short: true (never broken), wide: true (words)} */
'use strict';

G.PAGE = 100;
const collator = new Intl.Collator('zh-CN-u-co-pinyin', {numeric: true});

function compare(a, b) {
	if (typeof a === 'number' && typeof b === 'number')
		return a - b;
	return collator.compare(String(a), String(b));
}

/* Missing values come last, whichever way. */
G.sortRows = function (rows, key, down) {
	const keyed = rows.map((row, i) => [key(row), i, row]);
	const none = v => v === null || v === undefined || v === '' || Number.isNaN(v);
	keyed.sort((a, b) => {
		if (none(a[0]) || none(b[0]))
			return none(a[0]) - none(b[0]) || a[1] - b[1];
		return (down ? -1 : 1) * compare(a[0], b[0]) || a[1] - b[1];
	});
	return keyed.map(k => k[2]);
};

G.table = function ({caption, columns, rows, file, sorted, down, none, onsort, dense}) {
	let shown = G.PAGE;
	let by = sorted === undefined ? -1 : sorted;
	let falling = Boolean(down);
	let current = rows;
	const head = G.el('tr');
	const body = G.el('tbody');
	const more = G.el('button', {type: 'button', class: 'more', onclick: () => { shown += 5 * G.PAGE; fill(); }});
	const count = G.el('span', {class: 'count'});

	function fill() {
		current = by < 0 ? rows : G.sortRows(rows, columns[by].sort, falling);
		body.replaceChildren(...current.slice(0, shown).map(row => G.el('tr', {}, columns.map(c =>
			G.el(c.head ? 'th' : 'td', {class: c.number ? 'number' : c.short ? 'short' : c.wide ? 'wide' : null, scope: c.head ? 'row' : null}, c.cell(row))))));
		if (!rows.length)
			body.append(G.el('tr', {}, G.el('td', {colspan: String(columns.length), class: 'none'}, none || G.t('none'))));
		more.hidden = shown >= rows.length;
		more.textContent = G.t('more', rows.length - shown);
		count.textContent = G.t('rows', G.group(String(rows.length)));
		columns.forEach((c, i) => {
			if (c.sort)
				head.children[i].setAttribute('aria-sort', i !== by ? 'none' : falling ? 'descending' : 'ascending');
		});
	}

	columns.forEach((c, i) => {
		const click = () => {
			falling = by === i ? !falling : Boolean(c.number);
			by = i;
			fill();
			if (onsort)
				onsort(i, falling);
			G.say(G.t('sorted', c.label));
		};
		head.append(G.el('th', {scope: 'col', class: c.number ? 'number' : null, title: c.title || null},
			c.sort ? G.el('button', {type: 'button', class: 'sort', onclick: click}, c.label) : c.label));
	});
	fill();
	const save = () => G.save(file + '.csv', [columns.map(c => c.title || c.label)]
		.concat(current.map(row => columns.map(c => c.csv ? c.csv(row) : c.sort ? c.sort(row) : ''))));
	const out = G.el('div', {class: 'table'},
		G.el('div', {class: 'bar'}, count, file ? G.el('button', {type: 'button', class: 'csv', onclick: save}, G.t('csv')) : null),
		G.el('div', {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': caption},
			G.el('table', {class: dense ? 'dense' : null}, G.el('caption', {class: 'sr'}, caption), G.el('thead', {}, head), body)),
		more);
	/* a page on paper has no button for more */
	out.showAll = () => { shown = Math.max(shown, 2000); fill(); };
	return out;
};

addEventListener('beforeprint', () => {
	for (const table of document.querySelectorAll('.table'))
		if (table.showAll)
			table.showAll();
});
