#include "doc-lists.h"
#include "ole.h"

enum { FIB_LISTS = 0x2E2, FIB_OVERRIDES = 0x2EA, LSTF = 28, LVLF = 28, LFO = 16, LISTS_MOST = 4096 };

/* Number formats by their number ([MS-OSHARED] 2.2.1.3), by their names in OOXML. */
static const char *const formats[] = {
	"decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "decimal", "decimal", "decimal", "decimal",
	"decimal", "ideographDigital", "japaneseCounting", "decimal", "decimal", "decimalFullWidth", "decimal",
	"chineseLegalSimplified", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2", "decimal",
	"decimal", "decimalZero", "bullet", "decimal", "decimal", "decimalEnclosedFullstop", "decimalEnclosedParen",
	"decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac", "decimal",
	"taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand", "taiwaneseDigital",
	"chineseCounting", "chineseLegalSimplified", "chineseCountingThousand"
};

/* Reads the level at AT into L; returns where it ends. */
static size_t level_read(struct str table, size_t at, struct level *l)
{
	uint32_t nfc = ole_u8(table, at + 4);
	size_t k = 0;

	*l = (struct level){.start = (int32_t)ole_u32(table, at), .set = true, .legal = ole_u8(table, at + 5) & 4};
	const char *format = nfc == 255 ? "none" : nfc < sizeof formats / sizeof *formats ? formats[nfc] : "decimal";
	memcpy(l->format, format, strlen(format));
	at += LVLF + ole_u8(table, at + 24) + ole_u8(table, at + 25);
	size_t n = ole_u16(table, at);
	at += 2;
	for (size_t i = 0; i < n && at + 2 * i < table.n && k + 5 < sizeof l->text; i++) {
		uint32_t cp = ole_u16(table, at + 2 * i);
		if (cp < LEVELS) {              /* the number of that level */
			l->text[k++] = '%';
			l->text[k++] = (char)('1' + cp);
		} else {
			k += utf8_put(l->text + k, cp >= 0xD800 && cp < 0xE000 ? 0xFFFD : cp);
		}
	}
	return at + 2 * n;
}

/* The items of SIZE bytes that the FIB names at FIB, behind a count of HEAD bytes: *COUNT of
 * them from *AT on. False where they are none, or not all there. */
static bool items_find(struct str file, struct str table, size_t fib, size_t head, size_t size, size_t *at, size_t *count)
{
	*at = ole_u32(file, fib);
	*count = head == 2 ? ole_u16(table, *at) : ole_u32(table, *at);
	*at += head;
	return ole_u32(file, fib + 4) >= head && *count <= LISTS_MOST && *at + *count * size <= table.n;
}

static void shapes_read(struct numbering *n, struct str file, struct str table, struct arena *a)
{
	size_t at, count;

	if (!items_find(file, table, FIB_LISTS, 2, LSTF, &at, &count))
		return;
	size_t level = at + count * LSTF;
	n->shapes = arena_calloc(a, count + 1, sizeof *n->shapes);
	for (size_t i = 0; i < count && level + LVLF <= table.n; i++) {
		size_t from = at + i * LSTF;
		struct list_shape *s = &n->shapes[n->nshapes++];
		s->id = (int32_t)ole_u32(table, from);
		for (int k = 0; k < (ole_u8(table, from + 26) & 1 ? 1 : LEVELS); k++)
			level = level_read(table, level, &s->levels[k]);
	}
}

static void lists_read(struct numbering *n, struct str file, struct str table, struct arena *a)
{
	size_t at, count;

	if (!items_find(file, table, FIB_OVERRIDES, 4, LFO, &at, &count))
		return;
	size_t data = at + count * LFO;
	n->lists = arena_calloc(a, count + 1, sizeof *n->lists);
	for (size_t i = 0; i < count; i++) {
		struct list *list = &n->lists[n->nlists++];
		size_t from = at + i * LFO;
		*list = (struct list){.id = (long)i + 1, .shape = (int32_t)ole_u32(table, from)};
		data += 4;
		for (uint32_t k = 0; k < ole_u8(table, from + 12) && data + 8 <= table.n; k++) {
			uint32_t flags = ole_u32(table, data + 4), at_level = flags & 15;
			struct level level = {.start = (int32_t)ole_u32(table, data)};
			data += 8;
			if (flags & 0x20)
				data = level_read(table, data, &level);
			if (at_level >= LEVELS)
				continue;
			list->over[at_level] = level;
			list->restarts[at_level] = flags & 0x10;
		}
	}
}

void doc_lists_read(struct numbering *n, struct str file, struct str table, struct arena *a)
{
	*n = (struct numbering){0};
	shapes_read(n, file, table, a);
	lists_read(n, file, table, a);
}
