/* output: the text that a parser makes of a document.
 *
 * A line is a paragraph or a table row, cells are separated by tabs. Control
 * characters never get in, nor do white space at the ends of lines and empty
 * lines. What is packed is the reply of ../helper.h. */
#ifndef HELPER_OUTPUT_H
#define HELPER_OUTPUT_H

#include "pack.h"

enum { OUTPUT_MOST = 64 << 20 };        /* bytes of text; more is cut, with a problem */

struct output {
	const char *type;       /* media type, where the content tells more than its first bytes */
	struct buf text;
	size_t line;            /* where the line that is being made begins */
	size_t cell;            /* and its last cell */
	uint32_t *pages;        /* where each page begins */
	size_t npages, cap;
	struct buf problems;    /* packed: code, message, code, message … */
	size_t nproblems;
	bool full;
};

void output_free(struct output *o);

/* Appends a character, or UTF-8 that need not be well-formed. White space becomes
 * a space, unless it is U+3000 and the like. */
void output_char(struct output *o, uint32_t cp);
void output_text(struct output *o, struct str s);

/* A space, unless one stands there already or the line or cell is empty. */
void output_space(struct output *o);

/* Ends the cell; ends the line. */
void output_cell(struct output *o);
void output_line(struct output *o);

/* Is the line still empty? */
static inline bool output_at_start(const struct output *o)
{
	return o->text.len == o->line;
}

/* A page begins here. */
void output_page(struct output *o);

/* Something of the document was lost. The first few of a document are kept. */
void output_problem(struct output *o, const char *code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Appends the reply to OUT, behind its nil. TYPE is the media type unless the
 * output says it. */
void output_pack(struct output *o, struct str type, struct buf *out);

#endif
