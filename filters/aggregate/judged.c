#include "judged.h"

static void meet(const struct verdicts *v, const struct key *id)
{
	struct verdict *x = verdicts_find(v, id->s, KEY_LEN);

	if (x)
		x->met = true;
}

void judged_note(const struct verdicts *v, const struct document *d)
{
	for (size_t i = 0; v->n > 0 && i < d->nfacts; i++)
		meet(v, &d->fact_keys[i]);
	for (size_t i = 0; v->n > 0 && i < d->nfindings; i++)
		meet(v, &d->finding_keys[i]);
}

void judged_write(const struct verdicts *v, struct output *out)
{
	for (size_t i = 0; i < v->n; i++) {
		const struct verdict *x = &v->items[i];
		csv_prose(&out->row, x->id);
		csv_prose(&out->row, x->verdict);
		if (x->corrects)
			csv_decimal(&out->row, x->number);
		else
			csv_empty(&out->row);
		csv_prose(&out->row, x->who);
		csv_prose(&out->row, x->when);
		csv_prose(&out->row, x->note);
		csv_bool(&out->row, x->met);
		output_row(out);
	}
}
