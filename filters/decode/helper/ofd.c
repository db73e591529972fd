#include "ofd.h"
#include "fill.h"
#include "join.h"
#include "package.h"
#include "xml.h"

#include <math.h>
#include <stdlib.h>

enum {
	DOCUMENTS_MOST = 64,
	PAGES_MOST = 20000,
	TEMPLATES_MOST = 1000,
	DELTAS_MOST = 4096,
	TEXT_MOST = 1 << 16     /* bytes of a TextCode */
};

static const float RULE_SHORTEST = 2;   /* millimetres */

struct page {
	struct str id, at;      /* part of its content */
};

struct ofd {
	struct arena *arena;
	struct package parts;
	struct layout layout;
	struct rules rules;     /* of the page in hand */
	struct str part;        /* that is being read: references are relative to it */
	struct str roots[DOCUMENTS_MOST];
	size_t nroots;
	struct page *pages, *templates;
	size_t npages, pages_cap, ntemplates, templates_cap;
	struct str used[8];     /* templates of the page in hand */
	size_t nused;
	bool is_root;           /* the next text is a path */

	/* of the text object in hand */
	float x, y, size, scale;        /* its box, its font, how its matrix widens it */
	float matrix[6];
	float at_x, at_y;
	float dx[DELTAS_MOST], dy[DELTAS_MOST];
	size_t ndx, ndy;
	bool in_code, in_path, in_clip;
	char *text;
	size_t ntext, text_cap;
	size_t glyphs;
	bool damaged, cut;
};

static struct str keep(struct ofd *o, struct str s)
{
	return (struct str){arena_strndup(o->arena, s.s ? s.s : "", s.n), s.n};
}

/* --- numbers --- */

static bool number_next(struct str *s, float *v)
{
	char digits[40], *end;
	size_t n = 0;

	*s = str_trim(*s);
	while (n < s->n && n + 1 < sizeof digits && s->s[n] > ' ' && s->s[n] != ',') {
		digits[n] = s->s[n];
		n++;
	}
	digits[n] = 0;
	*v = strtof(digits, &end);
	*s = str_sub(*s, n < s->n ? n + 1 : n, s->n);
	return n > 0 && *end == 0 && isfinite(*v);
}

static float number(const struct xml_attributes *a, const char *name, float fallback)
{
	struct str s = xml_attribute(a, name);
	float v;
	return s.s && number_next(&s, &v) ? v : fallback;
}

/* Distances between characters: "5.3 5.3 g 8 2.6" repeats 2.6 eight times (11.3). */
static size_t deltas_read(struct str s, float *out)
{
	size_t n = 0;
	float v;

	for (s = str_trim(s); s.n && n < DELTAS_MOST; s = str_trim(s)) {
		if (s.s[0] == 'g') {
			float times;
			s = str_sub(s, 1, s.n);
			if (!number_next(&s, &times) || !number_next(&s, &v))
				break;
			for (long k = times > 0 && times < DELTAS_MOST ? (long)times : 0; k > 0 && n < DELTAS_MOST; k--)
				out[n++] = v;
		} else if (number_next(&s, &v)) {
			out[n++] = v;
		} else {
			break;
		}
	}
	return n;
}

/* --- text --- */

/* From the object's space to the page's. */
static void place(const struct ofd *o, float x, float y, float *px, float *py)
{
	const float *m = o->matrix;
	*px = o->x + m[0] * x + m[2] * y + m[4];
	*py = o->y + m[1] * x + m[3] * y + m[5];
}

static void code_place(struct ofd *o)
{
	struct str s = {o->text ? o->text : "", o->ntext};
	float x = o->at_x, y = o->at_y, size = o->size * fmaxf(fabsf(o->matrix[3]), fabsf(o->matrix[1]));
	size_t i = 0;
	bool space = false;

	if (memchr(s.s, '\n', s.n))
		s = str_trim(s);                /* the XML was made pretty; else its spaces count */
	layout_run(&o->layout);
	for (size_t at = 0; at < s.n; i++) {
		uint32_t cp;
		float px, py, qx, qy, dx = i < o->ndx ? o->dx[i] : 0, dy = i < o->ndy ? o->dy[i] : 0;
		at += utf8_next(s.s + at, s.n - at, &cp);
		/* its own width is not told: half a square for what is not Han */
		float wide = o->size * o->scale * (cp < 0x2E80 && !(cp >= 0x2014 && cp <= 0x2026) ? 0.5f : 1);
		bool letter = (cp | 32) >= 'a' && (cp | 32) <= 'z';
		if (i < o->ndx && dx > 0 && (dx < wide || (!letter && dx < o->size * o->scale * 1.05f)))
			wide = dx;              /* up to the next character it is all its own, unless a word ends */
		place(o, x, y, &px, &py);
		place(o, x + wide, y, &qx, &qy);
		if (cp == ' ' || cp == 0x3000) {
			space = true;
		} else {
			layout_glyph(&o->layout, (struct glyph){px, fmaxf(px, qx), py - size * 0.86f, py + size * 0.14f,
				size, cp, space});
			o->glyphs++;
			space = false;
		}
		if (i >= o->ndx && dy == 0)
			dx = wide;
		x += dx;
		y += dy;
	}
}

/* --- lines --- */

/* A path in the short form of 9.3.3: M, L and C are what borders are made of; of a curve only
 * the end counts. */
static void path_read(struct ofd *o)
{
	static const struct {
		char name;
		int numbers;
	} steps[] = {{'S', 2}, {'M', 2}, {'L', 2}, {'Q', 4}, {'B', 6}, {'A', 7}, {'C', 0}};
	struct str s = {o->text ? o->text : "", o->ntext};
	float first[2] = {0, 0}, last[2] = {0, 0}, v[7];

	for (s = str_trim(s); s.n; s = str_trim(s)) {
		char name = s.s[0];
		int want = -1, n = 0;
		s = str_sub(s, 1, s.n);
		for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
			if (steps[i].name == name)
				want = steps[i].numbers;
		while (n < want && number_next(&s, &v[n]))
			n++;
		if (n != want)
			return;
		const float *to = name == 'C' ? first : v + want - 2;
		if (name == 'L' || name == 'C') {
			float x0, y0, x1, y1;
			place(o, last[0], last[1], &x0, &y0);
			place(o, to[0], to[1], &x1, &y1);
			rules_add(&o->rules, x0, y0, x1, y1, RULE_SHORTEST, o->arena);
		}
		memmove(last, to, sizeof last);
		if (name == 'M' || name == 'S')
			memcpy(first, last, sizeof first);
	}
}

/* The tables of the page in hand, where lines are drawn on it. */
static void tables_read(struct ofd *o)
{
	float em = 0;

	for (size_t i = 0; i < o->layout.n; i++)
		em += o->layout.glyphs[i].size / (float)o->layout.n;
	if (o->rules.nacross && o->rules.ndown && em > 0)
		fill_tables(&o->layout, &o->rules, em);
	o->rules = (struct rules){.across = NULL};
}

static void object_begin(struct ofd *o, const struct xml_attributes *a)
{
	static const float unit[] = {1, 0, 0, 1, 0, 0};
	struct str box = xml_attribute(a, "Boundary"), ctm = xml_attribute(a, "CTM");
	float v;

	o->x = o->y = 0;
	memcpy(o->matrix, unit, sizeof unit);
	if (box.s && number_next(&box, &v)) {
		o->x = v;
		if (number_next(&box, &v))
			o->y = v;
	}
	for (int i = 0; ctm.s && i < 6 && number_next(&ctm, &v); i++)
		o->matrix[i] = v;
	o->size = number(a, "Size", 3.5f);
	o->scale = number(a, "HScale", 1);
	if (!(o->size > 0 && o->size < 1000))
		o->size = 3.5f;
	if (!(o->scale > 0.05f && o->scale < 20))
		o->scale = 1;
	o->at_x = o->at_y = 0;
}

static void page_add(struct ofd *o, struct page **pages, size_t *n, size_t *cap, struct str id, struct str at)
{
	*pages = arena_grow(o->arena, *pages, cap, *n + 1, sizeof **pages);
	(*pages)[(*n)++] = (struct page){keep(o, id), package_resolve(o->part, at, o->arena)};
}

static void on_open(void *data, const char *name, const struct xml_attributes *a)
{
	struct ofd *o = data;

	if (strcmp(name, "DocRoot") == 0) {
		o->is_root = true;
		o->ntext = 0;
	} else if (strcmp(name, "Page") == 0 && xml_attribute(a, "BaseLoc").n) {
		if (o->npages == PAGES_MOST) {
			o->cut = true;
			return;
		}
		page_add(o, &o->pages, &o->npages, &o->pages_cap, xml_attribute(a, "ID"), xml_attribute(a, "BaseLoc"));
	} else if (strcmp(name, "TemplatePage") == 0 && xml_attribute(a, "BaseLoc").n && o->ntemplates < TEMPLATES_MOST) {
		page_add(o, &o->templates, &o->ntemplates, &o->templates_cap, xml_attribute(a, "ID"), xml_attribute(a, "BaseLoc"));
	} else if (strcmp(name, "Template") == 0 && o->nused < sizeof o->used / sizeof *o->used) {
		o->used[o->nused++] = keep(o, xml_attribute(a, "TemplateID"));
	} else if (strcmp(name, "TextObject") == 0 || strcmp(name, "PathObject") == 0) {
		object_begin(o, a);
	} else if (strcmp(name, "Clips") == 0) {
		o->in_clip = true;              /* what it shows of an object is no line */
	} else if (strcmp(name, "AbbreviatedData") == 0 && !o->in_clip) {
		o->in_path = true;
		o->ntext = 0;
	} else if (strcmp(name, "TextCode") == 0) {
		o->at_x = number(a, "X", o->at_x);      /* what is left out is the one before's */
		o->at_y = number(a, "Y", o->at_y);
		struct str dx = xml_attribute(a, "DeltaX"), dy = xml_attribute(a, "DeltaY");
		o->ndx = dx.s ? deltas_read(dx, o->dx) : 0;
		o->ndy = dy.s ? deltas_read(dy, o->dy) : 0;
		o->in_code = true;
		o->ntext = 0;
	}
}

static void on_close(void *data, const char *name)
{
	struct ofd *o = data;

	if (strcmp(name, "DocRoot") == 0 && o->is_root) {
		struct str path = str_trim((struct str){o->text ? o->text : "", o->ntext});
		o->is_root = false;
		if (o->nroots < DOCUMENTS_MOST)
			o->roots[o->nroots++] = package_resolve(STR(""), path, o->arena);
	} else if (strcmp(name, "TextCode") == 0 && o->in_code) {
		o->in_code = false;
		code_place(o);
	} else if (strcmp(name, "Clips") == 0) {
		o->in_clip = false;
	} else if (strcmp(name, "AbbreviatedData") == 0 && o->in_path) {
		o->in_path = false;
		path_read(o);
	}
}

static void on_text(void *data, struct str s)
{
	struct ofd *o = data;

	if (!o->in_code && !o->in_path && !o->is_root)
		return;
	if (s.n > TEXT_MOST - o->ntext) {
		o->cut = true;
		return;
	}
	o->text = arena_grow(o->arena, o->text, &o->text_cap, o->ntext + s.n + 1, 1);
	memcpy(o->text + o->ntext, s.s, s.n);
	o->ntext += s.n;
}

static bool part_read(struct ofd *o, struct str name)
{
	static const struct xml_events events = {on_open, on_close, on_text};
	struct str xml = package_part(&o->parts, name);

	o->part = name;
	bool ok = xml.s && xml_read(xml, &events, o);
	o->damaged |= !ok;
	o->in_code = o->in_path = o->in_clip = o->is_root = false;
	return ok;
}

/* A page, on top of its templates. */
static void page_read(struct ofd *o, const struct page *page)
{
	o->nused = 0;
	part_read(o, page->at);
	size_t n = o->nused;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < o->ntemplates; k++)
			if (str_eq(o->templates[k].id, o->used[i])) {
				part_read(o, o->templates[k].at);
				break;
			}
	tables_read(o);
	layout_page(&o->layout);
}

static bool is_wanted(struct str name)
{
	return name.n > 4 && (str_ends(name, STR(".xml")) || str_ends(name, STR(".XML")) || str_ends(name, STR(".Xml")));
}

const char *ofd_read(struct str in, struct output *out, const char **message)
{
	struct arena arena = {0};
	struct ofd *o = arena_calloc(&arena, 1, sizeof *o);
	const char *code = NULL;

	o->arena = o->layout.arena = &arena;
	package_read(&o->parts, in, is_wanted, &arena);
	part_read(o, STR("OFD.xml"));
	for (size_t i = 0; i < o->nroots; i++) {
		size_t first = o->npages;
		o->ntemplates = 0;
		part_read(o, o->roots[i]);
		size_t last = o->npages;        /* a page's content names no further ones */
		for (size_t k = first; k < last; k++)
			page_read(o, &o->pages[k]);
		o->npages = last;
	}
	if (o->glyphs > 0) {
		layout_write(&o->layout, out);
		if (o->parts.lost)
			output_problem(out, o->parts.code, "%s", o->parts.lost);
		else if (o->damaged)
			output_problem(out, "malformed", "parts of the OFD are missing or damaged");
		if (o->layout.full || o->cut)
			output_problem(out, "too_large", "too many pages, lines or characters: not all of them were read");
	} else if (o->parts.lost || o->damaged || o->npages == 0) {
		*message = o->parts.lost ? o->parts.lost : "a damaged OFD: it has no pages that can be read";
		code = o->parts.lost ? o->parts.code : "malformed";
	} else {
		*message = o->cut ? "more text in one piece than a page holds" : "an OFD without text, of images perhaps: it needs OCR";
		code = o->cut ? "too_large" : "no_text";
	}
	arena_free(&arena);
	return code;
}
