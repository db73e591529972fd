/* judge: compares one record with its gold and counts into the run. */
#ifndef SCORE_JUDGE_H
#define SCORE_JUDGE_H

#include "about.h"
#include "fact.h"
#include "filter.h"
#include "gold.h"
#include "segment.h"
#include "tally.h"

struct judge {
	struct filter *f;
	const struct gold *gold;
	struct run *run;
	struct document *doc;
	struct str text;
	struct about about;
	bool has_about;
};

/* Each counts only where the record has its key; else the tallies stay
 * uncounted, so that a stream from the middle of the pipeline can be scored. */
void judge_about(struct judge *j);      /* first: the others ask for the period */
void judge_facts(struct judge *j);
void judge_dates(struct judge *j);
void judge_outline(struct judge *j);

/* The gold offsets count bytes of the text: true where the texts agree. */
bool judge_same_text(const struct judge *j);

static inline struct tally *judge_tally(struct judge *j, enum metric m)
{
	j->doc->t[m].counted = true;
	return &j->doc->t[m];
}

static inline struct str judge_text(const struct judge *j, struct span at)
{
	return at.e <= j->text.n ? str_sub(j->text, at.b, at.e) : (struct str){"", 0};
}

static inline void judge_miss(struct judge *j, enum metric m, struct span at, struct str ours,
	struct str gold)
{
	run_miss(j->run, j->gold->name, m, at, span_is_none(at) ? (struct str){"", 0}
		: judge_text(j, at), ours, gold);
}

#endif
