/* document: what report takes of a record. */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "about.h"
#include "filter.h"
#include "key.h"
#include "period.h"
#include "segment.h"

struct document {
	struct str path, member, url;           /* the identity */
	struct str id, retrieved;               /* the version */
	struct str type, charset, fingerprint;
	struct indices pages;                   /* where each begins in the text */
	struct key key;
	struct str text;                        /* {NULL, 0}: it could not be decoded */
	struct about about;
	struct period period;                   /* of the report */
	size_t nsegments, nsentences, nlabels, nfacts, nfindings, nproblems;
	const struct segment *segments;
	const struct sentence *sentences;
	const struct label *labels;
	const struct fact *facts;
	const struct key *fact_keys;            /* one a fact */
	const struct finding *findings;
	const struct key *finding_keys;
	const struct problem *problems;
	bool lost;                              /* a problem lost content */
};

/* Reads the record in hand; all of it lives until the next one. Ends the program
 * where the record is damaged, or has text but no facts. */
void document_read(struct filter *f, struct document *d);

/* The label of a fact's segment; NULL where there is none. */
const struct label *document_label(const struct document *d, const struct fact *x);

/* The period of a fact: its own, else the report's. */
struct str document_period(const struct document *d, const struct fact *x);

/* The value as exactly as it was written. */
struct decimal document_value(const struct fact *x);

#endif
