/* A document has a head (titles, metadata, addressee), a body and a tail. The head
 * ends with the first numbered heading or paragraph; the tail starts with a cue
 * such as 相关链接. Captions, furniture and signatures are known wherever they
 * stand. */
#include "outline.h"
#include "lines.h"
#include "split.h"

enum phase { HEAD, BODY, TAIL };
enum {
	SHORT_BYTES = 180,      /* some 60 characters: longer lines are paragraphs */
	HEADING_BYTES = 120,    /* of a heading without a number */
	HEAD_LINES = 48         /* a page without a body is no head */
};

struct outline {
	const struct scan *scan;
	const struct rules *rules;
	struct str text;
	struct tree *tree;
	struct split split;
	enum phase phase;
	size_t heads[HEAD_LINES];       /* segments of the head that may be titles */
	unsigned cues[HEAD_LINES];
	size_t nheads;
	bool titled, addressed;         /* a title, an addressee was seen */
	bool numbered;                  /* so was the document's number */
	unsigned metas;                 /* lines of metadata seen */
	bool signed_off;                /* a signature was seen */
	bool open_label;                /* furniture ended with a colon: 字号: */
	bool open_meta;                 /* so did metadata: the value may stand below */
};

static struct str str_at(const struct outline *o, uint32_t b, uint32_t e)
{
	return str_sub(o->text, b, e);
}

static bool has_stop(const struct outline *o, const struct line *l)
{
	for (uint32_t i = l->stop; i < l->stops; i++)
		if (o->scan->stops[i].kind == STOP_END)
			return true;
	return false;
}

/* A sentence ends before the line does. */
static bool runs_on(const struct outline *o, const struct line *l)
{
	for (uint32_t i = l->stop; i < l->stops; i++)
		if (o->scan->stops[i].kind == STOP_END && o->scan->stops[i].end < l->e)
			return true;
	return false;
}

static bool mark_at(const struct outline *o, const struct line *l, struct mark *m)
{
	const char *p = o->text.s + l->b;
	return marks_may(o->rules->marks, p, l->e - l->b) && marks_match(o->rules->marks, p, l->e - l->b, m);
}

static void furniture(struct outline *o, uint32_t b, uint32_t e)
{
	struct tree *t = o->tree;
	if (o->open_label && t->n && t->items[t->n - 1].kind == SEGMENT_FURNITURE)
		t->items[t->n - 1].at.e = e;
	else
		tree_plain(t, SEGMENT_FURNITURE, b, e);
	o->open_label = line_ends_with_colon(str_at(o, b, e));
}

/* --- the head --- */

static bool strong(unsigned cues)
{
	return cues & CUE_TITLE;
}

/* Which of the short lines of the head are titles. A title may stand on several
 * lines, and twice (of the page and of the document). */
static void settle_head(struct outline *o)
{
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < o->nheads && first == SIZE_MAX; i++)
		if (strong(o->cues[i]))
			first = i;
	if (first == SIZE_MAX)
		for (size_t i = 0; i < o->nheads && first == SIZE_MAX; i++)
			if (!(o->cues[i] & CUE_UNIT) || i + 1 == o->nheads)
				first = i;
	for (size_t i = 0; i < o->nheads; i++) {
		struct segment *s = &o->tree->items[o->heads[i]];
		bool next = i + 1 < o->nheads && o->heads[i + 1] == o->heads[i] + 1;
		bool before_title = next && (strong(o->cues[i + 1]) || i + 1 == first);
		bool named = next && o->cues[i + 1] & CUE_SUBTITLE;
		/* …人民政府 / 关于…的报告 on two lines, whatever the first ends with */
		bool makes = next && i != first && str_starts(str_at(o, s[1].at.b, s[1].at.e), STR("关于"));
		if (i == first || makes || strong(o->cues[i]) || named || o->cues[i] & CUE_SUBTITLE
		    || ((o->cues[i] & CUE_UNIT) && before_title))
			s->kind = SEGMENT_TITLE;
		else if (o->cues[i] & CUE_UNIT)
			s->kind = SEGMENT_META;
		else
			s->kind = i < first ? SEGMENT_FURNITURE : SEGMENT_META;
	}
	o->nheads = 0;
}

/* Metadata on one line with wide spaces between: 〔2021〕4号     签发人：… */
static bool meta_parts(struct outline *o, const struct line *l)
{
	uint32_t parts[8][2];
	size_t n = 0;
	uint32_t b = l->b;

	for (uint32_t i = l->b; i <= l->e && n < 8;) {
		uint32_t k = i < l->e ? scan_skip(o->text, i, l->e) - i : 0;
		bool wide = k >= 3 || i == l->e;
		if (wide && i > b) {
			parts[n][0] = b;
			parts[n++][1] = i;
			b = i + k;
		}
		i += k ? k : 1;
	}
	for (size_t i = 0; i < n; i++) {
		struct str s = str_at(o, parts[i][0], parts[i][1]);
		if (!line_is_docno(s) && !line_is_date(s) && !(cues_of(o->rules->cues, s) & CUE_META))
			return false;
	}
	o->metas += n > 0;
	for (size_t i = 0; i < n; i++) {
		o->numbered |= line_is_docno(str_at(o, parts[i][0], parts[i][1]));
		tree_plain(o->tree, SEGMENT_META, parts[i][0], parts[i][1]);
	}
	return n > 0;
}

/* 共受理案件292件。其中： a sentence that goes on, or one that counts something. */
static bool is_sentence(struct str s)
{
	static const char *const units[] = {"件", "起", "个", "项", "次", "人", "名", "元", "家", "%", NULL};

	if (str_find(s, STR("。"), 0) != SIZE_MAX || str_find(s, STR("；"), 0) != SIZE_MAX)
		return true;
	for (size_t i = 0; i + 1 < s.n; i++)
		for (int k = 0; s.s[i] >= '0' && s.s[i] <= '9' && units[k]; k++)
			if (str_starts(str_sub(s, i + 1, s.n), str_of(units[k])))
				return true;
	return false;
}

static bool is_addressee(const struct outline *o, struct str s, unsigned cues, const struct line *next)
{
	if (!line_ends_with_colon(s) || s.n < 7 || s.n > SHORT_BYTES || cues & CUE_LEAD || is_sentence(s))
		return false;
	/* a covering letter has a number, but no title */
	struct str name = str_sub(s, 0, s.n - (str_ends(s, STR("：")) ? 3 : 1));
	unsigned whom = cues_of(o->rules->cues, name);
	/* nor has a text that was copied without it: 各位代表：, 市委、市政府： above a paragraph */
	bool text = next && (has_stop(o, next) || cues_of(o->rules->cues, str_at(o, next->b, next->e)) & CUE_LEAD);
	bool opens = text && (whom & (CUE_PERSONS | CUE_UNIT) || o->metas > 1);
	return o->nheads || opens || ((o->numbered || o->metas > 1) && whom & CUE_UNIT);
}

/* An addressee whose line went on: 市政府：2022年，… Returns where it ends, or B. */
static uint32_t glued_addressee(const struct outline *o, const struct line *l)
{
	for (uint32_t i = l->b; i < l->e && i < l->b + 90; i++) {
		uint32_t k = str_starts(str_at(o, i, l->e), STR("：")) ? 3 : o->text.s[i] == ':';
		if (k) {
			unsigned cues = cues_of(o->rules->cues, str_at(o, l->b, i));
			return cues & (CUE_UNIT | CUE_PERSONS) && !(cues & CUE_LEAD) ? i + k : l->b;
		}
	}
	return l->b;
}

/* 二、 stands somewhere behind a stop of the line. */
static bool has_second(const struct outline *o, const struct line *l, const struct mark *first)
{
	struct mark m;

	for (uint32_t i = l->stop; i < l->stops; i++) {
		uint32_t at = scan_skip(o->text, o->scan->stops[i].end, l->e);
		const char *p = o->text.s + at;
		if (o->scan->stops[i].may && marks_may(o->rules->marks, p, l->e - at)
		    && marks_match(o->rules->marks, p, l->e - at, &m) && m.family == first->family && m.number == 2)
			return true;
	}
	return false;
}

/* A title whose line went on with whom it addresses or with the first mark: …的讲话同志们：,
 * …工作总结一、…. Returns where it ends, or B. */
static uint32_t title_before(const struct outline *o, const struct line *l)
{
	uint32_t e = l->e - l->b > SHORT_BYTES ? l->b + SHORT_BYTES : l->e, colon = l->b, comma = l->b;
	struct mark m;

	while (comma < e && o->text.s[comma] != ',' && !str_starts(str_at(o, comma, l->e), STR("，"))
	       && !str_starts(str_at(o, comma, l->e), STR("。")))
		comma++;
	while (colon < e && o->text.s[colon] != ':' && !str_starts(str_at(o, colon, l->e), STR("：")))
		colon++;
	for (uint32_t i = l->b + 1; i < e; i++) {
		if (!utf8_at(o->text, i))
			continue;
		const char *p = o->text.s + i;
		/* whatever it ends with: 2023年依法治镇工作一、…。二、… */
		if (i < comma && marks_may(o->rules->marks, p, l->e - i) && marks_match(o->rules->marks, p, l->e - i, &m)
		    && m.number == 1 && m.level == 1 && !m.item && has_second(o, l, &m))
			return i;
		if (!(cues_of(o->rules->cues, str_at(o, l->b, i)) & CUE_TITLE_END))
			continue;
		if ((marks_may(o->rules->marks, p, l->e - i) && marks_match(o->rules->marks, p, l->e - i, &m)
		     && m.number == 1 && (m.level == 1 || m.item))
		    || (i < colon && colon < e && cues_of(o->rules->cues, str_at(o, i, colon)) & CUE_PERSONS))
			return i;
	}
	return l->b;
}

/* A title whose line went on: …情况报告2023年，… Returns where it ends, or B. */
static uint32_t glued_title(const struct outline *o, const struct line *l)
{
	uint32_t digits = 0, e = title_before(o, l);

	if (e > l->b)
		return e;

	for (uint32_t i = l->b; i < l->e && i < l->b + SHORT_BYTES; i++) {
		char c = o->text.s[i];
		if (c == ',' || (l->e - i >= 3 && (memcmp(o->text.s + i, "，", 3) == 0
				|| memcmp(o->text.s + i, "。", 3) == 0)))
			break;
		digits = c >= '0' && c <= '9' ? digits + 1 : 0;
		/* 关于2023年…的报告2023年，…: the last year behind a title's end */
		if (digits == 4 && i - 3 > l->b && cues_of(o->rules->cues, str_at(o, l->b, i - 3)) & CUE_TITLE_END)
			e = i - 3;
	}
	return e;
}

/* One line of the head; true where it belongs to the body instead. */
static bool head_line(struct outline *o, struct line *l, const struct line *next)
{
	struct mark m;
	size_t glued = cues_glued(o->rules->cues, str_at(o, l->b, l->e));

	if (glued) {
		struct str piece = str_trim(str_at(o, l->b, l->b + (uint32_t)glued));
		furniture(o, l->b, l->b + (uint32_t)piece.n);
		l->b = scan_skip(o->text, l->b + (uint32_t)glued, l->e);
		if (l->b == l->e)
			return false;
	}
	struct str s = str_at(o, l->b, l->e);
	unsigned cues = cues_of(o->rules->cues, s);
	if (cues & CUE_FURNITURE && !runs_on(o, l) && !(cues & CUE_META && l->cells)) {
		furniture(o, l->b, l->e);
		return false;
	}
	o->open_label = false;
	if (meta_parts(o, l))
		return false;
	bool value = o->open_meta && next && l->cells == 0
		&& cues_of(o->rules->cues, str_at(o, next->b, next->e)) & (CUE_META | CUE_FURNITURE);
	o->open_meta = cues & CUE_META && line_ends_with_colon(s);
	if ((cues & CUE_META || value) && !runs_on(o, l)) {
		o->metas++;
		tree_plain(o->tree, SEGMENT_META, l->b, l->e);
		return false;
	}
	if (line_is_rule(s)) {
		furniture(o, l->b, l->e);
		return false;
	}
	if (l->cells) {
		/* 中国政府网|繁体|无障碍 above the title: one row is a bar of links, no table */
		if (o->titled || s.n > HEADING_BYTES || (next && next->cells) || is_sentence(s))
			return true;
		furniture(o, l->b, l->e);
		return false;
	}
	if (is_addressee(o, s, cues, next) && !mark_at(o, l, &m)) {
		tree_plain(o->tree, SEGMENT_ADDRESSEE, l->b, l->e);
		o->addressed = true;
		return false;
	}
	if (mark_at(o, l, &m) || has_stop(o, l) || s.n > SHORT_BYTES || o->nheads == HEAD_LINES)
		return true;
	if (cues & CUE_CAPTION && !strong(cues)) {
		tree_plain(o->tree, SEGMENT_CAPTION, l->b, l->e);
		return false;
	}
	if ((line_is_bracketed(s) && o->nheads) || (line_starts_dated(s) && !strong(cues))) {
		tree_plain(o->tree, SEGMENT_META, l->b, l->e);
		return false;
	}
	/* behind an addressee nothing is a title; nor is …报告如下：, nor the first heading of the body */
	if (o->addressed || (o->titled && (line_goes_on(s) || (cues & CUE_LEAD && line_ends_with_colon(s)))))
		return true;
	if (o->titled && !strong(cues) && !(cues & (CUE_UNIT | CUE_SUBTITLE)) && s.n <= HEADING_BYTES && next
	    && (has_stop(o, next) || next->e - next->b > SHORT_BYTES))
		return true;
	o->titled |= strong(cues);
	o->cues[o->nheads] = cues;
	o->heads[o->nheads++] = o->tree->n;
	tree_plain(o->tree, SEGMENT_TITLE, l->b, l->e);
	return false;
}

/* --- the body --- */

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
		struct str line = str_at(o, s->at.b, s->at.e);
		if ((s->kind != SEGMENT_PARAGRAPH && s->kind != SEGMENT_HEADING) || s->level
		    || line.n > HEADING_BYTES || !(cues_of(o->rules->cues, line) & CUE_UNIT))
			break;
		s->kind = SEGMENT_SIGNATURE;
		s->up = -1;
	}
	o->signed_off = true;
}

/* A short line without a stop: signature, unnumbered heading or paragraph. */
static void bare_line(struct outline *o, const struct line *l, const struct line *next, unsigned cues)
{
	struct str s = str_at(o, l->b, l->e);
	size_t date = line_is_date(s) ? 0 : line_date_at_end(s);

	if (date != SIZE_MAX && date > 0 && !(cues_of(o->rules->cues, str_trim(str_sub(s, 0, date))) & CUE_UNIT))
		date = SIZE_MAX;
	if (date != SIZE_MAX) {
		if (date == 0) {
			sign(o);
		} else if (space_at(s.s + utf8_prev(s.s, date), s.n) > 0) {
			struct str unit = str_trim(str_sub(s, 0, date));
			tree_plain(o->tree, SEGMENT_SIGNATURE, l->b, l->b + (uint32_t)unit.n);
			o->signed_off = true;
		} else {
			date = 0;
			o->signed_off = true;
		}
		tree_plain(o->tree, SEGMENT_SIGNATURE, l->b + (uint32_t)date, l->e);
		return;
	}
	if (next && next->cells && s.n <= HEADING_BYTES) {
		tree_body(o->tree, SEGMENT_CAPTION, l->b, l->e, NULL);
		return;
	}
	bool long_next = next && (has_stop(o, next) || next->e - next->b > HEADING_BYTES
		|| line_ends_with_colon(str_at(o, next->b, next->e)));
	struct mark m;
	/* a title may stand on two lines, and need not call itself a report */
	bool goes_on = next && !next->cells && !long_next && strong(cues)
		&& cues_of(o->rules->cues, str_at(o, next->b, next->e)) & (CUE_TITLE_END | CUE_ENCLOSED);
	if (s.n <= HEADING_BYTES && o->signed_off && (goes_on || (long_next
			&& cues & (CUE_TITLE_END | CUE_ENCLOSED)))) {
		/* below the signature of a covering letter starts what it covers */
		tree_top(o->tree);
		tree_plain(o->tree, SEGMENT_TITLE, l->b, l->e);
		split_forget_items(&o->split);
		o->signed_off = goes_on;
		return;
	}
	if (strong(cues) && long_next && s.n <= HEADING_BYTES && !o->signed_off) {
		tree_section(o->tree, l->b, l->e);
		split_forget_items(&o->split);
		return;
	}
	if (!(cues & CUE_UNIT) && s.n <= HEADING_BYTES && next && !line_goes_on(s)
	    && (long_next || (!next->cells && mark_at(o, next, &m) && m.number == 1))
	    && !line_ends_with_colon(s) && !o->signed_off) {
		tree_heading(o->tree, l->b, l->e, NULL);
		split_forget_items(&o->split);
	} else {
		tree_body(o->tree, SEGMENT_PARAGRAPH, l->b, l->e, NULL);
	}
}

/* Where furniture starts that is glued to the end of a paragraph (…新局面。扫一扫在
 * 手机打开当前页); the line's end where there is none. */
static uint32_t glued_tail(const struct outline *o, const struct line *l)
{
	uint32_t end = l->e;

	for (uint32_t i = l->stops; i-- > l->stop;)
		if (o->scan->stops[i].kind == STOP_END) {
			end = scan_skip(o->text, o->scan->stops[i].end, l->e);
			break;
		}
	if (end == l->e || l->e - end > HEADING_BYTES
	    || !(cues_of(o->rules->cues, str_at(o, end, l->e)) & CUE_FURNITURE))
		return l->e;
	return end;
}

static void body_line(struct outline *o, struct line *l, const struct line *next)
{
	struct str s = str_at(o, l->b, l->e);
	bool brief = s.n <= SHORT_BYTES, ends = has_stop(o, l);
	unsigned cues = brief ? cues_of(o->rules->cues, s) : 0;
	struct mark m;

	if (brief && ((cues & CUE_FURNITURE && !runs_on(o, l)) || line_is_rule(s))) {
		if (cues & CUE_TAIL)
			o->phase = TAIL;
		furniture(o, l->b, l->e);
		return;
	}
	o->open_label = false;
	if (brief && cues & CUE_CAPTION && !(cues & CUE_CLOSING) && !mark_at(o, l, &m)) {
		tree_body(o->tree, SEGMENT_CAPTION, l->b, l->e, NULL);
		return;
	}
	if (brief && !ends && !mark_at(o, l, &m) && !(cues & CUE_CLOSING)) {
		if (cues & CUE_META && o->signed_off)
			tree_plain(o->tree, SEGMENT_META, l->b, l->e);
		else
			bare_line(o, l, next, cues);
		return;
	}
	uint32_t e = l->e, tail = glued_tail(o, l);
	l->e = l->b + (uint32_t)str_trim(str_at(o, l->b, tail)).n;
	if (cues & CUE_CLOSING && o->tree->lead < 0)
		tree_plain(o->tree, SEGMENT_PARAGRAPH, l->b, l->e);
	else
		split_line(&o->split, l, next);
	if (tail < e)
		furniture(o, tail, e);
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
			furniture(&o, l.b, l.e);
			continue;
		}
		if (o.phase == HEAD) {
			if (!head_line(&o, &l, next))
				continue;
			uint32_t e = o.titled || l.cells ? l.b : glued_title(&o, &l);
			settle_head(&o);
			o.phase = BODY;
			if (e > l.b) {
				struct str title = str_trim(str_sub(text, l.b, e));
				tree_plain(tree, SEGMENT_TITLE, l.b, l.b + (uint32_t)title.n);
				l.b = scan_skip(text, e, l.e);
			}
			e = o.addressed ? l.b : glued_addressee(&o, &l);
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
		settle_head(&o);
	else
		sign_last(&o);
}
