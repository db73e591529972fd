/* overview: how much there is, what failed and why, how to read the page. */
'use strict';

function tiles() {
	const d = G.data.totals;
	const docs = G.data.documents;
	const years = new Set(docs.filter(x => x.period).map(x => x.period.slice(0, 4)));
	const items = [['documents', d.documents]];
	if (!G.data.tooMany)
		items.push(['regions', new Set(docs.filter(x => x.region).map(x => x.region + x.code)).size], ['years', years.size]);
	items.push(['facts', d.facts], ['findings', d.findings]);
	if (!G.data.tooMany) {
		items.push(['disagree', G.data.findings.filter(f => f.holds === 'no').length, '#findings&holds=no']);
		items.push(['cells', G.data.cells.length, '#panel']);
	}
	items.push(['unread', d.unread], ['lost', d.lost]);
	return G.el('dl', {class: 'tiles'}, items.map(([key, n, href]) => G.el('div', {class: key},
		G.el('dt', {}, G.t('total.' + key)),
		G.el('dd', {}, href ? G.el('a', {href}, G.group(String(n))) : G.group(String(n))))));
}

/* Documents by year and level. */
function years() {
	const levels = G.levels(G.data.documents);
	const groups = new Map();
	for (const d of G.data.documents) {
		const year = d.period ? d.period.slice(0, 4) : '';
		if (!groups.has(year))
			groups.set(year, []);
		groups.get(year).push(d);
	}
	const count = (list, level) => list.filter(d => (d.level || '') === level).length;
	const columns = [{label: G.t('year'), head: true, cell: r => r[0] || G.t('unknown'), sort: r => r[0], csv: r => r[0]}];
	for (const [level, name] of levels)
		columns.push({label: name, number: true, cell: r => String(count(r[1], level) || ''), sort: r => count(r[1], level)});
	columns.push({label: G.t('total'), number: true, cell: r => String(r[1].length), sort: r => r[1].length});
	columns.push({label: G.t('facts'), number: true, cell: r => G.group(String(r[1].reduce((n, d) => n + d.facts, 0))),
		sort: r => r[1].reduce((n, d) => n + d.facts, 0)});
	return G.table({caption: G.t('overview.years'), columns, rows: [...groups].sort((a, b) => a[0] < b[0] ? -1 : 1), file: 'documents-by-year'});
}

function checks() {
	const kinds = [...new Set(G.data.findings.map(f => f.kind))].sort();
	const holds = ['no', 'rounding', 'unclear', 'yes'];
	const count = (kind, h) => G.data.findings.filter(f => f.kind === kind && f.holds === h).length;
	return G.table({caption: G.t('overview.checks'), file: 'findings-by-kind', rows: kinds, columns: [
		{label: G.t('kind'), head: true, cell: k => G.name('finding', k), sort: k => G.name('finding', k), csv: k => k}
	].concat(holds.map(h => ({label: G.name('holds', h), number: true, sort: k => count(k, h), cell: k => {
		const n = count(k, h);
		return n ? G.el('a', {href: G.href({findings: '', holds: h, kind: k})}, String(n)) : '';
	}})))});
}

function problems() {
	const rows = G.data.documents.flatMap(d => d.problems.map(([filter, code, lost, message]) => ({d, filter, code, lost, message})));
	rows.sort((a, b) => b.lost - a.lost);
	return G.table({caption: G.t('overview.problems'), file: 'problems', rows, none: G.t('problems.none'), columns: [
		{label: G.t('document'), head: true, wide: true, cell: r => G.documentLink(r.d), sort: r => G.titleOf(r.d), csv: r => r.d.path},
		{label: G.t('problem.lost'), cell: r => r.lost ? G.t('yes') : '', sort: r => r.lost ? 1 : 0},
		{label: G.t('problem.what'), wide: true, cell: r => r.message, sort: r => r.message},
		{label: G.t('problem.filter'), cell: r => r.filter + ' ' + r.code, sort: r => r.filter + ' ' + r.code}
	]});
}

/* What of the dataset is not in this page, and where it is. */
G.limits = function () {
	const total = G.data.totals;
	const notes = [];
	if (G.data.tooMany)
		notes.push(G.t('limit.documents', G.group(String(total.documents)), G.group(String(total.most))));
	const texts = G.data.documents.filter(d => d.text);
	const here = texts.filter(d => G.hasBody(d.index)).length;
	if (here < texts.length)
		notes.push(G.t('limit.texts', here, texts.length));
	if (total.offered > total.documents)      // an archive is one input and many documents
		notes.push(G.t('limit.offered', total.offered, total.documents));
	if (total.versions)
		notes.push(G.t('limit.versions', total.versions));
	return notes.map(text => G.el('p', {class: 'note'}, text));
};

G.overview = {
	id: 'overview',
	show(main) {
		main.append(G.el('h1', {}, G.t('view.overview')), ...G.limits(), tiles());
		if (G.data.tooMany)
			return;
		main.append(
			G.el('h2', {}, G.t('overview.years')), years(),
			G.el('h2', {}, G.t('overview.checks')), G.el('p', {class: 'hint'}, G.t('checks.hint')), checks(),
			G.el('h2', {}, G.t('overview.problems')), problems(),
			G.el('h2', {}, G.t('overview.reading')), G.el('p', {}, G.t('reading')), G.legend());
	}
};
