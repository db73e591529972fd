/* work: one sentence of a document while its numbers are turned into facts, and
 * what the parts of extract that decide on them share. */
#ifndef EXTRACT_WORK_H
#define EXTRACT_WORK_H

#include "assign.h"
#include "context.h"
#include "measure.h"
#include "respective.h"
#include "rules.h"

enum {
	CAPTION_MOST = 120,     /* bytes of what stands above a table and is its heading */
	WIDER = 1500,           /* bytes of the paragraph that patterns in `near` see */
	REACH = 1500            /* bytes back to a date or to a fact that a number belongs to */
};

struct assigner {
	struct table *genres;
	struct gates *gates;
	struct rules *rules, *cues;
	struct named *named;
	struct cell_words *cells;
	const struct units *units;
	struct measure_words measures;
	int reject, rank, one, change, modality, period, scope, shared, part, group, body;         /* classes of cues */
	struct buf wider, cell;
};

/* One sentence and what was found in it. */
struct work {
	struct assigner *a;
	struct document *d;
	const struct sentence *sentence;
	struct exprs *exprs;
	struct context context;
	bool wider_made;
	size_t shared, left;    /* facts whose growth the numbers in hand are, and how many still come */
	size_t row, row_from, row_of;   /* the last such row of rates: their number, the first of them, the first of its facts */
	struct respective list; /* the list that the numbers in hand stand in */
	bool breaks_down;       /* 其中 opens the sentence */
	struct str goes_on;     /* the period of the sentence that this one breaks down (其中…), or goes on from */
};

/* What `near` sees of a sentence: ARG is its struct work. */
struct str work_wider(void *arg);

/* What patterns ask about a number. */
struct rule_subject work_subject(struct work *w, const struct expr *x);

/* Asks one class of cues about a number; VALUE and GROUP as in rules_match. */
bool work_cue(struct work *w, const struct expr *x, int cls, struct str *value, struct span *group);

/* True where one of the words (NULL-ended) stands right before, or behind, a place; a blank may part them. */
bool stands_before(struct str text, uint32_t at, const char *const *words);
bool stands_behind(struct str text, uint32_t at, const char *const *words);

/* True where the brackets around FROM close before TO: 201件（2022年140件），同比. */
bool closes_between(struct str text, uint32_t from, uint32_t to);

/* A range of the text without white space and quotes at its ends. */
struct str unquoted(struct str a);

/* The words of a range of the context, as they stand in the text: with the quotes around a part of
 * them, without those around the whole. */
struct str work_text(const struct work *w, struct span at);

/* The period that the sentence gives a number, where it is not the report's own. */
void decide_period(struct work *w, size_t i);

/* Whose figure it is, where it is not the report's own. */
void decide_scope(struct work *w, struct expr *x);

/* As rules write what stands between a noun and its growth. */
#define GROWN "@，同比增长"

static inline bool is_rate(const struct fact *f)
{
	return f->kind == FACT_PERCENT || f->kind == FACT_POINTS || f->kind == FACT_RATIO;
}

static inline bool is_growth(const struct fact *f)
{
	return f->change == CHANGE_UP || f->change == CHANGE_DOWN;
}

/* The indicator of a number that has a subject of its own in its sentence. */
void name_indicator(struct work *w, struct expr *x);

/* The indicator of a number that stood behind the first WORDS bytes of B and BETWEEN, instead of in its own
 * sentence. B is written over. */
void name_instead(struct work *w, struct expr *x, struct buf *b, size_t words, const char *between);

/* The indicator of a number that stood right behind its MEASURE (of the context): a growth whose level the
 * sentence does not state counts what the level would (民事案件收案数量同比下降1.94%). */
void name_measure(struct work *w, struct expr *x, struct span measure);

/* The indicator of a number by its MEASURE and the words before a colon: 行政复议：受理86件. */
void name_labelled(struct work *w, struct expr *x, struct span measure);

/* What the number counts: measure, indicator and the rule that decided. */
void decide_subject(struct work *w, size_t i);

#endif
