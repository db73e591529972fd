/* open: which measures come often and have no indicator, so that users find what the
 * catalogue lacks. */
#ifndef EXTRACT_OPEN_H
#define EXTRACT_OPEN_H

#include "fact.h"

#include <stdio.h>

struct open_list;

struct open_list *open_new(void);
void open_free(struct open_list *o);

/* Counts the facts of one document that have no indicator, by measure and unit. The strings
 * are copied. Beyond a million different ones new measures are only counted as left out. */
void open_add(struct open_list *o, struct str text, const struct fact *facts, size_t n);

/* Writes a tab-separated table, the most frequent first: count, documents, unit, measure, and
 * the words around its first number. */
void open_print(const struct open_list *o, FILE *to);

#endif
