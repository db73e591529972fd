/* roles: which part each segment plays in its document. */
#ifndef CLASSIFY_ROLES_H
#define CLASSIFY_ROLES_H

#include "labels.h"

/* What the words of a segment say. */
struct votes {
	int16_t *first, *rest;                  /* of each topic */
	int16_t mood[ROLES];
	uint8_t heading, tail, start, has, whole;      /* bits of roles */
};

/* A document while its labels are made. */
struct labels_maker {
	const struct words *words;
	struct str text;
	const struct segment *segments;
	size_t n;
	struct votes *votes;
	float *scores;          /* of each segment and topic */
	bool *turned;           /* a paragraph left the subject of its heading */
	size_t subject;         /* the topic of most of the document, the number of topics for none */
	struct label *labels;
};

enum { BITS_TURN = 1 << ROLE_PROBLEM | 1 << ROLE_PLAN };

/* Gives each label its role, and its score as far as the role goes; tells which segments
 * left the subject of their heading. */
void roles_make(struct labels_maker *m, struct arena *a);

#endif
