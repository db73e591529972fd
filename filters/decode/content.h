/* content: the report in a page, without the site around it.
 *
 * Which part is the report, content.tsv knows for the systems that most sites are
 * made with; elsewhere it is the innermost element that holds nearly all of the
 * running text. What the page says of itself goes into the head. */
#ifndef DECODE_CONTENT_H
#define DECODE_CONTENT_H

#include "head.h"
#include "page.h"
#include "table.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Names of parts, up to ROLE_END, and patterns of lines. */
enum role { ROLE_CONTENT, ROLE_TITLE, ROLE_DROP, ROLE_BEGIN, ROLE_END, ROLE_LINE, ROLE_TAIL, ROLE_KEEP, ROLE_OWN, ROLE_SITE, ROLES };

/* A name of an element's part: an id or class. */
struct part_name {
	struct str name;
	bool open_start, open_end;      /* a * stood there */
	enum role role;
	unsigned next;                  /* of the same list: its number from 1, 0 for none */
};

/* Lists of names by their first byte, modulo this; those that start with * are in list 0. */
enum { PART_LISTS = 128 };

struct content {
	struct table *table;
	struct part_name *names;
	size_t n;
	unsigned lists[PART_LISTS];     /* the first of each, as part_name's next */
	char *patterns[ROLES];          /* of ROLE_LINE and later ones, joined */
	pcre2_code *codes[ROLES];       /* compiled when the first page comes */
	pcre2_match_data *match;
	pcre2_match_context *context;
	int *gave_up;                   /* by role: the error of its pattern in the page in hand, 0 for none */
};

/* Reads content.tsv; errors stay in the table. */
void content_open(struct content *c, struct table *t);

/* Compiles the patterns when the first page comes: a run over plain text does not
 * pay for them. False where one is wrong; the error stays in the table. */
bool content_ready(struct content *c);
void content_close(struct content *c);

/* Does the short line S fit a pattern of ROLE (ROLE_LINE and later ones)? */
bool content_fits(const struct content *c, enum role role, struct str s);

/* The role whose pattern gave up (limits) since the last call, NULL for none. It is
 * not tried again until this is called, at a page's end. */
const char *content_trouble(struct content *c);

/* The roles, as bits 1 << enum role, that the words of an id or class have. */
unsigned content_roles(const struct content *c, struct str words);

/* Extracts the report: its lines go to TEXT (none where the page has none), what the page says of itself to H;
 * SCRATCH holds the whole page's text, into which H points. */
void content_extract(struct content *c, const struct labels *labels, struct page *p,
	struct arena *a, struct buf *scratch, struct buf *text, struct head *h);

#endif
