#include "doc.h"
#include "doc-lists.h"
#include "ole.h"
#include "rows.h"

#include <stdlib.h>

/* Offsets in the FIB ([MS-DOC] 2.5). */
enum {
	FIB_FLAGS = 0x0A, FIB_TEXT = 0x4C, FIB_NOTES = 0x50, FIB_HEADS = 0x54, FIB_COMMENTS = 0x5C, FIB_ENDNOTES = 0x60,
	FIB_BOXES = 0x64, FIB_CHPX = 0xFA, FIB_PAPX = 0x102, FIB_CLX = 0x1A2,
	FLAG_ENCRYPTED = 0x0100, FLAG_TABLE1 = 0x0200,
	MAGIC = 0xA5EC, MAGIC_OLD = 0xA5DC      /* Word 6 and 95 */
};

/* Single property modifiers ([MS-DOC] 2.6). */
enum { SPRM_ROW_END = 0x2417, SPRM_IN_TABLE = 0x2416, SPRM_DELETED = 0x0800, SPRM_HIDDEN = 0x083C,
	SPRM_LIST = 0x460B, SPRM_LEVEL = 0x260A, SPRM_TABLE = 0xD608, SPRM_HUGE = 0x6646, SPRM_HUGE_OLD = 0x6645 };

enum { CELLS_MOST = 64 };

/* Ranges of the file in which a property is set, in order. */
struct ranges {
	uint32_t (*items)[2];
	size_t n, cap;
};

/* The end of a row, and where its cells end. */
struct row_end {
	uint32_t b, e;
	struct str table;       /* the operand of its definition */
};

/* A paragraph of a list. */
struct listed {
	uint32_t b, e;
	uint16_t list;
	uint8_t level;
};

struct doc {
	struct output *out;
	struct rows rows;
	struct arena *arena;
	struct str file, table, data;
	struct str pieces;              /* PlcPcd */
	size_t npieces;
	struct ranges in_table, deleted, hidden;
	struct row_end *row_ends;
	size_t nrow_ends, row_ends_cap;
	struct numbering numbering;
	struct listed *listed;
	size_t nlisted, listed_cap;
	bool begun;                     /* the paragraph has its number */
	unsigned fields, shown;         /* nested fields; those whose result has begun */
};

/* --- properties --- */

static size_t operand_size(struct str s, size_t at, uint32_t sprm)
{
	static const uint8_t sizes[] = {1, 1, 2, 4, 2, 2, 0, 3};
	unsigned kind = sprm >> 13;

	if (kind != 6)
		return sizes[kind];
	return sprm == 0xD608 ? ole_u16(s, at) + 1 : ole_u8(s, at) + 1;
}

/* The operand of a property, the last one where it is said again; {NULL, 0} for none. */
static struct str operand(struct str s, uint32_t wanted)
{
	struct str found = {NULL, 0};

	for (size_t at = 0; at + 3 <= s.n;) {
		uint32_t sprm = ole_u16(s, at);
		size_t size = operand_size(s, at + 2, sprm);
		if (sprm == wanted)
			found = str_sub(s, at + 2, at + 2 + size < s.n ? at + 2 + size : s.n);
		at += 2 + size;
	}
	return found;
}

/* The value of a property of one or two bytes, FALLBACK where it is not said. */
static uint32_t property(struct str s, uint32_t wanted, uint32_t fallback)
{
	struct str v = operand(s, wanted);
	return !v.n ? fallback : v.n == 2 ? ole_u16(v, 0) : ole_u8(v, 0);
}

/* A paragraph's properties that had no room on their page: long rows have their definition elsewhere. */
static struct str huge(const struct doc *d, struct str s)
{
	struct str at = operand(s, SPRM_HUGE);

	if (!at.n)
		at = operand(s, SPRM_HUGE_OLD);
	if (!at.n)
		return s;
	size_t b = ole_u32(at, 0), n = ole_u16(d->data, b);
	return b + 2 > d->data.n || n > d->data.n - b - 2 ? s : str_sub(d->data, b + 2, b + 2 + n);
}

static void row_end_add(struct doc *d, uint32_t b, uint32_t e, struct str properties)
{
	if (b >= e || (d->nrow_ends && d->row_ends[d->nrow_ends - 1].e > b))
		return;                         /* out of order: damaged */
	d->row_ends = arena_grow(d->arena, d->row_ends, &d->row_ends_cap, d->nrow_ends + 1, sizeof *d->row_ends);
	d->row_ends[d->nrow_ends++] = (struct row_end){b, e, operand(properties, SPRM_TABLE)};
}

static void range_add(struct doc *d, struct ranges *r, uint32_t b, uint32_t e)
{
	if (b >= e || (r->n && r->items[r->n - 1][1] > b))
		return;                         /* out of order: damaged */
	if (r->n && r->items[r->n - 1][1] == b) {
		r->items[r->n - 1][1] = e;
		return;
	}
	r->items = arena_grow(d->arena, r->items, &r->cap, r->n + 1, sizeof *r->items);
	r->items[r->n][0] = b;
	r->items[r->n++][1] = e;
}

static void listed_add(struct doc *d, uint32_t b, uint32_t e, struct str properties)
{
	uint32_t list = property(properties, SPRM_LIST, 0);

	if (list == 0 || b >= e || (d->nlisted && d->listed[d->nlisted - 1].e > b))
		return;
	d->listed = arena_grow(d->arena, d->listed, &d->listed_cap, d->nlisted + 1, sizeof *d->listed);
	d->listed[d->nlisted++] = (struct listed){b, e, (uint16_t)list, (uint8_t)property(properties, SPRM_LEVEL, 0)};
}

/* One page of formatting: runs of the file and their properties (PapxFkp, ChpxFkp). */
static void page_read(struct doc *d, struct str page, bool paragraphs)
{
	size_t n = ole_u8(page, 511), rows = 4 * (n + 1), step = paragraphs ? 13 : 1;

	for (size_t i = 0; i < n && rows + (i + 1) * step <= 511; i++) {
		uint32_t b = ole_u32(page, 4 * i), e = ole_u32(page, 4 * i + 4);
		size_t at = 2 * ole_u8(page, rows + i * step), size;
		if (at == 0)
			continue;
		if (paragraphs) {
			size = 2 * ole_u8(page, at);
			if (size == 0)
				size = 2 * ole_u8(page, ++at);
			else
				size--;
			at += 3;                /* behind the size and the style */
			size = size > 2 ? size - 2 : 0;
		} else {
			size = ole_u8(page, at++);
		}
		if (at + size > page.n)
			continue;
		struct str s = str_sub(page, at, at + size);
		if (paragraphs) {
			s = huge(d, s);
			if (property(s, SPRM_IN_TABLE, 0))
				range_add(d, &d->in_table, b, e);
			if (property(s, SPRM_ROW_END, 0))
				row_end_add(d, b, e, s);
			listed_add(d, b, e, s);
		} else {
			if (property(s, SPRM_DELETED, 0) & 1)
				range_add(d, &d->deleted, b, e);
			if (property(s, SPRM_HIDDEN, 0) == 1)
				range_add(d, &d->hidden, b, e);
		}
	}
}

static void properties_read(struct doc *d, size_t fib, bool paragraphs)
{
	size_t at = ole_u32(d->file, fib), size = ole_u32(d->file, fib + 4);

	if (at > d->table.n || size > d->table.n - at || size < 4)
		return;
	struct str plc = str_sub(d->table, at, at + size);
	size_t n = (size - 4) / 8;
	for (size_t i = 0; i < n; i++) {
		size_t page = (size_t)(ole_u32(plc, 4 * (n + 1) + 4 * i) & 0x3FFFFF) * 512;
		if (page < d->file.n && d->file.n - page >= 512)
			page_read(d, str_sub(d->file, page, page + 512), paragraphs);
	}
}

static bool in_range(const struct ranges *r, uint32_t at)
{
	size_t b = 0, e = r->n;

	while (b < e) {
		size_t mid = (b + e) / 2;
		if (r->items[mid][1] <= at)
			b = mid + 1;
		else
			e = mid;
	}
	return b < r->n && r->items[b][0] <= at;
}

/* The row that ends at AT; NULL for none. */
static const struct row_end *row_end_at(const struct doc *d, uint32_t at)
{
	size_t b = 0, e = d->nrow_ends;

	while (b < e) {
		size_t mid = (b + e) / 2;
		if (d->row_ends[mid].e <= at)
			b = mid + 1;
		else
			e = mid;
	}
	return b < d->nrow_ends && d->row_ends[b].b <= at ? &d->row_ends[b] : NULL;
}

/* Ends a row: its definition (TDefTableOperand) has the cells' number, then their edges from left to right. */
static void row_write(struct doc *d, const struct row_end *r)
{
	int32_t rights[CELLS_MOST];
	size_t n = ole_u8(r->table, 2);

	if (n > CELLS_MOST || r->table.n < 3 + 2 * (n + 1))
		n = 0;
	for (size_t i = 0; i < n; i++)
		rights[i] = (int16_t)ole_u16(r->table, 3 + 2 * (i + 1));
	rows_row_edged(&d->rows, rights, n);
}

/* --- text --- */

/* Finds the piece table in the Clx; false where it is damaged. */
static bool pieces_find(struct doc *d)
{
	size_t at = ole_u32(d->file, FIB_CLX), size = ole_u32(d->file, FIB_CLX + 4);

	if (at > d->table.n || size > d->table.n - at)
		return false;
	struct str clx = str_sub(d->table, at, at + size);
	for (at = 0; ole_u8(clx, at) == 1; at += 3 + ole_u16(clx, at + 1))
		;
	if (ole_u8(clx, at) != 2)
		return false;
	size = ole_u32(clx, at + 1);
	at += 5;
	if (at > clx.n || size > clx.n - at || size < 16)
		return false;
	d->pieces = str_sub(clx, at, at + size);
	d->npieces = (size - 4) / 12;
	return true;
}

/* The number of the paragraph at AT, before its first character. */
static void number_write(struct doc *d, uint32_t at)
{
	size_t b = 0, e = d->nlisted;

	if (d->begun)
		return;
	d->begun = true;
	while (b < e) {
		size_t mid = (b + e) / 2;
		if (d->listed[mid].e <= at)
			b = mid + 1;
		else
			e = mid;
	}
	if (b < d->nlisted && d->listed[b].b <= at)
		numbering_write(&d->numbering, d->listed[b].list, d->listed[b].level, d->out);
}

static void char_write(struct doc *d, uint32_t cp, uint32_t at)
{
	if (cp == 0x13) {
		d->fields++;
	} else if (cp == 0x14) {
		d->shown += d->shown < d->fields;
	} else if (cp == 0x15) {
		d->shown -= d->shown == d->fields && d->shown > 0;
		d->fields -= d->fields > 0;
	}
	if (d->shown < d->fields || (cp >= 0x13 && cp <= 0x15))
		return;
	bool in_table = in_range(&d->in_table, at);
	const struct row_end *end;
	if (in_table && d->rows.n == 0)
		rows_begin(&d->rows);
	else if (!in_table && d->rows.n > 0 && cp != 0x07)
		rows_close(&d->rows);
	if (cp == 0x0D || cp == 0x0B) {
		number_write(d, at);
		rows_line(&d->rows);
		d->begun = cp == 0x0B;
	} else if (cp == 0x07) {
		d->begun = false;
		if (d->rows.n == 0)
			output_line(d->out);    /* a table that no property tells of */
		else if ((end = row_end_at(d, at)))
			row_write(d, end);
		else
			rows_cell(&d->rows, 1);
	} else if (cp == 0x1E) {
		output_char(d->out, '-');
	} else if (cp >= 0x20 || cp == '\t') {
		if (in_range(&d->deleted, at) || in_range(&d->hidden, at))
			return;
		number_write(d, at);
		output_char(d->out, cp);
	}
}

/* Windows-1252, which "compressed" pieces are in. */
static uint32_t char_1252(uint32_t c)
{
	static const uint16_t upper[32] = {
		0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
		0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
		0x0153, 0x9D, 0x017E, 0x0178
	};
	return c >= 0x80 && c < 0xA0 ? upper[c - 0x80] : c;
}

/* Writes characters [B, E) of the document. */
static void text_write(struct doc *d, uint32_t b, uint32_t e)
{
	for (size_t i = 0; i < d->npieces; i++) {
		uint32_t from = ole_u32(d->pieces, 4 * i), to = ole_u32(d->pieces, 4 * i + 4);
		uint32_t fc = ole_u32(d->pieces, 4 * (d->npieces + 1) + 8 * i + 2);
		bool packed = fc & 0x40000000;
		size_t at = packed ? (fc & 0x3FFFFFFF) / 2 : fc & 0x3FFFFFFF, width = packed ? 1 : 2;
		uint32_t first = from < b ? b : from, last = to > e ? e : to;
		for (uint32_t k = first; k < last && from < to; k++) {
			size_t p = at + (size_t)(k - from) * width;
			if (p + width > d->file.n)
				break;
			uint32_t cp = packed ? char_1252(ole_u8(d->file, p)) : ole_u16(d->file, p);
			if (cp >= 0xD800 && cp < 0xDC00 && k + 1 < last) {
				uint32_t low = ole_u16(d->file, p + 2);
				if (low >= 0xDC00 && low < 0xE000) {
					cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
					k++;
				}
			}
			char_write(d, cp, (uint32_t)p);
		}
	}
	d->fields = d->shown = 0;
	rows_close(&d->rows);
}

static const char *text_read(struct doc *d, const char **message)
{
	uint32_t lengths[6], at = 0;
	static const size_t parts[6] = {FIB_TEXT, FIB_NOTES, FIB_HEADS, FIB_COMMENTS, FIB_ENDNOTES, FIB_BOXES};

	if (!pieces_find(d)) {
		*message = "a damaged DOC: its text cannot be found";
		return "malformed";
	}
	properties_read(d, FIB_PAPX, true);
	properties_read(d, FIB_CHPX, false);
	doc_lists_read(&d->numbering, d->file, d->table, d->arena);
	for (int i = 0; i < 6; i++)
		lengths[i] = ole_u32(d->file, parts[i]);
	for (int i = 0; i < 6; i++) {
		/* neither heads of pages nor comments */
		if (parts[i] != FIB_HEADS && parts[i] != FIB_COMMENTS)
			text_write(d, at, lengths[i] > UINT32_MAX - at ? UINT32_MAX : at + lengths[i]);
		if (lengths[i] > UINT32_MAX - at)
			break;
		at += lengths[i];
	}
	return NULL;
}

const char *doc_read(struct str in, struct output *out, const char **message)
{
	struct arena arena = {0};
	struct ole ole;
	struct doc d = {.out = out, .rows = {.out = out, .edges.arena = &arena}, .arena = &arena};
	const char *code = "unsupported";

	if (!ole_open(&ole, in, &arena)) {
		*message = "a damaged compound file (DOC, XLS, PPT or WPS)";
		code = "malformed";
	} else if (!(d.file = ole_stream(&ole, "WordDocument")).s) {
		*message = ole_stream(&ole, "Workbook").s || ole_stream(&ole, "Book").s
			? "XLS is not read: save it as XLSX" : ole_stream(&ole, "EncryptedPackage").s
			? "the document is encrypted" : "a compound file without a Word document is not read";
		if (ole_stream(&ole, "EncryptedPackage").s)
			code = "encrypted";
	} else if (ole_u16(d.file, 0) == MAGIC_OLD) {
		*message = "a DOC of Word 95 or older is not read: save it as DOCX";
	} else if (ole_u16(d.file, 0) != MAGIC) {
		*message = "a damaged DOC: it has no header";
		code = "malformed";
	} else if (ole_u16(d.file, FIB_FLAGS) & FLAG_ENCRYPTED) {
		*message = "the DOC is encrypted and needs a password";
		code = "encrypted";
	} else {
		out->type = "application/msword";
		d.table = ole_stream(&ole, ole_u16(d.file, FIB_FLAGS) & FLAG_TABLE1 ? "1Table" : "0Table");
		d.data = ole_stream(&ole, "Data");
		code = text_read(&d, message);
	}
	arena_free(&arena);
	return code;
}
