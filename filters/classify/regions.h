/* regions: the administrative divisions (lib/regions.tsv): finding their names in
 * text, and telling which one is meant. */
#ifndef CLASSIFY_REGIONS_H
#define CLASSIFY_REGIONS_H

#include "arena.h"
#include "literal.h"
#include "table.h"

enum { REGION_NONE = -1 };

struct region {
	struct str code, name, level;
	int from, to;           /* years at whose end it stood under this name; 0 and 9999 where open */
	struct str successor;
	struct str latin;       /* gu-lou; jiang-su|js of a province; may be empty */
	int parent;             /* index, REGION_NONE at the top */
};

struct regions {
	struct region *items;
	size_t n;
	int *by_code;           /* indices of those with a code, in its order */
	size_t ncodes;
	struct literal_set *set;
	struct region_name *names;
	size_t nnames, cap;
};

/* A name in a text, and the divisions that it may mean. */
struct region_mention {
	struct span at;
	bool full;              /* the whole name, no short form */
	uint32_t first, count;  /* of struct region_mentions.may */
};

struct region_mentions {
	struct region_mention *items;
	size_t n;
	int *may;
	size_t nmay;
};

/* Understands the table; errors stay in it. */
void regions_load(struct regions *r, struct table *t);
void regions_free(struct regions *r);

/* The names in a text, leftmost and longest first, not overlapping (arena). */
struct region_mentions regions_find(const struct regions *r, struct str text, struct arena *a);

/* True where ANCESTOR is above INDEX. */
bool regions_above(const struct regions *r, int ancestor, int index);

/* The division of a code that stood at the end of YEAR, else the last of them; REGION_NONE for none. */
int regions_code(const struct regions *r, struct str code, int year);

/* The division that INDEX was at the end of YEAR: itself, or what became of it. */
int regions_at(const struct regions *r, int index, int year);

/* 山东省聊城市东昌府区 (arena). */
struct str regions_path(const struct regions *r, int index, struct arena *a);

#endif
