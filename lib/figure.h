/* figure: what a fact says as a number: its value, and how sure and how fine it is. */
#ifndef GONGWEN_FIGURE_H
#define GONGWEN_FIGURE_H

#include "fact.h"
#include "period.h"
#include "verdicts.h"

struct figure {
	struct decimal value, high;     /* without zeros at their ends; high where has_high */
	uint8_t kind, bound;            /* as in struct fact */
	int8_t place;                   /* power of ten of the last digit that is stated */
	bool has_high;
	bool corrected;                 /* the value is a verdict's, not the text's */
};

/* The value of a fact as exactly as it was written. */
struct decimal figure_value(const struct fact *x);

/* Takes the figure of X, or what the verdict V (NULL for none) corrects it to. False where
 * it has no number, or was found wrong and nobody says what would be right. */
bool figure_take(const struct fact *x, const struct verdict *v, struct figure *out);

/* Orders by value, bound and high. */
int figure_cmp(const struct figure *a, const struct figure *b);

/* Could both be one number? Each stands for all that rounds to it, 以上 for all above. */
bool figure_agrees(const struct figure *a, const struct figure *b);

/* The least and the most that the figure may be, 约 a tenth to either side; false where that
 * side is open. */
bool figure_least(const struct figure *x, struct decimal *out);
bool figure_most(const struct figure *x, struct decimal *out);

/* What a promise asks for: of a range the easier end. CEILING: no more than that. */
struct decimal figure_mark(const struct figure *promise, bool ceiling);

enum figure_result { FIGURE_REACHES, FIGURE_MISSES, FIGURE_UNCLEAR };

/* Does the figure reach MARK, or stay below where that is a ceiling? */
enum figure_result figure_result(const struct figure *x, struct decimal mark, bool ceiling);

/* Is X an earlier figure (of the days WHEN) that a report on the days OWN quotes? Such a
 * one is a witness for its own time. */
bool figure_is_quoted(const struct fact *x, const struct period *when, const struct period *own);

#endif
