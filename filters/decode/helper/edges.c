#include "edges.h"

#include <stdlib.h>

enum {
	NEAR = 40,              /* twips: such edges are one */
	CELLS_MOST = 1 << 22    /* of a table; beyond, its rows stay as they are */
};

void edges_begin(struct edges *e)
{
	e->n = e->nrows = 0;
	e->broken = false;
}

void edges_row(struct edges *e, size_t at, const int32_t *rights, size_t n)
{
	if (n == 0 || n > CELLS_MOST - e->n) {
		e->broken = true;
		return;
	}
	e->rights = arena_grow(e->arena, e->rights, &e->cap, e->n + n, sizeof *e->rights);
	e->rows = arena_grow(e->arena, e->rows, &e->rows_cap, e->nrows + 1, sizeof *e->rows);
	e->rows[e->nrows++] = (struct edged_row){at, e->n, n};
	memcpy(e->rights + e->n, rights, n * sizeof *rights);
	e->n += n;
}

static int by_value(const void *pa, const void *pb)
{
	int32_t a = *(const int32_t *)pa, b = *(const int32_t *)pb;
	return (a > b) - (a < b);
}

/* The column that ends at X. */
static size_t column(const int32_t *columns, size_t n, int32_t x)
{
	size_t b = 0, e = n;

	while (e - b > 1) {
		size_t m = b + (e - b) / 2;
		if (columns[m] <= x)
			b = m;
		else
			e = m;
	}
	return b;
}

/* Where the columns of all rows end, each by the first of the edges that are one. */
static size_t columns_make(const struct edges *e, int32_t **columns)
{
	size_t n = 0;

	*columns = arena_alloc(e->arena, (e->n + 1) * sizeof **columns);
	memcpy(*columns, e->rights, e->n * sizeof **columns);
	qsort(*columns, e->n, sizeof **columns, by_value);
	for (size_t i = 0; i < e->n; i++)
		if (n == 0 || (int64_t)(*columns)[i] - (*columns)[n - 1] > NEAR)
			(*columns)[n++] = (*columns)[i];
	return n;
}

/* Writes the cells of LINE, each where the one before ends. */
static void row_spread(const struct edges *e, const struct edged_row *row, struct str line, const int32_t *columns, size_t n,
	struct buf *out)
{
	size_t at = 0, start = 0;

	for (size_t k = 0; line.s; k++) {
		const char *end = memchr(line.s, '\t', line.n);
		size_t size = end ? (size_t)(end - line.s) : line.n;
		for (; at < start; at++)
			buf_append(out, "\t", 1);
		buf_append(out, line.s, size);
		size_t next = k < row->n ? column(columns, n, e->rights[row->first + k]) + 1 : 0;
		start = next > start ? next : start + 1;
		line = end ? (struct str){line.s + size + 1, line.n - size - 1} : (struct str){NULL, 0};
	}
	buf_append(out, "\n", 1);
}

void edges_spread(const struct edges *e, struct buf *text, size_t from)
{
	struct buf out = {0};
	int32_t *columns;

	if (e->broken || e->nrows == 0)
		return;
	size_t n = columns_make(e, &columns);
	for (size_t r = 0; r < e->nrows; r++) {
		const struct edged_row *row = &e->rows[r];
		size_t end = r + 1 < e->nrows ? row[1].at : text->len;
		if (row->at < end)              /* else it has no text */
			row_spread(e, row, (struct str){(char *)text->data + row->at, end - row->at - 1}, columns, n, &out);
	}
	text->len = from;
	buf_append(text, out.data, out.len);
	buf_free(&out);
}
