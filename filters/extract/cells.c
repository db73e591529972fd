#include "cells.h"
#include "heads.h"
#include "row.h"
#include "work.h"

#include <stdio.h>
#include <stdlib.h>

enum { HEAD_MOST = 240 };       /* bytes of a head; a longer cell is prose */

enum cell_class { CELL_SKIP, CELL_PLAIN, CELL_TOTAL, CELL_PLACE };

struct cell_words {
	struct cell_word {
		struct str word;
		enum cell_class cls;
		bool end;
	} *items;
	size_t n;
};

struct cell_words *cells_load(struct table *t)
{
	static const char *const classes[] = {"skip", "plain", "total", "place", NULL};
	int cls = table_need(t, "class"), word = table_need(t, "word"), at = table_need(t, "at");
	struct cell_words *c = xmalloc(sizeof *c);

	*c = (struct cell_words){.items = xmalloc((t->nrows + 1) * sizeof *c->items)};
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		int k = name_index(classes, table_cell(t, i, cls));
		if (k < 0)
			table_bad(t, i, "no class of heads: '%.*s'", STR_ARG(table_cell(t, i, cls)));
		else
			c->items[c->n++] = (struct cell_word){table_cell(t, i, word), (enum cell_class)k,
				k == CELL_PLACE || str_is(table_cell(t, i, at), "end")};
	}
	return c;
}

void cells_free(struct cell_words *c)
{
	free(c->items);
	free(c);
}

static bool is_class(const struct cell_words *c, struct str head, enum cell_class cls)
{
	head = head_bare(head);
	for (size_t i = 0; i < c->n; i++) {
		const struct cell_word *w = &c->items[i];
		if (w->cls == cls && (str_eq(head, w->word)
				|| (w->end && head.n > w->word.n && str_ends(head, w->word))))
			return true;
	}
	return false;
}

/* Where the line of a row begins: the sentence starts at its first words. */
static uint32_t line_begin(struct str text, uint32_t at)
{
	while (at > 0 && text.s[at - 1] == '\t')
		at--;
	return at;
}

/* The column of a cell, counted by the tabs before it. */
static size_t column_of(const struct work *w, struct str cell)
{
	const char *text = w->d->text.s;
	uint32_t b = line_begin(w->d->text, w->sentence->at.b);
	size_t n = 0;

	for (const char *p = text + b; p < cell.s; p++)
		n += *p == '\t';
	return n;
}

/* A row of heads: the second in a row parts what the first spans. */
static void heads_row(struct work *w, const struct row *r)
{
	struct grid *g = &w->d->grid;
	bool below = g->open && g->levels > 0;
	size_t last = column_of(w, r->cells[r->n - 1]);

	if (last >= GRID_COLUMNS)
		return;
	if (!below) {
		memset(g->upper, 0, sizeof g->upper);
		g->width = 0;
	} else if (g->levels == 2) {
		for (size_t c = 0; c < g->width; c++)
			if (g->lower[c].n)
				g->upper[c] = g->lower[c];
	}
	memset(g->lower, 0, sizeof g->lower);
	for (size_t k = 0; k < r->n; k++)
		(below ? g->lower : g->upper)[column_of(w, r->cells[k])] = str_trim(r->cells[k]);
	if (last + 1 > g->width)
		g->width = last + 1;
	if (below) {            /* 行政复议 over 维持, 纠正, 总计 */
		for (size_t c = 1; c < g->width; c++)
			if (!g->upper[c].n && g->lower[c].n)
				g->upper[c] = g->upper[c - 1];
	}
	g->levels = below ? 2 : 1;
	g->open = true;
}

/* True where a column under the same head, other than C itself, has the sum of them. */
static bool has_total(const struct grid *g, const struct cell_words *words, size_t c)
{
	for (size_t k = 0; k < g->width; k++)
		if (k != c && g->lower[k].n && str_eq(g->upper[k], g->upper[c]) && is_class(words, g->lower[k], CELL_TOTAL))
			return true;
	return false;
}

/* The heads as a rule sees them, the number behind them: 行政规范性文件现行有效件数#. */
static struct str heads_context(struct work *w, struct str first, struct str upper, struct str second)
{
	struct buf *b = &w->a->cell;
	const char *text = w->d->text.s;
	struct str parts[] = {first, upper, second};

	b->len = 0;
	for (int i = 0; i < 3; i++) {
		struct str p = parts[i].n ? head_bare(parts[i]) : parts[i];
		if (p.n)
			context_append(b, w->d->text, (struct span){(uint32_t)(p.s - text), (uint32_t)(p.s + p.n - text)});
	}
	/* 一、本年新收…: a list's mark says nothing */
	buf_append(b, "#", 1);
	return (struct str){(char *)b->data, b->len};
}

/* What stands over and beside a cell. */
struct heads {
	struct str column, upper, line;         /* upper: over several columns, one of them COLUMN */
	const struct unit *own;                 /* of a column of units */
	bool summed;                            /* another column under the same upper head has the sum */
};

static struct heads heads_of(const struct work *w, const struct cell_words *words, const struct row *r, size_t c)
{
	const struct grid *g = &w->d->grid;
	struct heads h = {{NULL, 0}, {NULL, 0}, {NULL, 0}, NULL, false};
	size_t k = column_of(w, r->cells[c]);

	if (g->levels == 2 && k < g->width && (g->upper[k].n || g->lower[k].n)) {
		h.column = g->lower[k].n ? g->lower[k] : g->upper[k];
		h.upper = g->lower[k].n ? g->upper[k] : h.upper;
		h.summed = h.upper.n && has_total(g, words, k);
		if (is_class(words, h.column, CELL_PLAIN) || is_class(words, h.column, CELL_TOTAL)) {
			/* 总计 of what spans it, or of the columns before it that something spans */
			for (size_t b = k; !h.upper.n && b-- > 0;)
				if (g->lower[b].n && g->upper[b].n)
					h.upper = g->upper[b];
		}
	} else if (r->n <= GRID_COLUMNS && g->seen[r->n]) {
		h.column = str_trim(g->heads[r->n][c]);
	} else if (g->levels == 1 && k < g->width) {
		h.column = g->upper[k];
	}
	for (size_t b = c; b-- > 0 && !h.line.n;) {
		struct str cell = str_trim(r->cells[b]);
		const struct unit *whole = cell.n ? units_match(w->a->units, cell.s, cell.n) : NULL;
		if (whole && whole->word.n == cell.n)
			h.own = whole;          /* a column of units */
		else if (cell.n && !r->number[b])
			h.line = cell;
	}
	return h;
}

/* The caption right above the table: what its sums count where no head says it. {NULL, 0} for none. */
static struct str caption_of(const struct work *w)
{
	const struct segment *own = &w->d->segments[w->sentence->segment];

	if (w->sentence->segment == 0 || own[-1].kind != SEGMENT_CAPTION || own[-1].at.e - own[-1].at.b > HEAD_MOST)
		return (struct str){NULL, 0};
	return str_trim(str_sub(w->d->text, own[-1].at.b, own[-1].at.e));
}

/* The unit of a cell's number, by the nearest head that names one. */
static const struct unit *unit_of(const struct work *w, const struct heads *h, int *scale)
{
	const struct units *units = w->a->units;
	const struct unit *u = head_unit(units, h->column, scale);

	if (!u && (u = h->own))
		*scale = 0;
	if (!u && h->upper.n)
		u = head_unit(units, h->upper, scale);
	if (!u)
		u = head_unit(units, h->line, scale);
	if (!u)
		u = head_unit_above(w, h->column, scale);
	return u ? u : head_unit(units, caption_of(w), scale);
}

/* The indicator that the heads name; the upper head alone names none of its columns:
 * 行政处罚实施数量 over 警告, 罚款. */
static void name_cell(struct work *w, struct fact *f, struct str first, struct str upper, struct str second,
	struct str unit)
{
	struct str alone = {NULL, 0}, none = {NULL, 0};

	for (int k = upper.n && second.n ? 0 : 1; k < 2; k++) {
		struct str context = heads_context(w, first, upper, k ? second : none);
		struct rule_subject s = {.sentence = context, .at = (uint32_t)context.n - 1, .wider = work_wider,
			.arg = w, .kind = f->kind, .change = CHANGE_LEVEL, .unit = unit};
		struct str found = none;
		rules_scan(w->a->rules, context);
		int rule = rules_match(w->a->rules, &s, -1, &found, NULL);
		if (k == 0) {
			alone = found;
		} else if (rule >= 0 && found.s && !(alone.s && str_eq(alone, found))) {
			f->indicator = found;
			f->rule = rules_name(w->a->rules, rule);
		}
	}
}

/* 增长（%）: a column of growths; a fall has a minus. */
static bool is_growth_head(struct str head)
{
	static const char *const words[] = {"增长", "增幅", "增减", "同比", "升降", "涨幅", NULL};

	for (int i = 0; words[i]; i++)
		if (str_find(head, str_of(words[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

static bool is_own_name(const struct document *d, struct str name)
{
	return d->about.issuer.value.n && str_find(d->about.issuer.value, name, 0) != SIZE_MAX;
}

/* {NULL, 0} for the document's own, and where no year is known. */
static struct str cell_period(const struct document *d, int year, const char *season)
{
	char text[16];

	year = year ? year : d->year;
	int n = snprintf(text, sizeof text, "%d%s%s", year, *season ? "-" : "", season);
	struct str p = {text, (size_t)n};
	if (!year || str_eq(p, d->about.period.value) || (!*season && year == d->year))
		return (struct str){NULL, 0};
	return (struct str){arena_strndup(d->arena, text, p.n), p.n};
}

/* What the heads of a cell make of its number. F has kind and unit where the number has
 * one of its own, *UNIT; else *UNIT is that of the heads, *SCALE its power of ten. False where
 * they say that it is none: then nothing is written. */
static bool cell_place(struct work *w, const struct cell_words *words, const struct row *r, size_t c, struct fact *f,
	const struct unit **unit, int *scale)
{
	struct document *d = w->d;
	struct str none = {NULL, 0};
	const struct grid *g = &d->grid;
	struct heads h = heads_of(w, words, r, c);
	struct str column = h.column, line = h.line;
	bool own = f->unit.n > 0;

	if ((!column.n && (!line.n || own)) || column.n > HEAD_MOST || line.n > HEAD_MOST || h.upper.n > HEAD_MOST)
		return false;
	if (!own && (is_class(words, column, CELL_SKIP) || is_class(words, line, CELL_SKIP)))
		return false;
	struct head_period over = head_period(column), beside = head_period(line);
	if (!own)
		*unit = unit_of(w, &h, scale);
	const struct unit *u = *unit;
	bool minus, growth = (own ? f->kind == FACT_PERCENT : u && u->kind == FACT_PERCENT) && is_growth_head(column);
	bool plain = !column.n || is_class(words, column, CELL_PLAIN) || is_class(words, column, CELL_TOTAL) || head_is_period(column);
	bool whole = !line.n || is_class(words, line, CELL_TOTAL) || is_class(words, line, CELL_PLAIN) || head_is_period(line);
	bool place = !whole && (!plain || h.upper.n) && is_class(words, line, CELL_PLACE);
	struct str first = whole || place ? none : line, second = plain ? none : column;
	struct str name = first.n ? first : second.n ? second : h.upper.n ? h.upper : head_bare(caption_of(w));
	cell_digits(r->cells[c], &minus);
	/* a loss, a correction: what it counts is not plain */
	if (!name.n || (minus && !growth))
		return false;

	if (!own) {
		f->kind = u ? u->kind : FACT_COUNT;
		f->unit = u ? u->name : none;
	}
	struct str after = head_period(name).rest;      /* 2022年受理数 */
	f->measure = head_bare(after.n ? after : name);
	f->measure_at.b = (uint32_t)(f->measure.s - d->text.s);
	f->measure_at.e = f->measure_at.b + (uint32_t)f->measure.n;
	if (growth)
		f->change = minus ? CHANGE_DOWN : CHANGE_UP;
	f->scope = place && !is_own_name(d, head_bare(line)) ? head_bare(line) : none;
	int year = over.year ? over.year : beside.year;
	const char *season = over.season[0] ? over.season : beside.season;
	if (!growth && (year || season[0]))
		f->period = cell_period(d, year, season);
	/* a part of the row's total (自然人, 企业 …) is not the row's figure */
	bool part = r->numbers > 1 && (column.n ? first.n && second.n && !(u && !own) && !place && (g->totals[r->n] || h.summed)
		: !(g->total_last && c == r->n - 1));
	part |= h.summed && second.n;
	struct str known = f->indicator;
	f->indicator = none;
	if (!part)
		name_cell(w, f, first, first.n ? none : h.upper, second, u ? u->group : none);
	if (!f->indicator.n && (plain || growth))       /* what the row says by itself */
		f->indicator = known;
	return true;
}

static void cell_add(struct work *w, const struct cell_words *words, const struct row *r, size_t c,
	const struct numeral *v)
{
	struct document *d = w->d;
	bool minus;
	struct str cell = cell_digits(r->cells[c], &minus);
	uint32_t at = (uint32_t)(cell.s - d->text.s);
	struct fact f = {.at = {at, at + (uint32_t)cell.n}, .segment = w->sentence->segment};
	const struct unit *u = NULL;
	int power = 0;

	if (!cell_place(w, words, r, c, &f, &u, &power))
		return;
	power += u ? u->scale : 0;
	size_t n = strlen(v->digits);
	f.value = (struct number){decimal_norm(decimal_shift(v->value, power)), true};
	f.digits = (struct str){arena_strndup(d->arena, v->digits, n), n};
	f.scale = v->scale + power;
	d->facts = arena_grow(d->arena, d->facts, &d->cap_facts, d->nfacts + 1, sizeof *d->facts);
	size_t k = d->nfacts++;
	for (; k > 0 && d->facts[k - 1].at.b > f.at.b; k--)
		d->facts[k] = d->facts[k - 1];
	d->facts[k] = f;
}

/* The growths of a row are those of what it counts, where that is one thing. */
static void growths_name(const struct document *d, const struct row *r)
{
	const struct fact *level = NULL;

	for (size_t c = 0; c < r->n; c++) {
		const struct fact *f = cell_fact(d, r->cells[c]);
		if (!f || f->change != CHANGE_LEVEL || !f->indicator.n)
			continue;
		if (level && !str_eq(level->indicator, f->indicator))
			return;
		level = f;
	}
	for (size_t c = 0; level && c < r->n; c++) {
		struct fact *f = cell_fact(d, r->cells[c]);
		if (f && f->change != CHANGE_LEVEL && !f->indicator.n) {
			f->indicator = level->indicator;
			f->rule = level->rule;
		}
	}
}

void cells_assign(struct work *w, const struct cell_words *words)
{
	struct document *d = w->d;
	struct grid *g = &d->grid;
	struct row r = row_read(d, w->sentence->at, g->segment != w->sentence->segment + 1);
	struct numeral v;

	if (g->segment != w->sentence->segment + 1) {
		memset(g->seen, 0, sizeof g->seen);
		g->total_last = g->open = false;
		g->levels = 0;
		g->segment = w->sentence->segment + 1;
	}
	if (r.n < 2) {
		g->open = false;
		return;
	}
	if (!r.numbers) {
		heads_row(w, &r);
		g->seen[r.n] = true;
		g->totals[r.n] = false;
		g->total_last |= is_class(words, str_trim(r.cells[r.n - 1]), CELL_TOTAL);
		for (size_t c = 0; c < r.n; c++) {
			g->heads[r.n][c] = r.cells[c];
			g->totals[r.n] |= c > 0 && is_class(words, str_trim(r.cells[c]), CELL_TOTAL);
		}
		return;
	}
	g->open = false;
	for (size_t c = 0; c < r.n; c++) {
		struct fact *f = cell_fact(d, r.cells[c]);
		int scale = 0;
		if (f) {
			const struct unit *u = f->unit.n ? units_match(w->a->units, f->unit.s, f->unit.n) : NULL;
			struct fact own = *f;
			if (own.unit.n && cell_place(w, words, &r, c, &own, &u, &scale))
				*f = own;
		} else if (r.number[c] && cell_number(r.cells[c], &v) && !cell_has_fact(d, r.cells[c])) {
			cell_add(w, words, &r, c, &v);
		}
	}
	growths_name(d, &r);
}
