/* named: bodies and honours that a sentence names, by the patterns of mentions.tsv. */
#ifndef EXTRACT_NAMED_H
#define EXTRACT_NAMED_H

#include "fact.h"
#include "table.h"

struct named;

/* Understands mentions.tsv (columns kind pattern literal); errors go to t->error. Patterns
 * are compiled when they are first tried. */
struct named *named_load(struct table *t);
void named_free(struct named *n);

/* Compiles every pattern now; false with the table's error set at the first bad one. */
bool named_check(struct named *n);

/* Calls FOUND for each name within AT of the text, by line of the table, then by place. */
void named_find(struct named *n, struct str text, struct span at,
	void (*found)(void *arg, struct span at, struct str kind), void *arg);

/* As rules_trouble. */
const char *named_trouble(struct named *n);

#endif
