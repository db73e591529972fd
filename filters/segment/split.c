/* A mark starts a new segment where it stands at the start of a line, or after a
 * stop and in sequence: 一是 needs a 二是 that follows, 二是 a 一是 before it. So a
 * 一是 inside a sentence or a quotation is no mark. */
#include "split.h"

enum { PLACE_LINE = STOP_COMMA + 1 };

/* Where a mark may stand. */
struct place {
	uint32_t at;
	struct mark mark;
	uint16_t next;          /* number of the next mark of its family in the line, 0 for none */
	uint8_t after;          /* enum stop_kind, or PLACE_LINE */
};

void split_start(struct split *s, const struct marks *marks, const struct scan *scan,
	struct tree *tree, struct arena *a)
{
	size_t n = marks_families(marks);
	*s = (struct split){.marks = marks, .scan = scan, .tree = tree, .a = a, .families = n};
	s->last = arena_calloc(a, n + 1, sizeof *s->last);
	s->level = arena_calloc(a, n + 1, sizeof *s->level);
	s->plain = arena_calloc(a, n + 1, sizeof *s->plain);
	s->listed = arena_calloc(a, n + 1, sizeof *s->listed);
}

static bool match(const struct split *s, uint32_t at, uint32_t e, struct mark *m)
{
	const char *p = s->tree->text.s + at;
	return at < e && marks_may(s->marks, p, e - at) && marks_match(s->marks, p, e - at, m);
}

static size_t add_place(struct split *s, size_t n, uint32_t at, const struct mark *m, unsigned after)
{
	if (n == s->cap)
		s->places = arena_grow(s->a, s->places, &s->cap, n + 1, sizeof *s->places);
	s->places[n] = (struct place){.at = at, .mark = *m, .after = (uint8_t)after};
	return n + 1;
}

/* Puts the line's places into s->places, each with what follows in its family. */
static size_t find_places(struct split *s, const struct line *line, const struct line *next)
{
	struct str text = s->tree->text;
	struct mark m;
	size_t n = 0;

	if (match(s, line->b, line->e, &m) && !(m.line && m.number != 1 && m.number != s->last[m.family] + 1u))
		n = add_place(s, n, line->b, &m, PLACE_LINE);
	for (uint32_t i = line->stop; i < line->stops; i++) {
		const struct stop *stop = &s->scan->stops[i];
		uint32_t at = scan_skip(text, stop->end, line->e);
		if (!stop->may || (n && at < s->places[n - 1].at + s->places[n - 1].mark.len))
			continue;
		/* a quotation holds items, but no headings: there it was not closed */
		if (match(s, at, line->e, &m) && !m.line && !(stop->quoted && (m.item || stop->kind != STOP_END)))
			n = add_place(s, n, at, &m, stop->kind);
	}
	if (!n)
		return 0;
	uint16_t *follows = arena_calloc(s->a, s->families + 1, sizeof *follows);
	if (next && match(s, next->b, next->e, &m))
		follows[m.family] = m.number;
	for (size_t i = n; i-- > 0;) {
		uint16_t *f = &follows[s->places[i].mark.family];
		s->places[i].next = *f;
		*f = s->places[i].mark.number;
	}
	return n;
}

static bool in_sequence(const struct split *s, const struct place *p)
{
	const struct mark *m = &p->mark;
	unsigned last = s->last[m->family];

	if (p->after == PLACE_LINE)
		return !m->ends || last > 0;
	if (m->ends)
		return p->after <= STOP_SEMICOLON && last > 0;
	if (m->number == 1)
		return p->next == 2;
	if (last && m->number == last + 1u)
		return true;
	/* a number that was left out, or written twice */
	return last && m->item && p->after == STOP_END && (m->number == last + 2u || m->number == last);
}

static void count(struct split *s, const struct mark *m)
{
	s->last[m->family] = m->number;
	s->level[m->family] = m->item ? RANKS : m->level;
	if (!m->item)
		for (size_t i = 0; i < s->families; i++)
			if (s->level[i] > m->level || (m->over && s->level[i] == m->level && i != m->family))
				s->last[i] = 0;
}

void split_forget_items(struct split *s)
{
	for (size_t i = 0; i < s->families; i++)
		if (s->level[i] == RANKS)
			s->last[i] = 0;
}

/* What the first sentence behind a mark is like. */
struct first {
	uint32_t end;           /* of the sentence with its stop, 0 where none was found */
	uint32_t colon;         /* after a colon, 0 for none */
	uint32_t gap;           /* at a wide space, 0 for none */
	uint32_t blank;         /* at the one single space between words, 0 where there is none or several */
	uint32_t inner;         /* at a mark of a deeper level, 0 for none */
	uint32_t seen;          /* the end of what was looked at */
	unsigned chars;         /* looked at */
	bool semicolon, number, comma;
};

/* Some 80 characters are looked at: headings are shorter. */
enum { HEADING_BYTES = 240, TITLE_CHARS = 20 };

/* Where spaces stand for line breaks, one is enough: 。 一、加强领导 全年…. */
static bool is_spaced(const struct split *s, uint32_t at, const struct line *line)
{
	return at > line->b && s->tree->text.s[at - 1] == ' ';
}

static bool is_wide_gap(const char *s, size_t n)
{
	size_t k = space_at(s, n);
	return k == 3 || (k == 1 && n > 1 && space_at(s + 1, n - 1) > 0) || (k && s[0] == '\t');
}

static bool is_measured(const char *s, size_t n)
{
	/* three digits and more, a decimal, or a share: a result, no heading */
	size_t digits = 0;
	while (digits < n && s[digits] >= '0' && s[digits] <= '9')
		digits++;
	if (n - digits >= 3 && memcmp(s + digits, "年", 3) == 0)
		return false;
	return digits >= 3 || (digits < n && (s[digits] == '%' || s[digits] == '.'));
}

/* 存在的问题一是…。二是…: the item is one because its second follows. */
static bool second_follows(const struct split *s, const struct mark *m, uint32_t at)
{
	for (size_t k = s->now; k < s->nplaces && k < s->now + 8; k++)
		if (s->places[k].at > at && s->places[k].mark.family == m->family)
			return s->places[k].mark.number == 2;
	return false;
}

static struct first first_sentence(const struct split *s, uint32_t at, const struct mark *m, uint32_t e,
	bool spaced)
{
	struct str text = s->tree->text;
	uint32_t limit = e - at > HEADING_BYTES ? at + HEADING_BYTES : e, i = at;
	struct first f = {0};
	unsigned blanks = 0;
	bool quoted = false;
	struct mark in;

	for (; i < limit; f.chars++) {
		const char *p = text.s + i;
		size_t left = e - i;
		uint32_t cp;
		size_t k = utf8_next(p, left, &cp);

		if (i > at && !quoted && !f.inner && marks_may(s->marks, p, left)
		    && marks_match(s->marks, p, left, &in) && in.number == 1 && in.level > m->level
		    && (in.item ? second_follows(s, &in, i) : in.len > 3))
			f.inner = i;
		if (cp == 0x201C || cp == 0x300A) {                     /* “ 《 */
			quoted = true;
		} else if (cp == 0x201D || cp == 0x300B) {
			quoted = false;
		} else if (cp >= '0' && cp <= '9') {
			f.number |= !quoted && is_measured(p, left);
			while (k < left && p[k] >= '0' && p[k] <= '9')
				k++;
		} else if (quoted || (cp == ' ' && i > at && p[-1] >= '0' && p[-1] <= '9' && !is_wide_gap(p, left))) {
			;                                               /* 共 806 条: the space is the number's */
		} else if (cp == 0xFF1B || cp == ';') {
			f.semicolon = true;
			break;
		} else if (cp == 0xFF1A || cp == ':') {
			if (!f.colon)
				f.colon = i + (uint32_t)k;
		} else if (cp == 0xFF0C || cp == ',') {
			f.comma |= !f.colon;
		} else if (cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F) {
			f.end = i + (uint32_t)k;
			break;
		} else if ((is_wide_gap(p, left) || (spaced && *p == ' ' && left > 1 && (uint8_t)p[1] >= 0xE4))
			   && f.chars >= 4 && !f.gap) {
			f.gap = i;
		} else if (cp == ' ' && !f.comma && !f.colon && ++blanks == 1 && f.chars >= 4 && f.chars <= TITLE_CHARS) {
			f.blank = i;
		}
		i += (uint32_t)k;
	}
	f.seen = i;
	if (blanks > 1)
		f.blank = 0;
	if (f.end && f.end < e && (str_starts(str_sub(text, f.end, e), STR("”"))))
		f.end += 3;
	return f;
}

/* The longest sentence that is still a heading, in characters, by level. */
static unsigned longest(const struct mark *m)
{
	return m->level == 1 ? 70 : m->level == 2 ? 60 : m->level == 3 ? 40 : 25;
}

/* Where the heading ends that starts with mark M at AT; AT where it is none but a
 * paragraph. E is the end of its line or the next mark. */
static uint32_t heading_end(const struct split *s, uint32_t at, const struct mark *m, uint32_t e,
	const struct line *line, const struct line *next)
{
	bool spaced = is_spaced(s, at, line);
	/* 第一部分：主要举措和成效 */
	uint32_t from = at + m->len;
	if (m->over && from < e)
		from += s->tree->text.s[from] == ':' ? 1 : str_starts(str_sub(s->tree->text, from, e), STR("：")) ? 3 : 0;
	struct first f = first_sentence(s, from, m, e, spaced);
	/* a whole line is a heading where the next line is no item beside it, and the
	 * item before it was none */
	bool sibling = s->plain[m->family] && m->number > 1, last = next == NULL;
	struct mark n;

	if (m->level > 4 && !m->line)
		return at;
	if (next && match(s, next->b, next->e, &n))
		sibling |= n.family == m->family;
	if (spaced && f.gap && (!f.end || f.gap < f.end) && (!f.inner || f.gap < f.inner))
		return f.gap;
	if (f.inner && (!f.end || f.inner < f.end))
		return f.inner;
	if (f.colon && (!f.end || f.colon < f.end)) {
		bool rest = scan_skip(s->tree->text, f.colon, e) < e;
		if (!rest && (e < line->e || !sibling || m->level < 3))
			return e;
		if (rest && !f.comma && f.colon - at <= 75)
			return f.colon;
	}
	/* 一、主要举措和成效； above its （一） */
	if (f.semicolon && m->level == 1 && scan_skip(s->tree->text, f.seen + (s->tree->text.s[f.seen] == ';' ? 1 : 3), e) == line->e
	    && next && match(s, next->b, next->e, &n) && n.number == 1 && n.level > m->level && !n.item)
		return e;
	if (f.semicolon)
		return at;
	/* (一)主动公开情况 2025年，…: the sentence is longer than a heading, a few words stand apart from it */
	if (f.blank && f.comma && !f.gap && f.seen - f.blank > HEADING_BYTES / 2)
		return f.blank;
	if (f.end) {
		if (f.gap && f.chars > 40 && f.gap - at <= 120)
			return f.gap;
		if (f.chars > longest(m) || (f.number && m->level > 1))
			return at;
		if (scan_skip(s->tree->text, f.end, e) < e || e < line->e)
			return f.end;
		/* nothing follows in the line: what comes below it decides */
		if (m->level == 1 && sibling && f.chars > TITLE_CHARS)
			return at;              /* 一、根据…，制定本规则。 above 二、…。: articles */
		return m->level == 1 || (!sibling && !last && f.chars <= 40) ? e : at;
	}
	if (at + m->len + HEADING_BYTES < e)            /* goes on and on */
		return f.gap ? f.gap : at;
	if (m->level < 3)
		return e;
	return !sibling && !last && f.chars <= longest(m) && !f.number ? e : at;
}

static uint32_t trim_end(struct str text, uint32_t b, uint32_t e)
{
	return b + (uint32_t)str_trim(str_sub(text, b, e)).n;
}

static void body(struct split *s, uint32_t b, uint32_t e, const struct mark *m)
{
	b = scan_skip(s->tree->text, b, e);
	if (b < e)
		tree_body(s->tree, SEGMENT_PARAGRAPH, b, trim_end(s->tree->text, b, e), m);
}

/* The heading at AT and, in lines without breaks, the deeper one right behind it.
 * Returns where the text goes on. */
static uint32_t headings(struct split *s, uint32_t at, struct mark m, uint32_t e,
	const struct line *line, const struct line *next)
{
	for (;;) {
		uint32_t h = heading_end(s, at, &m, e, line, next);
		count(s, &m);
		/* the last of 1.…；2.…；3.…。 is no heading: what follows is the text again */
		if (s->listed[m.family] && m.number > 1 && h > at && h < e) {
			s->listed[m.family] = false;
			body(s, at, h, &m);
			return scan_skip(s->tree->text, h, e);
		}
		s->plain[m.family] = h <= at;
		struct str item = str_trim(str_sub(s->tree->text, at, e));
		s->listed[m.family] = h <= at && (str_ends(item, STR("；")) || str_ends(item, STR(";")));
		if (h <= at) {
			body(s, at, e, &m);
			return e;
		}
		tree_heading(s->tree, at, trim_end(s->tree->text, at, h), &m);
		at = scan_skip(s->tree->text, h, e);
		struct mark in;
		if (at < e && match(s, at, e, &in) && in.item && in.number == 1 && second_follows(s, &in, at))
			count(s, &in);
		if (at >= e || !match(s, at, e, &in) || in.item || in.level <= m.level || in.number != 1)
			return at;
		m = in;
	}
}

/* The next place from K on that is in sequence; N where there is none. */
static size_t next_cut(const struct split *s, size_t k, size_t n)
{
	while (k < n && !in_sequence(s, &s->places[k]))
		k++;
	return k;
}

void split_line(struct split *s, const struct line *line, const struct line *next)
{
	size_t n = find_places(s, line, next), k = 0;
	uint32_t at = line->b;

	s->nplaces = n;
	while (at < line->e) {
		bool marked = k < n && s->places[k].at == at;
		struct mark m = {0};
		if (marked) {
			m = s->places[k++].mark;
			count(s, &m);
		}
		s->now = k;
		size_t cut = next_cut(s, k, n);
		uint32_t e = cut < n ? s->places[cut].at : line->e;
		if (marked && !m.item) {
			uint32_t rest = headings(s, at, m, e, line, next);
			/* a deeper heading may have opened a sequence: look again */
			while (k < cut && s->places[k].at < rest)
				k++;
			cut = next_cut(s, k, n);
			e = cut < n ? s->places[cut].at : line->e;
			bool item = match(s, rest, e, &m) && m.item && s->last[m.family] == m.number;
			body(s, rest, e, item ? &m : NULL);
		} else {
			body(s, at, e, marked ? &m : NULL);
		}
		k = cut;
		at = e;
	}
}
