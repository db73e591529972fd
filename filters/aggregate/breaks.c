#include "breaks.h"
#include "period.h"

#include <stdlib.h>

static bool is_day(struct str s)
{
	struct period p;

	period_parse(s, (struct str){NULL, 0}, &p);
	return s.n == 10 && p.start[0] && strcmp(p.start, p.end) == 0;
}

/* Does one before the last have this id? */
static bool is_known(const struct breaks *b, struct str id)
{
	for (size_t i = 0; i + 1 < b->n; i++)
		if (str_eq(b->items[i].id, id))
			return true;
	return false;
}

void breaks_load(struct breaks *b, struct table *t)
{
	int id = table_need(t, "id"), kind = table_need(t, "kind"), date = table_need(t, "date");
	int region = table_need(t, "region"), indicators = table_need(t, "indicators");
	int title = table_need(t, "title"), source = table_column(t, "source");

	*b = (struct breaks){.items = xmalloc((t->nrows + 1) * sizeof *b->items)};
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct str what = table_cell(t, i, kind);
		b->items[b->n] = (struct brk){table_cell(t, i, id), table_cell(t, i, date), table_cell(t, i, region),
			table_cell(t, i, indicators), table_cell(t, i, title), table_cell(t, i, source),
			str_is(what, "boundary")};
		struct brk *x = &b->items[b->n++];
		if (!x->id.n || memchr(x->id.s, ' ', x->id.n))
			table_bad(t, i, "an id is one word");
		else if (!x->boundary && !str_is(what, "law"))
			table_bad(t, i, "a break is a law or a boundary, not '%.*s'", STR_ARG(what));
		else if (!is_day(x->date))
			table_bad(t, i, "a date is YYYY-MM-DD, not '%.*s'", STR_ARG(x->date));
		else if (is_known(b, x->id))
			table_bad(t, i, "the id '%.*s' stands there already", STR_ARG(x->id));
		else if (x->boundary && !x->region.n)
			table_bad(t, i, "a boundary needs the codes of its regions");
	}
}

void breaks_free(struct breaks *b)
{
	free(b->items);
	*b = (struct breaks){0};
}

/* review.* means all indicators that begin so, enforcement alone the topic of that name. */
static bool names_indicator(struct str list, const struct indicator *x)
{
	struct str part;
	bool any = false;

	while (str_part(&list, '|', &part)) {
		any = true;
		if (str_eq(part, x->id) || str_eq(part, x->topic))
			return true;
		if (str_ends(part, STR("*")) && str_starts(x->id, str_sub(part, 0, part.n - 1)))
			return true;
	}
	return !any;
}

/* Codes, or the beginnings of codes: 33 is all of Zhejiang. */
static bool names_region(struct str list, struct str code)
{
	struct str part;
	bool any = false;

	while (str_part(&list, '|', &part)) {
		any = true;
		if (str_starts(code, part))
			return true;
	}
	return !any;
}

bool breaks_between(const struct breaks *b, const struct indicator *x, struct str region_code,
	struct str from, struct str to, struct buf *ids)
{
	bool moved = false;

	for (size_t i = 0; i < b->n; i++) {
		const struct brk *k = &b->items[i];
		if (str_cmp(k->date, from) <= 0 || str_cmp(k->date, to) > 0
		    || !names_indicator(k->indicators, x) || !names_region(k->region, region_code))
			continue;
		if (ids->len)
			buf_append(ids, " ", 1);
		buf_append(ids, k->id.s, k->id.n);
		moved |= k->boundary;
	}
	return moved;
}

void breaks_write(const struct breaks *b, struct output *out)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct brk *x = &b->items[i];
		csv_prose(&out->row, x->id);
		csv_plain(&out->row, x->boundary ? STR("boundary") : STR("law"));
		const struct str words[] = {x->date, x->region, x->indicators, x->title, x->source};
		csv_proses(&out->row, words, sizeof words / sizeof *words);
		output_row(out);
	}
}
