/* patterns: PCRE2 for the short texts of a document's head. */
#ifndef CLASSIFY_PATTERNS_H
#define CLASSIFY_PATTERNS_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "table.h"

/* Compiles PATTERN (UTF-8); NULL with the table's error set where it is none. */
pcre2_code *pattern_compile(struct table *t, size_t row, struct str pattern);

/* Searches a text of a few kilobytes at most. True where it is found; GROUPS (may be
 * NULL) are then the match's own, valid until the next call on the same data. */
bool pattern_find(const pcre2_code *code, pcre2_match_data *data, struct str text);

/* The range of a named group of the last match; SPAN_NONE where it took no part. */
struct span pattern_group(const pcre2_code *code, pcre2_match_data *data, const char *name);

#endif
