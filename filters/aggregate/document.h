/* document: what aggregate takes of a record. */
#ifndef AGGREGATE_DOCUMENT_H
#define AGGREGATE_DOCUMENT_H

#include "about.h"
#include "fact.h"
#include "filter.h"
#include "key.h"
#include "period.h"
#include "segment.h"

struct document {
	struct str path, member, url;           /* the identity */
	struct str id, retrieved;               /* the version */
	struct str type, charset, charset_by, fingerprint;
	struct number bytes, replaced;
	struct key key;
	struct str text;                        /* {NULL, 0}: it could not be decoded */
	struct about about;
	struct period period;                   /* of the report */
	bool has_about, has_findings;
	size_t nsegments, nsentences, nlabels, nfacts, nfindings, nproblems;
	const struct sentence *sentences;
	const struct label *labels;
	const struct fact *facts;
	const struct key *fact_keys;            /* one a fact */
	const int *indicators;                  /* of each fact, its place in the catalogue; -1: none, or a|b */
	const struct finding *findings;
	const struct key *finding_keys;
	const struct problem *problems;
	bool lost;                              /* a problem lost content */
};

/* Reads the record in hand; all of it lives until the next one. Ends the program
 * where the record is damaged, or has text but no facts. */
void document_read(struct filter *f, struct document *d);

#endif
