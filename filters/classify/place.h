/* place: which division a document speaks of, by the places where it is named. */
#ifndef CLASSIFY_PLACE_H
#define CLASSIFY_PLACE_H

#include "filter.h"
#include "hosts.h"
#include "issuers.h"
#include "regions.h"

enum { CLUES_MOST = 24 };

/* A text that may name the division, the most telling first. */
struct clue {
	struct str s;
	uint32_t base;          /* where it stands in the document's text; UINT32_MAX: elsewhere */
	bool leads;             /* the name must stand at its start (an issuer, a title) */
};

struct place {
	const struct regions *regions;
	const struct issuers *issuers;
	struct clue clues[CLUES_MOST];
	size_t n;
	int year;               /* of the period's end, 0 where it is not known */
	bool national;          /* the issuer is a national body */
	bool provincial;        /* it is a province's department */
	bool township, zone;    /* found: the clues name one */
	size_t leading;         /* so many clues may name it, and the others only vote; 0: all may, and the text */
	bool quiet;             /* candidates that are left are no problem */
	struct host host;       /* of the page */
	struct str level;       /* 省, 县 where the document says 我省, 县司法局; else empty */
};

struct placed {
	int region;             /* REGION_NONE where nothing or no one thing was found */
	struct str part;        /* a township or zone in it, {NULL, 0} for none */
	enum issuer_kind part_kind;
	struct span at;
	bool ambiguous;         /* several, and nothing decided */
};

void place_clue(struct place *p, struct str s, uint32_t base, bool leads);

/* Decides; notes a problem of the record where candidates are left. */
struct placed place_find(struct place *p, struct filter *f, struct str text);

/* Bytes of the names of divisions at the start of S: 重庆市巴南区 of 重庆市巴南区司法局;
 * not 三都 of 三都镇. */
size_t place_prefix(const struct regions *r, const struct issuers *is, struct str s, struct arena *a);

/* True where a name is a county's or district's in the table: 浦东新区. */
bool place_is_county(const struct regions *r, struct str s, struct arena *a);

#endif
