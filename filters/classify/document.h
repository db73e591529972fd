/* document: what document this is (record key about). */
#ifndef CLASSIFY_DOCUMENT_H
#define CLASSIFY_DOCUMENT_H

#include "about.h"
#include "filter.h"
#include "genres.h"
#include "issuers.h"
#include "periods.h"
#include "regions.h"
#include "segment.h"

struct knowledge {
	struct issuers issuers;
	struct genres genres;
	struct periods periods;
	struct regions regions;
};

/* Fills OUT from the record in hand; problems go to the filter. */
void document_about(const struct knowledge *k, struct filter *f, struct str text,
	const struct segment *segments, size_t n, struct about *out);

#endif
