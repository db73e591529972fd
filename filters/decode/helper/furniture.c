#include "furniture.h"

#include <math.h>
#include <stdlib.h>

enum {
	EDGE_LINES = 2,         /* lines at each end of a page that may be furniture */
	MARK_MOST = 48          /* bytes of a page mark */
};

/* A line near an edge, as a key: its text without digits, and its place. */
struct edge {
	uint64_t key;
	uint32_t line;
	uint32_t page;
	float x0, y;
};

static bool is_dash(uint32_t cp)
{
	return cp == '-' || cp == '~' || cp == 0xB7 || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0x2500
		|| cp == 0x2501 || cp == 0xFF0D || cp == 0x30FC || cp == 0x4E00 || cp == 0xFE58 || cp == 0x2022;
}

static bool is_digit(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 0xFF10 && cp <= 0xFF19);
}

/* Is LINE a page mark: 3, - 3 -, —3—, 第3页, 第 3 页 共 10 页, 3/10, iv? */
static bool is_page_mark(const struct line *l)
{
	struct str s = l->pieces[0].text;
	unsigned numbers = 0, digits = 0, dashes = 0, romans = 0;
	bool words = false, was_digit = false, year = false;
	uint32_t cp;

	if (l->n > 1 || s.n > MARK_MOST)
		return false;
	for (size_t i = 0; i < s.n;) {
		i += utf8_next(s.s + i, s.n - i, &cp);
		bool digit = is_digit(cp);
		if (digit) {
			numbers += !was_digit;
			digits = was_digit ? digits + 1 : 1;
			year |= digits == 4;
			if (digits > 4)
				return false;
		} else if (is_dash(cp)) {
			dashes++;
		} else if (cp == 0x7B2C || cp == 0x9875 || cp == 0x5171) {      /* 第 页 共 */
			words = true;
		} else if (cp == 'i' || cp == 'v' || cp == 'x' || cp == 'I' || cp == 'V' || cp == 'X' || (cp >= 0x2160 && cp < 0x2180)) {
			romans++;
		} else if (cp != ' ' && cp != '/' && cp != 0xFF0F && cp != '|' && cp != '(' && cp != ')' && cp != 0xFF08
		    && cp != 0xFF09 && cp != 0xFF0C && cp != ',') {
			return false;
		}
		was_digit = digit;
	}
	if (numbers == 0)
		return romans > 0 && romans < 6 && dashes != 1;
	return romans == 0 && numbers <= (words || !dashes ? 2 : 1) && (!year || words || dashes);
}

/* FNV-1a of the text without digits and white space. */
static uint64_t key_of(const struct line *l)
{
	uint64_t h = 0xCBF29CE484222325u;
	uint32_t cp;

	for (uint32_t k = 0; k < l->n; k++) {
		struct str s = l->pieces[k].text;
		for (size_t i = 0; i < s.n;) {
			i += utf8_next(s.s + i, s.n - i, &cp);
			if (!is_digit(cp) && cp != ' ' && cp != 0x3000)
				h = (h ^ cp) * 0x100000001B3u;
		}
	}
	return h;
}

static int edge_order(const void *pa, const void *pb)
{
	const struct edge *a = pa, *b = pb;
	return a->key != b->key ? (a->key > b->key) - (a->key < b->key) : (a->line > b->line) - (a->line < b->line);
}

/* Do A and B stand at the same height? Heads of left and right pages differ in x only. */
static bool same_place(const struct line *a, const struct line *b)
{
	float em = line_em(a);
	return fabsf(a->y0 - b->y0) < em * 0.4f && fabsf(line_em(b) - em) < em * 0.1f;
}

static void heads_mark(struct layout *l, struct edge *edges, size_t n)
{
	uint32_t least = l->npages <= 3 ? 2 : l->npages <= 9 ? 3 : l->npages * 3 / 10;

	qsort(edges, n, sizeof *edges, edge_order);
	for (size_t b = 0, e; b < n; b = e) {
		uint32_t pages = 0;
		for (e = b; e < n && edges[e].key == edges[b].key; e++)
			pages += e == b || edges[e].page != edges[e - 1].page;
		if (pages < least)
			continue;
		/* the most common place is nearly always the last one's */
		const struct line *model = &l->lines[edges[e - 1].line];
		pages = 0;
		for (size_t i = b; i < e; i++)
			pages += same_place(model, &l->lines[edges[i].line]);
		for (size_t i = b; i < e && pages >= least; i++)
			if (same_place(model, &l->lines[edges[i].line]))
				l->lines[edges[i].line].furniture = true;
	}
}

/* Pages that hold nothing else have no heads. */
static void heads_check(struct layout *l, const struct edge *edges, size_t n)
{
	for (size_t i = 0; i < l->nlines; i++)
		if (!l->lines[i].furniture)
			return;
	for (size_t i = 0; i < n; i++)
		l->lines[edges[i].line].furniture = is_page_mark(&l->lines[edges[i].line]);
}

static size_t edges_take(struct layout *l, size_t b, size_t e, struct edge *edges)
{
	size_t n = 0;

	/* order of reading is not always order of height */
	for (int top = 0; top < 2; top++)
		for (size_t k = 0; k < EDGE_LINES && k < e - b; k++) {
			size_t best = SIZE_MAX;
			for (size_t i = b; i < e; i++) {
				bool taken = false;
				for (size_t j = 0; j < n; j++)
					taken |= edges[j].line == i;
				if (!taken && (best == SIZE_MAX || (top ? l->lines[i].y0 < l->lines[best].y0 : l->lines[i].y1 > l->lines[best].y1)))
					best = i;
			}
			if (best == SIZE_MAX)
				break;
			struct line *line = &l->lines[best];
			if (k == 0 && is_page_mark(line))
				line->furniture = true;
			edges[n++] = (struct edge){.key = line->table ? best : key_of(line), .line = (uint32_t)best, .page = line->page};
		}
	return n;
}

void furniture_mark(struct layout *l)
{
	struct edge *edges = arena_alloc(l->arena, ((size_t)l->npages * 2 * EDGE_LINES + 1) * sizeof *edges);
	size_t n = 0;

	for (size_t b = 0, e; b < l->nlines; b = e) {
		for (e = b; e < l->nlines && l->lines[e].page == l->lines[b].page; e++)
			;
		n += edges_take(l, b, e, edges + n);
	}
	heads_mark(l, edges, n);
	heads_check(l, edges, n);
}
