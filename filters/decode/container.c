#include "container.h"

enum {
	NEAR_LINES = 8,         /* between pieces of one text */
	TEXT_LEAST = 400,       /* characters of a text that makes the one before it its abstract */
	MUCH_MORE = 100,        /* times the text behind the title: then that is not the report */
	MARKED_LEAST = 8        /* characters between marks of content */
};

struct marks container_mark(const struct content *c, struct page *p, struct arena *a)
{
	struct marks m = {.roles = arena_calloc(a, p->n, 1)};
	uint32_t all = p->nodes[0].good;

	for (uint32_t i = 1; i < p->n; i++) {
		struct node *e = &p->nodes[i];
		const struct node *up = &p->nodes[e->parent];
		unsigned roles = 0;
		if (e->tag == TAG_META) {
			if (e->key.s)
				roles = content_roles(c, e->key) & (1u << ROLE_BEGIN | 1u << ROLE_END);
		} else if (node_is_named(e)) {
			if (e->id.s)
				roles |= content_roles(c, e->id);
			if (e->class.s)
				roles |= content_roles(c, e->class);
			if (e->tag == TAG_FURNITURE)
				roles |= 1u << ROLE_DROP;
		}
		m.roles[i] = (unsigned char)roles;
		e->dropped = up->dropped || ((roles & 1u << ROLE_DROP) && (uint64_t)e->good * 4 <= all && e->tag != TAG_H1);
	}
	page_sum(p);
	for (uint32_t i = 1; i < p->n && !m.title; i++) {
		const struct node *e = &p->nodes[i];
		if (m.roles[i] & 1u << ROLE_TITLE && e->chars > 3 && e->chars <= 120 && !e->hidden)
			m.title = i;
	}
	return m;
}

/* The content between marks; of several pairs, the one with the most text. */
static struct container marked(const struct page *p, const struct marks *m)
{
	struct container best = {0, 0, false};
	uint32_t begin = 0, chars = 0, most = MARKED_LEAST;

	for (uint32_t i = 1; i < p->n; i++) {
		if (m->roles[i] & 1u << ROLE_BEGIN) {
			begin = i;
			chars = 0;
		} else if (begin && m->roles[i] & 1u << ROLE_END) {
			if (chars >= most) {
				best = (struct container){begin, i, true};
				most = chars + 1;
			}
			begin = 0;
		} else if (begin && p->nodes[i].tag == TAG_TEXT) {
			chars += p->nodes[i].chars;
		}
	}
	return best;
}

static bool ends_text(const struct content *c, const struct lines *l, size_t i)
{
	const struct line *line = &l->items[i];
	return line->dropped || (line_is_links(line) && !content_fits(c, ROLE_KEEP, line_text(l, i)))
		|| (!line->good && (content_fits(c, ROLE_LINE, line_text(l, i)) || content_fits(c, ROLE_TAIL, line_text(l, i))));
}

/* Running text without a break by links or furniture. */
struct run {
	size_t b, e;            /* lines: the first, and behind the last one of running text */
	uint64_t good;
	bool links;             /* a link stands before it */
	bool tail;              /* the heading of other articles does */
};

static struct run run_from(const struct content *c, const struct lines *l, size_t from)
{
	struct run r = {from, from, 0, false, false};
	size_t i = from;

	for (; i < l->n && (!l->items[i].good || l->items[i].dropped); i++)
		if (!l->items[i].dropped) {
			r.links |= line_is_links(&l->items[i]);
			r.tail |= content_fits(c, ROLE_TAIL, line_text(l, i));
		}
	r.b = r.e = i;
	for (; i < l->n && !ends_text(c, l, i); i++)
		if (l->items[i].good) {
			r.good += l->items[i].good;
			r.e = i + 1;
		}
	return r;
}

/* The running text that follows the title: an abstract, or a first part before a
 * bar of buttons, is not all of it. */
static struct run run_of_title(const struct content *c, const struct lines *l, size_t title)
{
	struct run r = run_from(c, l, title + 1), next;

	while (r.good) {
		next = run_from(c, l, r.e);
		if (next.good <= r.good * 4 || next.links || next.tail || next.b - r.e > NEAR_LINES)
			break;
		next.b = r.b;
		next.good += r.good;
		r = next;
	}
	for (next = run_from(c, l, r.e); next.good && !next.tail; next = run_from(c, l, next.e))
		if (next.good >= TEXT_LEAST && next.good > r.good * 4)
			r = next;
	return r;
}

/* The smallest element around AT that holds node LAST, too. */
static uint32_t around(const struct page *p, uint32_t at, uint32_t last)
{
	while (at > 0 && (p->nodes[at].end <= last || (p->nodes[at].tag != TAG_BLOCK && p->nodes[at].tag != TAG_CELL
	       && p->nodes[at].tag != TAG_TABLE && p->nodes[at].tag != TAG_ROW)))
		at = p->nodes[at].parent;
	return at;
}

static bool is_paragraph(const struct node *e)
{
	return e->tag == TAG_TEXT || e->tag == TAG_INLINE || e->tag == TAG_PARAGRAPH || e->tag == TAG_LINK;
}

/* From AT down to the innermost element with nearly all of its running text. Where
 * several elements on the way have paragraphs of their own, their ends are missing:
 * the first of them has all of the text. */
static uint32_t innermost(const struct page *p, uint32_t at)
{
	uint64_t all = p->nodes[at].good;
	uint32_t own = 0;

	for (;;) {
		uint32_t next = 0;
		bool paragraphs = false;
		for (uint32_t i = at + 1; i < p->nodes[at].end; i = p->nodes[i].end) {
			if ((uint64_t)p->nodes[i].good * 10 >= all * 8 && p->nodes[i].good > 0)
				next = i;
			else
				paragraphs |= p->nodes[i].good > 0 && is_paragraph(&p->nodes[i]);
		}
		if (paragraphs && own)
			return own;
		if (paragraphs)
			own = at;
		/* of a table of data one cell is not all, though it may be all of the running text */
		if (!next || p->nodes[next].tag == TAG_TEXT || p->nodes[next].data)
			break;
		at = next;
	}
	/* one long paragraph is not all of the report */
	while (at > 0 && p->nodes[at].tag != TAG_BLOCK && p->nodes[at].tag != TAG_CELL)
		at = p->nodes[at].parent;
	return at;
}

/* The named element inside [b, e) with the most running text: of nested ones the
 * inner, if it has nearly as much. 0 where none has at least LEAST. */
static uint32_t named(const struct page *p, const struct marks *m, uint32_t b, uint32_t e, uint64_t least)
{
	uint32_t best = 0;

	for (uint32_t i = b; i < e; i++)
		if (m->roles[i] & 1u << ROLE_CONTENT && p->nodes[i].good > 0
		    && (!best || (uint64_t)p->nodes[i].good * 10 >= (uint64_t)p->nodes[best].good * 9))
			best = i;
	return best && p->nodes[best].good >= least ? best : 0;
}

/* The smallest named element around node FIRST with nearly all of GOOD. */
static uint32_t named_around(const struct page *p, const struct marks *m, uint32_t first, uint64_t good, uint32_t box)
{
	for (uint32_t i = p->nodes[first].parent; i > box; i = p->nodes[i].parent)
		if (m->roles[i] & 1u << ROLE_CONTENT && (uint64_t)p->nodes[i].good * 10 >= good * 8
		    && p->nodes[i].tag != TAG_PARAGRAPH && p->nodes[i].tag != TAG_ITEM)
			return i;
	return 0;
}

/* AT, or what is around the table if AT is part of a row of several cells: lines are
 * whole rows. */
static uint32_t outside_rows(const struct page *p, uint32_t at)
{
	for (uint32_t i = at; i > 0 && i > p->nodes[at].table; i = p->nodes[i].parent)
		if (p->nodes[i].tag == TAG_ROW && p->nodes[i].cells > 1 && p->nodes[p->nodes[i].table].data)
			return around(p, p->nodes[p->nodes[i].table].parent, i);
	return at;
}

struct container container_find(const struct content *c, const struct page *p, const struct marks *m,
	const struct lines *l, size_t title)
{
	struct container by_marks = marked(p, m);
	uint32_t box = 0, found;

	if (by_marks.known)
		return by_marks;
	uint32_t begin = 0, end = 0;    /* nodes of the first and last line of the text that follows the title */
	uint32_t half = named(p, m, 1, p->n, ((uint64_t)p->nodes[0].good + 1) / 2);
	struct run r = {0};
	if (title < l->n)
		r = run_of_title(c, l, title);
	if (r.good) {
		uint32_t first = l->items[r.b].node, last = l->items[r.e - 1].node, at = l->items[title].node;
		/* a notice above the text is not it */
		bool apart = half > at && (half > first || p->nodes[half].end <= first);
		if (!(apart && p->nodes[half].good > r.good * 4) && p->nodes[innermost(p, 0)].good < r.good * MUCH_MORE) {
			box = around(p, p->nodes[at].parent, last);
			begin = first;
			end = last;
			found = named_around(p, m, first, r.good, box);
			half = found ? found : named(p, m, box + 1, p->nodes[box].end, ((uint64_t)p->nodes[box].good + 1) / 2);
		}
	}
	uint32_t at = half ? half : innermost(p, box);
	/* a short notice stands in an element of its own, before the long text that it hands on */
	if (!half && begin && begin < at && end > at && end < p->nodes[at].end)
		at = around(p, p->nodes[begin].parent, end);
	at = outside_rows(p, at);
	return (struct container){at, p->nodes[at].end, half > 0};
}
