/* A document has a head (titles, metadata, addressee), a body and a tail. The head
 * ends with the first numbered heading or paragraph; the tail starts with a cue
 * such as 相关链接. Captions, furniture and signatures are known wherever they
 * stand. */
#include "head.h"
#include "lines.h"

void outline_furniture(struct outline *o, uint32_t b, uint32_t e)
{
	struct tree *t = o->tree;
	if (o->open_label && t->n && t->items[t->n - 1].kind == SEGMENT_FURNITURE)
		t->items[t->n - 1].at.e = e;
	else
		tree_plain(t, SEGMENT_FURNITURE, b, e);
	o->open_label = line_ends_with_colon(outline_str(o, b, e));
}

/* Rows of a table follow each other in one segment, which starts at B. A row with a cell as long as
 * a paragraph is layout. */
static size_t table_rows(struct outline *o, size_t i, uint32_t b)
{
	enum { CELL_BYTES = 600 };
	const struct scan *s = o->scan;
	uint32_t e = b;
	size_t k = i;

	for (; k < s->nlines && s->lines[k].cells; k++) {
		const struct line *l = &s->lines[k];
		if ((l->e - l->b) / (l->cells + 1) > CELL_BYTES)
			break;
		e = l->e;
	}
	if (k > i)
		tree_body(o->tree, SEGMENT_TABLE, b, e, NULL);
	return k;
}

/* The unit's name above the date becomes a signature too. */
static void sign(struct outline *o)
{
	for (size_t i = o->tree->n; i-- > 0 && o->tree->n - i <= 6;) {
		struct segment *s = &o->tree->items[i];
		struct str line = outline_str(o, s->at.b, s->at.e);
		if ((s->kind != SEGMENT_PARAGRAPH && s->kind != SEGMENT_HEADING) || s->level
		    || line.n > HEADING_BYTES || !(cues_of(o->rules->cues, line) & CUE_UNIT))
			break;
		s->kind = SEGMENT_SIGNATURE;
		s->up = -1;
	}
	o->signed_off = true;
}

/* The offset of the date that ends a signature's line, SIZE_MAX where it is none: before the date
 * stands nothing, or a unit. */
static size_t signed_date(const struct outline *o, struct str s)
{
	size_t date = line_is_date(s) ? 0 : line_date_at_end(s);

	if (date != SIZE_MAX && date > 0 && !(cues_of(o->rules->cues, str_trim(str_sub(s, 0, date))) & CUE_UNIT))
		return SIZE_MAX;
	return date;
}

/* The line from B to E is a signature whose date stands at DATE. */
static void sign_line(struct outline *o, uint32_t b, uint32_t e, size_t date)
{
	struct str s = outline_str(o, b, e);

	if (date == 0) {
		sign(o);
	} else if (space_at(s.s + utf8_prev(s.s, date), s.n) > 0) {
		struct str unit = str_trim(str_sub(s, 0, date));
		tree_plain(o->tree, SEGMENT_SIGNATURE, b, b + (uint32_t)unit.n);
		o->signed_off = true;
	} else {
		date = 0;
		o->signed_off = true;
	}
	tree_plain(o->tree, SEGMENT_SIGNATURE, b + (uint32_t)date, e);
}

/* A few words such as 主动公开情况 between 一、 and 二、 divide the section that is open, though they end
 * as titles do; a new one is opened where the numbers start again. */
static bool divides(const struct outline *o, struct str s, const struct line *next)
{
	enum { WORDS_BYTES = 36, LINES = 60 };
	const struct line *end = o->scan->lines + o->scan->nlines;
	struct mark m;

	if (!o->tree->deepest || s.n > WORDS_BYTES)
		return false;
	if (cues_bullet(s))
		return true;
	for (int i = 0; next && next < end && i < LINES; i++, next++)
		if (outline_mark(o, next, &m) && m.level == 1)
			return m.number > 1;
	return false;
}

/* True where a line says the title again. */
static bool repeats_title(const struct outline *o, struct str s)
{
	for (size_t i = 0; i < o->tree->n && i < HEAD_LINES; i++)
		if (o->tree->items[i].kind == SEGMENT_TITLE)
			return str_eq(outline_str(o, o->tree->items[i].at.b, o->tree->items[i].at.e), s);
	return false;
}

/* A short line without a stop: signature, unnumbered heading or paragraph. */
static void bare_line(struct outline *o, const struct line *l, const struct line *next, unsigned cues)
{
	struct str s = outline_str(o, l->b, l->e);
	size_t date = signed_date(o, s);

	if (date != SIZE_MAX) {
		sign_line(o, l->b, l->e, date);
		return;
	}
	if (next && next->cells && s.n <= HEADING_BYTES) {
		tree_body(o->tree, SEGMENT_CAPTION, l->b, l->e, NULL);
		return;
	}
	if (!(cues & CUE_UNIT) && repeats_title(o, s)) {
		/* the site's, then the document's; or behind the text, where it heads nothing */
		bool heads = next && (outline_has_stop(o, next) || line_ends_with_colon(outline_str(o, next->b, next->e)));
		tree_plain(o->tree, heads ? SEGMENT_TITLE : SEGMENT_FURNITURE, l->b, l->e);
		return;
	}
	bool long_next = next && (outline_has_stop(o, next) || next->e - next->b > HEADING_BYTES
		|| line_ends_with_colon(outline_str(o, next->b, next->e)));
	struct mark m;
	/* a title may stand on two lines, and need not call itself a report */
	bool goes_on = next && !next->cells && !long_next && outline_is_title(cues)
		&& cues_of(o->rules->cues, outline_str(o, next->b, next->e)) & (CUE_TITLE_END | CUE_ENCLOSED);
	/* 第一章 may stand right below it */
	bool begins = long_next || (next && outline_mark(o, next, &m) && m.number == 1 && m.level == 1);
	if (s.n <= HEADING_BYTES && o->signed_off && (goes_on || (begins
			&& cues & (CUE_TITLE_END | CUE_ENCLOSED)))) {
		/* below the signature of a covering letter starts what it covers */
		tree_top(o->tree);
		tree_plain(o->tree, SEGMENT_TITLE, l->b, l->e);
		split_forget_items(&o->split);
		o->signed_off = goes_on;
		return;
	}
	if (outline_is_title(cues) && long_next && s.n <= HEADING_BYTES && !o->signed_off && !divides(o, s, next)) {
		tree_section(o->tree, l->b, l->e);
		split_forget_items(&o->split);
		return;
	}
	if (!(cues & CUE_UNIT) && s.n <= HEADING_BYTES && next && !line_goes_on(s)
	    && (long_next || (!next->cells && outline_mark(o, next, &m) && m.number == 1))
	    && !line_ends_with_colon(s) && !o->signed_off) {
		tree_heading(o->tree, l->b, l->e, NULL);
		split_forget_items(&o->split);
	} else {
		tree_body(o->tree, SEGMENT_PARAGRAPH, l->b, l->e, NULL);
	}
}

/* Where furniture or a signature starts that is glued to the end of a paragraph (…新局面。扫一扫在
 * 手机打开当前页); the line's end where there is none. */
static uint32_t glued_tail(const struct outline *o, const struct line *l, size_t *date)
{
	uint32_t end = l->e;

	for (uint32_t i = l->stops; i-- > l->stop;)
		if (o->scan->stops[i].kind == STOP_END) {
			end = scan_skip(o->text, o->scan->stops[i].end, l->e);
			break;
		}
	struct str rest = outline_str(o, end, l->e);
	*date = SIZE_MAX;
	if (end == l->e || end == l->b || rest.n > HEADING_BYTES)
		return l->e;
	if ((*date = signed_date(o, rest)) > 0 && *date != SIZE_MAX)
		return end;
	*date = SIZE_MAX;
	return cues_of(o->rules->cues, rest) & CUE_FURNITURE ? end : l->e;
}

/* 各位代表： below a picture's words, which ended the head. */
static bool addresses_late(const struct outline *o, struct str s)
{
	if (o->addressed || !line_ends_with_colon(s) || s.n > HEADING_BYTES)
		return false;
	for (size_t i = o->tree->n; i-- > 0;)
		if (o->tree->items[i].kind == SEGMENT_HEADING)
			return false;
	return cues_of(o->rules->cues, str_sub(s, 0, s.n - (str_ends(s, STR("：")) ? 3 : 1))) & CUE_PERSONS;
}

static void body_line(struct outline *o, struct line *l, const struct line *next)
{
	struct str s = outline_str(o, l->b, l->e);
	bool brief = s.n <= SHORT_BYTES, ends = outline_has_stop(o, l);
	unsigned cues = brief ? cues_of(o->rules->cues, s) : 0;
	struct mark m;

	if (brief && ((cues & CUE_FURNITURE && !outline_runs_on(o, l)) || line_is_rule(s))) {
		if (cues & CUE_TAIL)
			o->phase = TAIL;
		outline_furniture(o, l->b, l->e);
		return;
	}
	o->open_label = false;
	/* 附件：1.… goes on below with 2.… */
	if (o->attached && brief && !ends && outline_mark(o, l, &m) && m.number > 1) {
		tree_plain(o->tree, SEGMENT_META, l->b, l->e);
		return;
	}
	o->attached = brief && cues & CUE_CLOSING && str_starts(s, STR("附"));
	if (o->titled && addresses_late(o, s)) {
		tree_plain(o->tree, SEGMENT_ADDRESSEE, l->b, l->e);
		o->addressed = true;
		return;
	}
	if (brief && cues & CUE_CAPTION && !(cues & CUE_CLOSING) && !outline_mark(o, l, &m)) {
		tree_body(o->tree, SEGMENT_CAPTION, l->b, l->e, NULL);
		return;
	}
	if (brief && !ends && !outline_mark(o, l, &m) && !(cues & CUE_CLOSING)) {
		if (cues & CUE_META && o->signed_off)
			tree_plain(o->tree, SEGMENT_META, l->b, l->e);
		else
			bare_line(o, l, next, cues);
		return;
	}
	size_t date;
	uint32_t e = l->e, tail = glued_tail(o, l, &date);
	l->e = l->b + (uint32_t)str_trim(outline_str(o, l->b, tail)).n;
	if (cues & CUE_CLOSING && o->tree->lead < 0)
		tree_plain(o->tree, SEGMENT_PARAGRAPH, l->b, l->e);
	else
		split_line(&o->split, l, next);
	if (tail < e && date != SIZE_MAX)
		sign_line(o, tail, e, date);
	else if (tail < e)
		outline_furniture(o, tail, e);
}

/* A unit's name that ends the document without a date. */
static void sign_last(struct outline *o)
{
	struct tree *t = o->tree;
	size_t i = t->n;

	while (i > 0 && (t->items[i - 1].kind == SEGMENT_FURNITURE || t->items[i - 1].kind == SEGMENT_META))
		i--;
	if (o->signed_off || !i)
		return;
	size_t n = t->n;
	t->n = i;
	sign(o);
	t->n = n;
}

/* A line without the page number and the dots before it. */
static struct str entry(struct str s)
{
	while (s.n && (strchr("0123456789. ", s.s[s.n - 1]) || str_ends(s, STR("…"))))
		s.n -= str_ends(s, STR("…")) ? 3 : 1;
	return s;
}

/* Line I is 目录: the index of the line at which the first of its entries stands again, I where
 * there is no such line. */
static size_t contents_end(const struct outline *o, size_t i)
{
	enum { ENTRIES = 120 };
	const struct line *l = o->scan->lines;
	size_t n = o->scan->nlines;

	if (i + 2 >= n || l[i].e - l[i].b > 12)
		return i;
	struct str s = outline_str(o, l[i].b, l[i].e), first = entry(outline_str(o, l[i + 1].b, l[i + 1].e));
	if (!str_starts(s, STR("目")) || !str_ends(s, STR("录")) || first.n < 6)
		return i;
	for (size_t k = i + 2; k < n && k < i + ENTRIES; k++)
		if (str_eq(outline_str(o, l[k].b, l[k].e), first))
			return k;
	return i;
}

void outline_make(struct tree *tree, const struct scan *scan, const struct rules *rules,
	struct str text, struct arena *a)
{
	struct outline o = {.scan = scan, .rules = rules, .text = text, .tree = tree};

	tree_start(tree, text, a);
	split_start(&o.split, rules->marks, scan, tree, a);
	for (size_t i = 0; i < scan->nlines; i++) {
		struct line l = scan->lines[i];
		const struct line *next = i + 1 < scan->nlines ? &scan->lines[i + 1] : NULL;
		if (o.phase == TAIL) {
			outline_furniture(&o, l.b, l.e);
			continue;
		}
		size_t text_at = contents_end(&o, i);
		if (text_at > i) {
			for (; i < text_at; i++)
				tree_plain(tree, SEGMENT_FURNITURE, scan->lines[i].b, scan->lines[i].e);
			i--;
			continue;
		}
		if (o.phase == HEAD) {
			if (!head_line(&o, &l, next))
				continue;
			uint32_t e = o.titled || l.cells ? l.b : head_title(&o, &l);
			head_settle(&o);
			o.phase = BODY;
			if (e > l.b) {
				struct str title = str_trim(str_sub(text, l.b, e));
				tree_plain(tree, SEGMENT_TITLE, l.b, l.b + (uint32_t)title.n);
				l.b = scan_skip(text, e, l.e);
			}
			e = o.addressed ? l.b : head_addressee(&o, &l);
			if (e > l.b) {
				tree_plain(tree, SEGMENT_ADDRESSEE, l.b, e);
				l.b = scan_skip(text, e, l.e);
				if (l.b == l.e)
					continue;
			}
		}
		if (l.cells) {
			size_t k = table_rows(&o, i, l.b);
			if (k > i) {
				i = k - 1;
				continue;
			}
		}
		body_line(&o, &l, next);
	}
	if (o.phase == HEAD)
		head_settle(&o);
	else
		sign_last(&o);
}
