#include "workbook.h"
#include "folder.h"
#include "mapped.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { CELL_MOST = 32767, DIGITS_MOST = 15 };

struct sheet {
	lxw_worksheet *sheet;
	const struct dataset_table *t;
	lxw_row_t row;
	lxw_error rc;
	struct buf text;
};

static bool is_short_number(struct str cell)
{
	size_t digits = 0;

	for (size_t i = 0; i < cell.n; i++)
		digits += cell.s[i] >= '0' && cell.s[i] <= '9';
	return digits <= DIGITS_MOST;
}

/* Excel counts UTF-16 units; characters of four bytes are two of them. */
static size_t text_length(struct str cell)
{
	size_t n = 0;

	for (size_t units = 0; n < cell.n;) {
		uint32_t cp;
		size_t k = utf8_next(cell.s + n, cell.n - n, &cp);
		units += k == 4 ? 2 : 1;
		if (units > CELL_MOST)
			break;
		n += k;
	}
	return n;
}

static lxw_error cell_write(struct sheet *s, lxw_col_t col, struct str cell)
{
	enum column_type type = col < s->t->n ? s->t->columns[col].type : COLUMN_NUMBER;
	size_t n = text_length(cell);

	if (n == 0)
		return LXW_NO_ERROR;
	s->text.len = 0;
	buf_append(&s->text, cell.s, n);
	buf_append(&s->text, "", 1);
	if (type == COLUMN_BOOLEAN)
		return worksheet_write_boolean(s->sheet, s->row, col, cell.s[0] == 't', NULL);
	if ((type == COLUMN_NUMBER || type == COLUMN_INTEGER) && is_short_number(cell))
		return worksheet_write_number(s->sheet, s->row, col, strtod((char *)s->text.data, NULL), NULL);
	return worksheet_write_string(s->sheet, s->row, col, (char *)s->text.data, NULL);
}

static bool row_write(void *context, const struct str *cells, size_t n)
{
	struct sheet *s = context;

	s->row++;
	for (size_t i = 0; i < n && s->rc == LXW_NO_ERROR; i++)
		s->rc = cell_write(s, (lxw_col_t)i, cells[i]);
	return s->rc == LXW_NO_ERROR;
}

static void header_write(struct sheet *s, const struct catalogue *c, enum table_id id, lxw_format *bold)
{
	for (size_t i = 0; i < s->t->n; i++)
		worksheet_write_string(s->sheet, 0, (lxw_col_t)i, s->t->columns[i].name, bold);
	for (size_t i = 0; id == TABLE_PANEL && i < c->n; i++)
		worksheet_write_string(s->sheet, 0, (lxw_col_t)(s->t->n + i), c->items[i].column, bold);
	worksheet_freeze_panes(s->sheet, 1, 0);
}

static bool sheet_make(lxw_workbook *book, const char *folder, enum table_id id, const struct catalogue *c,
	lxw_format *bold, char *error, size_t room)
{
	struct sheet s = {.t = &tables[id], .sheet = workbook_add_worksheet(book, tables[id].name), .rc = LXW_NO_ERROR};
	char path[4096 + 64];

	snprintf(path, sizeof path, "%s/%s.csv", folder, s.t->name);
	if (s.sheet)
		header_write(&s, c, id, bold);
	bool done = s.sheet && mapped_rows(path, row_write, &s);
	if (!done)
		snprintf(error, room, "cannot write %s: %s: %s", FOLDER_WORKBOOK, s.t->name,
			s.rc != LXW_NO_ERROR ? lxw_strerror(s.rc) : strerror(errno));
	buf_free(&s.text);
	return done;
}

static bool file_sync(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	bool done = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

bool workbook_make(const char *folder, const uint64_t rows[TABLES], const struct catalogue *c, char *error, size_t room)
{
	/* one row in memory; no day of making, so that the same rows give the same bytes */
	char path[4096 + 64], *where = xstrndup(folder, strlen(folder));
	lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = where, .use_zip64 = LXW_FALSE};
	static char title[] = "gongwen";
	lxw_doc_properties properties = {.title = title, .created = 86400};
	bool done = true;

	snprintf(path, sizeof path, "%s/%s", folder, FOLDER_WORKBOOK);
	lxw_workbook *book = workbook_new_opt(path, &options);
	if (!book) {
		snprintf(error, room, "cannot write %s", FOLDER_WORKBOOK);
		free(where);
		return false;
	}
	workbook_set_properties(book, &properties);
	lxw_format *bold = workbook_add_format(book);
	format_set_bold(bold);
	for (int id = 0; id < TABLES && done; id++)
		if (rows[id] <= WORKBOOK_ROWS)
			done = sheet_make(book, folder, (enum table_id)id, c, bold, error, room);
	lxw_error rc = workbook_close(book);
	free(where);
	if (done && (rc != LXW_NO_ERROR || !file_sync(path))) {
		snprintf(error, room, "cannot write %s: %s", FOLDER_WORKBOOK, rc != LXW_NO_ERROR ? lxw_strerror(rc) : strerror(errno));
		return false;
	}
	return done;
}
