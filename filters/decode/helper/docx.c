#include "docx.h"
#include "numbering.h"
#include "package.h"
#include "rows.h"
#include "xml.h"

#include <stdlib.h>

struct style {
	struct str id, based;
	long num, level;        /* -1: not said */
};

struct docx {
	struct output *out;
	struct arena *arena;
	struct package parts;
	struct numbering numbering;
	struct style *styles;
	size_t nstyles, styles_cap;
	struct str normal;      /* the default paragraph style */

	struct output boxes;    /* text boxes stand beside their paragraph: written behind it */
	struct output *main;
	unsigned box;           /* depth of text boxes */
	unsigned skip;          /* depth inside what is not shown */
	bool in_text, hidden, in_properties, in_run_properties;
	long num, level;
	struct str style;
	bool begun;             /* the paragraph has its number */
	struct rows rows;       /* of the main text; tables in boxes are paragraphs */
	unsigned span;          /* columns of the cell in hand */
	bool notes;
};

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* What Word does not show, or shows twice. */
static bool is_skipped(const char *name)
{
	static const char *const names[] = {"Fallback", "del", "moveFrom", "instrText", "delText", "delInstrText", "rt",
		"sectPr", "tblGrid", "tblPrEx", "pPrChange", "rPrChange", "docPartPr", "sdtPr", "annotationRef", NULL};
	return is_one_of(name, names);
}

static bool is_off(const struct xml_attributes *a)
{
	struct str v = xml_attribute(a, "val");
	return v.s && (str_is(v, "0") || str_is(v, "false") || str_is(v, "off"));
}

static const struct style *style_find(const struct docx *d, struct str id)
{
	for (size_t i = 0; id.n && i < d->nstyles; i++)
		if (str_eq(d->styles[i].id, id))
			return &d->styles[i];
	return NULL;
}

/* The list that the paragraph is in, its own or its style's; 0 for none. */
static long list_find(struct docx *d, long *level)
{
	long num = d->num, at = d->level;
	const struct style *s = style_find(d, d->style.n ? d->style : d->normal);

	for (int depth = 0; s && (num < 0 || at < 0) && depth < 16; depth++) {
		if (num < 0)
			num = s->num;
		if (at < 0)
			at = s->level;
		s = style_find(d, s->based);
	}
	*level = at < 0 ? 0 : at;
	return num < 0 ? 0 : num;
}

static void begin(struct docx *d)
{
	long level, num;

	if (d->begun)
		return;
	d->begun = true;
	if ((num = list_find(d, &level)) > 0)
		numbering_write(&d->numbering, num, level, d->out);
}

static void line_end(struct docx *d)
{
	if (d->box > 0)
		output_line(d->out);
	else
		rows_line(&d->rows);
}

static void paragraph_end(struct docx *d)
{
	begin(d);
	line_end(d);
	d->num = d->level = -1;
	d->style = (struct str){NULL, 0};
	d->begun = false;
	if (d->box == 0 && d->rows.n == 0 && d->boxes.text.len > 0) {
		output_line(&d->boxes);
		buf_append(&d->out->text, d->boxes.text.data, d->boxes.text.len);
		d->out->line = d->out->cell = d->out->text.len;
		d->boxes.text.len = d->boxes.line = d->boxes.cell = 0;
	}
}

/* --- events --- */

static void box_begin(struct docx *d)
{
	if (d->box++ == 0) {
		begin(d);
		d->out = &d->boxes;
		d->num = d->level = -1;         /* the box has paragraphs of its own */
		d->style = (struct str){NULL, 0};
		d->begun = false;
	}
}

static void box_end(struct docx *d)
{
	if (d->box > 0 && --d->box == 0) {
		d->out = d->main;
		d->begun = true;
	}
}

static void on_properties(struct docx *d, const char *name, const struct xml_attributes *a)
{
	if (strcmp(name, "pStyle") == 0) {
		struct str v = xml_attribute(a, "val");
		d->style = (struct str){arena_strndup(d->arena, v.s ? v.s : "", v.n), v.n};
	} else if (strcmp(name, "numId") == 0) {
		d->num = xml_number(a, "val", -1);
	} else if (strcmp(name, "ilvl") == 0) {
		d->level = xml_number(a, "val", -1);
	}
}

static void on_open(void *data, const char *name, const struct xml_attributes *a)
{
	struct docx *d = data;

	if (d->skip || is_skipped(name)) {
		d->skip++;
		return;
	}
	if (strcmp(name, "t") == 0) {
		begin(d);
		d->in_text = true;
	} else if (strcmp(name, "r") == 0) {
		d->hidden = false;
	} else if (strcmp(name, "pPr") == 0) {
		d->in_properties = true;
	} else if (strcmp(name, "rPr") == 0) {
		d->in_run_properties = true;
	} else if (d->in_run_properties) {
		if (strcmp(name, "vanish") == 0 && !d->in_properties)
			d->hidden = !is_off(a);
	} else if (d->in_properties) {
		on_properties(d, name, a);
	} else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0) {
		struct str type = xml_attribute(a, "type");
		if (!str_is(type, "page") && !str_is(type, "column"))
			line_end(d);
	} else if (strcmp(name, "tab") == 0 || strcmp(name, "ptab") == 0) {
		output_space(d->out);
	} else if (strcmp(name, "noBreakHyphen") == 0) {
		output_char(d->out, '-');
	} else if (strcmp(name, "txbxContent") == 0) {
		box_begin(d);
	} else if (strcmp(name, "tbl") == 0 && d->box == 0) {
		rows_begin(&d->rows);
	} else if (strcmp(name, "tc") == 0) {
		d->span = 1;
	} else if (strcmp(name, "gridSpan") == 0) {
		long n = xml_number(a, "val", 1);
		d->span = n < 1 ? 1 : n > 63 ? 63 : (unsigned)n;
	} else if ((strcmp(name, "footnote") == 0 || strcmp(name, "endnote") == 0) && d->notes) {
		/* the lines that separate notes from the text are notes, too */
		if (xml_attribute(a, "type").s && !str_is(xml_attribute(a, "type"), "normal"))
			d->skip++;
	}
}

static void on_close(void *data, const char *name)
{
	struct docx *d = data;

	if (d->skip) {
		d->skip--;
		return;
	}
	if (strcmp(name, "t") == 0)
		d->in_text = false;
	else if (strcmp(name, "p") == 0)
		paragraph_end(d);
	else if (strcmp(name, "pPr") == 0)
		d->in_properties = false;
	else if (strcmp(name, "rPr") == 0)
		d->in_run_properties = false;
	else if (strcmp(name, "txbxContent") == 0)
		box_end(d);
	else if (strcmp(name, "tc") == 0 && d->box == 0)
		rows_cell(&d->rows, d->span ? d->span : 1);
	else if (strcmp(name, "tr") == 0 && d->box == 0)
		rows_row(&d->rows);
	else if (strcmp(name, "tbl") == 0 && d->box == 0)
		rows_end(&d->rows);
}

static void on_text(void *data, struct str s)
{
	struct docx *d = data;
	if (d->in_text && !d->skip && !d->hidden)
		output_text(d->out, s);
}

/* --- word/styles.xml: which styles number their paragraphs --- */

static void on_style(void *data, const char *name, const struct xml_attributes *a)
{
	struct docx *d = data;
	struct style *s = d->nstyles ? &d->styles[d->nstyles - 1] : NULL;

	if (strcmp(name, "style") == 0) {
		struct str id = xml_attribute(a, "styleId"), standard = xml_attribute(a, "default");
		d->styles = arena_grow(d->arena, d->styles, &d->styles_cap, d->nstyles + 1, sizeof *d->styles);
		d->styles[d->nstyles++] = (struct style){.num = -1, .level = -1,
			.id = {arena_strndup(d->arena, id.s ? id.s : "", id.n), id.n}};
		if (str_is(xml_attribute(a, "type"), "paragraph") && (str_is(standard, "1") || str_is(standard, "true")))
			d->normal = d->styles[d->nstyles - 1].id;
	} else if (!s) {
		return;
	} else if (strcmp(name, "basedOn") == 0) {
		struct str v = xml_attribute(a, "val");
		s->based = (struct str){arena_strndup(d->arena, v.s ? v.s : "", v.n), v.n};
	} else if (strcmp(name, "numId") == 0) {
		s->num = xml_number(a, "val", -1);
	} else if (strcmp(name, "ilvl") == 0) {
		s->level = xml_number(a, "val", -1);
	}
}

/* A style in a list without a level has that which names it (w:pStyle). */
static void styles_link(struct docx *d)
{
	for (size_t i = 0; i < d->nstyles; i++)
		for (size_t k = 0; d->styles[i].num > 0 && d->styles[i].level < 0 && k < d->numbering.nshapes; k++)
			for (long at = 0; at < LEVELS; at++)
				if (str_is(d->styles[i].id, d->numbering.shapes[k].levels[at].style))
					d->styles[i].level = at;
}

static bool is_wanted(struct str name)
{
	return str_is(name, "word/document.xml") || str_is(name, "word/styles.xml") || str_is(name, "word/numbering.xml")
		|| str_is(name, "word/footnotes.xml") || str_is(name, "word/endnotes.xml");
}

static void part_write(struct docx *d, struct str xml, const char *what)
{
	static const struct xml_events events = {on_open, on_close, on_text};

	if (xml.s && !xml_read(xml, &events, d))
		output_problem(d->main, "malformed", "%s is damaged: what follows the damage is lost", what);
	d->out = d->main;
	rows_close(&d->rows);
	d->box = d->skip = 0;
	d->in_text = d->in_properties = d->in_run_properties = d->hidden = d->begun = false;
	d->num = d->level = -1;
	d->style = (struct str){NULL, 0};
}

const char *docx_read(struct str in, struct output *out, const char **message)
{
	static const struct xml_events styles = {on_style, NULL, NULL};
	struct arena arena = {0};
	struct docx d = {.out = out, .main = out, .arena = &arena, .num = -1, .level = -1};
	const char *code = NULL;

	d.rows.out = out;
	package_read(&d.parts, in, is_wanted, &arena);
	struct str body = package_part(&d.parts, STR("word/document.xml"));
	numbering_read(&d.numbering, package_part(&d.parts, STR("word/numbering.xml")), &arena);
	struct str style = package_part(&d.parts, STR("word/styles.xml"));
	if (style.s)
		xml_read(style, &styles, &d);
	styles_link(&d);
	if (!body.s) {
		*message = d.parts.lost ? d.parts.lost : "a DOCX without text";
		code = d.parts.lost ? d.parts.code : "empty";
	} else {
		if (d.parts.lost)
			output_problem(out, d.parts.code, "%s", d.parts.lost);
		part_write(&d, body, "the document's XML");
		d.notes = true;
		part_write(&d, package_part(&d.parts, STR("word/footnotes.xml")), "the XML of the footnotes");
		part_write(&d, package_part(&d.parts, STR("word/endnotes.xml")), "the XML of the endnotes");
	}
	output_free(&d.boxes);
	arena_free(&arena);
	return code;
}
