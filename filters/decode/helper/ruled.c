#include "ruled.h"
#include "disjoint.h"
#include "rows.h"

#include <math.h>
#include <stdlib.h>

enum { COLUMNS_MOST = 64, ROWS_MOST = 500, CELLS_LEAST = 4, ROW_LEAST = 3, RULES_LEAST = 4 };

/* In sizes of characters: how far rules that meet may end from each other, and how far apart
 * two rules are that stand for one edge, as of a double border. */
static const float MEET = 0.17f, EDGE = 0.25f;

/* The rules of a page, and to which group each belongs, horizontal ones first. */
struct page {
	const struct rules *rules;
	uint32_t *ids;
	float em;
	struct arena *arena;
};

/* --- which rules belong together --- */

static uint32_t *numbered(size_t n, struct arena *a)
{
	uint32_t *up = arena_alloc(a, (n + 1) * sizeof *up);
	for (uint32_t i = 0; i < n; i++)
		up[i] = i;
	return up;
}

static bool meets(const struct rule *a, const struct rule *b, float far)
{
	return a->at > b->from - far && a->at < b->to + far && b->at > a->from - far && b->at < a->to + far;
}

/* --- edges --- */

static int by_value(const void *pa, const void *pb)
{
	float a = *(const float *)pa, b = *(const float *)pb;
	return (a > b) - (a < b);
}

/* Makes one edge of all that stand close to each other. Returns how many there are. */
static uint32_t edges_merge(float *v, uint32_t n, float near)
{
	uint32_t to = 0, members = 0;

	if (n > 1)
		qsort(v, n, sizeof *v, by_value);
	for (uint32_t i = 0; i < n; i++) {
		if (to > 0 && v[i] - v[to - 1] <= near) {
			v[to - 1] += (v[i] - v[to - 1]) / (float)++members;
		} else {
			v[to++] = v[i];
			members = 1;
		}
	}
	return to;
}

/* The edges of the rules of group ID, of the vertical ones (DOWN) or the horizontal ones, and
 * of where those that cross them end. */
static uint32_t edges_make(const struct page *p, uint32_t id, bool down, float **edges)
{
	const struct rules *r = p->rules;
	const struct rule *along = down ? r->down : r->across, *crossing = down ? r->across : r->down;
	const uint32_t *ids = p->ids + (down ? r->nacross : 0), *crossing_ids = p->ids + (down ? 0 : r->nacross);
	size_t n = down ? r->ndown : r->nacross, ncrossing = down ? r->nacross : r->ndown;
	float from = INFINITY, to = -INFINITY;
	uint32_t k = 0;

	*edges = arena_alloc(p->arena, (n + 2) * sizeof **edges);
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			(*edges)[k++] = along[i].at;
	for (size_t i = 0; i < ncrossing; i++)
		if (crossing_ids[i] == id) {
			from = fminf(from, crossing[i].from);
			to = fmaxf(to, crossing[i].to);
		}
	if (from < to) {
		(*edges)[k++] = from;
		(*edges)[k++] = to;
	}
	return edges_merge(*edges, k, p->em * EDGE);
}

/* --- cells --- */

/* The number of the last edge at or before X; N for a place outside. */
static uint32_t interval(const float *edges, uint32_t n, float x)
{
	uint32_t b = 0, e = n;

	if (!(x >= edges[0] && x < edges[n]))
		return n;
	while (e - b > 1) {
		uint32_t m = b + (e - b) / 2;
		if (edges[m] <= x)
			b = m;
		else
			e = m;
	}
	return b;
}

/* The edge nearest to X. */
static uint32_t edge_at(const float *edges, uint32_t n, float x)
{
	uint32_t i = interval(edges, n, x);

	if (i == n)
		return x < edges[0] ? 0 : n;
	return x - edges[i] < edges[i + 1] - x ? i : i + 1;
}

/* Does RULE cover most of the interval? */
static bool covers(const struct rule *r, float b, float e)
{
	return fminf(r->to, e) - fmaxf(r->from, b) > (e - b) * 0.6f;
}

/* Notes the walls that a rule makes: WALLS has one for each edge and interval along it. */
static void walls_note(bool *walls, const struct rule *r, const float *edges, uint32_t nedges, const float *along, uint32_t n)
{
	uint32_t edge = edge_at(edges, nedges, r->at);

	for (uint32_t i = 0; i < n; i++)
		walls[edge * n + i] |= covers(r, along[i], along[i + 1]);
}

/* Makes one cell of those without a wall between them. Returns how many are left. */
static uint32_t cells_make(struct ruled *t, const bool *left, const bool *above, struct arena *a)
{
	uint32_t n = t->rows * t->columns, cells = 0;

	t->cells = numbered(n, a);
	for (uint32_t r = 0; r < t->rows; r++)
		for (uint32_t c = 0; c < t->columns; c++) {
			if (c > 0 && !left[c * t->rows + r])
				disjoint_unite(t->cells, r * t->columns + c, r * t->columns + c - 1);
			if (r > 0 && !above[r * t->columns + c])
				disjoint_unite(t->cells, r * t->columns + c, (r - 1) * t->columns + c);
		}
	for (uint32_t i = 0; i < n; i++) {
		t->cells[i] = disjoint_root(t->cells, i);
		cells += t->cells[i] == i;
	}
	return cells;
}

/* The table of group ID; false where it is none. */
static bool table_make(const struct page *p, uint32_t id, struct ruled *t)
{
	const struct rules *r = p->rules;

	*t = (struct ruled){.near = p->em * EDGE};
	t->columns = edges_make(p, id, true, &t->xs);
	t->rows = edges_make(p, id, false, &t->ys);
	if (t->columns < 3 || t->rows < 2 || t->columns-- > COLUMNS_MOST || t->rows-- > ROWS_MOST)
		return false;
	t->x0 = t->xs[0];
	t->x1 = t->xs[t->columns];
	t->y0 = t->ys[0];
	t->y1 = t->ys[t->rows];
	bool *left = arena_calloc(p->arena, (t->columns + 1) * t->rows, sizeof *left);
	bool *above = arena_calloc(p->arena, (t->rows + 1) * t->columns, sizeof *above);
	for (size_t i = 0; i < r->ndown; i++)
		if (p->ids[r->nacross + i] == id)
			walls_note(left, &r->down[i], t->xs, t->columns, t->ys, t->rows);
	for (size_t i = 0; i < r->nacross; i++)
		if (p->ids[i] == id)
			walls_note(above, &r->across[i], t->ys, t->rows, t->xs, t->columns);
	/* one row may be what is left of the page before's */
	if (cells_make(t, left, above, p->arena) < (t->rows == 1 ? ROW_LEAST : CELLS_LEAST))
		return false;
	t->texts = arena_calloc(p->arena, t->rows * t->columns, sizeof *t->texts);
	return true;
}

size_t ruled_make(const struct rules *r, float em, struct ruled **tables, struct arena *a)
{
	size_t n = r->nacross + r->ndown, made = 0;
	struct page p = {r, numbered(n, a), em, a};
	uint32_t *rules = arena_calloc(a, n + 1, sizeof *rules);

	for (uint32_t i = 0; i < r->nacross; i++)
		for (uint32_t k = 0; k < r->ndown; k++)
			if (meets(&r->across[i], &r->down[k], em * MEET))
				disjoint_unite(p.ids, i, (uint32_t)r->nacross + k);
	for (uint32_t i = 0; i < n; i++)
		rules[p.ids[i] = disjoint_root(p.ids, i)]++;
	*tables = arena_alloc(a, (n / RULES_LEAST + 1) * sizeof **tables);
	for (uint32_t i = 0; i < r->nacross; i++)
		if (rules[i] >= RULES_LEAST && table_make(&p, i, &(*tables)[made]))
			made++;
	return made;
}

uint32_t ruled_cell(const struct ruled *t, float x, float y)
{
	uint32_t c = interval(t->xs, t->columns, x), r = interval(t->ys, t->rows, y);

	return c == t->columns || r == t->rows ? UINT32_MAX : t->cells[r * t->columns + c];
}

/* Sets a table into other columns, each of which lies in one of its own. */
static void columns_set(struct ruled *t, float *xs, uint32_t columns, struct arena *a)
{
	uint32_t *of = arena_alloc(a, columns * sizeof *of), *first = arena_alloc(a, (t->columns + 1) * sizeof *first);
	uint32_t *cells = arena_alloc(a, (size_t)t->rows * columns * sizeof *cells);
	struct str *texts = arena_calloc(a, (size_t)t->rows * columns, sizeof *texts);

	memset(first, 0xFF, (t->columns + 1) * sizeof *first);
	for (uint32_t c = columns; c-- > 0;) {
		uint32_t i = interval(t->xs, t->columns, (xs[c] + xs[c + 1]) / 2);
		of[c] = i < t->columns ? i : c ? t->columns - 1 : 0;
		first[of[c]] = c;
	}
	for (uint32_t c = 0; c < t->columns; c++)
		if (first[c] == UINT32_MAX)     /* too narrow among the others */
			return;
	for (uint32_t r = 0; r < t->rows; r++)
		for (uint32_t c = 0; c < columns; c++) {
			uint32_t id = t->cells[r * t->columns + of[c]];
			uint32_t to = id / t->columns * columns + first[id % t->columns];
			cells[r * columns + c] = to;
			texts[to] = t->texts[id];
		}
	t->xs = xs;
	t->columns = columns;
	t->cells = cells;
	t->texts = texts;
}

void ruled_unite(struct ruled *const *tables, size_t n, struct arena *a)
{
	uint32_t edges = 0;

	for (size_t i = 0; i < n; i++)
		edges += tables[i]->columns + 1;
	float *xs = arena_alloc(a, edges * sizeof *xs);
	edges = 0;
	for (size_t i = 0; i < n; i++)
		for (uint32_t c = 0; c <= tables[i]->columns; c++)
			xs[edges++] = tables[i]->xs[c];
	edges = edges_merge(xs, edges, tables[0]->near);
	for (size_t i = 0; i < n && edges <= 2 * COLUMNS_MOST; i++)
		columns_set(tables[i], xs, edges - 1, a);
}

static bool row_equal(const struct ruled *a, const struct ruled *b, uint32_t r)
{
	size_t from = (size_t)r * a->columns;
	bool text = false;

	for (size_t i = from; i < from + a->columns; i++) {
		if (a->cells[i] != b->cells[i] || !str_eq(a->texts[i], b->texts[i]))
			return false;
		text |= a->texts[i].n > 0;
	}
	return text;
}

/* How many rows of T are the head of the table before, said again. */
static uint32_t head_rows(const struct ruled *t, const struct ruled *before)
{
	uint32_t n = 0, most;

	if (!before || before->columns != t->columns)
		return 0;
	most = t->rows < before->rows ? t->rows : before->rows;
	while (n < most && row_equal(t, before, n))
		n++;
	return n < most ? n : 0;
}

void ruled_write(const struct ruled *t, const struct ruled *before, struct output *o)
{
	struct rows rows = {.out = o};

	rows_begin(&rows);
	for (uint32_t r = head_rows(t, before); r < t->rows; r++) {
		for (uint32_t c = 0; c < t->columns; c++) {
			uint32_t i = r * t->columns + c;
			if (t->cells[i] == i)
				output_text(o, t->texts[i]);
			rows_cell(&rows, 1);
		}
		rows_row(&rows);
	}
	rows_end(&rows);
}
