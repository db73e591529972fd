/* patterns: PCRE2 for the short texts of a document's head. */
#ifndef CLASSIFY_PATTERNS_H
#define CLASSIFY_PATTERNS_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "filter.h"

/* What runs the patterns of one table. */
struct matcher {
	const struct table *table;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	bool troubled;                  /* a pattern gave up: */
	size_t row;                     /* the first one */
	int error;
};

/* For patterns with so many GROUPS that are looked at. */
struct matcher *matcher_new(const struct table *t, uint32_t groups);
void matcher_free(struct matcher *m);

/* Compiles PATTERN (UTF-8); NULL with the table's error set where it is none. */
pcre2_code *pattern_compile(struct table *t, size_t row, struct str pattern);

/* Searches a text of a few kilobytes at most for the pattern of ROW. True where it is
 * found; the groups in m->data are then the match's own, valid until the next call. */
bool pattern_find(struct matcher *m, size_t row, pcre2_code *code, struct str text);

/* Notes as a problem of the record in hand that a pattern gave up in it. */
void matcher_report(struct matcher *m, struct filter *f);

/* The range of a named group of the last match; SPAN_NONE where it took no part. */
struct span pattern_group(const pcre2_code *code, pcre2_match_data *data, const char *name);

#endif
