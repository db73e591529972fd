/* key: ids of documents, facts and findings, the same in every output.
 *
 * A document's is a hash of its identity. A fact's is a hash of the text without its
 * white space and of the figure's place in it, so that it stays when a page is crawled
 * again with other line ends; a finding's comes from its kind and its facts. */
#ifndef GONGWEN_KEY_H
#define GONGWEN_KEY_H

#include "fact.h"

/* A letter and 16 hex digits: never all digits, so that no reader of CSV takes it
 * for a number. d… is a document, f… a fact, a… a finding of the audit. */
enum { KEY_LEN = 17 };

struct key {
	char s[KEY_LEN + 1];
};

/* The arena holds what is needed on the way. */
struct key key_document(struct str path, struct str member, struct str url, struct arena *a);

/* One a fact, unlike each other within the document (arena). */
const struct key *keys_facts(struct str text, const struct fact *facts, size_t n, struct arena *a);

/* One a finding (arena); the facts that a finding names must be there. */
const struct key *keys_findings(const struct finding *findings, size_t n, const struct key *fact_keys,
	struct arena *a);

#endif
