#include "cells.h"
#include "grid.h"
#include "heads.h"

#include <stdio.h>

/* The heads as a rule sees them, the number behind them: 行政规范性文件现行有效件数#. */
static struct str heads_context(struct work *w, struct str group, struct str first, struct str upper, struct str second)
{
	struct buf *b = &w->a->cell;
	const char *text = w->d->text.s;
	struct str parts[] = {group, first, upper, second};

	b->len = 0;
	for (int i = 0; i < 4; i++) {
		struct str p = parts[i].n ? head_bare(parts[i]) : parts[i];
		if (p.n)
			context_append(b, w->d->text, (struct span){(uint32_t)(p.s - text), (uint32_t)(p.s + p.n - text)});
	}
	/* 一、本年新收…: a list's mark says nothing */
	buf_append(b, "#", 1);
	return (struct str){(char *)b->data, b->len};
}

/* What the words of some heads make of the number; {NULL, 0} for nothing. *RULE: by which rule. */
static struct str heads_name(struct work *w, const struct fact *f, struct str context, struct str unit, int *rule)
{
	struct rule_subject s = {.sentence = context, .at = (uint32_t)context.n - 1, .wider = work_wider,
		.arg = w, .kind = f->kind, .change = CHANGE_LEVEL, .unit = unit};
	struct str found = {NULL, 0};

	rules_scan(w->a->rules, context);
	*rule = rules_match(w->a->rules, &s, -1, &found, NULL);
	return *rule >= 0 ? found : (struct str){NULL, 0};
}

/* A row of some kind of what the column counts by RULE: 食品 below 处罚案件. Its own words have no part in that. */
static bool is_kind(struct work *w, const struct fact *f, struct str first, struct str second, struct str unit, int rule)
{
	struct str none = {NULL, 0};
	int alone = -1;

	if (first.n && second.n && !rules_looks_near(w->a->rules, rule))
		heads_name(w, f, heads_context(w, none, none, none, second), unit, &alone);
	return alone >= 0 && alone == rule;
}

/* The indicator that the heads name, with the group's words or without; the upper head alone names none of its columns:
 * 行政处罚实施数量 over 警告, 罚款. */
static void name_cell(struct work *w, struct fact *f, struct str group, struct str first, struct str upper, struct str second,
	struct str unit)
{
	struct str alone = {NULL, 0}, none = {NULL, 0};
	int rule;

	if (upper.n && second.n) {
		alone = heads_name(w, f, heads_context(w, group, first, upper, none), unit, &rule);
		/* 许可数量 under 行政许可实施数量 */
		struct str below = heads_name(w, f, heads_context(w, none, none, none, second), unit, &rule);
		if (alone.s && below.s && str_eq(alone, below))
			alone = none;
	}
	for (int k = group.n ? 0 : 1; k < 2 && !f->indicator.n; k++) {
		struct str found = heads_name(w, f, heads_context(w, k ? none : group, first, upper, second), unit, &rule);
		if (found.s && !(alone.s && str_eq(alone, found)) && !is_kind(w, f, first, second, unit, rule)) {
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

/* 纠错率（%）: a rate is of a hundred only where a head says so. */
static bool says_rate(struct str head, const struct unit *u)
{
	head = head_bare(head);
	return u && u->kind == FACT_PERCENT && (str_ends(head, STR("率")) || str_ends(head, STR("比")));
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
	struct heads h = grid_of(w, words, r, c);
	struct str column = h.column, line = h.line;
	bool own = f->unit.n > 0;

	if ((!column.n && (!line.n || (own && !h.pair))) || column.n > HEAD_MOST || line.n > HEAD_MOST || h.upper.n > HEAD_MOST)
		return false;
	struct head_period over = head_period(column), beside = head_period(line);
	if (!own)
		*unit = grid_unit(w, &h, scale);
	const struct unit *u = *unit;
	if (!own && ((cell_is(words, column, CELL_SKIP) && !says_rate(column, u)) || (cell_is(words, line, CELL_SKIP) && !says_rate(line, u))))
		return false;
	bool minus, growth = (own ? f->kind == FACT_PERCENT : u && u->kind == FACT_PERCENT) && is_growth_head(column);
	bool plain = !column.n || cell_is(words, column, CELL_PLAIN) || cell_is(words, column, CELL_TOTAL) || head_is_period(column);
	bool whole = !line.n || cell_is(words, line, CELL_TOTAL) || cell_is(words, line, CELL_PLAIN) || head_is_period(line);
	bool place = !whole && (!plain || h.upper.n || (h.places && grid_caption(w).n)) && (h.places || cell_is(words, line, CELL_PLACE));
	struct str first = whole || place ? none : line, second = plain ? none : column;
	struct str name = first.n ? first : second.n ? second : h.upper.n ? h.upper : head_bare(grid_caption(w));
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
	bool of_place = h.group.n && cell_is(words, h.group, CELL_PLACE);
	struct str whose = place ? head_bare(line) : of_place ? head_bare(h.group) : none;
	f->scope = whose.n && !is_own_name(d, whose) ? whose : none;
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
		name_cell(w, f, of_place ? none : h.group, first, first.n ? none : h.upper, second, u ? u->group : none);
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

/* 二、行政应诉, a row of one cell, parts the rows of one table, whose heads go on: SEGMENT begins with the row of numbers R. */
static bool goes_on(const struct document *d, size_t segment, const struct row *r)
{
	enum { LINE_MOST = 90 };        /* bytes */
	const struct segment *s = &d->segments[segment];

	return segment >= 2 && d->grid.segment == segment - 1 && s[-2].kind == SEGMENT_TABLE && r->numbers && d->grid.levels
		&& s[-1].at.e - s[-1].at.b <= LINE_MOST && s[-1].kind != SEGMENT_CAPTION && r->n <= d->grid.width;
}

void cells_assign(struct work *w, const struct cell_words *words)
{
	struct document *d = w->d;
	struct grid *g = &d->grid;
	struct row r = row_read(d, w->sentence->at, g->segment != w->sentence->segment + 1);
	struct numeral v;

	if (g->segment != w->sentence->segment + 1) {
		if (!goes_on(d, w->sentence->segment, &r)) {
			memset(g->seen, 0, sizeof g->seen);
			g->total_last = g->open = false;
			g->levels = 0;
		}
		g->section = g->group = (struct str){NULL, 0};
		g->segment = w->sentence->segment + 1;
	}
	if (!r.numbers) {
		grid_heads(w, words, &r);
		return;
	}
	if (r.n < 2) {
		g->open = false;
		return;
	}
	grid_row(w, &r);
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
