/* grid: the heads that stand over and beside the cells of a table (grid.h). */
#include "grid.h"
#include "heads.h"

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
		memset(g->top, 0, sizeof g->top);
		g->width = 0;
	} else if (g->levels == 2) {
		for (size_t c = 0; c < g->width; c++)
			if (g->lower[c].n) {
				g->top[c] = g->upper[c];
				g->upper[c] = g->lower[c];
			}
	}
	memset(g->lower, 0, sizeof g->lower);
	for (size_t k = 0; k < r->n; k++)
		(below ? g->lower : g->upper)[column_of(w, r->cells[k])] = str_trim(r->cells[k]);
	if (last + 1 > g->width)
		g->width = last + 1;
	if (below) {            /* 行政复议 over 维持, 纠正, 总计 */
		for (size_t c = 1, from = 0; c < g->width; c++) {
			if (g->upper[c].n) {
				from = c;
			} else if (g->lower[c].n) {
				g->upper[c] = g->upper[from];
				g->top[c] = g->top[from];
			}
		}
	}
	g->levels = below ? 2 : 1;
	g->open = true;
}

/* True where a column under the same head, other than C itself, has the sum of them. */
static bool has_total(const struct grid *g, const struct cell_words *words, size_t c)
{
	for (size_t k = 0; k < g->width; k++)
		if (k != c && g->lower[k].n && str_eq(g->upper[k], g->upper[c]) && cell_is(words, g->lower[k], CELL_TOTAL))
			return true;
	return false;
}

/* A cell of a column of units: its unit, else NULL. */
static const struct unit *cell_unit(const struct work *w, struct str cell)
{
	cell = str_trim(cell);
	const struct unit *u = cell.n ? units_match(w->a->units, cell.s, cell.n) : NULL;
	return u && u->word.n == cell.n ? u : NULL;
}

/* 受理	126件	审结	118件: every number has its own name before it, and no head above. */
static bool is_pairs(const struct row *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->number[i] != (i % 2 == 1))
			return false;
	return r->n >= 4 && r->n % 2 == 0;
}

void grid_heads(struct work *w, const struct cell_words *words, const struct row *r)
{
	struct grid *g = &w->d->grid;
	size_t filled = 0;

	for (size_t c = 0; c < r->n; c++)
		filled += str_trim(r->cells[c]).n > 0;
	if (filled < 2) {               /* 一、行政复议情况: of the rows below */
		g->section = filled && str_trim(r->cells[0]).n <= HEAD_MOST ? str_trim(r->cells[0]) : (struct str){NULL, 0};
		g->group = (struct str){NULL, 0};
		g->open = false;
		return;
	}
	g->group = (struct str){NULL, 0};
	heads_row(w, r);
	g->seen[r->n] = true;
	g->totals[r->n] = false;
	g->total_last |= cell_is(words, str_trim(r->cells[r->n - 1]), CELL_TOTAL);
	for (size_t c = 0; c < r->n; c++) {
		g->heads[r->n][c] = r->cells[c];
		g->totals[r->n] |= c > 0 && cell_is(words, str_trim(r->cells[c]), CELL_TOTAL);
	}
}

void grid_row(struct work *w, const struct row *r)
{
	struct grid *g = &w->d->grid;
	size_t names = 0, column = 0;
	struct str first = {NULL, 0};

	g->open = false;
	g->row = w->sentence->at.b;
	for (size_t c = 0; c < r->n; c++) {
		struct str cell = str_trim(r->cells[c]);
		if (!cell.n || r->number[c] || cell_unit(w, cell))
			continue;
		if (names++ == 0) {
			first = cell;
			column = column_of(w, r->cells[c]);
		}
	}
	if (names >= 2 && !is_pairs(r)) {
		g->group = first;
		g->group_column = column;
	} else if (g->group.n && (names == 0 || column <= g->group_column)) {
		g->group = (struct str){NULL, 0};
	}
}

/* What spans all columns of numbers before cell C; {NULL, 0} where they are under several heads. */
static struct str spanned_before(const struct work *w, const struct cell_words *words, const struct row *r, size_t c)
{
	const struct grid *g = &w->d->grid;
	struct str upper = {NULL, 0};

	for (size_t b = 0; b < c; b++) {
		size_t k = column_of(w, r->cells[b]);
		if (!r->number[b] || k >= g->width || cell_is(words, g->upper[k], CELL_SKIP))
			continue;
		if (!g->lower[k].n || (upper.n && !str_eq(upper, g->upper[k])))
			return (struct str){NULL, 0};
		upper = g->upper[k];
	}
	return upper;
}

/* The heads over cell C, which stands in column K. */
static void column_heads(const struct work *w, const struct cell_words *words, const struct row *r, size_t c, size_t k,
	struct heads *h)
{
	const struct grid *g = &w->d->grid;

	if (g->levels == 2 && k < g->width && (g->upper[k].n || g->lower[k].n)) {
		h->column = g->lower[k].n ? g->lower[k] : g->upper[k];
		h->upper = g->lower[k].n ? g->upper[k] : g->top[k];
		h->top = g->lower[k].n ? g->top[k] : h->top;
		h->summed = h->upper.n && has_total(g, words, k);
		if (cell_is(words, h->column, CELL_PLAIN) || cell_is(words, h->column, CELL_TOTAL)) {
			if (!h->upper.n)        /* 总计 of the columns before it that something spans */
				h->upper = spanned_before(w, words, r, c);
		}
	} else if (r->n <= GRID_COLUMNS && g->seen[r->n]) {
		h->column = str_trim(g->heads[r->n][c]);
	} else if (g->levels == 1 && k < g->width) {
		h->column = g->upper[k];
	}
}

struct heads grid_of(struct work *w, const struct cell_words *words, const struct row *r, size_t c)
{
	struct grid *g = &w->d->grid;
	struct heads h = {.pair = is_pairs(r)};
	size_t k = column_of(w, r->cells[c]);

	g->column = k;
	w->wider_made = false;
	if (!h.pair) {
		column_heads(w, words, r, c, k, &h);
		h.group = g->group.n ? g->group : g->section;
	}
	for (size_t b = c; b-- > 0 && !h.line.n;) {
		struct str cell = str_trim(r->cells[b]);
		const struct unit *whole = cell_unit(w, cell);
		if (whole) {
			h.own = whole;
		} else if (cell.n && !r->number[b]) {
			struct heads over = {.pair = false};
			h.line = cell;
			column_heads(w, words, r, b, column_of(w, cell), &over);
			h.places = over.column.n && cell_is(words, over.column, CELL_PLACES);
		}
	}
	return h;
}

struct str grid_caption(const struct work *w)
{
	const struct segment *own = &w->d->segments[w->sentence->segment];

	if (w->sentence->segment == 0 || own[-1].kind != SEGMENT_CAPTION || own[-1].at.e - own[-1].at.b > HEAD_MOST)
		return (struct str){NULL, 0};
	return str_trim(str_sub(w->d->text, own[-1].at.b, own[-1].at.e));
}

const struct unit *grid_unit(const struct work *w, const struct heads *h, int *scale)
{
	const struct units *units = w->a->units;
	const struct unit *u = head_unit(units, h->column, scale);

	if (!u && (u = h->own))
		*scale = 0;
	if (!u && h->upper.n)
		u = head_unit(units, h->upper, scale);
	if (!u && h->top.n)
		u = head_unit(units, h->top, scale);
	if (!u)
		u = head_unit(units, h->line, scale);
	if (!u)
		u = head_unit_above(w, h->column, scale);
	return u ? u : head_unit(units, grid_caption(w), scale);
}
