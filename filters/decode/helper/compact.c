#include "compact.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MOST = 1024 };           /* a wider table stays as it is */

static size_t line_end(const struct buf *text, size_t at)
{
	const uint8_t *end = memchr(text->data + at, '\n', text->len - at);
	return end ? (size_t)(end - text->data) : text->len;
}

/* Notes which columns of a line have something. Returns how many it has. */
static size_t columns_note(const struct buf *text, size_t b, size_t e, bool *used)
{
	size_t column = 0;

	for (size_t i = b; i < e; i++) {
		if (text->data[i] == '\t')
			column++;
		else if (column < COLUMNS_MOST)
			used[column] = true;
	}
	return column + 1;
}

/* Writes a line at TO, which is not behind it, without the columns that are not used. Returns where it ends. */
static size_t line_write(struct buf *text, size_t b, size_t e, const bool *used, size_t to)
{
	size_t column = 0;

	for (size_t i = b; i < e; i++) {
		uint8_t c = text->data[i];
		if (c != '\t' || column >= COLUMNS_MOST || used[column])
			text->data[to++] = c;
		column += c == '\t';
	}
	if (e < text->len)
		text->data[to++] = '\n';
	return to;
}

/* Where the lines of one table end that begin at B; a line without cells is one for itself. USED: the columns that have something. */
static size_t table_end(const struct buf *text, size_t b, bool *used)
{
	size_t e = b, most = 0, columns;
	bool more;

	memset(used, 0, COLUMNS_MOST * sizeof *used);
	do {
		size_t end = line_end(text, e);
		columns = columns_note(text, e, end, used);
		most = columns > most ? columns : most;
		e = end < text->len ? end + 1 : end;
		more = columns > 1 && e < text->len && memchr(text->data + e, '\t', line_end(text, e) - e);
	} while (more);
	if (most > COLUMNS_MOST)
		memset(used, 1, COLUMNS_MOST * sizeof *used);
	return e;
}

void columns_compact(struct buf *text, size_t from)
{
	bool used[COLUMNS_MOST];
	size_t to = from;

	for (size_t b = from, e, next; b < text->len; b = e) {
		e = table_end(text, b, used);
		for (size_t i = b; i < e; i = next) {
			size_t end = line_end(text, i);
			next = end < text->len ? end + 1 : end;
			to = line_write(text, i, end, used, to);
		}
	}
	text->len = to;
}
