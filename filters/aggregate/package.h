/* package: datapackage.json (Frictionless Data Package): what each file and column
 * is, keys and links, size and hash; and which programs and rules made it. */
#ifndef AGGREGATE_PACKAGE_H
#define AGGREGATE_PACKAGE_H

#include "catalogue.h"
#include "columns.h"
#include "filter.h"

/* The chains of filters that the parts came through, each once. */
struct provenance {
	struct buf *chains;     /* JSON arrays of steps */
	size_t n;
};

/* Takes the header in hand; false where it is damaged. */
bool provenance_add(struct provenance *p, const struct stream_in *in);
void provenance_free(struct provenance *p);

struct package {
	int folder;
	const struct filter *filter;            /* this program's own step */
	const struct catalogue *catalogue;
	const struct provenance *provenance;
	uint64_t rows[TABLES];
	bool database, workbook, stata, page;   /* are there */
	char error[256];
};

/* Hashes the files of the folder and writes the package. No time and no path is in
 * it: the same rows give the same bytes. False with ->error set. */
bool package_write(struct package *p) __attribute__((warn_unused_result));

#endif
