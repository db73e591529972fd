/* format: what an input is, by its content and never by its name. */
#ifndef DECODE_FORMAT_H
#define DECODE_FORMAT_H

#include "table.h"

/* A format that starts with known bytes: a line of formats.tsv. */
struct format {
	size_t at;
	char bytes[16];
	size_t n;
	struct str inside;      /* must occur in the input, too; empty for none */
	struct str type, name;
	bool is_read;           /* by the helper */
	bool holds;             /* documents: an archive or a crawl */
	bool sure;              /* the first bytes tell it from all lines before */
};

struct formats {
	struct format *items;
	size_t n;
};

/* Reads formats.tsv; errors stay in the table. */
void formats_open(struct formats *f, struct table *t);
void formats_close(struct formats *f);

/* The first line that fits; NULL where the input may be text. */
const struct format *formats_find(const struct formats *f, struct str in);

enum markup { MARKUP_NONE, MARKUP_HTML, MARKUP_XML };

/* What a decoded text is written in (after WHATWG MIME Sniffing; fragments of
 * pages count as pages). */
enum markup markup_of(struct str text);

#endif
