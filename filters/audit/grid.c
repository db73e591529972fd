/* grid: the sums of a table: the row 合计 against the rows above it, and a last column 总计
 * against the others of its row. Tables leave rows out, and give averages below a column: a
 * figure is accused only where the rest of the table adds up and it comes close. */
#include "audit.h"

enum {
	COLUMNS_MOST = 32,
	ROWS_LEAST = 3,         /* a sum of fewer could be anything */
	LABEL_MOST = 36         /* bytes of 总计, with its number and spaces */
};

/* A line of cells that has numbers. */
struct row {
	uint32_t b, e;
	size_t first, n;        /* its items */
	uint32_t columns[COLUMNS_MOST];
	bool total, part;       /* 合计; 其中 */
};

struct grid {
	struct row *rows;
	size_t n, cap;
	bool has_total;         /* some cell without a number beside it says 总计 */
};

static struct str line_at(const struct scene *s, uint32_t at)
{
	const char *b = memrchr(s->text.s, '\n', at), *e = memchr(s->text.s + at, '\n', s->text.n - at);

	b = b ? b + 1 : s->text.s;
	return (struct str){b, (size_t)((e ? e : s->text.s + s->text.n) - b)};
}

/* The classes of the word that the cell ends with, or all of it without its spaces. */
static uint64_t cell_classes(const struct scene *s, struct str cell)
{
	char bare[LABEL_MOST];
	size_t n = 0;

	cell = str_trim(cell);
	if (!cell.n || cell.n > LABEL_MOST)
		return 0;
	for (size_t i = 0, k; i < cell.n; i += k) {
		size_t space = space_at(cell.s + i, cell.n - i);
		uint32_t cp;
		k = space ? space : utf8_next(cell.s + i, cell.n - i, &cp);
		for (size_t j = 0; !space && j < k; j++)
			bare[n++] = cell.s[i + j];
	}
	struct str word = {bare, n};
	for (size_t i = 0; i < n;) {
		const struct cue_word *w = cues_at(s->cues, word, i, n);
		uint32_t cp;
		if (w && i + w->text.n == n)
			return w->classes;
		i += w ? w->text.n : utf8_next(bare + i, n - i, &cp);
	}
	return 0;
}

static bool says_total(const struct scene *s, struct str line)
{
	for (struct str rest = line, cell; str_part(&rest, '\t', &cell);)
		if (cell_classes(s, cell) & CUE_BIT(CUE_TOTAL))
			return true;
	return false;
}

/* The row that LINE is: its items begin at I. False where it has too many, or two in a cell. */
static bool row_read(const struct scene *s, struct str line, size_t i, struct row *r)
{
	uint32_t at = (uint32_t)(line.s - s->text.s), column = 0, from = at;

	*r = (struct row){.b = at, .e = at + (uint32_t)line.n, .first = i};
	for (; i < s->n && s->items[i].f->at.b < r->e; i++) {
		uint32_t before = column;
		for (; from < s->items[i].f->at.b; from++)
			column += s->text.s[from] == '\t';
		if (r->n == COLUMNS_MOST || (r->n && column == before))
			return false;
		r->columns[r->n++] = column;
	}
	/* the label: the cell before the first number, or the first one */
	struct str rest = line, label = {NULL, 0}, cell;
	for (uint32_t k = 0; k < r->columns[0] && str_part(&rest, '\t', &cell); k++)
		label = str_trim(cell).n ? cell : label;
	uint64_t classes = label.s ? cell_classes(s, label) : 0;
	const struct cue_word *w = label.n ? cues_at(s->cues, str_trim(label), 0, str_trim(label).n) : NULL;
	r->total = classes & CUE_BIT(CUE_TOTAL);
	r->part = w && (w->classes & CUE_BIT(CUE_PART));
	return true;
}

/* The number of the row in that column; NULL. */
static const struct item *cell_of(const struct scene *s, const struct row *r, uint32_t column)
{
	for (size_t k = 0; k < r->n && r->columns[k] <= column; k++)
		if (r->columns[k] == column)
			return &s->items[r->first + k];
	return NULL;
}

/* The row has a number wherever the total has one. */
static bool is_below(const struct scene *s, const struct row *r, const struct row *total)
{
	for (size_t k = 0; k < total->n; k++)
		if (!cell_of(s, r, total->columns[k]))
			return false;
	return true;
}

/* A sum on its way. */
struct adding {
	struct range said, cut;
	struct ratio value;
	size_t n;
};

static void adding_put(const struct scene *s, struct adding *a, const struct item *x)
{
	a->said = a->n ? range_add(a->said, item_said(s, x)) : item_said(s, x);
	a->cut = a->n ? range_add(a->cut, item_cut(s, x)) : item_cut(s, x);
	a->value = a->n ? ratio_add(a->value, x->value) : x->value;
	a->n++;
}

/* Within a third of what is stated: neither an average nor another thing. */
static bool is_close(struct ratio sum, const struct item *total)
{
	struct ratio gap = ratio_sub(sum, total->value), third = ratio_div(total->value, ratio_int(3, 1));

	gap.n = gap.n < 0 ? -gap.n : gap.n;
	return ratio_ok(gap) && total->value.n > 0 && ratio_cmp(gap, third) <= 0;
}

/* FIRST + SECOND + … + LAST against TOTAL. */
static void grid_find(struct audit *a, const struct item *total, const struct adding *sum, const struct item *first,
	const struct item *second, const struct item *last, enum holds holds)
{
	const struct scene *s = &a->scene;
	struct str x = item_surface(s, first), y = item_surface(s, second), z = item_surface(s, last);
	struct claim c = {.kind = "sum", .holds = holds, .stated = total->value, .computed = sum->value, .like = total,
		.stated_text = item_surface(s, total)};

	c.list = audit_text(a, "%.*s+%.*s+%s%.*s", STR_ARG(x), STR_ARG(y), sum->n > 3 ? "…+" : "", STR_ARG(z));
	claim_item(&c, total);
	claim_item(&c, first);
	claim_item(&c, second);
	claim_item(&c, last);
	audit_find(a, &c);
}

/* The row T is a total: of the rows of its shape right above. */
static void columns_audit(struct audit *a, const struct grid *g, size_t t)
{
	const struct scene *s = &a->scene;
	const struct row *total = &g->rows[t];
	struct adding sums[COLUMNS_MOST];
	enum holds holds[COLUMNS_MOST];
	size_t b = t, fits = 0, fails = 0;

	while (b > 0 && !g->rows[b - 1].total && is_below(s, &g->rows[b - 1], total))
		b--;
	if (t - b < ROWS_LEAST)
		return;
	bool parts = false;
	for (size_t k = 0; k < total->n; k++) {
		const struct item *x = &s->items[total->first + k];
		bool sums_up = item_is_amount(x) && x->exact;
		sums[k] = (struct adding){.n = 0};
		for (size_t r = b; r < t; r++) {
			const struct item *y = cell_of(s, &g->rows[r], total->columns[k]);
			parts |= g->rows[r].part;
			sums_up &= item_is_amount(y) && y->exact && item_same_unit(x, y);
			adding_put(s, &sums[k], y);
		}
		holds[k] = !sums_up || x->value.n <= 0 ? HOLDS_UNCLEAR : audit_verdict(s, x, sums[k].said, sums[k].cut);
		fits += holds[k] == HOLDS_YES;
		fails += holds[k] == HOLDS_NO;
	}
	for (size_t k = 0; k < total->n; k++) {
		const struct item *x = &s->items[total->first + k];
		if (holds[k] == HOLDS_YES || (holds[k] == HOLDS_NO && fits >= 2 && fails == 1 && !parts && is_close(sums[k].value, x)))
			grid_find(a, x, &sums[k], cell_of(s, &g->rows[b], total->columns[k]),
				cell_of(s, &g->rows[b + 1], total->columns[k]), cell_of(s, &g->rows[t - 1], total->columns[k]), holds[k]);
		else if (holds[k] == HOLDS_NO)
			audit_drop(a, "sum", x, NULL, "the rows above need not be all");
	}
}

/* Does the last number of the row make up the others? */
static enum holds row_holds(const struct scene *s, const struct row *r, struct adding *sum)
{
	const struct item *last = &s->items[r->first + r->n - 1];

	*sum = (struct adding){.n = 0};
	if (r->n < ROWS_LEAST + 1 || !item_is_amount(last) || !last->exact || last->value.n <= 0)
		return HOLDS_UNCLEAR;
	for (size_t k = 0; k + 1 < r->n; k++) {
		const struct item *x = &s->items[r->first + k];
		if (!item_is_amount(x) || !x->exact || !item_same_unit(x, last))
			return HOLDS_UNCLEAR;
		adding_put(s, sum, x);
	}
	return audit_verdict(s, last, sum->said, sum->cut);
}

/* A column 总计: three rows that add up, and one that nearly does. */
static void rows_audit(struct audit *a, const struct grid *g)
{
	const struct scene *s = &a->scene;
	struct adding sum;
	size_t fits = 0, fails = 0, odd = 0;

	for (size_t r = 0; r < g->n; r++) {
		enum holds holds = row_holds(s, &g->rows[r], &sum);
		fits += holds == HOLDS_YES;
		fails += holds == HOLDS_NO;
		odd = holds == HOLDS_NO ? r : odd;
	}
	if (!g->has_total || fits < ROWS_LEAST || fails != 1)
		return;
	const struct item *x = &s->items[g->rows[odd].first];
	size_t n = g->rows[odd].n;
	row_holds(s, &g->rows[odd], &sum);
	if (is_close(sum.value, &x[n - 1]))
		grid_find(a, &x[n - 1], &sum, &x[0], &x[1], &x[n - 2], HOLDS_NO);
}

static void table_audit(struct audit *a, const struct grid *g)
{
	for (size_t t = 0; t < g->n; t++)
		if (g->rows[t].total)
			columns_audit(a, g, t);
	rows_audit(a, g);
}

/* Lines without numbers from E on, up to B: true where all are lines of cells. */
static bool goes_on(const struct scene *s, struct grid *g, uint32_t e, uint32_t b)
{
	while (e + 1 < b) {
		struct str line = line_at(s, e + 1);
		if (!memchr(line.s, '\t', line.n))
			return false;
		g->has_total |= says_total(s, line);
		e += 1 + (uint32_t)line.n;
	}
	return true;
}

/* Lines of cells right above the first row: its heads. */
static void heads_read(const struct scene *s, struct grid *g, uint32_t b)
{
	for (int k = 0; k < 4 && b > 0; k++) {
		struct str line = line_at(s, b - 1);
		if (!memchr(line.s, '\t', line.n))
			break;
		g->has_total |= says_total(s, line);
		b = (uint32_t)(line.s - s->text.s);
	}
}

void grid_audit(struct audit *a)
{
	const struct scene *s = &a->scene;
	struct grid g = {NULL, 0, 0, false};

	if (!s->n || !memchr(s->text.s, '\t', s->text.n))
		return;
	for (size_t i = 0; i < s->n;) {
		struct str line = line_at(s, s->items[i].f->at.b);
		uint32_t b = (uint32_t)(line.s - s->text.s), e = b + (uint32_t)line.n;
		struct row row;
		bool is_row = memchr(line.s, '\t', line.n) && row_read(s, line, i, &row);
		if (g.n && (!is_row || !goes_on(s, &g, g.rows[g.n - 1].e, b))) {
			table_audit(a, &g);
			g.n = 0;
		}
		if (is_row) {
			if (!g.n) {
				g.has_total = false;
				heads_read(s, &g, b);
			}
			g.rows = arena_grow(s->arena, g.rows, &g.cap, g.n + 1, sizeof *g.rows);
			g.rows[g.n++] = row;
		}
		while (i < s->n && s->items[i].f->at.b < e)
			i++;
	}
	if (g.n)
		table_audit(a, &g);
}
