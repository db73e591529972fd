#include "rows.h"

enum {
	CELL_LINE = 0x1F,       /* between paragraphs of a cell, until its table ends */
	CELL_LONG = 1200        /* bytes of a cell that is running text */
};

void rows_line(struct rows *r)
{
	struct output *o = r->out;

	if (r->n == 0)
		output_line(o);
	else if (o->text.len > o->cell && o->text.data[o->text.len - 1] != CELL_LINE)
		buf_append(&o->text, &(char){CELL_LINE}, 1);
}

void rows_begin(struct rows *r)
{
	rows_line(r);
	if (r->n == 0)
		edges_begin(&r->edges);
	if (r->n == TABLES_MOST)
		r->too_deep++;
	else
		r->tables[r->n++] = (struct rows_table){.from = r->out->text.len};
}

void rows_cell(struct rows *r, unsigned span)
{
	struct output *o = r->out;

	if (r->n == 0)
		return;
	struct rows_table *t = &r->tables[r->n - 1];
	while (o->text.len > o->cell && o->text.data[o->text.len - 1] == CELL_LINE)
		o->text.len--;
	t->layout |= o->text.len - o->cell > CELL_LONG;
	t->cells += span;
	if (r->n > 1)                           /* of a nested table: side by side in the outer one's cell */
		output_space(o);
	else
		for (; span > 0; span--)
			output_cell(o);
}

void rows_row(struct rows *r)
{
	if (r->n == 0)
		return;
	struct rows_table *t = &r->tables[r->n - 1];
	t->most = t->cells > t->most ? t->cells : t->most;
	t->cells = 0;
	if (r->n > 1)
		rows_line(r);
	else
		output_line(r->out);
}

void rows_row_edged(struct rows *r, const int32_t *rights, size_t n)
{
	if (r->n == 1 && r->edges.arena)
		edges_row(&r->edges, r->out->line, rights, n);
	rows_row(r);
}

void rows_end(struct rows *r)
{
	if (r->too_deep) {
		r->too_deep--;
		return;
	}
	if (r->n == 0)
		return;
	rows_row(r);
	struct rows_table t = r->tables[--r->n];
	if (r->n > 0)
		return;
	struct buf *text = &r->out->text;
	bool layout = t.most <= 1 || t.layout;
	if (!layout && r->edges.arena)
		edges_spread(&r->edges, text, t.from);
	size_t to = t.from;
	for (size_t i = t.from; i < text->len; i++) {
		uint8_t c = text->data[i];
		if (layout && (c == '\t' || c == CELL_LINE))
			c = '\n';
		if (c == CELL_LINE)
			c = ' ';
		if (c == '\n' && (to == 0 || text->data[to - 1] == '\n'))
			continue;
		text->data[to++] = c;
	}
	text->len = r->out->line = r->out->cell = to;
}

void rows_close(struct rows *r)
{
	r->too_deep = 0;
	while (r->n > 0)
		rows_end(r);
	output_line(r->out);
}
