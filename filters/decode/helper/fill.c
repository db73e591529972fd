#include "fill.h"
#include "ruled.h"

#include <math.h>

enum {
	FILLED_LEAST = 3,       /* cells with text that make a table of a drawing */
	CUTS_RARE = 300         /* characters for one that an edge parts from its neighbour */
};

static const uint32_t NONE = UINT32_MAX;

/* Where a character stands. */
struct place {
	uint32_t table, cell;
};

/* The innermost table's cell that G stands in, one that has room for it. */
static struct place place_of(const struct ruled *tables, size_t n, const struct glyph *g)
{
	struct place p = {NONE, NONE};
	float x = (g->x0 + g->x1) / 2, y = (g->y0 + g->y1) / 2, area = INFINITY;

	for (uint32_t t = 0; t < n; t++) {
		const struct ruled *r = &tables[t];
		uint32_t cell = ruled_cell(r, x, y);
		if (cell == NONE || (r->x1 - r->x0) * (r->y1 - r->y0) >= area)
			continue;
		area = (r->x1 - r->x0) * (r->y1 - r->y0);
		p = (struct place){t, cell};
	}
	return p;
}

/* Appends the lines of a cell; words of Latin letters keep a space between them. */
static struct str cell_text(const struct layout *cell)
{
	char *s = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < cell->nlines; i++)
		for (uint32_t k = 0; k < cell->lines[i].n; k++) {
			struct str piece = cell->lines[i].pieces[k].text;
			bool space = n > 0 && piece.n && (k > 0 || line_needs_space(&cell->lines[i - 1], &cell->lines[i]));
			s = arena_grow(cell->arena, s, &cap, n + piece.n + 1, 1);
			if (space)
				s[n++] = ' ';
			memcpy(s + n, piece.s, piece.n);
			n += piece.n;
		}
	return (struct str){s, n};
}

/* What the lines of a cell look like. */
struct stack {
	uint32_t lines;
	uint32_t numbers;       /* lines of nothing but numbers */
	uint32_t shorter;       /* lines that leave half of the cell empty, without the last */
	uint32_t apart;         /* lines that have several things in them, with gaps between */
};

static bool is_number(struct str s)
{
	bool digit = false;
	uint32_t cp;

	for (size_t i = 0; i < s.n;) {
		i += utf8_next(s.s + i, s.n - i, &cp);
		digit |= cp >= '0' && cp <= '9';
		if (cp >= 0x2E80 && cp != 0xFF05 && cp != 0xFF0C && cp != 0xFF0D)
			return false;
	}
	return digit;
}

static struct stack stack_of(const struct layout *cell, float width)
{
	struct stack s = {(uint32_t)cell->nlines, 0, 0, 0};

	for (size_t i = 0; i < cell->nlines; i++) {
		const struct line *line = &cell->lines[i];
		uint32_t numbers = 0;
		for (uint32_t k = 0; k < line->n; k++)
			numbers += is_number(line->pieces[k].text);
		s.numbers += numbers == line->n;
		s.apart += line->n > 2 || (line->n == 2 && numbers > 0);
		s.shorter += i + 1 < cell->nlines && line->x1 - line->x0 < width / 2;
	}
	return s;
}

/* Do rules part only groups of this table's rows or columns? Then cells hold things beside
 * each other; or those in one row hold numbers above each other, or lines that nothing made
 * so short. */
static bool is_coarse(const struct ruled *t, const struct stack *stacks)
{
	uint32_t coarse = 0, apart = 0;

	for (uint32_t r = 0; r < t->rows; r++) {
		uint32_t numbers = 0, lines = 0, shorter = 0, gaps = 0;
		for (uint32_t c = 0; c < t->columns; c++) {
			const struct stack *s = &stacks[r * t->columns + c];
			numbers = s->numbers > numbers ? s->numbers : numbers;
			lines += s->lines > 1;
			shorter += s->shorter > 1;
			gaps = s->apart > gaps ? s->apart : gaps;
		}
		if (lines > 1 && (numbers > 2 || (shorter > 1 && r > 0)))
			return true;
		coarse += lines > 1 && numbers > 1;
		apart += gaps > 2 ? 2 : gaps > 0;
	}
	return coarse * 2 > t->rows || apart > 1;
}

/* The characters of each cell, in the page's order: a list with its first and last. */
struct lists {
	uint32_t *first, *last;
	uint32_t *next;         /* of characters, shared by all tables */
};

static void list_add(struct lists *l, uint32_t cell, uint32_t glyph)
{
	l->next[glyph] = NONE;
	if (l->first[cell] == NONE)
		l->first[cell] = glyph;
	else
		l->next[l->last[cell]] = glyph;
	l->last[cell] = glyph;
}

/* Fills the cell that begins in column C. */
static struct stack cell_fill(const struct layout *l, struct ruled *t, uint32_t cell, uint32_t c, const struct lists *lists)
{
	struct layout page = {.arena = l->arena};
	uint32_t before = NONE;

	for (uint32_t i = lists->first[cell]; i != NONE; before = i, i = lists->next[i]) {
		if (before != NONE && i != before + 1)
			layout_run(&page);
		layout_glyph(&page, l->glyphs[i]);
	}
	layout_page(&page);
	t->texts[cell] = cell_text(&page);
	uint32_t e = c + 1;
	while (e < t->columns && t->cells[cell - c + e] == cell)
		e++;
	return stack_of(&page, t->xs[e] - t->xs[c]);
}

/* Do A and B stand side by side, as letters of a word do? */
static bool is_beside(const struct glyph *a, const struct glyph *b)
{
	float height = fminf(a->y1 - a->y0, b->y1 - b->y0);

	return fminf(a->y1, b->y1) - fmaxf(a->y0, b->y0) > height * 0.5f && b->x0 > a->x0 && b->x0 - a->x1 < b->size * 0.1f;
}

/* Do the edges of table T cut words? Then they are none of a table's. */
static bool is_cutting(const struct layout *l, uint32_t t, const struct place *places)
{
	size_t n = 0, cuts = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (places[i].table != t)
			continue;
		n++;
		cuts += i > 0 && places[i - 1].table == t && places[i - 1].cell != places[i].cell
			&& is_beside(&l->glyphs[i - 1], &l->glyphs[i]);
	}
	return cuts > 2 + n / CUTS_RARE;
}

/* Fills the cells of table T of those that PLACES says stand in it. */
static bool table_fill(const struct layout *l, struct ruled *tables, uint32_t t, const struct place *places, uint32_t *next)
{
	size_t cells = (size_t)tables[t].rows * tables[t].columns, filled = 0;
	struct lists lists = {arena_alloc(l->arena, cells * sizeof(uint32_t)), arena_alloc(l->arena, cells * sizeof(uint32_t)), next};

	memset(lists.first, 0xFF, cells * sizeof *lists.first);
	for (uint32_t i = 0; i < l->n; i++)
		if (places[i].table == t)
			list_add(&lists, places[i].cell, i);
	for (size_t c = 0; c < cells; c++)
		filled += lists.first[c] != NONE;
	if (filled < FILLED_LEAST || is_cutting(l, t, places))
		return false;
	struct stack *stacks = arena_calloc(l->arena, cells, sizeof *stacks);
	for (uint32_t i = 0, r = 0; r < tables[t].rows; r++)
		for (uint32_t c = 0; c < tables[t].columns; c++, i++)
			if (lists.first[i] != NONE)
				stacks[i] = cell_fill(l, &tables[t], i, c, &lists);
	return !is_coarse(&tables[t], stacks);
}

/* Takes the characters off that stand in tables; runs end where some are gone. */
static void glyphs_take(struct layout *l, const struct place *places, const bool *tables)
{
	uint32_t *runs = l->runs;
	size_t nruns = l->nruns, n = l->n, r = 0;
	bool gone = false;

	l->runs = NULL;
	l->runs_cap = l->nruns = l->n = 0;
	for (size_t i = 0; i < n; i++) {
		bool begins = r < nruns && runs[r] == i;
		while (r < nruns && runs[r] <= i)
			r++;
		if (places[i].table != NONE && tables[places[i].table]) {
			gone = true;
			continue;
		}
		if (begins || gone || l->n == 0)
			layout_run(l);
		gone = false;
		l->glyphs[l->n++] = l->glyphs[i];
	}
}

void fill_tables(struct layout *l, const struct rules *r, float em)
{
	size_t n = ruled_make(r, em, &l->tables, l->arena);
	struct place *places = arena_alloc(l->arena, (l->n + 1) * sizeof *places);
	uint32_t *next = arena_alloc(l->arena, (l->n + 1) * sizeof *next);
	bool *kept = arena_calloc(l->arena, n + 1, sizeof *kept);

	for (size_t i = 0; n > 0 && i < l->n; i++)
		places[i] = place_of(l->tables, n, &l->glyphs[i]);
	l->ntables = 0;
	bool any = false;
	for (uint32_t t = 0; t < n; t++)
		any |= kept[t] = table_fill(l, l->tables, t, places, next);
	if (any)
		glyphs_take(l, places, kept);
	for (uint32_t t = 0; t < n; t++)
		if (kept[t])
			l->tables[l->ntables++] = l->tables[t];
}
