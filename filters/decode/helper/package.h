/* package: the parts of a zipped document, within bounds. */
#ifndef HELPER_PACKAGE_H
#define HELPER_PACKAGE_H

#include "arena.h"
#include "text.h"

struct part {
	struct str name;        /* without a slash at its start */
	struct str data;
};

struct package {
	struct part *parts;     /* ordered by name */
	size_t n;
	const char *code, *lost;        /* of the first problem; NULL for none: literals */
};

/* Unpacks those parts of the zip archive IN whose names WANTED accepts; they are
 * from the arena. A damaged archive gives the parts before the damage. */
void package_read(struct package *p, struct str in, bool (*wanted)(struct str name), struct arena *a);

/* A part; {NULL, 0} where it is missing. Names differ in case with some makers. */
struct str package_part(const struct package *p, struct str name);

/* NAME as a part FROM refers to it: absolute, or relative to FROM's folder. In the
 * arena. */
struct str package_resolve(struct str from, struct str name, struct arena *a);

#endif
