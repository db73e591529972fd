/* chart: Chart.js set up for our figures. Lines break where a year is missing; colour is
 * never the only difference between two lines. */
'use strict';

G.hasCharts = () => typeof Chart === 'function';
G.charts = [];

const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6bb1', '#7f7f7f'];
const POINTS = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'cross', 'crossRot', 'dash'];
const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3]];

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function common(unit) {
	const ink = colour('--ink'), line = colour('--line');
	const figure = value => G.short(String(value)) + unit;
	return {
		color: ink, paper: colour('--paper'),
		scale: {ticks: {color: ink, callback: figure}, grid: {color: line}},
		names: {ticks: {color: ink, autoSkip: true}, grid: {display: false}}
	};
}

function add(title, height, config) {
	const canvas = G.el('canvas', {role: 'img', 'aria-label': title});
	const box = G.el('div', {class: 'chart'}, canvas);
	box.style.height = height + 'px';
	/* Chart.js measures its element, which must be in the page first */
	queueMicrotask(() => {
		if (canvas.isConnected)
			G.charts.push(new Chart(canvas, config));
	});
	return box;
}

/* The link of a point that is clicked. */
function follow(cells) {
	return (event, items) => {
		const cell = items.length ? cells(items[0]) : null;
		if (cell)
			location.hash = G.with({fact: G.data.documents[cell.document].key + '.' + cell.fact});
	};
}

/* A point with a sign is hollow. */
const marked = cell => cell.bound !== 0 || G.marksOf(cell).length > 0;

const label = cell => G.figure(cell, cell.unit) + ' ' + G.marksOf(cell).map(m => m[0] + m[1]).join('；');

/* LINES: [{name, cells: Map of year → cell}]; every year between the first and the last
 * has its place, and one without a figure breaks the line. */
G.lineChart = function (title, years, lines, unit) {
	const look = common(unit);
	return add(title, 340, {
		type: 'line',
		data: {labels: years, datasets: lines.map((l, i) => ({
			label: l.name, data: years.map(y => l.cells.has(y) ? G.number(l.cells.get(y)) : null),
			borderColor: COLOURS[i % 8], backgroundColor: COLOURS[i % 8], pointStyle: POINTS[i % 8],
			pointBackgroundColor: years.map(y => l.cells.has(y) && marked(l.cells.get(y)) ? look.paper : COLOURS[i % 8]),
			borderDash: DASHES[Math.floor(i / 8) % 4], borderWidth: 2, pointRadius: 5, pointHoverRadius: 8, spanGaps: false
		}))},
		options: {
			animation: false, responsive: true, maintainAspectRatio: false, color: look.color,
			interaction: {mode: 'nearest', intersect: true},
			scales: {x: Object.assign({offset: true}, look.names), y: look.scale},
			onClick: follow(at => lines[at.datasetIndex].cells.get(years[at.index])),
			plugins: {legend: {position: 'bottom', labels: {usePointStyle: true, color: look.color}},
				tooltip: {callbacks: {label: at => lines[at.datasetIndex].name + '：' + label(lines[at.datasetIndex].cells.get(years[at.dataIndex]))}}}
		}
	});
};

G.barChart = function (title, bars, unit) {
	const look = common(unit);
	return add(title, 60 + 26 * bars.length, {
		type: 'bar',
		data: {labels: bars.map(b => b.name + ' ' + G.marksOf(b.cell).map(m => m[0]).join('')), datasets: [{
			data: bars.map(b => G.number(b.cell)), backgroundColor: bars.map(b => b.cell.bound ? COLOURS[4] : COLOURS[0]), maxBarThickness: 22
		}]},
		options: {
			indexAxis: 'y', animation: false, responsive: true, maintainAspectRatio: false, color: look.color,
			scales: {x: Object.assign({beginAtZero: true}, look.scale), y: Object.assign({}, look.names, {ticks: {color: look.color, autoSkip: false}})},
			onClick: follow(at => bars[at.index].cell),
			plugins: {legend: {display: false}, tooltip: {callbacks: {label: at => label(bars[at.dataIndex].cell)}}}
		}
	});
};

/* Paper is white, whatever the screen is. */
addEventListener('beforeprint', () => {
	for (const c of G.charts) {
		for (const axis of Object.values(c.options.scales)) {
			axis.ticks.color = '#000';
			axis.grid.color = '#ccc';
		}
		if (c.options.plugins.legend.labels)
			c.options.plugins.legend.labels.color = '#000';
		c.update('none');
	}
});
G.clearCharts = function () {
	for (const c of G.charts)
		c.destroy();
	G.charts = [];
};
