/* genres: kinds of documents (genres.tsv). */
#ifndef CLASSIFY_GENRES_H
#define CLASSIFY_GENRES_H

#include "issuers.h"
#include "patterns.h"

struct genre_rule {
	struct str genre;
	size_t row;
	pcre2_code *title, *text;       /* NULL: anything */
	uint64_t issuers;               /* bits of enum issuer_kind; 0: anyone */
	bool enclosed;                  /* no genre: the title has another one inside */
};

struct genres {
	struct genre_rule *items;
	size_t n;
	struct matcher *matcher;
};

void genres_load(struct genres *g, struct table *t);
void genres_free(struct genres *g);

/* Is it the name of a genre? */
bool genres_known(const struct genres *g, struct str name);

/* The genre of the first rule that fits; {NULL, 0} for none. */
struct str genres_find(const struct genres *g, struct str title, enum issuer_kind issuer, struct str text);

/* The title of the report that a notice hands on (关于印发…报告的通知), as a range of TITLE; empty
 * where it is none. */
struct span genres_inner(const struct genres *g, struct str title);

#endif
