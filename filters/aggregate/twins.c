#include "twins.h"
#include "twin.h"

#include <stdlib.h>

void twins_note(struct order *o, uint32_t index, const struct document *d, struct names *names)
{
	struct order_entry *e = &o->items[index];
	const struct about *a = &d->about;
	struct str period = d->period.full_year ? (struct str){d->period.start, 4} : a->period.value;

	e->fingerprint = d->text.s ? twin_fingerprint(d->fingerprint) : 0;
	e->code = names_add(names, a->region.code);
	e->region = names_add(names, a->region.name.n ? a->region.name : a->region.code);
	e->subject = names_add(names, a->subject.value);
	e->period = names_add(names, period);
	e->start = names_add(names, str_of(d->period.start));
	e->end = names_add(names, str_of(d->period.end));
	e->genre = names_add(names, a->genre.value);
	e->published = names_add(names, a->published.value);
	e->written = names_add(names, a->written.value);
	e->full_year = d->period.full_year;
}

void twins_find(struct order *o)
{
	struct twin *items = xmalloc((o->nsorted + 1) * sizeof *items);

	for (size_t i = 0; i < o->nsorted; i++) {
		const struct order_entry *e = &o->items[o->sorted[i]];
		items[i] = (struct twin){.fingerprint = e->fingerprint, .region = e->region, .subject = e->subject,
			.period = e->period, .facts = e->facts};
	}
	twin_find(items, o->nsorted);
	for (size_t i = 0; i < o->nsorted; i++) {
		if (items[i].chosen == i)
			continue;
		o->items[o->sorted[i]].twin = o->sorted[items[i].chosen] + 1;
		o->items[o->sorted[i]].distance = items[i].distance;
	}
	free(items);
}

static void row(const struct order_entry *e, const struct order_entry *chosen, struct output *out)
{
	struct buf *b = &out->row;

	csv_plain(b, (struct str){chosen->key.s, KEY_LEN});
	csv_plain(b, (struct str){e->key.s, KEY_LEN});
	csv_exact(b, e->path);
	csv_exact(b, e->url);
	csv_bool(b, e == chosen);
	csv_int(b, e->distance);
	csv_int(b, e->facts);
	output_row(out);
}

void twins_write(const struct order *o, struct output *out)
{
	/* twins of one chosen document follow each other: lists by the chosen one */
	uint32_t *next = xmalloc((o->n + 1) * sizeof *next), *first = xmalloc((o->n + 1) * sizeof *first);

	memset(first, 0, (o->n + 1) * sizeof *first);
	for (size_t i = o->nsorted; i-- > 0;) {
		uint32_t at = o->sorted[i], chosen = o->items[at].twin;
		if (!chosen)
			continue;
		next[at] = first[chosen - 1];
		first[chosen - 1] = at + 1;
	}
	for (size_t i = 0; i < o->nsorted; i++) {
		uint32_t at = o->sorted[i];
		if (!first[at])
			continue;
		row(&o->items[at], &o->items[at], out);
		for (uint32_t k = first[at]; k; k = next[k - 1])
			row(&o->items[k - 1], &o->items[at], out);
	}
	free(next);
	free(first);
}
