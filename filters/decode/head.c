#include "head.h"
#include "arena.h"

#include <stdlib.h>

enum {
	LABEL_MOST = 48,        /* bytes of a label without its spaces */
	RAW_MOST = 96,          /* of a label as written */
	VALUE_MOST = 600,
	PAIRS_MOST = 256,
	LINES_LOOKED = 40,      /* of a plain text */
	CELLS_MOST = 64,
	CUT_MOST = 90,          /* bytes of a value that a date may follow */
	LINE_MOST = 400         /* a longer line is text, no label and value */
};

static int label_order(const void *pa, const void *pb)
{
	const struct label *a = pa, *b = pb;
	return str_cmp(a->label, b->label);
}

void labels_open(struct labels *l, struct table *t)
{
	int name = table_need(t, "name"), labels = table_need(t, "labels"), metas = table_need(t, "metas");
	int stays = table_need(t, "stays");
	size_t cap[2] = {0, 0};

	*l = (struct labels){0};
	for (size_t r = 0; r < t->nrows && !t->error[0]; r++) {
		for (int k = 0; k < 2; k++) {
			struct str rest = table_cell(t, r, k ? metas : labels), one;
			struct label **items = k ? &l->metas : &l->items;
			size_t *n = k ? &l->nmetas : &l->n;
			while (str_part(&rest, '|', &one)) {
				if (one.n > LABEL_MOST)
					table_bad(t, r, "label longer than %d bytes", LABEL_MOST);
				if (*n == cap[k]) {
					cap[k] = cap[k] ? cap[k] * 2 : 64;
					*items = xrealloc(*items, cap[k] * sizeof **items);
				}
				(*items)[(*n)++] = (struct label){one, table_cell(t, r, name),
					table_cell(t, r, stays).n > 0};
			}
		}
	}
	if (l->n)
		qsort(l->items, l->n, sizeof *l->items, label_order);
}

void labels_close(struct labels *l)
{
	free(l->items);
	free(l->metas);
}

/* The length of the mark that S starts with, of a table of marks; 0 for none. */
static size_t mark_at(const char *s, size_t n, const char *const *marks)
{
	for (; *marks; marks++)
		if (**marks == *s && strlen(*marks) <= n && memcmp(s, *marks, strlen(*marks)) == 0)
			return strlen(*marks);
	return 0;
}

/* Bytes of a bracket, an asterisk or a bullet at S: what may stand around a label. */
static size_t bracket_at(const char *s, size_t n)
{
	static const char *const marks[] = {"[", "]", "【", "】", "〔", "〕", "［", "］", "「", "」", "(", ")",
		"（", "）", "<", ">", "《", "》", "*", "·", "■", "●", NULL};
	uint8_t c = n ? (uint8_t)*s : 0x80;
	/* nearly all bytes are a Han character's, and no mark's first */
	return (c >= 0xE4 && c <= 0xE9) || (c >= 0x80 && c < 0xC0) ? 0 : mark_at(s, n, marks);
}

/* Bytes of a colon at S: ASCII, full width, presentation forms. */
static size_t colon_at(const char *s, size_t n)
{
	uint8_t c = n ? (uint8_t)*s : 0;
	if (c == ':')
		return 1;
	if (n < 3 || (c != 0xEF && c != 0xE2))
		return 0;
	switch ((uint32_t)c << 16 | (uint32_t)(uint8_t)s[1] << 8 | (uint8_t)s[2]) {
	case 0xEFBC9A:          /* ： */
	case 0xEFB8B0:          /* ︰ */
	case 0xE288B6:          /* ∶ */
	case 0xEFB995:          /* ﹕ */
		return 3;
	default:
		return 0;
	}
}

/* Where the next colon of LINE stands at or after offset I, and in *LENGTH its bytes; the
 * line's end where none does. */
static size_t colon_next(struct str line, size_t i, size_t *length)
{
	while (i < line.n) {
		uint8_t c = (uint8_t)line.s[i];
		if (c >= 0xE3 && c <= 0xE9)
			i += 3;                 /* a Han character, as nearly all are */
		else if ((*length = colon_at(line.s + i, line.n - i)) > 0)
			return i;
		else
			i++;
	}
	return line.n;
}

const struct label *label_find(const struct labels *l, struct str cell)
{
	char bare[LABEL_MOST];
	size_t n = 0;

	if (cell.n > RAW_MOST)
		return NULL;
	for (size_t i = 0; i < cell.n;) {
		size_t k = space_at(cell.s + i, cell.n - i);
		if (!k)
			k = bracket_at(cell.s + i, cell.n - i);
		if (!k && (k = colon_at(cell.s + i, cell.n - i)) > 0 && str_trim(str_sub(cell, i + k, cell.n)).n
		    && !bracket_at(cell.s + i + k, cell.n - i - k))
			return NULL;            /* label and value in one */
		if (!k) {
			if (n == LABEL_MOST)
				return NULL;
			bare[n++] = cell.s[i];
			k = 1;
		}
		i += k;
	}
	struct label key = {.label = {bare, n}};
	return n && l->n ? bsearch(&key, l->items, l->n, sizeof key, label_order) : NULL;
}

/* Can a label begin at offset B of LINE: at its start, or behind a space or a
 * separator? */
static bool is_start(struct str line, size_t b, size_t end)
{
	if (((uint8_t)line.s[b] & 0xC0) == 0x80 || space_at(line.s + b, end - b))
		return false;
	return b == 0 || line.s[b - 1] == '|' || line.s[b - 1] == '\t' || line.s[b - 1] == ' '
		|| (b >= 2 && space_at(line.s + b - 2, 2) == 2) || (b >= 3 && space_at(line.s + b - 3, 3) == 3)
		|| bracket_at(line.s + b, end - b);
}

/* The first label with a colon behind it in LINE: where it begins, and where its
 * value does. */
static const struct label *label_ahead(const struct labels *l, struct str line, size_t *begin, size_t *end)
{
	size_t k;

	for (size_t i = 0; (i = colon_next(line, i, &k)) < line.n; i++) {
		/* the longest that is known counts, since labels have inner spaces */
		for (size_t b = i > RAW_MOST ? i - RAW_MOST : 0; b < i; b++) {
			const struct label *found = is_start(line, b, i) ? label_find(l, str_sub(line, b, i)) : NULL;
			if (!found)
				continue;
			*begin = b;
			*end = i + k;
			if (bracket_at(line.s + b, i - b))      /* 【文号：】 */
				while (*end < line.n && (k = bracket_at(line.s + *end, line.n - *end)) > 0)
					*end += k;
			return found;
		}
	}
	return NULL;
}

struct str label_meta(const struct labels *l, struct str meta)
{
	for (size_t i = 0; i < l->nmetas; i++) {
		struct str a = l->metas[i].label;
		size_t k = 0;
		while (a.n == meta.n && k < a.n && a.s[k] == (meta.s[k] >= 'A' && meta.s[k] <= 'Z' ? meta.s[k] + 32 : meta.s[k]))
			k++;
		if (a.n == meta.n && k == a.n)
			return l->metas[i].name;
	}
	return (struct str){NULL, 0};
}

/* Bytes at the end of VALUE that are no part of it: a separator, or a bracket that
 * was opened before the label. */
static size_t tail_at(struct str value)
{
	static const char *const brackets[][2] = {{"[", "]"}, {"(", ")"}, {"（", "）"}, {"【", "】"}, {"〔", "〕"}, {"［", "］"}};

	if (str_ends(value, STR("|")) || str_ends(value, STR(";")))
		return 1;
	for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++)
		if (str_ends(value, str_of(brackets[i][1])) && str_find(value, str_of(brackets[i][0]), 0) == SIZE_MAX)
			return strlen(brackets[i][1]);
	return 0;
}

void head_add(struct head *h, struct arena *a, struct str name, struct str value)
{
	value = str_trim(value);
	for (size_t k; (k = tail_at(value)) > 0;)
		value = str_trim(str_sub(value, 0, value.n - k));
	if (!name.s || str_is(name, "-") || value.n == 0 || value.n > VALUE_MOST
	    || h->n == PAIRS_MOST)
		return;
	for (size_t i = 0; i < h->n; i++)
		if (str_eq(h->items[i].name, name) && str_eq(h->items[i].value, value))
			return;
	h->items = arena_grow(a, h->items, &h->cap, h->n + 1, sizeof *h->items);
	h->items[h->n++] = (struct head_pair){name, value};
}

bool head_has(const struct head *h, struct str name)
{
	for (size_t i = 0; i < h->n; i++)
		if (str_eq(h->items[i].name, name))
			return true;
	return false;
}

/* VALUE without a date that stands behind it: 县政府办公室 2023-04-01 10:20. */
static struct str value_cut(struct str value)
{
	size_t digits = 0;

	if (value.n > CUT_MOST)
		return value;
	for (size_t i = 0; i < value.n; i++) {
		digits = value.s[i] >= '0' && value.s[i] <= '9' ? digits + 1 : 0;
		size_t from = i + 1 - digits;
		if (digits != 4 || from == 0 || i + 1 == value.n)
			continue;
		struct str rest = str_sub(value, i + 1, value.n);
		bool space = from == str_trim(str_sub(value, 0, from)).n ? false : true;
		if (space && (rest.s[0] == '-' || rest.s[0] == '/' || rest.s[0] == '.' || str_starts(rest, STR("年"))))
			return str_sub(value, 0, from);
	}
	return value;
}

/* Label and value in one string, several times. */
static size_t head_line(const struct labels *l, struct arena *a, struct str line, struct head *h)
{
	size_t found = 0, begin, end, next, after;
	const struct label *label = label_ahead(l, line, &begin, &end);

	while (label) {
		const struct label *more;
		line = str_sub(line, end, line.n);
		more = label_ahead(l, line, &next, &after);
		head_add(h, a, label->name, value_cut(str_trim(str_sub(line, 0, more ? next : line.n))));
		found += !label->stays;
		label = more;
		end = after;
	}
	return found;
}

static size_t head_row(const struct labels *l, struct arena *a, const struct str *cells, size_t n,
	struct head *h)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		const struct label *label = label_find(l, cells[i]);
		if (!label) {
			if (cells[i].n <= LINE_MOST)
				found += head_line(l, a, cells[i], h);
			continue;
		}
		found += !label->stays;
		/* the value may be missing, and the next cell be label and value in one */
		if (i + 1 < n && !label_find(l, cells[i + 1]) && !head_begins(l, cells[i + 1]))
			head_add(h, a, label->name, cells[++i]);
	}
	return found;
}

size_t head_take(const struct labels *l, struct arena *a, struct str line, struct head *h)
{
	struct str cells[CELLS_MOST];
	size_t n = 0;

	if (line.n > LINE_MOST)
		return 0;
	char sep = memchr(line.s, '\t', line.n) ? '\t' : '|';
	if (!memchr(line.s, sep, line.n))
		return head_line(l, a, line, h);
	for (size_t b = 0, e; b <= line.n && n < CELLS_MOST; b = e + 1) {
		const char *p = memchr(line.s + b, sep, line.n - b);
		e = p ? (size_t)(p - line.s) : line.n;
		cells[n++] = str_trim(str_sub(line, b, e));
	}
	return head_row(l, a, cells, n, h);
}

/* The label that LINE begins with, NULL for none. */
static const struct label *label_first(const struct labels *l, struct str line)
{
	size_t begin, end, n = 0;

	if (line.n > LINE_MOST)
		return NULL;
	while (n < line.n && line.s[n] != '\t' && line.s[n] != '|')
		n++;
	const struct label *label = n < line.n ? label_find(l, str_sub(line, 0, n)) : NULL;
	if (!label && (label = label_ahead(l, line, &begin, &end)) && begin > 0)
		label = NULL;
	return label;
}

bool head_starts(const struct labels *l, struct str line)
{
	const struct label *label = label_first(l, line);
	return label && !label->stays;
}

bool head_begins(const struct labels *l, struct str line)
{
	return label_first(l, line) != NULL;
}

void head_of_text(const struct labels *l, struct arena *a, struct str text, struct head *h)
{
	for (int i = 0; i < LINES_LOOKED && text.n > 0; i++) {
		const char *nl = memchr(text.s, '\n', text.n);
		size_t n = nl ? (size_t)(nl - text.s) : text.n;
		head_take(l, a, (struct str){text.s, n}, h);
		text = str_sub(text, n + (nl != NULL), text.n);
	}
}

void head_pack(const struct head *h, struct buf *b)
{
	pack_array(b, h->n);
	for (size_t i = 0; i < h->n; i++) {
		pack_array(b, 2);
		pack_str(b, h->items[i].name);
		pack_str(b, h->items[i].value);
	}
}
