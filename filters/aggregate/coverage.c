/* coverage: of what a report speaks, topic by topic, and of what the last one did. */
#include "series.h"

#include <stdio.h>

void coverage_start(struct series *s)
{
	s->reported = false;
	memset(s->gives, 0, s->catalogue->n * sizeof *s->gives);
	memset(s->filled, 0, s->catalogue->n * sizeof *s->filled);
}

/* Ids of a topic's indicators that are in A and not even mentioned in B (NULL: all of A), a space between. */
static uint64_t list(const struct series *s, const struct topic *t, const uint8_t *a, const uint8_t *b, struct buf *out)
{
	uint64_t n = 0;

	for (size_t i = 0; i < t->indicators; i++) {
		uint32_t k = s->catalogue->by_topic[t->first + i];
		const struct indicator *x = &s->catalogue->items[k];
		if (a[k] != GIVES_OWN || (b && b[k]))
			continue;
		if (n++ > 0)
			buf_append(out, " ", 1);
		buf_append(out, x->id.s, x->id.n);
	}
	return n;
}

static void list_cells(struct series *s, const struct topic *t, const uint8_t *a, const uint8_t *b,
	struct buf *room, struct buf *row)
{
	room->len = 0;
	csv_int(row, (int64_t)list(s, t, a, b, room));
	csv_prose(row, (struct str){room->data ? (char *)room->data : "", room->len});
}

void coverage_end(struct series *s)
{
	struct output *o = &s->out[TABLE_COVERAGE];
	bool compares = s->year && s->report_year == s->year - 1;
	struct buf room = {0};

	if (!s->reported)
		return;
	for (size_t i = 0; i < s->catalogue->ntopics; i++) {
		const struct topic *t = &s->catalogue->topics[i];
		series_place(s, &s->head, &o->row);
		series_cell(s, s->head.period, &o->row);
		csv_prose(&o->row, t->name);
		csv_int(&o->row, (int64_t)t->indicators);
		list_cells(s, t, s->gives, NULL, &room, &o->row);
		if (compares) {
			char year[16];
			csv_plain(&o->row, (struct str){year, (size_t)snprintf(year, sizeof year, "%04d", s->report_year)});
			list_cells(s, t, s->gave, s->gives, &room, &o->row);
			list_cells(s, t, s->gives, s->gave, &room, &o->row);
		} else {
			for (int k = 0; k < 5; k++)
				csv_empty(&o->row);
		}
		output_row(o);
	}
	buf_free(&room);
}
