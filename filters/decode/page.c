#include "page.h"
#include "unpack.h"

#include <stdlib.h>

/* A longer name is a system's own, and tells what it is as an id does: <ucapcontent>. */
enum { LONGEST_INLINE = 8 };

/* Characters that a page shows at least, and of running text that it hides, or else
 * the hidden ones count. */
enum { SHOWN_LEAST = 40, HIDDEN_LEAST = 30, LINK_MOST = 200 };

struct tag_name {
	const char *name;
	enum tag tag;
};

/* ordered by name */
static const struct tag_name tag_names[] = {
	{"!--", TAG_META}, {"a", TAG_LINK}, {"address", TAG_BLOCK}, {"article", TAG_BLOCK}, {"aside", TAG_FURNITURE},
	{"blockquote", TAG_BLOCK}, {"body", TAG_BLOCK}, {"br", TAG_BREAK}, {"button", TAG_BUTTON}, {"caption", TAG_CAPTION},
	{"center", TAG_BLOCK}, {"dd", TAG_DESCRIPTION}, {"dir", TAG_LIST}, {"div", TAG_BLOCK}, {"dl", TAG_LIST},
	{"dt", TAG_TERM}, {"fieldset", TAG_BLOCK}, {"figcaption", TAG_PARAGRAPH}, {"figure", TAG_BLOCK},
	{"footer", TAG_FURNITURE}, {"form", TAG_BLOCK}, {"frame", TAG_FRAME}, {"h1", TAG_H1}, {"h2", TAG_HEADING},
	{"h3", TAG_HEADING}, {"h4", TAG_HEADING}, {"h5", TAG_HEADING}, {"h6", TAG_HEADING}, {"head", TAG_HEAD},
	{"header", TAG_FURNITURE},
	{"hr", TAG_BREAK}, {"html", TAG_BLOCK}, {"iframe", TAG_FRAME}, {"legend", TAG_PARAGRAPH}, {"li", TAG_ITEM},
	{"link", TAG_ADDRESS}, {"main", TAG_BLOCK}, {"menu", TAG_LIST}, {"meta", TAG_META}, {"nav", TAG_FURNITURE},
	{"ol", TAG_LIST}, {"p", TAG_PARAGRAPH}, {"pre", TAG_PRE}, {"section", TAG_BLOCK}, {"table", TAG_TABLE},
	{"td", TAG_CELL}, {"th", TAG_CELL}, {"title", TAG_TITLE}, {"tr", TAG_ROW}, {"ul", TAG_LIST},
};

static int tag_order(const void *key, const void *item)
{
	const struct str *a = key;
	return str_cmp(*a, str_of(((const struct tag_name *)item)->name));
}

static enum tag tag_of(struct str name)
{
	size_t n = sizeof tag_names / sizeof *tag_names;
	const struct tag_name *t = bsearch(&name, tag_names, n, sizeof *tag_names, tag_order);
	return t ? t->tag : TAG_INLINE;
}

static bool style_hides(struct str style)
{
	char bare[256];
	size_t n = 0;

	for (size_t i = 0; i < style.n && n < sizeof bare; i++)
		if (!space_at(style.s + i, style.n - i))
			bare[n++] = (char)(style.s[i] | 32);
	return str_find((struct str){bare, n}, STR("display:none"), 0) != SIZE_MAX;
}

/* A number of columns or rows, 1 to MOST. */
static uint8_t span_of(struct str value, unsigned most)
{
	unsigned v = 0;

	for (size_t i = 0; i < value.n && i < 4 && value.s[i] >= '0' && value.s[i] <= '9'; i++)
		v = v * 10 + (unsigned)(value.s[i] - '0');
	return (uint8_t)(v > most ? most : v ? v : 1);
}

static void attribute_take(struct node *e, struct str key, struct str value)
{
	if (node_is_named(e) && str_is(key, "id")) {
		e->id = value;
	} else if (node_is_named(e) && str_is(key, "class")) {
		e->class = value;
	} else if (str_is(key, "style")) {
		if (style_hides(value) && !e->hidden)
			e->hidden = HIDDEN;
	} else if (str_is(key, "hidden") && !e->hidden) {
		e->hidden = HIDDEN;
	} else if (str_is(key, "colspan")) {
		e->colspan = span_of(value, 30);
	} else if (str_is(key, "rowspan")) {
		e->rowspan = span_of(value, 250);
	} else if (node_is_named(e)) {
		return;
	} else if (str_is(key, "name") || str_is(key, "property") || str_is(key, "rel")) {
		e->key = value;
	} else if (str_is(key, "content") || str_is(key, "href") || str_is(key, "src")) {
		e->value = value;
	}
}

static bool is_punctuation(uint32_t cp)
{
	return cp == 0xFF0C || cp == 0x3002 || cp == 0xFF1B || cp == 0x3001 || cp == ',' || cp == ';';
}

struct measure text_measure(struct str text, bool in_link)
{
	uint32_t chars = 0, marks = 0, han = 0, cp;
	const char *p = text.s, *end = p + text.n;

	while (p < end) {
		p += utf8_next(p, (size_t)(end - p), &cp);
		if (cp <= 0x20 || cp == 0xA0 || cp == 0x3000)
			continue;
		chars++;
		marks += is_punctuation(cp);
		han += cp >= 0x3041;       /* kana, too */
	}
	bool good = !in_link && han * 2 > chars && ((marks > 0 && chars >= 10) || chars >= 40);
	return (struct measure){chars, in_link ? chars : 0, good ? chars : 0};
}

struct str page_frame(const struct page *p)
{
	for (uint32_t i = 1; i < p->n; i++)
		if (p->nodes[i].tag == TAG_FRAME && p->nodes[i].value.n)
			return p->nodes[i].value;
	return (struct str){NULL, 0};
}

void page_sum(struct page *p)
{
	for (uint32_t i = 0; i < p->n; i++) {
		struct node *e = &p->nodes[i];
		if (e->tag != TAG_TEXT || e->dropped)
			e->chars = e->links = e->good = 0;
	}
	for (uint32_t i = p->n - 1; i > 0; i--) {
		struct node *e = &p->nodes[i], *up = &p->nodes[e->parent];
		up->chars += e->chars;
		up->links += e->links;
		up->good += e->good;
	}
}

/* Tells tables of data from those that only lay out a page: these hold further
 * tables, running text, or one cell a row. */
static void tables_judge(struct page *p)
{
	enum { CELL_GOOD_MOST = 400 };

	for (uint32_t i = 1; i < p->n; i++) {
		struct node *e = &p->nodes[i];
		const struct node *up = &p->nodes[e->parent];
		e->table = up->tag == TAG_TABLE ? e->parent : up->table;
		if (e->tag == TAG_CELL && up->tag == TAG_ROW && e->table && ++p->nodes[e->parent].cells == 2)
			p->nodes[e->table].data = true;
	}
	for (uint32_t i = 1; i < p->n; i++) {
		const struct node *e = &p->nodes[i];
		if (e->table && (e->tag == TAG_TABLE || (e->tag == TAG_CELL && e->good > CELL_GOOD_MOST)))
			p->nodes[e->table].data = false;
	}
}

static void node_measure(struct node *t, bool in_link)
{
	struct measure m = text_measure(t->text, in_link);
	t->chars = m.chars;
	t->links = m.links;
	t->good = m.good;
}

/* A link around most of the page lacks its end: what is in it is text. */
static void page_unlink(struct page *p)
{
	uint32_t link = 0, inner = 0;

	for (uint32_t i = 1; i < p->n && !link; i++)
		if (p->nodes[i].tag == TAG_LINK && p->nodes[i].chars >= LINK_MOST
		    && (uint64_t)p->nodes[i].chars * 2 > p->nodes[0].chars)
			link = i;
	if (!link)
		return;
	p->nodes[link].tag = TAG_INLINE;
	for (uint32_t i = link + 1; i < p->nodes[link].end; i++) {
		struct node *e = &p->nodes[i];
		if (e->tag == TAG_LINK && i >= inner)
			inner = e->end;
		if (e->tag == TAG_TEXT && i >= inner && !e->hidden)
			node_measure(e, false);
	}
	page_sum(p);
}

/* A page that shows next to nothing may hide its text until a script shows it, or
 * have lost it to an element without an end. */
static void page_unhide(struct page *p)
{
	uint64_t good = 0;

	if (p->nodes[0].chars - p->nodes[0].links >= SHOWN_LEAST)
		return;
	for (uint32_t i = 1; i < p->n; i++)
		if (p->nodes[i].tag == TAG_TEXT && p->nodes[i].hidden == HIDDEN)
			good += text_measure(p->nodes[i].text, false).good;
	if (good < HIDDEN_LEAST)
		return;
	for (uint32_t i = 1; i < p->n; i++) {
		struct node *e = &p->nodes[i];
		if (e->hidden == HIDDEN && e->tag == TAG_TEXT)
			node_measure(e, p->nodes[e->parent].tag == TAG_LINK);
		if (e->hidden == HIDDEN)
			e->hidden = SHOWN;
	}
	page_sum(p);
}

/* The stack of open elements is the chain of parents; LINK counts open links. */
bool page_read(struct page *p, struct str tree, struct arena *a, const char **error)
{
	struct cursor c = cursor_of((const uint8_t *)tree.s, tree.n);
	struct token tok;
	size_t cap = 0;
	uint32_t open = 0, link = 0;

	*p = (struct page){0};
	/* about as many as pages have: what has been outgrown stays in the arena */
	p->nodes = arena_grow(a, NULL, &cap, 256 + tree.n / 32, sizeof *p->nodes);
	p->nodes[p->n++] = (struct node){.tag = TAG_BLOCK, .colspan = 1, .rowspan = 1};
	while (c.p < c.end && cursor_peek(&c) >= 0) {
		if (p->n == NODES_MOST) {
			*error = "too many elements";
			return false;
		}
		int type = cursor_peek(&c);
		p->nodes = arena_grow(a, p->nodes, &cap, p->n + 1, sizeof *p->nodes);
		struct node *e = &p->nodes[p->n];
		if (type == TOKEN_NIL) {
			cursor_token(&c, &tok);
			if (open == 0)
				continue;               /* one close too many */
			link -= p->nodes[open].tag == TAG_LINK;
			p->nodes[open].end = p->n;
			open = p->nodes[open].parent;
			continue;
		}
		*e = (struct node){.parent = open, .colspan = 1, .rowspan = 1, .end = p->n + 1};
		if (type == TOKEN_STR) {
			e->tag = TAG_TEXT;
			e->text = cursor_str(&c);
			e->hidden = p->nodes[open].hidden;
			if (!e->hidden)
				node_measure(e, link > 0);
			p->n++;
			continue;
		}
		uint32_t k = cursor_array(&c);
		struct str name = cursor_str(&c);
		e->tag = (uint8_t)tag_of(name);
		/* what a frame holds is for browsers without frames */
		bool ever = e->tag == TAG_HEAD || e->tag == TAG_TITLE || e->tag == TAG_FRAME;
		e->hidden = ever ? HIDDEN_EVER : p->nodes[open].hidden ? p->nodes[open].hidden : e->tag == TAG_BUTTON ? HIDDEN : SHOWN;
		if (e->tag == TAG_INLINE && name.n > LONGEST_INLINE)
			e->id = name;
		for (; k >= 3 && !c.error; k -= 2) {
			struct str key = cursor_str(&c), value = cursor_str(&c);
			attribute_take(e, key, value);
		}
		if (c.error)
			break;
		link += e->tag == TAG_LINK;
		open = p->n++;
	}
	if (c.error) {
		*error = "the parser's answer is damaged";
		return false;
	}
	for (;; open = p->nodes[open].parent) {
		p->nodes[open].end = p->n;
		if (open == 0)
			break;
	}
	page_sum(p);
	page_unhide(p);
	page_unlink(p);
	tables_judge(p);
	return true;
}
