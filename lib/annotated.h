/* annotated: a document with all that the filters said of it, as the sinks read it: doc,
 * text, about, sentences, labels, facts, findings and problems of one record. */
#ifndef GONGWEN_ANNOTATED_H
#define GONGWEN_ANNOTATED_H

#include "about.h"
#include "filter.h"
#include "key.h"
#include "period.h"
#include "segment.h"

struct document {
	struct str path, member, url;           /* the identity */
	struct str id, retrieved;               /* the version */
	struct str type, charset, charset_by, fingerprint;
	struct number bytes, replaced;
	struct indices pages;                   /* where each begins in the text */
	struct key key;
	struct str text;                        /* {NULL, 0}: it could not be decoded */
	struct about about;
	struct period period;                   /* of the report */
	bool has_about, has_findings;           /* the record has that key */
	size_t nsegments, nsentences, nlabels, nfacts, nfindings, nproblems;
	const struct segment *segments;         /* NULL where they were only counted */
	const struct sentence *sentences;
	const struct label *labels;
	const struct fact *facts;
	const struct key *fact_keys;            /* one a fact */
	const int *indicators;                  /* NULL, or a place in the program's catalogue for each fact, -1 for none */
	const struct finding *findings;
	const struct key *finding_keys;
	const struct problem *problems;
	bool lost;                              /* a problem lost content */
};

/* What a program needs of the key segments: how many there are, or each. */
enum annotated_segments { SEGMENTS_COUNTED, SEGMENTS_READ };

/* Reads the record in hand; all of it lives until the next one. Ends the program where
 * the record is damaged, or has text but no facts. */
void annotated_read(struct filter *f, enum annotated_segments segments, struct document *d);

/* The label of a fact's segment; NULL where there is none. */
const struct label *annotated_label(const struct document *d, const struct fact *x);

/* Its role; {NULL, 0} where there is none. */
struct str annotated_role(const struct document *d, const struct fact *x);

/* The period of a fact: its own, else the report's. */
struct str annotated_period(const struct document *d, const struct fact *x);

/* The sentence that holds byte AT: its index, or SIZE_MAX. HINT is where the last one
 * was: facts come in text order. */
size_t annotated_sentence(const struct document *d, uint32_t at, size_t hint);

/* The range of a fact's sentence; the fact's own where it stands in none. */
struct span annotated_around(const struct document *d, const struct fact *x, size_t *hint);

/* What each fact is a share of, an indicator or else words, where the audit recomputed
 * the rate (arena; {NULL, 0} where that is not known). */
const struct str *annotated_bases(const struct document *d, struct arena *a);

#endif
