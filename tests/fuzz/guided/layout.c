/* layout: characters and borders at any place of a page, as PDF and OFD say them.
 *
 * What a document of either format can be mutated into without breaking it is
 * little of that. The first byte chooses the scale, and whether the borders are
 * lines or a picture; every four bytes behind it draw something. */
#include "fill.h"
#include "join.h"
#include "layout.h"
#include "output.h"
#include "rules.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE = 512, STEP = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct page {
	struct layout layout;
	struct rules rules;
	unsigned char *picture;         /* NULL, or SIDE * SIDE pixels */
	float scale;
};

static void character(struct page *p, float x, float y, uint8_t which)
{
	static const uint32_t some[] = {0x4E00, 0x5E74, 0x3001, 0x3002, '1', '2', '.', ',', '%', 'a', 'B', 0xFF08, 0xFF09, 0x2014, 0x3000, 0x7B2C};
	float w = some[which % 16] < 128 ? 5 : 10, s = p->scale;

	layout_glyph(&p->layout, (struct glyph){x * s, (x + w) * s, y * s, (y + 10) * s, 10 * s, some[which % 16], which >= 128});
}

static void line_draw(struct page *p, uint8_t x, uint8_t y, uint8_t length, bool across)
{
	float s = p->scale * 2, x0 = x * s, y0 = y * s, x1 = across ? (x + length) * s : x0, y1 = across ? y0 : (y + length) * s;

	if (!p->picture) {
		rules_add(&p->rules, x0, y0, x1, y1, 12 * p->scale, p->layout.arena);
		return;
	}
	for (int i = 0; i < 2 * length; i++) {
		int px = 2 * x + (across ? i : 0), py = 2 * y + (across ? 0 : i);
		if (px < SIDE && py < SIDE)
			memset(p->picture + 4 * ((size_t)py * SIDE + (size_t)px), 0, 4);
	}
}

static void page_end(struct page *p, struct arena *pixels)
{
	float em = 0;

	for (size_t i = 0; i < p->layout.n; i++)
		em += p->layout.glyphs[i].size / (float)p->layout.n;
	if (p->picture) {
		rules_find(&p->rules, &(struct picture){p->picture, SIDE, SIDE, 4 * SIDE, 1}, 12, pixels);
		memset(p->picture, 255, 4 * SIDE * SIDE);
	}
	if (p->rules.nacross && p->rules.ndown && em > 0)
		fill_tables(&p->layout, &p->rules, em);
	p->rules = (struct rules){.across = NULL};
	arena_reset(pixels);
	layout_page(&p->layout);
}

static void draw(struct page *p, const uint8_t *d, struct arena *pixels)
{
	switch (d[0] % 8) {
	case 0: layout_run(&p->layout); break;
	case 1: line_draw(p, d[1], d[2], d[3], true); break;
	case 2: line_draw(p, d[1], d[2], d[3], false); break;
	case 3:         /* a grid */
		for (int i = 0; i <= d[3] % 8; i++)
			line_draw(p, d[1], (uint8_t)(d[2] + 12 * i), d[3], true);
		for (int i = 0; i <= d[3] / 32; i++)
			line_draw(p, (uint8_t)(d[1] + d[3] / (1 + d[3] / 32) * i), d[2], (uint8_t)(d[3] % 8 * 12), false);
		break;
	case 4:
		if (d[1] < 24)
			page_end(p, pixels);
		break;
	case 5: character(p, d[1] * 2, d[2] * 2, d[3]); break;
	default:        /* a piece of a line */
		for (int i = 0; i < d[3] % 32; i++)
			character(p, d[1] * 2 + 10 * (float)i, d[2] * 2, (uint8_t)(d[3] + i));
	}
}

/* What is promised of a text: UTF-8, no control characters, pages in order within it. */
static void judge(const struct output *o)
{
	size_t last = 0;

	if (utf8_valid((char *)o->text.data, o->text.len) != o->text.len)
		abort();
	for (size_t i = 0; i < o->text.len; i++)
		if (o->text.data[i] < ' ' && o->text.data[i] != '\n' && o->text.data[i] != '\t')
			abort();
	for (size_t i = 0; i < o->npages; last = o->pages[i++])
		if (o->pages[i] < last || o->pages[i] > o->text.len)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const float scales[] = {1, 0.05f, 1000, 1e37f};
	struct arena arena = {0}, pixels = {0};
	struct output out = {0};
	struct page p = {.layout = {.arena = &arena}};

	p.scale = n ? scales[data[0] / 2 % 4] : 1;
	if (n && data[0] & 1) {
		p.scale = 1;
		p.picture = malloc(4 * SIDE * SIDE);
		memset(p.picture, 255, 4 * SIDE * SIDE);
	}
	for (size_t i = 1; i + STEP <= n; i += STEP)
		draw(&p, data + i, &pixels);
	page_end(&p, &pixels);
	layout_write(&p.layout, &out);
	judge(&out);
	output_free(&out);
	free(p.picture);
	arena_free(&pixels);
	arena_free(&arena);
	return 0;
}
