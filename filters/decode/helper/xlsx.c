#include "xlsx.h"
#include "package.h"
#include "xml.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum {
	SHEETS_MOST = 1024,
	STRINGS_MOST = 1 << 21,
	FORMATS_MOST = 1 << 16,
	COLUMNS_MOST = 16384,
	TEXT_MOST = 1 << 20     /* bytes of one cell */
};

enum kind { KIND_PLAIN, KIND_DATE, KIND_TIME, KIND_MOMENT, KIND_PERCENT };

struct format {
	long id;
	uint8_t kind, decimals;
};

struct sheet {
	struct str name, rel, part;
};

struct xlsx {
	struct arena *arena;
	struct output *out;
	struct package parts;
	struct sheet sheets[SHEETS_MOST];
	size_t nsheets;
	struct str *strings;
	size_t nstrings, strings_cap;
	struct format *custom, *cells;  /* by id; by the cell's style */
	size_t ncustom, custom_cap, ncells, cells_cap;
	bool from_1904;

	char *text;             /* of the cell or string in hand */
	size_t ntext, text_cap;
	bool taking, in_rich, in_phonetic, in_cell_formats;
	char type;              /* of the cell: s shared, i inline, t text, b, e, n */
	long column, style, next;
};

static void text_take(void *data, struct str s)
{
	struct xlsx *x = data;

	if (!x->taking || x->in_phonetic || s.n > TEXT_MOST - x->ntext)
		return;
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
	if (strcmp(name, "si") != 0 || x->nstrings == STRINGS_MOST)
		return;
	x->strings = arena_grow(x->arena, x->strings, &x->strings_cap, x->nstrings + 1, sizeof *x->strings);
	x->strings[x->nstrings++] = keep(x, text_now(x));
}

/* What a number format shows: its first section, quoted text left out. */
static struct format format_of(long id, struct str code)
{
	struct format f = {.id = id};
	bool date = false, time = false, point = false;

	for (size_t i = 0; i < code.n && code.s[i] != ';'; i++) {
		char c = code.s[i] | 32;
		if (code.s[i] == '"' || code.s[i] == '[') {
			char end = code.s[i] == '"' ? '"' : ']';
			/* [h] counts hours, [Red] and [$-804] do not */
			time |= end == ']' && i + 1 < code.n && (code.s[i + 1] | 32) == 'h';
			for (i++; i < code.n && code.s[i] != end; i++)
				;
		} else if (code.s[i] == '\\' || code.s[i] == '_' || code.s[i] == '*') {
			i++;
		} else if (c == 'y' || c == 'd') {
			date = true;
		} else if (c == 'h' || c == 's') {
			time = true;
		} else if (c == '%' || code.s[i] == '%') {
			f.kind = KIND_PERCENT;
		} else if (code.s[i] == '.') {
			point = true;
		} else if (point && (code.s[i] == '0' || code.s[i] == '#')) {
			f.decimals += f.decimals < 9;
		}
	}
	if (str_is(code, "General") || str_is(code, "@"))
		return (struct format){.id = id};
	if (date || time)
		f.kind = date && time ? KIND_MOMENT : date ? KIND_DATE : KIND_TIME;
	return f;
}

/* Formats that have a number and no code (18.8.30), the Chinese ones too. */
static struct format format_known(long id)
{
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58)
		return (struct format){id, KIND_DATE, 0};
	if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
		return (struct format){id, KIND_TIME, 0};
	if (id == 22)
		return (struct format){id, KIND_MOMENT, 0};
	return (struct format){id, id == 9 || id == 10 ? KIND_PERCENT : KIND_PLAIN, id == 10 ? 2 : 0};
}

static void on_style(void *data, const char *name, const struct xml_attributes *a)
{
	struct xlsx *x = data;
	long id = xml_number(a, "numFmtId", 0);

	if (strcmp(name, "numFmt") == 0 && x->ncustom < FORMATS_MOST) {
		x->custom = arena_grow(x->arena, x->custom, &x->custom_cap, x->ncustom + 1, sizeof *x->custom);
		x->custom[x->ncustom++] = format_of(id, xml_attribute(a, "formatCode"));
	} else if (strcmp(name, "cellXfs") == 0) {
		x->in_cell_formats = true;
	} else if (strcmp(name, "xf") == 0 && x->in_cell_formats && x->ncells < FORMATS_MOST) {
		struct format f = format_known(id);
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

/* The day count of spreadsheets to the Gregorian calendar (Hinnant's algorithm). */
static void date_format(char *out, size_t size, double v, enum kind kind, bool from_1904)
{
	double whole = floor(v);
	long seconds = lround((v - whole) * 86400);
	if (seconds == 86400) {
		seconds = 0;
		whole++;
	}
	/* serial 60 is 1900-02-29, which never was */
	long days = (long)whole + (from_1904 ? 1462 : 0);
	days += days < 60 ? 1 : 0;
	long z = days - 25569 + 719468, era = z / 146097, doe = z - era * 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	long mp = (5 * doy + 2) / 153, d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;
	long y = yoe + era * 400 + (m <= 2);
	char clock[64];

	snprintf(clock, sizeof clock, "%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
	if (kind == KIND_TIME && whole < 1)
		snprintf(out, size, "%s", clock);
	else if (kind == KIND_DATE || seconds == 0)
		snprintf(out, size, "%04ld-%02ld-%02ld", y, m, d);
	else
		snprintf(out, size, "%04ld-%02ld-%02ldT%s", y, m, d, clock);
}

static void number_write(struct xlsx *x, struct str s)
{
	char text[160], *end;
	struct format f = {0};

	if (x->style >= 0 && (size_t)x->style < x->ncells)
		f = x->cells[x->style];
	if (s.n == 0 || s.n >= sizeof text) {
		output_text(x->out, s);
		return;
	}
	memcpy(text, s.s, s.n);
	text[s.n] = 0;
	double v = strtod(text, &end);
	if (*end || !isfinite(v)) {
		output_text(x->out, s);
		return;
	}
	if (f.kind == KIND_PERCENT && fabs(v) < 1e9)
		snprintf(text, sizeof text, "%.*f%%", f.decimals, v * 100);
	else if (f.kind != KIND_PLAIN && f.kind != KIND_PERCENT && v >= 0 && v < 2958466)
		date_format(text, sizeof text, v, f.kind, x->from_1904);
	else if (fabs(v) < 1e15)
		snprintf(text, sizeof text, "%.15g", v);        /* 0.1 is stored as 0.10000000000000001 */
	output_text(x->out, str_of(text));
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

	x->taking = false;
	if (strcmp(name, "rPh") == 0)
		x->in_phonetic = false;
	if (strcmp(name, "row") == 0 || strcmp(name, "sheetData") == 0) {
		output_line(x->out);
		return;
	}
	if (strcmp(name, "c") != 0 || s.n == 0 || x->column >= COLUMNS_MOST)
		return;
	for (; x->next < x->column; x->next++)
		output_cell(x->out);
	if (x->type == 's') {
		char digits[16] = "";
		memcpy(digits, s.s, s.n < sizeof digits - 1 ? s.n : 0);
		size_t i = strtoul(digits, NULL, 10);
		if (i < x->nstrings)
			output_text(x->out, x->strings[i]);
	} else if (x->type == 'n') {
		number_write(x, s);
	} else if (x->type == 'b') {
		output_text(x->out, str_is(s, "1") ? STR("TRUE") : STR("FALSE"));
	} else {
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
		if (x->nsheets > 1 && is_named(x->sheets[i].name)) {
			output_text(x->out, x->sheets[i].name);
			output_line(x->out);
		}
		if (!xml_read(xml, &cells, x))
			output_problem(x->out, "malformed", "the XML of sheet %zu is damaged: what follows the damage is lost", i + 1);
		x->taking = x->in_phonetic = false;
		output_line(x->out);
	}
}

const char *xlsx_read(struct str in, struct output *out, const char **message)
{
	static const struct xml_events workbook = {on_workbook, NULL, NULL}, relations = {on_relation, NULL, NULL};
	static const struct xml_events strings = {on_string_open, on_string_close, text_take};
	static const struct xml_events styles = {on_style, on_style_close, NULL};
	struct arena arena = {0};
	struct xlsx *x = arena_calloc(&arena, 1, sizeof *x);
	const char *code = NULL;

	x->arena = &arena;
	x->out = out;
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
	arena_free(&arena);
	return code;
}
