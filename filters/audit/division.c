/* division: a whole against the list behind it: 其中, 分别为, a bracket, a colon. */
#include "parts.h"

#include <stdlib.h>

/* The items behind AT that are parts of one list: same unit as WHOLE, shares,
 * changes and brackets between them passed over, up to a number of another kind. */
static void parts_read(const struct scene *s, uint32_t at, const struct item *whole, struct parts *p, bool *clean)
{
	size_t b, e;
	const struct item *first = NULL;
	uint32_t sentence = whole->sentence;

	if (at >= s->sentences[sentence].at.e && sentence + 1 < s->nsentences)
		sentence++;
	scene_sentence(s, sentence, &b, &e);
	*clean = true;
	for (size_t k = b; k < e; k++) {
		const struct item *x = &s->items[k];
		if (x->f->at.b < at)
			continue;
		first = first ? first : x;
		if (first->inside && first->inside != whole->inside && x->inside != first->inside)
			break;                          /* the bracket that held the list is closed */
		if (x->inside != first->inside || x->f->kind == FACT_PERCENT || x->f->kind == FACT_POINTS
		    || x->f->change != CHANGE_LEVEL)
			continue;
		if (scene_cue(s, at, x->f->at.b, CUE_BIT(CUE_TOTAL) | CUE_BIT(CUE_PART))
		    || (scene_cue(s, at, x->f->at.b, CUE_BIT(CUE_BREAK)) && !link_goes_on(s, x, at)))
			break;
		if (item_is_amount(x) && item_same_unit(x, whole)) {
			parts_add(s, p, x);
			continue;
		}
		/* 案件67件，罚款6427万元；…: what follows a part in its clause is said of that part */
		if (p->n && k + 1 < e && !scene_cue(s, p->items[p->n - 1]->f->at.e, x->f->at.b, CUE_BIT(CUE_BREAK))
		    && scene_cue(s, x->f->at.e, s->items[e - 1].f->at.b, CUE_BIT(CUE_BREAK)))
			continue;
		*clean = false;
		break;
	}
}

/* A bracket opens right at E. */
static bool opens_here(const struct scene *s, uint32_t e)
{
	const struct cue_word *w = e < s->text.n ? cues_at(s->cues, s->text, e, s->text.n) : NULL;

	return w && (w->classes & CUE_BIT(CUE_BRACKET));
}

static bool begins_list(const struct scene *s, uint32_t e)
{
	struct str rest = str_sub(s->text, e, s->text.n);

	return opens_here(s, e) || str_starts(rest, STR(":")) || str_starts(rest, STR("："));
}

/* Where the list begins that divides the WHOLE at I: behind 其中 or 分别为 before the
 * next amount, a bracket or a colon right behind the number. 0: no list. */
static uint32_t list_begin(const struct scene *s, size_t i, uint64_t *classes)
{
	const struct item *whole = &s->items[i];
	uint32_t end = whole->f->at.e;
	size_t b, e, next = i + 1;

	scene_sentence(s, whole->sentence, &b, &e);
	bool marked = scene_has(s, whole, CUE_BIT(CUE_PART) | CUE_BIT(CUE_PARTITION));
	if (next + 1 >= e || (!marked && !begins_list(s, end)))
		return 0;
	/* its own growth and share stand between */
	while (next < e && (s->items[next].f->kind == FACT_PERCENT || s->items[next].f->kind == FACT_POINTS
			    || s->items[next].f->change != CHANGE_LEVEL
			    || (s->items[next].inside > end && !scene_cue(s, end, s->items[next].f->at.b,
					CUE_BIT(CUE_PART) | CUE_BIT(CUE_PARTITION)) && !opens_here(s, end))))
		next++;
	if (next + 1 >= e)
		return 0;
	const struct hit *mark = marked ? item_cue(s, &s->items[next], CUE_BIT(CUE_PART) | CUE_BIT(CUE_PARTITION)) : NULL;
	if (mark) {
		*classes = mark->classes;
		return scene_cue(s, end, mark->b, CUE_BIT(CUE_BREAK)) ? 0 : mark->e;
	}
	struct str rest = str_sub(s->text, end, s->text.n);
	const struct cue_word *w = rest.n ? cues_at(s->cues, s->text, end, s->text.n) : NULL;
	*classes = 0;
	if (w && (w->classes & CUE_BIT(CUE_BRACKET)))
		return end + (uint32_t)w->text.n;
	if (str_starts(rest, STR("：")) || str_starts(rest, STR(":")))
		return end + (*rest.s == ':' ? 1 : 3);
	return 0;
}

/* 46人，男性19人，女性27人: behind a comma, without a word. It counts for known parts only. */
static uint32_t list_unmarked(const struct scene *s, size_t i)
{
	const struct item *x = &s->items[i];
	const struct hit *comma = scene_cue(s, x->f->at.e, x->f->at.e + 1, CUE_BIT(CUE_COMMA));

	if (!comma || i + 2 >= s->first[x->sentence + 1])
		return 0;
	for (size_t k = 1; k <= 2; k++)
		if (!item_is_amount(&x[k]) || !item_same_unit(&x[k], x) || ratio_cmp(x[k].value, x->value) > 0)
			return 0;
	return comma->e;
}

/* The same in the sentence behind: 受理100件。其中，…, where no other number of the unit
 * stands between. *SURE: nor before; 其中 can mean no other. */
static uint32_t list_behind(const struct scene *s, size_t i, bool *sure)
{
	const struct item *whole = &s->items[i];
	uint32_t next = whole->sentence + 1;
	size_t b, e;

	if (next >= s->nsentences || !(s->classes[next] & (CUE_BIT(CUE_PART) | CUE_BIT(CUE_AMONG)))
	    || s->sentences[next].segment != s->sentences[whole->sentence].segment)
		return 0;
	scene_sentence(s, whole->sentence, &b, &e);
	*sure = true;
	for (size_t k = b; k < e; k++) {
		if (k != i && item_is_amount(&s->items[k]) && item_same_unit(&s->items[k], whole)) {
			if (k > i)
				return 0;
			*sure = false;
		}
	}
	scene_sentence(s, next, &b, &e);
	uint32_t from = s->sentences[next].at.b, to = s->items[b].f->at.b;
	const struct hit *mark = scene_cue(s, from, to, CUE_BIT(CUE_PART) | CUE_BIT(CUE_AMONG));
	if (!mark)
		return 0;
	/* 本周受理的诉求中， says again what they are part of: that it adds up can be told */
	*sure &= (mark->classes & CUE_BIT(CUE_PART)) && scene_other(s, from, mark->b, CUE_BIT(CUE_FILLER)) == 0;
	return mark->e;
}

/* The words of its clause before the number and, where the noun stands behind it
 * (50件民事案件), behind it. */
static bool says(const struct scene *s, const struct item *x, struct str word)
{
	uint32_t b = x->f->at.e, end = s->sentences[x->sentence].at.e;
	uint32_t e = x + 1 < s->items + s->n && x[1].f->at.b < end ? x[1].f->at.b : end;
	const struct hit *stop = scene_cue(s, b, e, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_JOIN)
		| CUE_BIT(CUE_BRACKET) | CUE_BIT(CUE_BRACKET_END) | CUE_BIT(CUE_PART));

	return str_find(str_sub(s->text, item_clause(s, x), x->f->at.b), word, 0) != SIZE_MAX
		|| str_find(str_sub(s->text, b, stop ? stop->b : e), word, 0) != SIZE_MAX;
}

/* Each of the numbers has a word of the row, each word a number. */
static bool are_parts(const struct scene *s, const struct parts *p, const struct whole_row *row)
{
	uint32_t used = 0;

	for (size_t i = 0; i < row->n; i++) {
		size_t k = 0;
		while (k < p->n && (used & 1u << k || !says(s, p->items[k], row->parts[i])))
			k++;
		if (k == p->n)
			return false;
		used |= 1u << k;
	}
	return true;
}

static bool says_any(const struct scene *s, const struct item *x, struct str list)
{
	struct str word;

	while (str_part(&list, '|', &word))
		if (word.n && says(s, x, word))
			return true;
	return false;
}

/* The parts are one of the known ways to divide a whole: 刑事, 民事, 行政. Where no word
 * says that they are WHOLE's, it must be of their kind: 文件20件，人大建议5件，政协提案3件. */
static bool is_known(const struct audit *a, const struct parts *p, const struct item *whole, bool marked)
{
	for (size_t i = 0; i < a->wholes.n; i++) {
		const struct whole_row *row = &a->wholes.rows[i];
		if (row->n == p->n && are_parts(&a->scene, p, row) && (marked || !row->said.n || says_any(&a->scene, whole, row->said)))
			return true;
	}
	return false;
}

void wholes_load(struct wholes *w, struct table *t)
{
	int parts = table_need(t, "parts"), said = table_need(t, "said");

	w->n = 0;
	w->rows = xmalloc((t->nrows + 1) * sizeof *w->rows);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct whole_row row = {.said = table_cell(t, i, said)};
		for (struct str rest = table_cell(t, i, parts), part; str_part(&rest, '|', &part);) {
			if (row.n == WHOLE_PARTS) {
				table_bad(t, i, "more than %d parts", WHOLE_PARTS);
				return;
			}
			row.parts[row.n++] = part;
		}
		w->rows[w->n++] = row;
	}
}

void wholes_free(struct wholes *w)
{
	free(w->rows);
}

static struct ratio size_of(struct ratio v)
{
	v.n = v.n < 0 ? -v.n : v.n;
	return v;
}

/* Another number of this sentence or the next makes up the difference, or nearly: it
 * may be one of the parts. */
static bool is_made_up(const struct scene *s, const struct parts *p, const struct item *whole)
{
	size_t b = s->first[whole->sentence], e = s->first[whole->sentence + 1];

	/* the list may stand in the sentence behind, and what it leaves out in the one after */
	for (uint32_t k = whole->sentence + 1; k < s->nsentences && k <= whole->sentence + 2; k++)
		e = s->first[k + 1];
	struct ratio gap = ratio_sub(whole->value, p->value), near = ratio_div(size_of(gap), ratio_int(10, 1));
	for (size_t i = b; i < e; i++) {
		const struct item *x = &s->items[i];
		if (item_is_amount(x) && item_same_unit(x, whole) && scene_together(s, x, whole)
		    && ratio_cmp(size_of(ratio_sub(gap, x->value)), near) <= 0)
			return true;
	}
	return false;
}

/* A number above the whole: the list of its parts ended before it. */
static bool is_ended(const struct parts *p, const struct item *whole)
{
	for (size_t i = 0; i < p->n; i++)
		if (ratio_cmp(p->items[i]->value, whole->value) > 0)
			return true;
	return false;
}

void division_audit(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	const struct item *whole = &s->items[i];
	struct parts p = {0};
	uint64_t classes;
	bool clean, sure = true;

	if (!item_is_amount(whole))
		return;
	uint32_t at = list_begin(s, i, &classes);
	if (!at) {
		at = list_behind(s, i, &sure);
		classes = 0;
	}
	bool marked = at > 0;
	at = marked ? at : list_unmarked(s, i);
	if (!at)
		return;
	parts_read(s, at, whole, &p, &clean);
	if (p.n < 2 || p.said.no_hi || (!marked && !is_known(a, &p, whole, false)))
		return;
	enum holds holds = audit_verdict(s, whole, p.said, p.cut);
	if (holds != HOLDS_NO) {
		sum_find(a, &p, whole, holds);
		return;
	}
	/* 受理109件，其中新收99件，旧存10件，结案93件: the list ended before */
	for (struct parts q = {0}; q.n < p.n && !item_cue(s, p.items[p.n - 1], CUE_BIT(CUE_REST));) {
		parts_add(s, &q, p.items[q.n]);
		if (q.n >= 2 && audit_verdict(s, whole, q.said, q.cut) == HOLDS_YES) {
			sum_find(a, &q, whole, HOLDS_YES);
			return;
		}
	}
	const struct item *last = p.items[p.n - 1];
	uint32_t end = last->f->at.e, stop = s->sentences[whole->sentence].at.e;
	bool open = scene_cue(s, end, end + 6 < stop ? end + 6 : stop, CUE_BIT(CUE_OPEN)) != NULL;
	bool closed = item_cue(s, last, CUE_BIT(CUE_REST)) != NULL || is_known(a, &p, whole, marked);
	/* with 其他 at the end of the list nothing is left out and nothing is twice */
	if (closed && clean && sure && !open && !is_ended(&p, whole) && parts_apart(s, &p, whole) && !is_made_up(s, &p, whole))
		sum_find(a, &p, whole, HOLDS_NO);
	else if (classes && !is_ended(&p, whole) && (ratio_cmp(p.value, whole->value) > 0 || ((classes & CUE_BIT(CUE_PARTITION)) && clean)))
		sum_find(a, &p, whole, HOLDS_UNCLEAR);
	else
		audit_drop(a, "sum", whole, last, "the parts need not be all");
}
