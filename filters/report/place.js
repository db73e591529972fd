/* place: names of regions, bodies and documents. */
'use strict';

/* The last part of 山东省聊城市东昌府区 is what a narrow table can show. */
G.shortRegion = function (name) {
	const m = /^(?:.+?(?:省|自治区|特别行政区))?(?:.+?(?:市|自治州|地区|盟))?(.+)$/.exec(name || '');
	return m && m[1].length > 1 ? m[1] : name || '';
};
G.region = function (x) {
	const short = G.shortRegion(x.region);
	return G.el('span', {title: [x.region, x.code].filter(Boolean).join(' ')},
		short !== x.region && x.region ? [G.el('span', {class: 'upper'}, x.region.slice(0, x.region.length - short.length)), short] : x.region || '');
};
G.subject = s => s === 'government' ? G.t('government') : s || '';

/* Does a series or a document fit what was typed: a name's part or a code's beginning? */
G.fits = function (x, typed) {
	return !typed || (x.region || '').includes(typed) || (x.code || '').startsWith(typed)
		|| (x.subject || '').includes(typed) || G.subject(x.subject).includes(typed);
};
G.fitsSubject = (x, kind) => !kind || (kind === 'government') === (x.subject === 'government');

/* 2024-H1 as Chinese readers say it. */
const HALVES = {H1: '上半年', H2: '下半年', Q1: '一季度', Q2: '二季度', Q3: '三季度', Q4: '四季度'};
function periodSide(s) {
	const m = /^(\d{4})(?:-(H[12]|Q[1-4])|-(\d\d)(?:-(\d\d))?)?$/.exec(s);
	if (!m)
		return null;
	return m[1] + (m[2] ? '年' + HALVES[m[2]] : m[3] ? '年' + Number(m[3]) + '月' + (m[4] ? Number(m[4]) + '日' : '') : '');
}
G.period = function (s) {
	if (G.lang !== 'zh' || !s)
		return s || '';
	if (s === 'to-date')
		return '累计';
	const [from, to] = s.split('/');
	const a = periodSide(from), b = to === undefined ? undefined : periodSide(to);
	if (a && to === undefined)
		return a;
	return a && to === '..' ? a + '以来' : from === '..' && b ? '截至' + b : a && b ? a + '至' + b : s;
};

G.titleOf = d => d.title || d.member || (d.path || '').split('/').pop() || d.url || d.key;
G.documentLink = (d, extra) => G.el('a', {href: G.href(Object.assign({document: d.key}, extra || {}))}, G.titleOf(d));

/* An indicator without an English label is called by its id: legal_aid.cases reads legal aid: cases. */
G.labelOf = function (i) {
	if (i < 0)
		return '';
	const x = G.data.indicators[i];
	return G.lang === 'zh' ? x.label : x.en || x.id.replace('.', ': ').replace(/_/g, ' ');
};
/* The first of an indicator's units, which heads its column. */
G.unitOf = i => i >= 0 ? G.data.indicators[i].unit.split('|')[0] : '';

/* Controls that several views have: region and body. */
G.placeFields = function (update) {
	return [
		G.field(G.t('region'), G.search(G.state.get('region'), G.t('region.hint'), v => update({region: v}))),
		G.field(G.t('subject'), G.choice([['', G.t('all')], ['government', G.t('government')], ['department', G.t('departments')]],
			G.state.get('subject') || '', v => update({subject: v})))
	];
};
G.levels = function (list) {
	const order = ['nation', 'province', 'prefecture', 'county', 'township', 'zone'];
	const there = new Set(list.map(x => x.level).filter(Boolean));
	return order.filter(x => there.has(x)).map(x => [x, G.name('level', x)]);
};
