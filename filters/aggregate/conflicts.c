/* conflicts: documents that give one cell different figures; and the candidates, all
 * that a cell did not take. */
#include "series.h"

#include <stdlib.h>

static void candidate_row(struct series *s, const struct claim *best, const struct claim *c)
{
	struct output *o = &s->out[TABLE_CANDIDATES];
	struct buf *b = &o->row;
	const char *why = "order";

	if ((c->rank & 16) != (best->rank & 16))
		why = "department";
	else if ((c->rank & 8) != (best->rank & 8))
		why = "other_report";
	else if ((c->rank & 4) != (best->rank & 4))
		why = "nature";
	else if ((c->rank & 2) != (best->rank & 2))
		why = "not_achievement";
	else if (c->rank != best->rank)
		why = "bound";
	else if (figure_cmp(&c->figure, &best->figure) == 0)
		why = "same";
	series_place(s, best, b);
	series_cell(s, best->period, b);
	csv_cells(b, s->catalogue->items[best->indicator].id_cell);
	series_number(&c->figure, b);
	csv_plain(b, str_of(fact_bounds[c->figure.bound]));
	series_cell(s, c->unit, b);
	csv_plain(b, str_of(why));
	series_cell(s, c->by, b);
	csv_plain(b, (struct str){s->order->items[c->document].key.s, KEY_LEN});
	csv_plain(b, claim_fact(c));
	csv_plain(b, claim_fact(best));
	output_row(o);
}

static void conflict_row(struct series *s, const struct claim *best, const struct claim *c)
{
	struct output *o = &s->out[TABLE_CONFLICTS];
	struct buf *b = &o->row;
	struct decimal gap;

	series_place(s, best, b);
	series_cell(s, best->period, b);
	csv_cells(b, s->catalogue->items[best->indicator].id_cell);
	csv_decimal(b, best->figure.value);
	csv_plain(b, str_of(fact_bounds[best->figure.bound]));
	csv_decimal(b, c->figure.value);
	csv_plain(b, str_of(fact_bounds[c->figure.bound]));
	if (decimal_sub(c->figure.value, best->figure.value, &gap))
		csv_decimal(b, gap);
	else
		csv_empty(b);
	csv_plain(b, str_of(order_is_out(s->order, c->document) ? "duplicate" : c->what == CLAIM_QUOTED ? "quoted"
		: c->by != best->by ? "department" : "stated"));
	series_cell(s, c->made, b);
	csv_plain(b, claim_fact(best));
	csv_plain(b, (struct str){s->order->items[best->document].key.s, KEY_LEN});
	csv_plain(b, claim_fact(c));
	csv_plain(b, (struct str){s->order->items[c->document].key.s, KEY_LEN});
	output_row(o);
}

/* Only like is held against like; a document's own contradictions are the audit's. */
static void compare(struct series *s, const struct claim *best, const struct claim *c)
{
	if (c->document == best->document || figure_agrees(&best->figure, &c->figure) || c->figure.kind != best->figure.kind
	    || (c->nature != best->nature && c->what != CLAIM_QUOTED)
	    || (c->base && best->base && c->base != best->base)
	    || choice_counts_times(series_name(s, c->unit)) != choice_counts_times(series_name(s, best->unit)))
		return;
	conflict_row(s, best, c);
}

void conflicts_cell(struct series *s, const struct cell *c)
{
	for (size_t i = 0; i < c->nlevels; i++) {
		const struct claim *x = &c->levels[i];
		bool repeats = i > 0 && x->document == c->levels[i - 1].document && figure_cmp(&x->figure, &c->levels[i - 1].figure) == 0;
		if (x->document == c->best.document && x->position == c->best.position)
			continue;
		candidate_row(s, &c->best, x);
		if (!repeats)
			compare(s, &c->best, x);
	}
	for (size_t i = 0; i < c->nquoted; i++)
		compare(s, &c->best, &c->quoted[i]);
}
