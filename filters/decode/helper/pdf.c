#include "pdf.h"
#include "../helper.h"
#include "fill.h"
#include "join.h"

#include <cairo.h>
#include <poppler.h>
#include <math.h>
#include <time.h>

enum {
	PAGES_MOST = 20000,
	SECONDS_MOST = 8,       /* of CPU time; what was read till then counts */
	DRAWN_MOST = 150,       /* pages of a document that are drawn: a hundred takes 2 seconds */
	DRAWING_MOST = 5,       /* seconds until which they are; of the others the text is read all the same */
	CHARS_FEW = 20,         /* a page with fewer may be a scan, with a mark of its maker */
	PIXELS_MOST = 4000000   /* of a picture of a page */
};

static const double PIXELS = 1.2;               /* for a point */
static const float RULE_SHORTEST = 0.97f;       /* of a character's height: a stroke of it is shorter */

/* The fonts' sizes, in the order of the text. */
struct sizes {
	GList *list, *now;
};

static float size_at(struct sizes *s, int i)
{
	for (; s->now; s->now = s->now->next) {
		const PopplerTextAttributes *a = s->now->data;
		if (i <= a->end_index)
			return i >= a->start_index ? (float)a->font_size : 0;
	}
	return 0;
}

/* By how much the page's matrix scales the sizes of fonts (browsers set 16 points as 32, halved): Han
 * characters are as wide as their font is large. 1 where there are none, or where it is no more than
 * a font that is a bit narrow. */
static float scale_of(struct str s, const PopplerRectangle *boxes, guint n, struct sizes sizes)
{
	double seen = 0, said = 0;
	uint32_t cp;

	sizes.now = sizes.list;
	for (guint i = 0, at = 0; at < s.n && i < n; i++) {
		at += (guint)utf8_next(s.s + at, s.n - at, &cp);
		float size = cp >= 0x4E00 && cp < 0xA000 ? size_at(&sizes, (int)i) : 0;
		if (size > 0) {
			seen += boxes[i].x2 - boxes[i].x1;
			said += size;
		}
	}
	double scale = said > 0 ? seen / said : 1;
	return scale > 0.75 && scale < 1.3 ? 1 : (float)scale;
}

/* Fonts give sizes that their matrix scales; the width of Han characters is what
 * shows, and it is what paragraphs are indented by. */
static float size_seen(const PopplerRectangle *r, uint32_t cp, float size)
{
	float w = (float)(r->x2 - r->x1), h = (float)(r->y2 - r->y1);

	if (size > 0 && size > h * 0.4f && size < h * 1.6f)
		return size;
	return cp >= 0x3400 && w > h * 0.5f && w < h * 1.2f ? w : h * 0.9f;
}

static size_t page_read(PopplerPage *page, struct layout *l)
{
	PopplerRectangle *boxes = NULL;
	guint nboxes = 0, i = 0;
	size_t n = 0;
	char *text = poppler_page_get_text(page);

	if (text && poppler_page_get_text_layout(page, &boxes, &nboxes)) {
		struct sizes sizes = {.list = poppler_page_get_text_attributes(page)};
		sizes.now = sizes.list;
		bool space = true;
		struct str s = str_of(text);
		float scale = scale_of(s, boxes, nboxes, sizes);
		for (size_t at = 0; at < s.n && i < nboxes; i++) {
			uint32_t cp;
			at += utf8_next(s.s + at, s.n - at, &cp);
			if (cp == '\n') {
				layout_run(l);
				space = true;
				continue;
			}
			if (cp == ' ' || cp == 0x3000) {
				space = true;
				continue;
			}
			const PopplerRectangle *r = &boxes[i];
			float size = size_at(&sizes, (int)i);
			size = size > 0 && scale != 1 ? size * scale : size_seen(r, cp, size);
			layout_glyph(l, (struct glyph){(float)r->x1, (float)r->x2, (float)r->y1, (float)r->y2, size, cp, space});
			space = false;
			n++;
		}
		poppler_page_free_text_attributes(sizes.list);
	}
	g_free(boxes);
	g_free(text);
	return n;
}

/* The tables of a page whose text has gaps: their borders show on a picture of it. */
static void tables_read(PopplerPage *page, struct layout *l, struct arena *a)
{
	struct rules rules;
	double w, h;
	float em = 0;

	poppler_page_get_size(page, &w, &h);
	if (!(w > 1 && h > 1 && w < 20000 && h < 20000))
		return;
	double scale = fmin(PIXELS, sqrt((double)PIXELS_MOST / (w * h)));
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(w * scale) + 1, (int)(h * scale) + 1);
	cairo_t *cairo = cairo_create(surface);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, scale, scale);
	poppler_page_render(page, cairo);
	if (cairo_status(cairo) == CAIRO_STATUS_SUCCESS) {
		cairo_surface_flush(surface);
		for (size_t i = 0; i < l->n; i++)
			em += l->glyphs[i].size / (float)l->n;
		rules_find(&rules, &(struct picture){cairo_image_surface_get_data(surface), cairo_image_surface_get_width(surface),
			cairo_image_surface_get_height(surface), cairo_image_surface_get_stride(surface), (float)scale},
			em * RULE_SHORTEST, a);
		fill_tables(l, &rules, em);
	}
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
}

/* Does a picture cover most of the page? */
static bool is_picture(PopplerPage *page)
{
	GList *images = poppler_page_get_image_mapping(page);
	double w, h;
	bool covered = false;

	poppler_page_get_size(page, &w, &h);
	for (const GList *i = images; i && !covered; i = i->next) {
		const PopplerRectangle *r = &((const PopplerImageMapping *)i->data)->area;
		covered = (r->x2 - r->x1) * (r->y2 - r->y1) > w * h / 2;
	}
	poppler_page_free_image_mapping(images);
	return covered;
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const char *refusal(const GError *error, const char **message)
{
	if (error && g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)) {
		*message = "the PDF is encrypted and needs a password";
		return "encrypted";
	}
	*message = "a damaged PDF: poppler cannot open it";
	return "malformed";
}

/* Without maps from glyphs to characters a font gives anything, mostly of the
 * private use area. */
static bool is_gibberish(const struct output *o)
{
	struct str s = {(char *)o->text.data, o->text.len};
	size_t all = 0, unknown = 0;
	uint32_t cp;

	for (size_t i = 0; i < s.n; all++) {
		i += utf8_next(s.s + i, s.n - i, &cp);
		unknown += cp == 0xFFFD || (cp >= 0xE000 && cp < 0xF900) || cp >= 0xF0000;
	}
	return unknown * 3 > all;
}

static const char *document_read(struct str in, bool draws, struct output *out, const char **message)
{
	GError *error = NULL;
	GBytes *bytes = g_bytes_new_static(in.s, in.n);
	PopplerDocument *doc = poppler_document_new_from_bytes(bytes, NULL, &error);
	struct arena arena = {0}, pixels = {0};
	struct layout l = {.arena = &arena};
	const char *code = NULL;
	size_t n = 0, damaged = 0, pictures = 0;
	int drawn = 0, plain = 0;       /* pages; the first page with gaps that was not drawn */

	if (!doc) {
		code = refusal(error, message);
		g_clear_error(&error);
		g_bytes_unref(bytes);
		return code;
	}
	int pages = poppler_document_get_n_pages(doc), i;
	double start = seconds();
	for (i = 0; i < pages && i < PAGES_MOST && !l.full && seconds() - start < SECONDS_MOST; i++) {
		PopplerPage *page = poppler_document_get_page(doc, i);
		if (page) {
			size_t chars = page_read(page, &l);
			n += chars;
			pictures += chars < CHARS_FEW && is_picture(page);
			if (draws && layout_has_gaps(&l)) {
				if (drawn++ < DRAWN_MOST && seconds() - start < DRAWING_MOST)
					tables_read(page, &l, &pixels);
				else if (!plain)
					plain = i + 1;
			}
			arena_reset(&pixels);
			g_object_unref(page);
		} else {
			damaged++;
		}
		layout_page(&l);
	}
	if (n > 0) {
		layout_write(&l, out);
		if (is_gibberish(out)) {
			*message = "the PDF's fonts do not say which characters they show: it needs OCR";
			code = "no_text";
		}
	} else if (pages <= 0 || damaged == (size_t)pages) {
		*message = "a damaged PDF: no page can be read";
		code = "malformed";
	} else {
		*message = "a PDF without text, of images perhaps: it needs OCR";
		code = "no_text";
	}
	if (!code && i < pages)
		output_problem(out, "too_large", "pages %d to %d were not read", i + 1, pages);
	else if (!code && l.full)
		output_problem(out, "too_large", "too many characters on a page: not all of them were read");
	if (!code && plain)
		output_problem(out, "too_large", "from page %d on tables were read without their borders", plain);
	if (!code && pictures)
		output_problem(out, "no_text", "%zu of %d pages are pictures: they need OCR", pictures, pages);
	if (!code && damaged)
		output_problem(out, "malformed", "%zu pages cannot be read", damaged);
	arena_free(&arena);
	arena_free(&pixels);
	g_object_unref(doc);
	g_bytes_unref(bytes);
	return code;
}

const char *pdf_read(struct str in, struct output *out, const char **message)
{
	return document_read(in, true, out, message);
}

const char *pdf_read_plain(struct str in, struct output *out, const char **message)
{
	out->type = PDF;
	return document_read(in, false, out, message);
}
