/* compare: a guard for batches. The new dataset is held back where it has much less than
 * the old one: a crawl that failed, a rule that no longer fits. */
#ifndef AGGREGATE_COMPARE_H
#define AGGREGATE_COMPARE_H

#include "pack.h"

/* Indicators that fewer documents gave are not judged: one report more or less decides there. */
enum { COMPARE_LEAST = 10 };

/* Reads documents.csv, facts.csv and codebook.csv of both folders, and puts a line into
 * SAID for each number that fell by more than SHARE percent: documents, facts, and the
 * share of documents that give an indicator. False with the reason in ERROR where a
 * folder cannot be read. */
bool compare_datasets(const char *old, const char *new, size_t share, struct buf *said, char *error, size_t room)
	__attribute__((warn_unused_result));

#endif
