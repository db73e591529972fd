/* quantity: the expressions of a sentence that are quantities, dates or document
 * numbers. What a number is called (its indicator) and how it is meant (change,
 * modality, scope) is decided later, from its context. */
#ifndef EXTRACT_QUANTITY_H
#define EXTRACT_QUANTITY_H

#include "wordset.h"
#include "fact.h"
#include "literal.h"
#include "units.h"

enum expr_kind { EXPR_FACT, EXPR_DATE, EXPR_DOCNO };

/* What must be seen in the context before a number counts. */
enum expr_proof {
	PROOF_NONE,
	PROOF_RANK,             /* 第三: a place only after 居, 列, 名列 … */
	PROOF_ONE               /* 一次: a count only where something was done */
};

struct expr {
	enum expr_kind kind;
	struct span at;
	enum expr_proof proof;
	struct fact fact;       /* EXPR_FACT: at, kind, values, unit, bound are set */
	struct str unit_group;  /* of the unit, for rules */
	const char *iso;        /* EXPR_DATE: arena; empty where no year is known */
	int year;               /* EXPR_DATE: named year, 0 where none */
	bool whole_year;
	uint32_t norm;          /* place of its @ in the normalised sentence */
	bool zero;              /* 零败诉: what it counts is part of it */
};

struct exprs {
	struct expr *items;
	size_t n, cap;
};

/* Words that the finder needs: units, modifiers before and behind a number,
 * fixed phrases with numerals in them. */
struct lexicon {
	const struct units *units;
	struct modifier {
		struct str word;
		int bound;              /* enum fact_bound */
		struct str unless;      /* characters that may not stand before it */
		bool scale;             /* only before a bare scale: 上百, 过万 */
	} before[64], behind[64], notunit[64];  /* notunit: 分 is none before 别 */
	size_t nbefore, nbehind, nnotunit;
	bool may_close[256];            /* last bytes of before, third bytes of behind: most */
	bool may_open[256];             /* places are passed over by them */
	struct literal_set *names;      /* phrases in which numerals are no quantities */
	struct str zero[64];            /* what 零 counts: 败诉, 事故 */
	size_t nzero;
	struct wordset counted;         /* nouns that large numbers count without a unit: 2.3万群众 */
	uint64_t stops[64];             /* characters that may begin a number or a phrase, by their last two bytes */
	uint64_t joins[64];             /* those that may follow the first numeral of a number or a date */
};

/* Understands words.tsv (columns class, word, value): classes before, behind
 * (value: a bound), notunit, name, zero, counted. Errors go to t->error. */
void lexicon_load(struct lexicon *lex, struct table *t, const struct units *units);
void lexicon_free(struct lexicon *lex);

/* Appends the expressions of text[at) to OUT, in text order. YEAR is the
 * report's, for dates that name none (0: unknown). */
void quantities_find(const struct lexicon *lex, struct arena *a, struct str text,
	struct span at, int year, struct exprs *out);

#endif
