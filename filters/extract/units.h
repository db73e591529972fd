/* units: the words that follow a numeral and make it a quantity (lib/units.tsv). */
#ifndef EXTRACT_UNITS_H
#define EXTRACT_UNITS_H

#include "fact.h"
#include "table.h"

struct unit {
	struct str word;        /* as written */
	struct str name;        /* as facts carry it: 元, %, 百分点 */
	int kind;               /* enum fact_kind */
	struct str group;       /* units that mean the same to an indicator */
	int scale;              /* power of ten to the base unit */
	bool arabic;            /* only after Arabic digits */
};

struct units;

/* Understands the table; errors go to t->error (the result is then unusable). */
struct units *units_load(struct table *t);
void units_free(struct units *u);

/* The longest unit that starts at s, NULL where none does. */
const struct unit *units_match(const struct units *u, const char *s, size_t n);

#endif
