#include "stata.h"
#include "mapped.h"

#include <errno.h>
#include <limits.h>
#include <readstat.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { FORMAT = 118, TEXT_MOST = 2045, LABEL_MOST = 80 };

struct stata {
	readstat_writer_t *writer;
	readstat_variable_t **variables;
	size_t *widths;                 /* of texts, bytes */
	size_t n;
	enum table_id id;
	const struct catalogue *c;
	struct csv_file file;
	readstat_error_t rc;
	char text[TEXT_MOST + 1];
};

/* A full year is a number there, so that it can be an axis. */
static bool is_year(const struct stata *s, size_t i)
{
	return s->id == TABLE_PANEL && i < tables[s->id].n && strcmp(tables[s->id].columns[i].name, "period") == 0;
}

static bool is_text(const struct stata *s, size_t i)
{
	const struct dataset_table *t = &tables[s->id];

	return i < t->n && !is_year(s, i) && (t->columns[i].type == COLUMN_STRING || t->columns[i].type == COLUMN_DATE);
}

static size_t text_length(struct str cell)
{
	size_t n = cell.n < TEXT_MOST ? cell.n : TEXT_MOST;

	while (n > 0 && !utf8_at(cell, n))
		n--;
	return n;
}

static bool row_measure(void *context, const struct str *cells, size_t n)
{
	struct stata *s = context;

	for (size_t i = 0; i < n && i < s->n; i++)
		if (is_text(s, i) && s->widths[i] < text_length(cells[i]))
			s->widths[i] = text_length(cells[i]);
	return n == s->n;
}

static bool row_write(void *context, const struct str *cells, size_t n)
{
	struct stata *s = context;

	s->rc = n == s->n ? readstat_begin_row(s->writer) : READSTAT_ERROR_ROW_WIDTH_MISMATCH;
	for (size_t i = 0; i < n && s->rc == READSTAT_OK; i++) {
		size_t k = text_length(cells[i]);
		memcpy(s->text, cells[i].s, k);
		s->text[k] = '\0';
		if (is_text(s, i))
			s->rc = readstat_insert_string_value(s->writer, s->variables[i], s->text);
		else if (k == 0)
			s->rc = readstat_insert_missing_value(s->writer, s->variables[i]);
		else if (s->text[0] == 't' || s->text[0] == 'f')
			s->rc = readstat_insert_double_value(s->writer, s->variables[i], s->text[0] == 't');
		else
			s->rc = readstat_insert_double_value(s->writer, s->variables[i], strtod(s->text, NULL));
	}
	if (s->rc == READSTAT_OK)
		s->rc = readstat_end_row(s->writer);
	return s->rc == READSTAT_OK && !s->file.error;
}

static ssize_t bytes_write(const void *data, size_t n, void *context)
{
	struct stata *s = context;

	csv_write(&s->file, data, n);
	return s->file.error ? -1 : (ssize_t)n;
}

/* The label of a variable, with the English one behind it: 80 characters at most. */
static void label_set(struct stata *s, size_t i, struct str label, struct str english)
{
	struct buf b = {0};
	size_t n = 0;

	buf_append(&b, label.s, label.n);
	if (english.n) {
		buf_append(&b, " ", 1);
		buf_append(&b, english.s, english.n);
	}
	for (size_t k = 0; k < LABEL_MOST && n < b.len; k++) {
		uint32_t cp;
		n += utf8_next((char *)b.data + n, b.len - n, &cp);
	}
	buf_append(&b, "", 1);
	b.data[n] = '\0';
	readstat_variable_set_label(s->variables[i], (char *)b.data);
	buf_free(&b);
}

static void variables_add(struct stata *s)
{
	const struct dataset_table *t = &tables[s->id];

	for (size_t i = 0; i < s->n; i++) {
		const struct indicator *x = i < t->n ? NULL : &s->c->items[i - t->n];
		const char *name = x ? x->column : t->columns[i].name;
		size_t width = s->widths[i] ? s->widths[i] : 1;
		s->variables[i] = is_text(s, i) ? readstat_add_variable(s->writer, name, READSTAT_TYPE_STRING, width)
			: readstat_add_variable(s->writer, name, READSTAT_TYPE_DOUBLE, 0);
		if (is_year(s, i))
			readstat_variable_set_format(s->variables[i], "%9.0g");
		label_set(s, i, x ? x->label : str_of(t->columns[i].description), x ? x->label_en : STR(""));
	}
}

bool stata_make(const char *folder, int fd, const char *name, enum table_id id, uint64_t rows,
	const struct catalogue *c, char *error, size_t room)
{
	struct stata s = {.n = tables[id].n + (id == TABLE_PANEL ? c->n : 0), .id = id, .c = c, .writer = readstat_writer_init()};
	char path[4096 + 64];

	snprintf(path, sizeof path, "%s/%s.csv", folder, tables[id].name);
	s.variables = xmalloc((s.n + 1) * sizeof(readstat_variable_t *));
	s.widths = xmalloc((s.n + 1) * sizeof *s.widths);
	memset(s.widths, 0, (s.n + 1) * sizeof *s.widths);
	csv_create(&s.file, fd, name);
	/* the header holds a date, in local time: always the same one */
	setenv("TZ", "UTC0", 1);
	tzset();
	bool done = !s.file.error && mapped_rows(path, row_measure, &s) && rows < LONG_MAX;
	if (done) {
		variables_add(&s);
		readstat_set_data_writer(s.writer, bytes_write);
		readstat_writer_set_file_label(s.writer, "gongwen");
		readstat_writer_set_file_timestamp(s.writer, 0);
		readstat_writer_set_file_format_version(s.writer, FORMAT);
		s.rc = readstat_begin_writing_dta(s.writer, &s, (long)rows);
		done = s.rc == READSTAT_OK && mapped_rows(path, row_write, &s);
		if (done)
			s.rc = readstat_end_writing(s.writer);
		done = done && s.rc == READSTAT_OK;
	}
	int e = errno;
	done = csv_close(&s.file) && done;
	if (!done)
		snprintf(error, room, "cannot write %s: %s", name, s.rc != READSTAT_OK ? readstat_error_message(s.rc)
			: strerror(s.file.error ? s.file.error : e));
	readstat_writer_free(s.writer);
	free(s.variables);
	free(s.widths);
	return done;
}
