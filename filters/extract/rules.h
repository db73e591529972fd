/* rules: patterns over the context of a number, as lines of a table.
 *
 * Both tables of patterns work the same way: rules.tsv gives numbers their
 * indicators, cues.tsv their other attributes. A context is a normalised
 * sentence in which the number in question stands as # and the other numbers as
 * @. A line is tried only where one of its literals stands in the context; the
 * literals of all lines are found in one pass over the sentence. */
#ifndef EXTRACT_RULES_H
#define EXTRACT_RULES_H

#include "fact.h"
#include "literal.h"
#include "table.h"

struct rule;
struct rules;

struct units;
struct gates;

/* A number's place, for matching. */
struct rule_subject {
	struct str sentence;    /* normalised; '#' at AT */
	uint32_t at;
	/* headings and the paragraph so far, normalised; made only where a line asks */
	struct str (*wider)(void *arg);
	void *arg;
	int kind;               /* enum fact_kind */
	int change;             /* enum fact_change */
	struct str unit;        /* group of the unit */
	bool any_unit;          /* a growth of something whose unit is not known */
	struct str about;       /* an indicator: only cues whose value lists the beginning of its id; empty: all */
};

/* Understands rules.tsv (columns indicator pattern literal unit change near not
 * priority) or cues.tsv (class value pattern literal kind near not priority).
 * CATALOGUE (indicators.tsv) gives kinds and units; NULL for cues. A line for ?ID, where
 * the catalogue has no ID, keeps its numbers from their neighbours and leaves them open.
 * Patterns are
 * compiled when they are first tried, so that a bad one is an error only where
 * CHECK asks to compile all. Errors go to t->error. GATES serves all tables of patterns
 * that ask about one sentence; it stays the caller's. */
struct rules *rules_load(struct table *t, struct table *catalogue, const struct units *units,
	struct gates *gates);

/* Compiles every pattern now; false with t->error set at the first bad one. */
bool rules_compile(struct rules *r);
void rules_free(struct rules *r);

/* Finds all literals of a sentence, for the matches that follow. */
void rules_scan(struct rules *r, struct str sentence);

/* The same for another sentence; rules_return() goes back to the one before, which has to stay. */
void rules_scan_aside(struct rules *r, struct str sentence);
void rules_return(struct rules *r);

/* The best line for a number of the scanned sentence: highest priority, then the literal nearest to #,
 * then the longest, then the first line. CLS limits the lines to one class of
 * cues (-1: indicators). Returns the line's index or -1. VALUE receives the line's
 * value (indicator or cue value), GROUP the text of its first capture group, if
 * any (relative to the sentence). */
/* The index of a class of cues, -1 where the table has none of that name. */
int rules_class(const struct rules *r, const char *name);

int rules_match(struct rules *r, const struct rule_subject *s, int cls, struct str *value, struct span *group);

/* indicator:ordinal, the name of a line; lives as long as the rules. */
struct str rules_name(const struct rules *r, int rule);

/* The rule asks for words near what it matches, too. */
bool rules_looks_near(const struct rules *r, int rule);

/* The first pattern that gave up (limits) since the last call: its line and why; NULL
 * for none. Such a pattern is not tried again until this is called, at a record's end. */
const char *rules_trouble(struct rules *r);

#endif
