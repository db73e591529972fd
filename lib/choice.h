/* choice: which figure fills a cell of a table, and which of several.
 *
 * A cell is a region, a subject (whose report), a period and an indicator. A fact
 * claims the cell of its indicator where choice_of says CHOICE_CLAIMS: it is an actual
 * level of the catalogue's kind, of one indicator, the subject's own, and stands in
 * neither a plan nor page furniture. A department's fact claims the cell of its region's
 * government, too, where choice_whole_region says that it speaks of the whole region.
 * Of several claims the one with the least choice_rank is taken; among equals the value
 * that is stated most often, then the first by document and text.
 *
 * A part of a year never fills the cell of the year: the period is part of the cell. */
#ifndef GONGWEN_CHOICE_H
#define GONGWEN_CHOICE_H

#include "fact.h"
#include "table.h"

/* Why a fact claims no cell. */
enum choice_why {
	CHOICE_CLAIMS,
	CHOICE_OPEN,            /* no indicator */
	CHOICE_EITHER,          /* one figure for two indicators, a|b: nobody knows which */
	CHOICE_TARGET,          /* a promise or a requirement */
	CHOICE_REFERENCE,       /* quoted to compare */
	CHOICE_CHANGE,          /* a growth or a distance, no level */
	CHOICE_SCOPE,           /* somebody else's */
	CHOICE_KIND,            /* of another kind than the catalogue's: a percent of a count */
	CHOICE_PLAN,            /* in a plan or in page furniture */
	CHOICE_VALUE            /* no number */
};
extern const char *const choice_whys[];         /* claims, open, either, …, NULL-ended */

/* What a figure counts: the column `nature` of the catalogue. */
enum choice_nature { NATURE_UNKNOWN, NATURE_FLOW, NATURE_STOCK, NATURE_CUMULATIVE, NATURE_RATE, NATURE_RANK };
extern const char *const choice_natures[];      /* "", flow, stock, …, NULL-ended */

struct choice_word;

struct choice {
	struct choice_word *words;
	size_t n;
	uint16_t first[257];    /* words by their the second byte: Chinese shares its first */
	struct table *fields;   /* fields.tsv; what each office keeps for its region */
};

/* Reads choice.tsv and fields.tsv; strings stay in the tables, errors, too. */
void choice_load(struct choice *c, struct table *t, struct table *fields);
void choice_free(struct choice *c);

/* ROLE is the label of the fact's segment ({NULL, 0}: none), KIND the catalogue's kind of
 * its indicator (enum fact_kind; -1 where the catalogue does not have it). */
enum choice_why choice_of(const struct fact *x, struct str role, int kind);

/* What the words before the figure, in its clause, say of its nature; NATURE_UNKNOWN
 * where they say nothing: then the catalogue's holds. SENTENCE is the fact's sentence,
 * BEFORE the end of the figure before it in the text (0 where there is none). */
enum choice_nature choice_nature(const struct choice *c, struct str text, struct span sentence,
	uint32_t before, const struct fact *x);

/* The nature of figure I of FACTS in SENTENCE: that of its words, else USUAL. What is a rate
 * or a rank stays one, whatever the words. */
enum choice_nature choice_nature_of(const struct choice *c, struct str text, struct span sentence,
	const struct fact *facts, size_t i, enum choice_nature usual);

/* True where a department's figure is its whole region's: SUBJECT keeps the indicator for the
 * region (fields.tsv), and 全区 (the last character of
 * REGION, the full path) opens the figure's clause, or its sentence (a semicolon ends it),
 * not as what the figure is compared with, and no word of the department itself comes
 * between. */
bool choice_whole_region(const struct choice *c, struct str text, struct span sentence,
	const struct fact *x, struct str region, struct str subject);

/* Smaller is better: own before another's, from the report of that very period, of the
 * catalogue's nature, from an achievement, exact. */
unsigned choice_rank(const struct fact *x, struct str role, bool own, bool own_period, bool natural);

/* True for measure words that count times, not things (人次, 件次, 户次): such figures
 * are not compared with others. */
bool choice_counts_times(struct str unit);

#endif
