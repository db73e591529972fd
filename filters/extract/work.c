#include "work.h"
#include "gate.h"

/* The region's name and the office that reports (人民法院), the headings above the segment, and
 * its paragraph up to the sentence's end, a line each. */
static struct span span_of(struct str text, struct str part)
{
	uint32_t b = (uint32_t)(part.s - text.s);
	return (struct span){b, b + (uint32_t)part.n};
}

struct str work_wider(void *arg)
{
	struct work *w = arg;
	struct document *d = w->d;
	struct buf *b = &w->a->wider;
	const struct segment *s = &d->segments[w->sentence->segment];

	if (w->wider_made)
		return (struct str){(char *)b->data, b->len};
	w->wider_made = true;
	b->len = 0;
	if (d->about.region.name.s)     /* 市级 is the province's in 重庆市: patterns may ask */
		buf_append(b, d->about.region.name.s, d->about.region.name.n);
	buf_append(b, "\n", 1);
	if (d->about.subject.value.s && !str_is(d->about.subject.value, "government"))
		buf_append(b, d->about.subject.value.s, d->about.subject.value.n);
	buf_append(b, "\n", 1);
	/* 表二 行政复议情况: what stands right above a table is its heading */
	uint32_t above = w->sentence->segment;
	if (s->kind == SEGMENT_TABLE && above > 0 && d->segments[above - 1].kind != SEGMENT_TABLE
	    && d->segments[above - 1].at.e - d->segments[above - 1].at.b <= CAPTION_MOST) {
		context_append(b, d->text, d->segments[above - 1].at);
		buf_append(b, "\n", 1);
	}
	for (int64_t up = s->up; up >= 0; up = d->segments[up].up) {
		struct span at = d->segments[up].at;
		if (at.e - at.b <= WIDER)
			context_append(b, d->text, at);
		buf_append(b, "\n", 1);
	}
	uint32_t from = s->at.b;
	if (s->kind == SEGMENT_TABLE && memchr(d->text.s + w->sentence->at.b, '\t', w->sentence->at.e - w->sentence->at.b)) {
		/* the rows above speak of other things */
		const struct grid *g = &d->grid;
		bool known = g->segment == w->sentence->segment + 1 && g->row == w->sentence->at.b;
		from = w->sentence->at.b;
		if (known && g->section.n)
			context_append(b, d->text, span_of(d->text, g->section));
		buf_append(b, "\n", 1);
		for (size_t k = 0; known && k <= g->column && k < g->width; k++) {     /* as a reader comes to the cell */
			if (g->upper[k].n && (k == 0 || !str_eq(g->upper[k], g->upper[k - 1])))
				context_append(b, d->text, span_of(d->text, g->upper[k]));
			if (g->levels == 2 && g->lower[k].n)
				context_append(b, d->text, span_of(d->text, g->lower[k]));
		}
		if (known && g->group.n)
			context_append(b, d->text, span_of(d->text, g->group));
	}
	if (w->sentence->at.e - from > WIDER) {
		from = w->sentence->at.e - WIDER;
		while (from < w->sentence->at.e && ((uint8_t)d->text.s[from] & 0xC0) == 0x80)
			from++;
	}
	context_append(b, d->text, (struct span){from, w->sentence->at.e});
	struct str wider = {(char *)b->data, b->len};
	gates_wider(w->a->gates, wider);
	return wider;
}

struct rule_subject work_subject(struct work *w, const struct expr *x)
{
	return (struct rule_subject){
		.sentence = {w->context.s, w->context.n}, .at = x->norm, .wider = work_wider, .arg = w,
		.kind = x->fact.kind, .change = x->fact.change, .unit = x->unit_group};
}

bool work_cue(struct work *w, const struct expr *x, int cls, struct str *value, struct span *group)
{
	if (cls < 0)
		return false;
	struct rule_subject s = work_subject(w, x);
	return rules_match(w->a->cues, &s, cls, value, group) >= 0;
}

bool stands_before(struct str text, uint32_t at, const char *const *words)
{
	at -= at > 0 && text.s[at - 1] == ' ';
	for (; *words; words++) {
		size_t n = strlen(*words);
		if (at >= n && memcmp(text.s + at - n, *words, n) == 0)
			return true;
	}
	return false;
}

bool stands_behind(struct str text, uint32_t at, const char *const *words)
{
	at += at < text.n && text.s[at] == ' ';
	for (; at < text.n && *words; words++) {
		if (**words != text.s[at])
			continue;
		size_t n = strlen(*words);
		if (text.n - at >= n && memcmp(text.s + at, *words, n) == 0)
			return true;
	}
	return false;
}

bool closes_between(struct str text, uint32_t from, uint32_t to)
{
	static const char *const opened[] = {"（", "(", NULL}, *const closed[] = {"）", ")", NULL};

	for (; from < to; from++) {
		if (stands_behind(text, from, closed))
			return true;
		if (stands_behind(text, from, opened))
			return false;
	}
	return false;
}

static const char *const quotes[][2] = {{"“", "”"}, {"‘", "’"}, {"《", "》"}, {"「", "」"}, {"\"", "\""}, {NULL, NULL}};

struct str unquoted(struct str a)
{
	bool more = true;

	while (more) {
		a = str_trim(a);
		more = false;
		for (int i = 0; quotes[i][0] && !more; i++) {
			struct str open = str_of(quotes[i][0]), close = str_of(quotes[i][1]);
			bool opens = a.n && str_starts(a, open), closes = a.n && str_ends(a, close);
			size_t shut = opens ? str_find(a, close, open.n) : SIZE_MAX;
			/* “放管服”改革事项 keeps the quotes around a part of it */
			if (opens && (shut == SIZE_MAX || shut + close.n == a.n)) {
				a = str_sub(a, open.n, a.n);
				more = true;
			} else if (closes && str_find(a, open, 0) >= a.n - close.n) {
				a.n -= close.n;
				more = true;
			}
		}
	}
	return a;
}

struct str work_text(const struct work *w, struct span at)
{
	uint32_t b = w->context.from[at.b], e = w->context.from[at.e];

	for (int i = 0; quotes[i][0]; i++) {
		struct str open = str_of(quotes[i][0]), inside = str_sub(w->d->text, b, e);
		if (b >= w->sentence->at.b + open.n && str_starts(str_sub(w->d->text, b - open.n, e), open)
		    && str_find(inside, str_of(quotes[i][1]), 0) < str_find(inside, open, 0))
			b -= (uint32_t)open.n;
	}
	return unquoted(str_sub(w->d->text, b, e));
}
