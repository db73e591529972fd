#include "numbering.h"
#include "xml.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	LISTS_MOST = 4096, VALUE_MOST = 99999,
	LETTERS_MOST = 8 * 26, ROMAN_MOST = 20000       /* longer ones are digits rather than cut */
};

/* --- number formats (ST_NumberFormat) --- */

static void put_digits(char *out, long v, const char *const *digits)
{
	char ascii[24];
	size_t k = 0;

	snprintf(ascii, sizeof ascii, "%ld", v);
	for (char *p = ascii; *p; p++)
		k += (size_t)sprintf(out + k, "%s", digits[*p - '0']);
}

/* 十一, 二十, 一百零三: counting, with 一 left out before 十 where SHORT says so. */
static void put_counting(char *out, long v, const char *const *digits, const char *const *units, bool shorten)
{
	size_t k = 0;
	bool gap = false;

	for (int e = 4; e >= 0; e--) {
		long scale = (const long[]){1, 10, 100, 1000, 10000}[e], d = v / scale % 10;
		if (d == 0) {
			gap |= k > 0;
			continue;
		}
		if (gap)
			k += (size_t)sprintf(out + k, "%s", digits[0]);
		gap = false;
		if (!(shorten && e == 1 && d == 1 && k == 0))
			k += (size_t)sprintf(out + k, "%s", digits[d]);
		k += (size_t)sprintf(out + k, "%s", units[e]);
	}
	if (k == 0)
		sprintf(out, "%s", digits[0]);
}

static void put_letters(char *out, long v, char first)
{
	long times = (v - 1) / 26 + 1;          /* z, then aa, bb */

	for (long i = 0; i < times && i < 8; i++)
		*out++ = (char)(first + (v - 1) % 26);
	*out = 0;
}

static void put_roman(char *out, long v, bool lower)
{
	static const struct { int value; const char *text; } steps[] = {
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
		{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}
	};
	size_t k = 0;

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		for (; v >= steps[i].value && k < 40; v -= steps[i].value)
			k += (size_t)sprintf(out + k, "%s", steps[i].text);
	for (size_t i = 0; lower && i < k; i++)
		out[i] |= 32;
	out[k] = 0;
}

/* One of a row of characters, digits beyond its end. */
static void put_nth(char *out, long v, const char *row, long n)
{
	if (v >= 1 && v <= n)
		sprintf(out, "%.3s", row + 3 * (v - 1));
	else
		sprintf(out, "%ld", v);
}

void number_format(char *out, long v, const char *format)
{
	static const char *const han[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
	static const char *const ring[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
	static const char *const legal[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
	static const char *const wide[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
	static const char *const units[] = {"", "十", "百", "千", "万"};
	static const char *const legal_units[] = {"", "拾", "佰", "仟", "萬"};

	v = v < 0 ? 0 : v > VALUE_MOST ? VALUE_MOST : v;
	if (strcmp(format, "chineseCounting") == 0 || strcmp(format, "chineseCountingThousand") == 0
	    || strcmp(format, "taiwaneseCounting") == 0 || strcmp(format, "taiwaneseCountingThousand") == 0
	    || strcmp(format, "japaneseCounting") == 0)
		put_counting(out, v, han, units, true);
	else if (strcmp(format, "ideographDigital") == 0 || strcmp(format, "japaneseDigitalTenThousand") == 0
	    || strcmp(format, "taiwaneseDigital") == 0)
		put_digits(out, v, ring);
	else if (strcmp(format, "chineseLegalSimplified") == 0 || strcmp(format, "ideographLegalTraditional") == 0)
		put_counting(out, v, legal, legal_units, false);
	else if (strcmp(format, "decimalFullWidth") == 0 || strcmp(format, "decimalFullWidth2") == 0)
		put_digits(out, v, wide);
	else if (strncmp(format, "decimalEnclosedCircle", 21) == 0)
		put_nth(out, v, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 20);
	else if (strcmp(format, "decimalEnclosedParen") == 0)
		put_nth(out, v, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", 20);
	else if (strcmp(format, "decimalEnclosedFullstop") == 0)
		put_nth(out, v, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", 20);
	else if (strcmp(format, "ideographEnclosedCircle") == 0)
		put_nth(out, v, "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", 10);
	else if (strcmp(format, "ideographTraditional") == 0)
		put_nth(out, v, "甲乙丙丁戊己庚辛壬癸", 10);
	else if (strcmp(format, "ideographZodiac") == 0)
		put_nth(out, v, "子丑寅卯辰巳午未申酉戌亥", 12);
	else if (strcmp(format, "decimalZero") == 0)
		sprintf(out, "%02ld", v);
	else if (v > 0 && v <= LETTERS_MOST && (strcmp(format, "lowerLetter") == 0 || strcmp(format, "upperLetter") == 0))
		put_letters(out, v, format[0] == 'l' ? 'a' : 'A');
	else if (v > 0 && v <= ROMAN_MOST && (strcmp(format, "lowerRoman") == 0 || strcmp(format, "upperRoman") == 0))
		put_roman(out, v, format[0] == 'l');
	else if (strcmp(format, "none") == 0)
		*out = 0;
	else
		sprintf(out, "%ld", v);
}

/* --- word/numbering.xml --- */

struct reading {
	struct numbering *n;
	struct arena *arena;
	struct list_shape *shape;
	struct list *list;
	struct level *level;
	long over;              /* level that the list overrides */
};

static void copy(char *out, size_t size, struct str s)
{
	size_t n = s.n < size ? s.n : 0;
	memcpy(out, s.s ? s.s : "", s.s ? n : 0);
	out[n] = 0;
}

static void on_level(struct reading *r, long i)
{
	r->level = NULL;
	if (i < 0 || i >= LEVELS)
		return;
	if (r->list)
		r->level = &r->list->over[i];
	else if (r->shape)
		r->level = &r->shape->levels[i];
	if (r->level)
		*r->level = (struct level){.start = 0, .set = true, .format = "decimal"};
}

static void on_open(void *data, const char *name, const struct xml_attributes *a)
{
	struct reading *r = data;
	struct numbering *n = r->n;
	struct str val = xml_attribute(a, "val");
	long number = xml_number(a, "val", 0);

	if (strcmp(name, "abstractNum") == 0 && n->nshapes < LISTS_MOST) {
		n->shapes = arena_grow(r->arena, n->shapes, &n->shapes_cap, n->nshapes + 1, sizeof *n->shapes);
		r->shape = &n->shapes[n->nshapes++];
		*r->shape = (struct list_shape){.id = xml_number(a, "abstractNumId", -1)};
		r->list = NULL;
	} else if (strcmp(name, "num") == 0 && n->nlists < LISTS_MOST) {
		n->lists = arena_grow(r->arena, n->lists, &n->lists_cap, n->nlists + 1, sizeof *n->lists);
		r->list = &n->lists[n->nlists++];
		*r->list = (struct list){.id = xml_number(a, "numId", -1), .shape = -1};
		r->shape = NULL;
	} else if (strcmp(name, "abstractNumId") == 0 && r->list) {
		r->list->shape = number;
	} else if (strcmp(name, "lvlOverride") == 0) {
		r->over = xml_number(a, "ilvl", -1);
	} else if (strcmp(name, "startOverride") == 0 && r->list && r->over >= 0 && r->over < LEVELS) {
		r->list->restarts[r->over] = true;
		r->list->over[r->over].start = number;
	} else if (strcmp(name, "lvl") == 0) {
		on_level(r, xml_number(a, "ilvl", -1));
	} else if (strcmp(name, "numStyleLink") == 0 && r->shape) {
		copy(r->shape->link, sizeof r->shape->link, val);
	} else if (strcmp(name, "styleLink") == 0 && r->shape) {
		copy(r->shape->style, sizeof r->shape->style, val);
	} else if (!r->level) {
		return;
	} else if (strcmp(name, "start") == 0) {
		r->level->start = number;
	} else if (strcmp(name, "numFmt") == 0) {
		copy(r->level->format, sizeof r->level->format, val);
	} else if (strcmp(name, "lvlText") == 0) {
		copy(r->level->text, sizeof r->level->text, val);
	} else if (strcmp(name, "isLgl") == 0) {
		r->level->legal = true;
	} else if (strcmp(name, "pStyle") == 0) {
		copy(r->level->style, sizeof r->level->style, val);
	}
}

static void on_close(void *data, const char *name)
{
	struct reading *r = data;
	if (strcmp(name, "lvl") == 0)
		r->level = NULL;
}

void numbering_read(struct numbering *n, struct str xml, struct arena *a)
{
	static const struct xml_events events = {on_open, on_close, NULL};
	struct reading r = {.n = n, .arena = a, .over = -1};

	*n = (struct numbering){0};
	if (xml.s)
		xml_read(xml, &events, &r);
}

/* --- counting --- */

static struct list_shape *shape_of(struct numbering *n, const struct list *list)
{
	struct list_shape *shape = NULL;

	for (size_t i = 0; i < n->nshapes && !shape; i++)
		if (n->shapes[i].id == list->shape)
			shape = &n->shapes[i];
	for (size_t i = 0; shape && shape->link[0] && i < n->nshapes; i++)
		if (&n->shapes[i] != shape && strcmp(n->shapes[i].style, shape->link) == 0)
			return &n->shapes[i];
	return shape;
}

static const struct level *level_of(const struct list *list, const struct list_shape *shape, long i)
{
	return list->over[i].set ? &list->over[i] : &shape->levels[i];
}

void numbering_write(struct numbering *n, long num, long at, struct output *o)
{
	struct list *list = NULL;
	char number[64];

	for (size_t i = 0; i < n->nlists && !list; i++)
		if (n->lists[i].id == num)
			list = &n->lists[i];
	struct list_shape *shape = list && at >= 0 && at < LEVELS ? shape_of(n, list) : NULL;
	if (!shape)
		return;
	const struct level *level = level_of(list, shape, at);
	if (list->restarts[at]) {               /* at its first paragraph only */
		shape->counted[at] = false;
		list->restarts[at] = false;
		shape->counts[at] = list->over[at].start;
		shape->counted[at] = true;
	} else {
		shape->counts[at] = shape->counted[at] ? shape->counts[at] + 1 : level->start;
		shape->counted[at] = true;
	}
	for (long i = at + 1; i < LEVELS; i++)
		shape->counted[i] = false;
	if (strcmp(level->format, "bullet") == 0 || !level->text[0])
		return;
	size_t before = o->text.len;
	for (const char *p = level->text; *p;) {
		if (p[0] == '%' && p[1] >= '1' && p[1] <= '9') {
			long k = p[1] - '1';
			const struct level *other = level_of(list, shape, k);
			long v = shape->counted[k] ? shape->counts[k] : other->start;
			number_format(number, v, level->legal && k != at ? "decimal" : other->format);
			output_text(o, str_of(number));
			p += 2;
		} else {
			uint32_t cp;
			p += utf8_next(p, strlen(p), &cp);
			output_char(o, cp);
		}
	}
	/* what follows is a tab or a space; between 1 and a word it must stay one */
	if (o->text.len > before) {
		uint8_t last = o->text.data[o->text.len - 1];
		if ((last >= '0' && last <= '9') || (last | 32) >= 'a')
			if (last < 0x80)
				output_space(o);
	}
}
