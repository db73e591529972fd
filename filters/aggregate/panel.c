#include "panel.h"

#include <stdlib.h>

static struct str keep(struct panel *p, struct str s)
{
	return (struct str){arena_strndup(&p->arena, s.s, s.n), s.n};
}

void panel_add(struct panel *p, const struct candidate *c)
{
	if (p->n == p->cap) {
		p->cap = p->cap ? p->cap * 2 : 1024;
		p->items = xrealloc(p->items, p->cap * sizeof *p->items);
	}
	struct candidate *v = &p->items[p->n++];
	*v = *c;
	/* figures of one document share their cell's names with the one before */
	struct candidate *last = p->n > 1 ? v - 1 : NULL;
	struct str *mine[] = {&v->cell.region_code, &v->cell.region, &v->cell.subject, &v->cell.period,
		&v->start, &v->end, &v->bound};
	struct str *before[] = {last ? &last->cell.region_code : NULL, last ? &last->cell.region : NULL,
		last ? &last->cell.subject : NULL, last ? &last->cell.period : NULL,
		last ? &last->start : NULL, last ? &last->end : NULL, last ? &last->bound : NULL};
	for (size_t i = 0; i < sizeof mine / sizeof *mine; i++)
		*mine[i] = before[i] && str_eq(*before[i], *mine[i]) ? *before[i] : keep(p, *mine[i]);
	v->value = keep(p, v->value);
	v->high = keep(p, v->high);
	v->fact_id = keep(p, v->fact_id);
}

void panel_free(struct panel *p)
{
	arena_free(&p->arena);
	free(p->items);
}

static int compare_row(const struct panel_cell *a, const struct panel_cell *b)
{
	int c = str_cmp(a->region_code, b->region_code);
	c = c ? c : str_cmp(a->region, b->region);
	c = c ? c : str_cmp(a->subject, b->subject);
	return c ? c : str_cmp(a->period, b->period);
}

static int compare(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int c = compare_row(&x->cell, &y->cell);
	if (c)
		return c;
	if (x->cell.indicator != y->cell.indicator)
		return x->cell.indicator < y->cell.indicator ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->document != y->document)
		return x->document < y->document ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* Of the candidates of one cell, in order, the one whose value is most frequent
 * among those of the best rank. */
static const struct candidate *choose(const struct candidate *c, size_t n)
{
	const struct candidate *best = c;
	size_t most = 0, same = 0;

	while (same < n && c[same].rank == c->rank && same < 256)
		same++;
	for (size_t i = 0; i < same; i++) {
		size_t count = 0;
		for (size_t k = 0; k < same; k++)
			count += str_eq(c[i].value, c[k].value) && str_eq(c[i].high, c[k].high);
		if (count > most) {
			most = count;
			best = &c[i];
		}
	}
	return best;
}

static struct str decimal_text(char *buf, size_t room, uint64_t v)
{
	return (struct str){buf, (size_t)snprintf(buf, room, "%llu", (unsigned long long)v)};
}

static void cell_write(const struct candidate *c, size_t candidates, const struct table *catalogue,
	struct outputs *o)
{
	char count[24];
	struct str row[] = {c->cell.region_code, c->cell.region, c->cell.subject, c->cell.period, c->start, c->end,
		table_cell(catalogue, c->cell.indicator, table_column(catalogue, "id")), c->value, c->high, c->bound,
		/* base: what the text names as the base of a rate; facts do not carry it yet */
		{"", 0}, decimal_text(count, sizeof count, candidates), c->fact_id};
	output_row(o, OUT_PANEL_LONG, row);
}

void panel_write(struct panel *p, const uint32_t *ranks, const struct table *catalogue,
	struct outputs *o, uint64_t *cells)
{
	size_t width = 4 + catalogue->nrows, k = 0;
	struct str *row = xmalloc(width * sizeof *row);

	for (size_t i = 0; i < p->n; i++) {
		p->items[i].document = ranks[p->items[i].document];
		if (p->items[i].document != UINT32_MAX)
			p->items[k++] = p->items[i];
	}
	p->n = k;
	if (p->n > 1)
		qsort(p->items, p->n, sizeof *p->items, compare);
	for (size_t i = 0; i < p->n;) {
		const struct panel_cell *first = &p->items[i].cell;
		bool full = p->items[i].full_year;
		for (size_t j = 0; j < width; j++)
			row[j] = (struct str){"", 0};
		row[0] = first->region_code;
		row[1] = first->region;
		row[2] = first->subject;
		row[3] = first->period;
		while (i < p->n && compare_row(&p->items[i].cell, first) == 0) {
			size_t n = 1;
			while (i + n < p->n && compare_row(&p->items[i + n].cell, first) == 0
			       && p->items[i + n].cell.indicator == p->items[i].cell.indicator)
				n++;
			const struct candidate *c = choose(&p->items[i], n);
			cell_write(c, n, catalogue, o);
			row[4 + c->cell.indicator] = c->value;
			cells[c->cell.indicator]++;
			i += n;
		}
		if (full)
			output_row(o, OUT_PANEL, row);
	}
	free(row);
}
