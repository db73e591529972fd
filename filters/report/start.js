/* start: reads the index, then shows what the address says. */
'use strict';

G.views = [G.overview, G.panel, G.indicator, G.findings, G.coverage, G.targets, G.document];

/* What a reader chose stays with the browser, where it lets files keep something. */
function remember(key, value) {
	try {
		if (value !== undefined)
			localStorage.setItem('gongwen.' + key, value);
		return localStorage.getItem('gongwen.' + key);
	} catch {
		return null;
	}
}

function theme(value) {
	if (value === 'light' || value === 'dark')
		document.documentElement.dataset.theme = value;
}

const isDark = () => (document.documentElement.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

/* A place that was chosen stays chosen in the next view. */
G.stateChanged = function () {
	for (const a of document.querySelectorAll('#views a')) {
		const params = {[a.dataset.view]: ''};
		for (const k of ['region', 'subject'])
			if (a.dataset.view !== 'overview' && G.state.get(k))
				params[k] = G.state.get(k);
		a.href = G.href(params);
	}
};

function frame() {
	document.documentElement.lang = G.lang === 'zh' ? 'zh-CN' : 'en';
	document.title = G.t('title');
	document.getElementById('brand').replaceChildren(G.el('a', {href: '#overview'}, G.t('title')));
	const skip = document.getElementById('skip');
	skip.textContent = G.t('skip');
	skip.onclick = e => { e.preventDefault(); document.getElementById('main').focus(); };
	const nav = document.getElementById('views');
	nav.setAttribute('aria-label', G.t('views'));
	const now = G.viewOf(G.state);
	nav.replaceChildren(...G.views.filter(v => !v.hidden && (!G.data.tooMany || v === G.overview)).map(v =>
		G.el('a', {href: '#' + v.id, 'data-view': v.id, 'aria-current': v === now ? 'page' : null}, G.t('view.' + v.id))));
	G.stateChanged();
	document.getElementById('tools').replaceChildren(
		G.el('button', {type: 'button', id: 'language', lang: G.lang === 'zh' ? 'en' : 'zh-CN', onclick: () => {
			G.lang = G.lang === 'zh' ? 'en' : 'zh';
			remember('lang', G.lang);
			G.replace({lang: G.lang});
			render();
		}}, G.lang === 'zh' ? 'English' : '中文'),
		G.el('button', {type: 'button', id: 'theme', onclick: () => {
			theme(isDark() ? 'light' : 'dark');
			remember('theme', document.documentElement.dataset.theme);
			render();
		}}, G.t(isDark() ? 'theme.light' : 'theme.dark')));
	document.getElementById('foot').replaceChildren(G.el('p', {}, G.t('foot', G.data.version)));
}

/* Everything but the evidence, which stands over the view. */
const baseOf = state => {
	const s = new URLSearchParams(state);
	s.delete('fact');
	return s.toString();
};
let turn = 0;

async function render() {
	const mine = ++turn;
	const main = document.getElementById('main');
	const view = G.viewOf(G.state);
	delete document.documentElement.dataset.ready;
	G.clearCharts();
	frame();
	main.replaceChildren();
	main.dataset.view = view.id;
	try {
		await (G.data.tooMany ? G.overview : view).show(main, () => mine === turn);
		if (mine !== turn)
			return;
		await G.showEvidence();
	} catch (e) {
		main.append(G.el('p', {class: 'note'}, G.t('failed', e.message)));
		throw e;
	}
	document.documentElement.dataset.ready = view.id;
}

async function move() {
	const before = G.viewOf(G.state), base = baseOf(G.state);
	G.state = new URLSearchParams(location.hash.slice(1));
	if (G.state.has('lang'))
		G.lang = G.state.get('lang') === 'en' ? 'en' : 'zh';
	if (baseOf(G.state) === base) {
		await G.showEvidence();
		return;
	}
	await render();
	if (G.viewOf(G.state) !== before) {
		scrollTo(0, 0);
		document.getElementById('main').focus({preventScroll: true});
	}
}

async function start() {
	const main = document.getElementById('main');
	if (typeof DecompressionStream !== 'function') {
		main.textContent = '浏览器版本过旧，请用 2023 年以后的浏览器打开。 This browser is too old; one of 2023 or later opens the page.';
		return;
	}
	G.prepare(await G.unpack('index'));
	theme(remember('theme'));
	G.state = new URLSearchParams(location.hash.slice(1));
	const lang = G.state.get('lang') || remember('lang');
	G.lang = lang === 'en' ? 'en' : 'zh';
	G.watchEvidence();
	addEventListener('hashchange', move);
	matchMedia('(prefers-color-scheme: dark)').addEventListener('change', render);
	addEventListener('afterprint', () => { if (G.charts.length) render(); });
	await render();
	document.documentElement.dataset.opened = String(Math.round(performance.now()));
}
start();
