#include "outline.h"
#include "about.h"
#include "fact.h"
#include "segment.h"

#include <stdio.h>

enum { TEXT_COLUMNS = 76, INDENT = 2, DEPTH_MOST = 8 };

struct outline {
	struct filter *f;
	struct buf *out;
	struct str text;
	const struct segment *segments;
	const struct label *labels;     /* NULL where the record has none */
	size_t n;
	uint32_t *facts;                /* of each segment; NULL where the record has none */
};

/* What fits into so many columns of a terminal, on one line: a Han character takes two. */
static void put_text(struct buf *out, struct str s, size_t columns)
{
	bool gap = false;

	for (size_t i = 0; i < s.n;) {
		uint32_t cp;
		size_t space = space_at(s.s + i, s.n - i), k = space ? space : utf8_next(s.s + i, s.n - i, &cp);
		if (space) {
			gap = true;
			i += k;
			continue;
		}
		size_t width = (cp >= 0x1100 ? 2 : 1) + gap;
		if (cp < 0x20 || cp == 0x7F || cp == 0xFFFD || (cp >= 0x80 && cp < 0xA0)) {
			i += k;         /* no byte of a page talks to the terminal */
			continue;
		}
		if (width > columns) {
			buf_append(out, "…", 3);
			return;
		}
		if (gap)
			buf_append(out, " ", 1);
		gap = false;
		buf_append(out, s.s + i, k);
		columns -= width;
		i += k;
	}
}

static void put_value(struct outline *o, const char *name, struct str value)
{
	if (!value.n)
		return;
	buf_printf(o->out, "    %-10s ", name);
	put_text(o->out, value, 120);
	buf_append(o->out, "\n", 1);
}

static void put_about(struct outline *o)
{
	struct about about;
	struct cursor c;

	if (!filter_open(o->f, "about", &c))
		return;
	about_read(&c, &o->f->arena, &about);
	filter_check(o->f, "about", &c);
	put_value(o, "title", about.title.value);
	put_value(o, "genre", about.genre.value);
	put_value(o, "issuer", about.issuer.value);
	put_value(o, "subject", about.subject.value);
	put_value(o, "region", about.region.name);
	put_value(o, "code", about.region.code);
	put_value(o, "period", about.period.value);
	put_value(o, "number", about.number.value);
	put_value(o, "written", about.written.value);
	put_value(o, "published", about.published.value);
	put_value(o, "signer", about.signer.value);
	put_value(o, "addressee", about.addressee.value);
}

static unsigned depth_of(const struct outline *o, size_t i)
{
	unsigned depth = 0;
	for (int64_t up = o->segments[i].up; up >= 0 && depth < DEPTH_MOST; up = o->segments[up].up)
		depth++;
	return depth;
}

static size_t rows_of(struct str s)
{
	size_t n = 1;
	for (size_t i = 0; i < s.n; i++)
		n += s.s[i] == '\n';
	return n;
}

/* Furniture that stands together is one line: nobody reads it. Returns the last of it. */
static size_t put_furniture(struct outline *o, size_t i)
{
	size_t e = i;

	while (e + 1 < o->n && o->segments[e + 1].kind == SEGMENT_FURNITURE)
		e++;
	if (e == i)
		return i;
	buf_printf(o->out, "%-11s %-14s     (%zu lines of the page) ", "furniture", "-", e - i + 1);
	put_text(o->out, str_sub(o->text, o->segments[i].at.b, o->segments[i].at.e), 40);
	buf_append(o->out, "\n", 1);
	return e;
}

static void put_segment(struct outline *o, size_t i)
{
	const struct segment *s = &o->segments[i];
	const struct label *l = o->labels ? &o->labels[i] : NULL;
	struct str at = str_sub(o->text, s->at.b, s->at.e);
	unsigned indent = INDENT * depth_of(o, i);
	char sure[8] = "";

	/* role, topic, and how sure they are where that is not much */
	if (l && l->score < 0.9)
		snprintf(sure, sizeof sure, ".%02d", (int)(l->score * 100));
	struct str role = l && l->role.s ? l->role : STR("-"), topic = l && l->topic.s ? l->topic : STR("-");
	buf_printf(o->out, "%-11.*s %-14.*s %3s ", STR_ARG(role), STR_ARG(topic), sure);
	buf_printf(o->out, "%*s", (int)indent, "");
	if (s->kind == SEGMENT_TABLE)
		buf_printf(o->out, "[%zu rows] ", rows_of(at));
	else if (s->kind != SEGMENT_HEADING && s->kind != SEGMENT_PARAGRAPH)
		buf_printf(o->out, "[%s] ", segment_kinds[s->kind]);
	else if (s->kind == SEGMENT_PARAGRAPH)
		buf_printf(o->out, "· ");
	put_text(o->out, at, TEXT_COLUMNS > indent + 20 ? TEXT_COLUMNS - indent : 20);
	if (o->facts && o->facts[i])
		buf_printf(o->out, " (%u)", o->facts[i]);
	buf_append(o->out, "\n", 1);
}

static void count_facts(struct outline *o)
{
	struct cursor c;
	size_t n;

	if (!filter_open(o->f, "facts", &c))
		return;
	struct fact *facts = facts_read(&c, &o->f->arena, o->text, &n);
	filter_check(o->f, "facts", &c);
	o->facts = arena_calloc(&o->f->arena, o->n + 1, sizeof *o->facts);
	for (size_t i = 0; i < n; i++)
		if (facts[i].segment >= 0 && (size_t)facts[i].segment < o->n)
			o->facts[facts[i].segment]++;
}

static void put_problems(struct outline *o)
{
	struct cursor c;

	if (!filter_open(o->f, "problems", &c))
		return;
	for (uint32_t n = cursor_array(&c); n > 0 && !c.error; n--) {
		struct problem p;
		schema_read(problem_fields, &c, &o->f->arena, &p);
		buf_printf(o->out, "! %.*s: ", STR_ARG(p.code));
		put_text(o->out, p.message, 100);
		buf_append(o->out, "\n", 1);
	}
	filter_check(o->f, "problems", &c);
}

void outline_write(struct filter *f, struct buf *out)
{
	struct outline o = {.f = f, .out = out, .text = filter_text(f)};
	size_t nlabels;

	buf_printf(out, "%s\n", filter_where(f));
	if (o.text.s) {
		struct cursor c = filter_need(f, "segments", "segment");
		o.segments = segments_read(&c, &f->arena, o.text, &o.n);
		filter_check(f, "segments", &c);
		if (filter_open(f, "labels", &c)) {
			o.labels = labels_read(&c, &f->arena, &nlabels);
			if (!c.error && nlabels != o.n)
				cursor_fail(&c, "not one label a segment");
			filter_check(f, "labels", &c);
		}
		count_facts(&o);
		put_about(&o);
		for (size_t i = 0; i < o.n; i++) {
			size_t e = o.segments[i].kind == SEGMENT_FURNITURE ? put_furniture(&o, i) : i;
			if (e == i)
				put_segment(&o, i);
			i = e;
		}
	}
	put_problems(&o);
	buf_append(out, "\n", 1);
}
