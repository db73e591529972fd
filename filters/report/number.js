/* number: figures as readers expect them, and never another value than the one given.
 * Values are strings of decimals: JavaScript's own numbers are not exact. */
'use strict';

/* 17693500 by 4 places: 1769.35 */
G.shift = function (value, places) {
	const minus = value.startsWith('-');
	let [whole, part] = (minus ? value.slice(1) : value).split('.');
	whole = whole.padStart(places + 1, '0');
	part = whole.slice(whole.length - places) + (part || '');
	whole = whole.slice(0, whole.length - places);
	part = part.replace(/0+$/, '');
	return (minus ? '-' : '') + whole + (part ? '.' + part : '');
};

G.group = function (value) {
	const [whole, part] = value.split('.');
	return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part ? '.' + part : '');
};

/* To two digits behind the point, half away from zero, in text. */
function round(value) {
	const [whole, part] = value.split('.');
	if (!part || part.length <= 2)
		return value;
	const minus = whole.startsWith('-');
	let n = BigInt(whole.replace('-', '') + part.slice(0, 2));
	if (part[2] >= '5')
		n += 1n;
	const s = n.toString().padStart(3, '0');
	return (minus ? '-' : '') + (s.slice(0, -2) + '.' + s.slice(-2)).replace(/\.?0+$/, '');
}

/* The number as it is read: in Chinese with 万 and 亿, in English with commas. */
G.short = function (value) {
	if (/e/i.test(value))
		return value;
	const size = value.replace(/^-/, '').split('.')[0].length;
	if (G.lang !== 'zh')
		return G.group(value);
	if (size > 8)
		return round(G.shift(value, 8)) + '亿';
	if (size > 5)
		return round(G.shift(value, 4)) + '万';
	return value;
};

/* Before and behind a figure that is no exact one: in Chinese as it is said, else by signs. */
const BOUNDS = ['', '≈', '≥', '≤'];
const WORDS = [['', ''], ['约', ''], ['', '以上'], ['', '以下']];

/* {value, high, bound} as text, with the unit where one is given. */
G.figure = function (x, unit) {
	const [before, behind] = G.lang === 'zh' ? WORDS[x.bound] : [BOUNDS[x.bound], ''];
	const space = unit && G.lang !== 'zh' && !/^[%‰]/.test(unit) ? ' ' : '';
	return before + G.short(x.value) + (x.high ? '–' + G.short(x.high) : '') + space + (unit || '') + behind;
};

/* The same, whole and plain. */
G.exact = function (x, unit) {
	return BOUNDS[x.bound] + G.group(x.value) + (x.high ? '–' + G.group(x.high) : '') + (unit ? ' ' + unit : '');
};

/* The signs and plain digits of CSV. */
G.csvFigure = x => BOUNDS[x.bound] + x.value + (x.high ? '-' + x.high : '');

/* For charts and for sorting. */
G.number = x => Number(x.value);

const PART = '◐', DEPARTMENT = '部', DISPUTED = '≠', CORRECTED = '✎', AUDIT = '！';
const FLAG_DISPUTED = 1, FLAG_CORRECTED = 2;

/* Signs behind a figure that print, what each means, and its name. */
G.marksOf = function (cell) {
	const marks = [];
	const series = G.data.series[cell.series];
	if (!G.data.periods[cell.period].full)
		marks.push([PART, G.t('mark.part'), 'part']);
	if (cell.by || series.subject !== 'government')
		marks.push([G.lang === 'zh' ? DEPARTMENT : 'D', G.t('mark.department', cell.by || series.subject), 'department']);
	if (cell.flags & FLAG_DISPUTED)
		marks.push([DISPUTED, G.t('mark.disputed'), 'disputed']);
	if ((G.findingsOf.get(cell.document + '/' + cell.fact) || []).some(f => f.holds === 'no'))
		marks.push([AUDIT, G.t('mark.audit'), 'audit']);
	if (cell.flags & FLAG_CORRECTED)
		marks.push([CORRECTED, G.t('mark.corrected'), 'corrected']);
	return marks;
};

/* A figure of the panel that opens its evidence. The column names a unit; another one, such as
 * 人次 among 名, stands behind its figure. */
G.cellLink = function (cell, always) {
	const unit = always || cell.unit !== G.unitOf(cell.indicator) ? cell.unit : '';
	const marks = G.marksOf(cell);
	const d = G.data.documents[cell.document];
	return G.el('a', {
		class: 'figure', href: G.with({fact: d.key + '.' + cell.fact}), 'data-fact': cell.fact, 'data-document': d.key,
		title: [G.exact(cell, cell.unit), ...marks.map(m => m[0] + ' ' + m[1])].join('\n')
	}, G.figure(cell, unit), marks.length ? G.el('sup', {}, marks.map(m => m[0]).join('')) : null);
};

/* What the signs mean, below a table that uses them. */
G.legend = function () {
	const marks = [...(G.lang === 'zh' ? [] : [['≈ ≥ ≤', G.t('mark.bound')]]), [PART, G.t('mark.part')],
		[G.lang === 'zh' ? DEPARTMENT : 'D', G.t('mark.department', '')], [DISPUTED, G.t('mark.disputed')],
		[AUDIT, G.t('mark.audit')], [CORRECTED, G.t('mark.corrected')]];
	return G.el('ul', {class: 'legend', 'aria-label': G.t('legend')},
		marks.map(([sign, text]) => G.el('li', {}, G.el('b', {}, sign), ' ', text)));
};
