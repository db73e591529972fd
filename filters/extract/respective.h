/* respective: lists that name first and count afterwards.
 *
 * 审结率、纠错率、和解率分别为96%、12%、28%: each number belongs to the name at its place. What
 * such a list names stands apart from its number, and often shares words with its
 * neighbours (民事、刑事法律援助案件), so that no pattern over the sentence can join them. */
#ifndef EXTRACT_RESPECTIVE_H
#define EXTRACT_RESPECTIVE_H

#include "quantity.h"
#include "context.h"
#include "seasons.h"

enum { LIST_MOST = 12 };

/* One list, while its numbers are read. Spans are of the context. */
struct respective {
	size_t first, n;        /* expressions that are its numbers; n is 0 where there is none */
	bool aligned;           /* as many names as numbers */
	bool dated;             /* they are years, or parts of one, of one name */
	struct span part[LIST_MOST];    /* the names; of a dated list the words around the dates */
	struct span own[LIST_MOST];     /* a name without what it shares with the others */
	struct span prefix, suffix;     /* shared words; SPAN_NONE where there are none */
	bool complete;          /* the names end alike (率): none lacks a suffix */
	uint32_t from;          /* where the names begin */
	uint32_t between, to;   /* the words after 分别, up to the first number */
	size_t date[LIST_MOST]; /* of a dated list, the expressions of its dates */
	int years;              /* of a dated list with one date for all (近三年), its first year */
	bool seasonal;          /* of a dated list: parts of the year YEARS, or of the report's where that is 0 */
	char season[LIST_MOST][SEASON_SIZE];
};

/* Reads the list of which number I is the first, or finds I in the list that was read before. True where I
 * stands in one. */
bool respective_read(struct respective *r, const struct context *c, const struct exprs *exprs, size_t i);

/* Writes what would stand before number I by its own name, the TRY-th way of completing it. False where
 * there is no further way. */
bool respective_wording(const struct respective *r, const struct context *c, size_t i, int try, struct buf *b);

/* The place of number I in its row. */
size_t respective_place(const struct respective *r, size_t i);

#endif
