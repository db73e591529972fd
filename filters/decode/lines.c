#include "lines.h"

enum { COLUMNS_MOST = 64 };             /* in which cells that reach down are followed */

enum gap { GAP_NONE, GAP_SPACE, GAP_BREAK };

struct writer {
	struct lines *l;
	struct arena *arena;
	const struct page *page;
	struct line line;       /* being made */
	size_t cell;            /* where the cell that is being made begins */
	bool started;           /* the line has text */
	bool in_row, wide;      /* the last character is a wide one */
	bool term;              /* a term awaits its description */
	bool closed;            /* an inline element ended, and no text came since */
	bool seam;              /* another one began behind it */
	enum gap gap;           /* white space since the last character */
	unsigned column;        /* of the row */
	uint8_t below[COLUMNS_MOST];    /* rows that cells of earlier rows still reach into */
};

static void trim_end(struct buf *b, size_t from)
{
	struct str s = {(char *)b->data + from, b->len - from};
	while (s.n > 0) {
		size_t at = utf8_prev(s.s, s.n);
		if (s.s[at] == '\t' || space_at(s.s + at, s.n - at) != s.n - at)
			break;
		s.n = at;
	}
	b->len = from + s.n;
}

static void line_end(struct writer *w)
{
	struct buf *b = w->l->text;

	trim_end(b, w->cell);
	while (b->len > w->line.b && b->data[b->len - 1] == '\t')
		b->len--;                       /* empty cells at the end */
	if (w->started && b->len > w->line.b) {
		w->line.e = (uint32_t)b->len;
		w->line.row = memchr(b->data + w->line.b, '\t', b->len - w->line.b) != NULL;
		w->l->items = arena_grow(w->arena, w->l->items, &w->l->cap, w->l->n + 1, sizeof w->line);
		w->l->items[w->l->n++] = w->line;
	} else {
		b->len = w->line.b;
	}
	w->line = (struct line){.b = (uint32_t)b->len};
	w->cell = b->len;
	w->started = w->wide = w->term = false;
	w->gap = GAP_NONE;
}

static void cell_end(struct writer *w, unsigned tabs)
{
	trim_end(w->l->text, w->cell);
	while (tabs-- > 0)
		buf_append(w->l->text, "\t", 1);
	w->cell = w->l->text->len;
	w->wide = false;
	w->gap = GAP_NONE;
}

static bool is_wide(uint32_t cp)
{
	return (cp >= 0x2E80 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0xFE30 && cp <= 0xFE4F)
		|| (cp >= 0xFF01 && cp <= 0xFF60) || (cp >= 0x20000 && cp <= 0x3FFFF)
		|| cp == 0x2014 || cp == 0x2018 || cp == 0x2019 || cp == 0x201C || cp == 0x201D || cp == 0x2026;
}

static void seam_add(struct writer *w)
{
	struct lines *l = w->l;
	l->seams = arena_grow(w->arena, l->seams, &l->seams_cap, l->nseams + 1, sizeof *l->seams);
	l->seams[l->nseams++] = (uint32_t)l->text->len;
}

/* Places that are taken by cells of rows above. */
static void cells_skip(struct writer *w)
{
	for (; w->column < COLUMNS_MOST && w->below[w->column]; w->column++) {
		w->below[w->column]--;
		cell_end(w, 1);
	}
}

static bool cells_reach(const struct writer *w)
{
	for (unsigned i = 0; i < COLUMNS_MOST; i++)
		if (w->below[i])
			return true;
	return false;
}

static void row_end(struct writer *w)
{
	for (; w->column < COLUMNS_MOST; w->column++)
		w->below[w->column] -= w->below[w->column] > 0;
	w->column = 0;
}

static void text_write(struct writer *w, const struct node *t, uint32_t index, struct str s, bool heading)
{
	struct buf *b = w->l->text;
	uint32_t cp;

	buf_reserve(b, s.n * 3 + 16);           /* a damaged byte becomes three */
	for (size_t i = 0, k; i < s.n; i += k) {
		k = utf8_next(s.s + i, s.n - i, &cp);
		if (cp == ' ' || (cp >= '\t' && cp <= '\r')) {
			if (w->gap != GAP_BREAK)
				w->gap = cp == '\n' || cp == '\r' ? GAP_BREAK : GAP_SPACE;
			continue;
		}
		if (cp < 0x20 || cp == 0x7F || cp == 0xFEFF)
			continue;
		bool space = space_at(s.s + i, k) > 0;
		if (space && b->len == w->cell)
			continue;               /* indents */
		bool wide = is_wide(cp);
		if (w->gap != GAP_NONE && b->len > w->cell && !(w->gap == GAP_BREAK && wide && w->wide))
			buf_append(b, " ", 1);
		if (w->seam && b->len > w->line.b)
			seam_add(w);
		w->seam = w->closed = false;
		w->gap = GAP_NONE;
		w->wide = wide;
		w->line.wide += wide;
		if (!w->started) {
			w->started = true;
			w->line.node = index;
			w->line.heading = heading;
			w->line.dropped = t->dropped;
		}
		b->len += utf8_put((char *)b->data + b->len, cp);
		if (b->cap - b->len < 8)
			buf_reserve(b, 16);
	}
}

static void text_count(struct writer *w, struct measure m)
{
	w->line.chars += m.chars;
	w->line.links += m.links;
	w->line.good += m.good;
}

/* Text whose line breaks count. */
static void pre_write(struct writer *w, const struct node *t, uint32_t index, bool heading)
{
	struct str rest = t->text;

	for (;;) {
		const char *nl = memchr(rest.s, '\n', rest.n);
		size_t n = nl ? (size_t)(nl - rest.s) : rest.n;
		struct str line = str_sub(rest, 0, n);
		text_write(w, t, index, line, heading);
		text_count(w, t->dropped ? (struct measure){0, 0, 0} : text_measure(line, t->links > 0));
		if (!nl)
			break;
		line_end(w);
		rest = str_sub(rest, n + 1, rest.n);
	}
}

static bool is_inline(const struct node *e)
{
	return e->tag == TAG_INLINE || e->tag == TAG_LINK || e->tag == TAG_META || e->tag == TAG_ADDRESS || e->tag == TAG_BUTTON;
}

/* Is E part of a table whose rows become lines? */
static bool in_data(const struct writer *w, const struct node *e)
{
	return e->table && w->page->nodes[e->table].data;
}

static void element_open(struct writer *w, const struct node *e)
{
	if (is_inline(e)) {
		w->seam |= w->closed;
		return;
	}
	w->seam = w->closed = false;
	if (e->tag == TAG_TABLE)
		memset(w->below, 0, sizeof w->below);
	if (e->tag == TAG_CELL && in_data(w, e) && w->in_row) {
		cells_skip(w);
		return;
	}
	if (w->in_row && in_data(w, e) && e->tag != TAG_ROW) {
		w->gap = GAP_SPACE;             /* a paragraph inside a cell */
		return;
	}
	if (e->tag == TAG_DESCRIPTION && w->term && w->started) {
		cell_end(w, 1);
		w->term = false;
		return;
	}
	line_end(w);
	w->in_row = e->tag == TAG_ROW && in_data(w, e) && (e->cells > 1 || cells_reach(w));      /* one cell is a text */
}

static void element_close(struct writer *w, const struct node *e)
{
	if (is_inline(e)) {
		w->closed |= e->tag == TAG_INLINE || e->tag == TAG_LINK;
		return;
	}
	w->seam = w->closed = false;
	if (w->in_row && in_data(w, e) && e->tag != TAG_ROW && e->tag != TAG_TABLE) {
		if (e->tag == TAG_CELL) {
			cell_end(w, e->colspan);
			for (unsigned k = 0; k < e->colspan && w->column < COLUMNS_MOST; k++)
				w->below[w->column++] = (uint8_t)(e->rowspan - 1);
		} else {
			w->gap = GAP_SPACE;
		}
		return;
	}
	if (e->tag == TAG_ROW && w->in_row)
		row_end(w);
	if (e->tag == TAG_TERM) {
		w->term = true;
		return;
	}
	line_end(w);
	if (e->tag == TAG_ROW || e->tag == TAG_TABLE)
		w->in_row = false;
}

void lines_make(struct lines *l, const struct page *p, struct buf *text, struct arena *a)
{
	struct writer w = {.l = l, .arena = a, .page = p};
	uint32_t open = 0, h1 = 0, pre = 0;

	*l = (struct lines){.text = text};
	text->len = 0;
	for (uint32_t i = 1; i < p->n; i++) {
		for (; i >= p->nodes[open].end; open = p->nodes[open].parent)
			element_close(&w, &p->nodes[open]);
		const struct node *e = &p->nodes[i];
		if (e->hidden || (e->dropped && is_inline(e) && !p->nodes[e->parent].dropped)) {
			i = e->end - 1;
			continue;
		}
		if (e->tag == TAG_TEXT) {
			if (i < pre) {
				pre_write(&w, e, i, i < h1);
			} else {
				text_write(&w, e, i, e->text, i < h1);
				text_count(&w, (struct measure){e->chars, e->links, e->good});
			}
			w.closed &= e->chars == 0;
			continue;
		}
		if (e->tag == TAG_H1)
			h1 = e->end;
		if (e->tag == TAG_PRE)
			pre = e->end;
		element_open(&w, e);
		open = i;
	}
	line_end(&w);
}
