/* document: one input, or one of many in an input, and how it becomes a record. */
#ifndef DECODE_DOCUMENT_H
#define DECODE_DOCUMENT_H

#include "charset.h"
#include "content.h"
#include "filter.h"
#include "format.h"
#include "given.h"
#include "head.h"
#include "helper.h"

/* The state of the program. */
struct decode {
	struct filter f;
	struct converter converter;
	struct detector detector;
	struct formats formats;
	struct labels labels;
	struct content content;
	struct helper helper;
	struct charset *given;
	const struct table *media, *columns;
	bool list;                              /* print documents instead of reading them */
	const char *text_column;                /* of tables of texts; NULL: they are no such */
	struct meta meta;
	struct buf row;                         /* of a table, as UTF-8 */
	struct buf bytes, text, pairs;          /* of the document in hand */
	struct buf page, report;                /* of a page: all its text, and what is kept */
};

/* What becomes a record. */
struct document {
	const char *path;
	struct str member, url, retrieved;      /* {NULL, 0} where it has none */
	struct charset *http;   /* that a server named; NULL for none */
	bool was_read;
	char id[33];
	struct str type, charset;
	const char *charset_by;
	size_t bytes, replaced;
	struct str text;        /* s is NULL where there is none */
	struct head head;
	struct head given;      /* what a table says of it */
	const uint32_t *pages;  /* offsets in the text; NULL where it has no pages */
	size_t npages;
};

/* Notes that the document lost content, in its record and on standard error. */
void document_problem(struct decode *d, const struct document *doc, const char *code,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Appends NAME, which may be in any charset, as UTF-8 without control characters to OUT. */
void document_name(struct decode *d, struct str name, struct buf *out);

/* Notes what the bytes of the document are: their number and hash. */
void document_identify(struct document *doc, struct str in);

/* Makes text and head of the document's bytes IN, which may be written to. */
void document_decode(struct decode *d, struct document *doc, struct str in);

/* The same of its text IN, which is UTF-8 already, whatever its charset was. */
void document_read(struct decode *d, struct document *doc, struct str in);

/* With --list: emits a document of SIZE bytes whose START tells its format. False where that takes more. */
bool document_list_start(struct decode *d, const struct document *doc, uint64_t size, struct str start);

/* Writes the record (with --list: its line), with the problems noted since the last one. */
void document_emit(struct decode *d, const struct document *doc);

#endif
