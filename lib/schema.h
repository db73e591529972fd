/* schema: one table of fields reads and writes a struct as a MessagePack map.
 *
 * A table tells, for each key of the map, where its value lives in the struct
 * and what it is; so a key is named once, and no ladder of comparisons reads it.
 * Unknown keys are stepped over (they may come from a later version), missing
 * ones leave the field's null value. */
#ifndef GONGWEN_SCHEMA_H
#define GONGWEN_SCHEMA_H

#include "decimal.h"
#include "pack.h"
#include "unpack.h"

enum schema_type {
	SCHEMA_STR,     /* struct str; nil is {NULL, 0} */
	SCHEMA_INT,     /* int64_t */
	SCHEMA_BOOL,    /* bool */
	SCHEMA_SPAN,    /* struct span; nil is SPAN_NONE */
	SCHEMA_ENUM,    /* int: index into names; an unknown name is an error */
	SCHEMA_NUMBER,  /* struct number; integers stay integers */
	SCHEMA_DOUBLE,  /* double */
	SCHEMA_MAP,     /* nested struct with its own table; nil leaves nulls */
	SCHEMA_FACTS,   /* struct indices: an array of small integers */
};

/* A number of a record, or none. */
struct number {
	struct decimal value;
	bool given;
};

/* Indices of other items of the record; the array lives in the arena. */
struct indices {
	uint32_t *items;
	size_t n;
};

struct schema {
	const char *key;                /* NULL ends the table */
	enum schema_type type;
	size_t offset;                  /* offsetof the field */
	const char *const *names;       /* SCHEMA_ENUM: NULL-ended */
	const struct schema *fields;    /* SCHEMA_MAP */
	bool optional;                  /* left out of the map where null */
};

/* Sets all fields of OUT that the table names to their null values. */
void schema_clear(const struct schema *s, void *out);

/* Reads one map into OUT (cleared first). Strings point into the record; lists
 * come from the arena. Errors stay in the cursor. */
void schema_read(const struct schema *s, struct cursor *c, struct arena *a, void *out);

/* Packs one map, keys in the table's order. */
void schema_pack(const struct schema *s, struct buf *b, const void *in);

/* Reads an array of maps; returns the items (arena) and puts their number into
 * *N. SIZE is the struct's size. On an error *N is 0 and the cursor tells. */
void *schema_read_list(const struct schema *s, struct cursor *c, struct arena *a,
	size_t size, size_t *n);

/* Packs an array of maps. */
void schema_pack_list(const struct schema *s, struct buf *b, const void *items,
	size_t n, size_t size);

/* The index of NAME in a NULL-ended list, or -1. */
int name_index(const char *const *names, struct str name);

/* A number's value as it is written in JSON and CSV: plain, exact. */
void pack_number(struct buf *b, struct number v);

#endif
