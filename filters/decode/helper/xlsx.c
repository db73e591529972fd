#include "xlsx.h"
#include "compact.h"
#include "fields.h"
#include "numfmt.h"
#include "package.h"
#include "xml.h"

#include <stdlib.h>
#include <strings.h>

enum {
	SHEETS_MOST = 1024,
	STRINGS_MOST = 1 << 21,
	FORMATS_MOST = 1 << 16,
	COLUMNS_MOST = 16384,
	TEXT_MOST = 1 << 20     /* bytes of one cell */
};

struct sheet {
	struct str name, rel, part;
};

struct xlsx {
	struct arena *arena;
	struct output *out;
	struct fields *fields;          /* the sheets are tables of texts; NULL where they are not */
	struct package parts;
	struct sheet sheets[SHEETS_MOST];
	size_t nsheets;
	struct str *strings;
	size_t nstrings, strings_cap;
	struct numfmt *custom, *cells;  /* by id; by the cell's style */
	size_t ncustom, custom_cap, ncells, cells_cap;
	bool from_1904, cut;

	char *text;             /* of the cell or string in hand */
	size_t ntext, text_cap;
	bool taking, in_rich, in_phonetic, in_cell_formats;
	char type;              /* of the cell: s shared, i inline, t text, b, e, n */
	long column, style, next;
};

static void text_take(void *data, struct str s)
{
	struct xlsx *x = data;

	if (!x->taking || x->in_phonetic)
		return;
	if (s.n > TEXT_MOST - x->ntext) {
		x->cut = true;
		return;
	}
	x->text = arena_grow(x->arena, x->text, &x->text_cap, x->ntext + s.n + 1, 1);
	memcpy(x->text + x->ntext, s.s, s.n);
	x->ntext += s.n;
}

static struct str text_now(const struct xlsx *x)
{
	return (struct str){x->text ? x->text : "", x->ntext};
}

static struct str keep(struct xlsx *x, struct str s)
{
	return (struct str){arena_strndup(x->arena, s.s ? s.s : "", s.n), s.n};
}

/* --- the workbook, its relations, strings and styles --- */

static void on_workbook(void *data, const char *name, const struct xml_attributes *a)
{
	struct xlsx *x = data;
	struct str v = xml_attribute(a, "state");

	if (strcmp(name, "workbookPr") == 0)
		x->from_1904 = str_is(xml_attribute(a, "date1904"), "1") || str_is(xml_attribute(a, "date1904"), "true");
	if (strcmp(name, "sheet") != 0 || x->nsheets == SHEETS_MOST || (v.s && !str_is(v, "visible")))
		return;
	x->sheets[x->nsheets++] = (struct sheet){.name = keep(x, xml_attribute(a, "name")), .rel = keep(x, xml_attribute(a, "id"))};
}

static void on_relation(void *data, const char *name, const struct xml_attributes *a)
{
	struct xlsx *x = data;

	for (size_t i = 0; strcmp(name, "Relationship") == 0 && i < x->nsheets; i++)
		if (str_eq(x->sheets[i].rel, xml_attribute(a, "Id")))
			x->sheets[i].part = package_resolve(STR("xl/workbook.xml"), xml_attribute(a, "Target"), x->arena);
}

static void on_string_open(void *data, const char *name, const struct xml_attributes *a)
{
	struct xlsx *x = data;

	(void)a;
	if (strcmp(name, "si") == 0)
		x->ntext = 0;
	x->taking = strcmp(name, "t") == 0;
	x->in_phonetic |= strcmp(name, "rPh") == 0;
}

static void on_string_close(void *data, const char *name)
{
	struct xlsx *x = data;

	x->taking = false;
	if (strcmp(name, "rPh") == 0)
		x->in_phonetic = false;
	if (strcmp(name, "si") != 0)
		return;
	if (x->nstrings == STRINGS_MOST) {
		x->cut = true;
		return;
	}
	x->strings = arena_grow(x->arena, x->strings, &x->strings_cap, x->nstrings + 1, sizeof *x->strings);
	x->strings[x->nstrings++] = keep(x, text_now(x));
}

static void on_style(void *data, const char *name, const struct xml_attributes *a)
{
	struct xlsx *x = data;
	long id = xml_number(a, "numFmtId", 0);

	if (strcmp(name, "numFmt") == 0 && x->ncustom < FORMATS_MOST) {
		x->custom = arena_grow(x->arena, x->custom, &x->custom_cap, x->ncustom + 1, sizeof *x->custom);
		x->custom[x->ncustom++] = numfmt_of(id, xml_attribute(a, "formatCode"));
	} else if (strcmp(name, "cellXfs") == 0) {
		x->in_cell_formats = true;
	} else if (strcmp(name, "xf") == 0 && x->in_cell_formats && x->ncells < FORMATS_MOST) {
		struct numfmt f = numfmt_known(id);
		for (size_t i = 0; i < x->ncustom; i++)
			if (x->custom[i].id == id)
				f = x->custom[i];
		x->cells = arena_grow(x->arena, x->cells, &x->cells_cap, x->ncells + 1, sizeof *x->cells);
		x->cells[x->ncells++] = f;
	}
}

static void on_style_close(void *data, const char *name)
{
	struct xlsx *x = data;
	if (strcmp(name, "cellXfs") == 0)
		x->in_cell_formats = false;
}

/* --- cells --- */

/* _x000D_ stands for a character that XML cannot hold (22.9.2.19). */
static struct str unescaped(struct xlsx *x, struct str s)
{
	if (str_find(s, STR("_x"), 0) == SIZE_MAX)
		return s;
	char *out = arena_alloc(x->arena, s.n + 1), *end;
	size_t n = 0;
	for (size_t i = 0; i < s.n;) {
		char digits[5] = "";
		if (i + 7 <= s.n && s.s[i] == '_' && s.s[i + 1] == 'x' && s.s[i + 6] == '_') {
			memcpy(digits, s.s + i + 2, 4);
			unsigned long cp = strtoul(digits, &end, 16);
			if (end == digits + 4 && cp > 0 && !(cp >= 0xD800 && cp < 0xE000)) {
				n += utf8_put(out + n, (uint32_t)cp);
				i += 7;
				continue;
			}
		}
		out[n++] = s.s[i++];
	}
	return (struct str){out, n};
}

/* B3: column 1. */
static long column_of(struct str ref, long fallback)
{
	long v = 0;
	size_t i = 0;

	for (; i < ref.n && i < 3 && (ref.s[i] | 32) >= 'a' && (ref.s[i] | 32) <= 'z'; i++)
		v = v * 26 + ((ref.s[i] | 32) - 'a') + 1;
	return i > 0 && v <= COLUMNS_MOST ? v - 1 : fallback;
}

static void on_cell_open(void *data, const char *name, const struct xml_attributes *a)
{
	struct xlsx *x = data;

	if (strcmp(name, "row") == 0) {
		x->column = -1;
		x->next = 0;
	} else if (strcmp(name, "c") == 0) {
		struct str type = xml_attribute(a, "t");
		long column = column_of(xml_attribute(a, "r"), x->column + 1);
		x->type = str_is(type, "s") ? 's' : str_is(type, "inlineStr") ? 'i' : str_is(type, "str") ? 't'
			: str_is(type, "b") ? 'b' : str_is(type, "e") ? 'e' : str_is(type, "d") ? 't' : 'n';
		x->style = xml_number(a, "s", -1);
		x->column = column > x->column ? column : x->column;
		x->ntext = 0;
	} else if (strcmp(name, "v") == 0 || (strcmp(name, "t") == 0 && x->type == 'i')) {
		x->taking = true;
	} else if (strcmp(name, "rPh") == 0) {
		x->in_phonetic = true;
	}
}

static void on_cell_close(void *data, const char *name)
{
	struct xlsx *x = data;
	struct str s = text_now(x);
	char number[NUMFMT_MOST];

	x->taking = false;
	if (strcmp(name, "rPh") == 0)
		x->in_phonetic = false;
	if (strcmp(name, "row") == 0 || strcmp(name, "sheetData") == 0) {
		if (x->fields)
			fields_row(x->fields);
		else
			output_line(x->out);
		return;
	}
	if (strcmp(name, "c") != 0 || s.n == 0 || x->column >= COLUMNS_MOST)
		return;
	if (x->type == 's') {
		char digits[16] = "";
		memcpy(digits, s.s, s.n < sizeof digits - 1 ? s.n : 0);
		size_t i = strtoul(digits, NULL, 10);
		s = i < x->nstrings ? unescaped(x, x->strings[i]) : (struct str){"", 0};
	} else if (x->type == 'n') {
		bool known = x->style >= 0 && (size_t)x->style < x->ncells;
		s = numfmt_show(known ? x->cells[x->style] : (struct numfmt){0}, x->from_1904, s, number);
	} else if (x->type == 'b') {
		s = str_is(s, "1") ? STR("TRUE") : STR("FALSE");
	} else {
		s = unescaped(x, s);
	}
	if (x->fields) {
		fields_cell(x->fields, (size_t)x->column, s);
	} else {
		for (; x->next < x->column; x->next++)
			output_cell(x->out);
		output_text(x->out, s);
	}
	x->ntext = 0;
}

/* --- */

static bool is_wanted(struct str name)
{
	return str_is(name, "xl/workbook.xml") || str_is(name, "xl/_rels/workbook.xml.rels")
		|| str_is(name, "xl/sharedStrings.xml") || str_is(name, "xl/styles.xml")
		|| (str_starts(name, STR("xl/worksheets/")) && str_ends(name, STR(".xml")));
}

/* Sheet1, 工作表1: a name that nobody gave. */
static bool is_named(struct str s)
{
	while (s.n && s.s[s.n - 1] >= '0' && s.s[s.n - 1] <= '9')
		s.n--;
	return s.n && !(s.n == 5 && strncasecmp(s.s, "sheet", 5) == 0) && !str_is(s, "工作表");
}

static bool part_read(struct xlsx *x, const char *name, const struct xml_events *events)
{
	struct str xml = package_part(&x->parts, str_of(name));
	return !xml.s || xml_read(xml, events, x);
}

static void sheets_write(struct xlsx *x)
{
	static const struct xml_events cells = {on_cell_open, on_cell_close, text_take};

	for (size_t i = 0; i < x->nsheets; i++) {
		struct str xml = x->sheets[i].part.s ? package_part(&x->parts, x->sheets[i].part) : (struct str){NULL, 0};
		if (!xml.s)
			continue;               /* a chart */
		if (x->fields) {
			fields_sheet(x->fields, x->sheets[i].name);
		} else if (x->nsheets > 1 && is_named(x->sheets[i].name)) {
			output_text(x->out, x->sheets[i].name);
			output_line(x->out);
		}
		size_t from = x->out->text.len;
		if (!xml_read(xml, &cells, x))
			output_problem(x->out, "malformed", "the XML of sheet %zu is damaged: what follows the damage is lost", i + 1);
		x->taking = x->in_phonetic = false;
		if (x->fields) {
			fields_row(x->fields);
			continue;
		}
		output_line(x->out);
		columns_compact(&x->out->text, from);
		x->out->line = x->out->cell = x->out->text.len;
	}
}

static const char *workbook_read(struct str in, struct output *out, struct fields *fields, const char **message)
{
	static const struct xml_events workbook = {on_workbook, NULL, NULL}, relations = {on_relation, NULL, NULL};
	static const struct xml_events strings = {on_string_open, on_string_close, text_take};
	static const struct xml_events styles = {on_style, on_style_close, NULL};
	struct arena arena = {0};
	struct xlsx *x = arena_calloc(&arena, 1, sizeof *x);
	const char *code = NULL;

	x->arena = &arena;
	x->out = out;
	x->fields = fields;
	package_read(&x->parts, in, is_wanted, &arena);
	bool ok = part_read(x, "xl/workbook.xml", &workbook);
	ok &= part_read(x, "xl/_rels/workbook.xml.rels", &relations);
	ok &= part_read(x, "xl/sharedStrings.xml", &strings);
	ok &= part_read(x, "xl/styles.xml", &styles);
	x->taking = x->in_phonetic = false;
	sheets_write(x);
	if (out->text.len == 0 && (x->parts.lost || !ok || x->nsheets == 0)) {
		*message = x->parts.lost ? x->parts.lost : "a damaged XLSX";
		code = x->parts.lost ? x->parts.code : "malformed";
	} else if (x->parts.lost) {
		output_problem(out, x->parts.code, "%s", x->parts.lost);
	} else if (!ok) {
		output_problem(out, "malformed", "parts of the workbook are damaged");
	}
	if (!code && x->cut)
		output_problem(out, "too_large", "a cell has more than %d MiB, or there are too many of them", TEXT_MOST >> 20);
	arena_free(&arena);
	return code;
}

const char *xlsx_read(struct str in, struct output *out, const char **message)
{
	return workbook_read(in, out, NULL, message);
}

const char *xlsx_read_rows(struct str in, struct output *out, const char **message)
{
	struct fields fields = {.out = out};
	return workbook_read(in, out, &fields, message);
}
