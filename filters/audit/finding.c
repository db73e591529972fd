#include "audit.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const holds_names[] = {"yes", "rounding", "no", "unclear"};

enum holds audit_verdict(const struct scene *s, const struct item *stated, struct range said, struct range cut)
{
	if (range_meet(item_said(s, stated), said))
		return HOLDS_YES;
	if (range_meet(item_cut(s, stated), cut))
		return HOLDS_ROUNDING;
	return HOLDS_NO;
}

struct str audit_text(struct audit *a, const char *fmt, ...)
{
	char s[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s, sizeof s, fmt, ap);
	va_end(ap);
	size_t n = utf8_valid(s, strlen(s));
	return (struct str){arena_strndup(&a->f->arena, s, n), n};
}

struct str audit_join(struct audit *a, struct str x, struct str between, struct str y)
{
	char *out = arena_alloc(&a->f->arena, x.n + between.n + y.n + 1);

	memcpy(out, x.s, x.n);
	memcpy(out + x.n, between.s, between.n);
	memcpy(out + x.n + between.n, y.s, y.n);
	out[x.n + between.n + y.n] = '\0';
	return (struct str){out, x.n + between.n + y.n};
}

struct str audit_number(struct audit *a, struct ratio v, const char *unit)
{
	char s[64];
	size_t n = ratio_text(v, 4, s), k = strlen(unit);
	char *out = arena_alloc(&a->f->arena, n + k + 1);

	memcpy(out, s, n);
	memcpy(out + n, unit, k + 1);
	return (struct str){out, n + k};
}

struct str audit_amount(struct audit *a, struct ratio v, const struct item *like)
{
	static const struct { int power; const char *mark; } marks[] = {{12, "万亿"}, {8, "亿"}, {4, "万"}, {0, ""}};
	const struct fact *f = like->f;
	struct str unit = f->kind == FACT_POINTS ? STR("个百分点") : f->kind == FACT_PERCENT ? STR("%") : f->unit;
	double size = v.n < 0 ? -ratio_double(v) : ratio_double(v);
	size_t m = 3;
	int places = 0;

	for (size_t i = 0; i < 3; i++)
		if (f->scale == marks[i].power || (f->scale == 0 && m == 3 && i > 0 && f->digits.n > 6
				&& size >= pow(10, marks[i].power)))
			m = i;
	for (size_t i = 0; i < f->digits.n; i++)
		places = f->digits.s[i] == '.' ? (int)(f->digits.n - i) - 1 : places;
	char s[96];
	struct ratio shown = ratio_mul(v, ratio_ten(-marks[m].power));
	/* a sum or a difference has no more places than its terms */
	size_t n = f->scale == marks[m].power ? ratio_places(shown, places, s) : ratio_text(shown, 4, s);
	size_t k = strlen(marks[m].mark);
	char *out = arena_alloc(&a->f->arena, n + k + unit.n + 1);
	memcpy(out, s, n);
	memcpy(out + n, marks[m].mark, k);
	if (unit.n)
		memcpy(out + n + k, unit.s, unit.n);
	out[n + k + unit.n] = '\0';
	return (struct str){out, n + k + unit.n};
}

void claim_item(struct claim *claim, const struct item *item)
{
	if (item && claim->nitems < sizeof claim->items / sizeof *claim->items)
		claim->items[claim->nitems++] = item;
}

/* How far computed and stated lie apart, in percent of the stated figure. */
static struct ratio gap_of(const struct claim *c)
{
	struct ratio d = ratio_sub(c->computed, c->stated), size = c->stated;

	if (!ratio_ok(d))
		return (struct ratio){0, 0};
	d.n = d.n < 0 ? -d.n : d.n;
	if (size.n == 0)
		return ratio_mul(d, ratio_int(100, 1));
	size.n = size.n < 0 ? -size.n : size.n;
	return ratio_mul(ratio_div(d, size), ratio_int(100, 1));
}

static void explain(struct audit *a, const char *kind, const char *holds, const struct item *const *items,
	size_t n, const char *why)
{
	char line[2048];
	size_t len = 0;

	for (size_t i = 0; i < n && len < sizeof line; i++) {
		struct str s = item_surface(&a->scene, items[i]);
		len += (size_t)snprintf(line + len, sizeof line - len, "%s%.*s@%u", i ? " " : "", STR_ARG(s),
			items[i]->f->at.b);
	}
	cli_say(&a->f->cli, "%s: %s %s: %s%s%s", filter_where(a->f), kind, holds, n ? line : "",
		why ? ": " : "", why ? why : "");
}

void audit_drop(struct audit *a, const char *kind, const struct item *x, const struct item *y,
	const char *why)
{
	const struct item *items[] = {x, y};

	if (a->explain)
		explain(a, kind, "dropped", items, y ? 2 : 1, why);
}

void audit_find(struct audit *a, const struct claim *c)
{
	struct arena *arena = &a->f->arena;
	struct finding f = {.kind = str_of(c->kind), .holds = str_of(holds_names[c->holds])};

	f.stated = c->stated_text;
	f.facts.items = arena_alloc(arena, (c->nitems + 1) * sizeof *f.facts.items);
	for (size_t i = 0; i < c->nitems; i++)
		f.facts.items[f.facts.n++] = c->items[i]->index;
	struct ratio gap = gap_of(c);
	if (ratio_ok(c->computed))
		f.computed = c->like ? audit_amount(a, c->computed, c->like) : audit_number(a, c->computed, c->unit ? c->unit : "");
	if (ratio_ok(gap))
		f.gap = audit_number(a, gap, "");
	f.bases = c->bases.n ? c->bases : (struct str){NULL, 0};
	const struct message *m = messages_find(&a->messages, c->message ? c->message : c->kind, holds_names[c->holds]);
	if (m) {
		const struct str words[WORDS] = {f.stated, f.computed, c->bases, c->part, c->whole, c->list, c->low, c->high};
		f.zh = message_fill(&m->zh, words, arena);
		f.en = message_fill(&m->en, words, arena);
	}
	if (a->explain)
		explain(a, c->kind, holds_names[c->holds], c->items, c->nitems, f.en.s);
	a->findings = arena_grow(arena, a->findings, &a->cap_findings, a->n + 1, sizeof *a->findings);
	a->gaps = arena_grow(arena, a->gaps, &a->cap_gaps, a->n + 1, sizeof *a->gaps);
	a->findings[a->n] = f;
	a->gaps[a->n++] = gap;
}

struct ranked {
	struct finding f;
	struct ratio gap;
	size_t order;
};

static int by_gap(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;
	bool ga = ratio_ok(a->gap), gb = ratio_ok(b->gap);

	if (ga != gb)
		return ga ? -1 : 1;
	int c = ratio_cmp(b->gap, a->gap);
	return c ? c : a->order < b->order ? -1 : 1;
}

void audit_pack(struct audit *a)
{
	struct ranked *r = arena_alloc(&a->f->arena, (a->n + 1) * sizeof *r);

	for (size_t i = 0; i < a->n; i++)
		r[i] = (struct ranked){a->findings[i], a->gaps[i], i};
	qsort(r, a->n, sizeof *r, by_gap);
	for (size_t i = 0; i < a->n; i++)
		a->findings[i] = r[i].f;
	findings_pack(filter_key(a->f, "findings"), a->findings, a->n);
}
