/* rows: the rows that one document adds to documents, facts, findings and problems. */
#ifndef AGGREGATE_ROWS_H
#define AGGREGATE_ROWS_H

#include "annotated.h"
#include "catalogue.h"
#include "verdicts.h"

/* The tables whose rows belong to a document, in the order of struct rows. */
enum row_set { ROWS_DOCUMENTS, ROWS_FACTS, ROWS_FINDINGS, ROWS_PROBLEMS, ROW_SETS };

struct rows {
	struct buf set[ROW_SETS];
};

/* Makes all rows of D (the buffers are emptied first). */
void rows_make(struct rows *r, const struct document *d, const struct catalogue *c,
	const struct verdicts *v, struct arena *a);
void rows_free(struct rows *r);

/* The last two cells of a row of documents: number of problems, and lost. */
void rows_documents_tail(struct buf *b, size_t problems, bool lost);

/* A row of problems that aggregate itself adds. */
void rows_problem(struct buf *b, const char *doc_key, struct str path, const char *code,
	bool lost, const char *message);

#endif
