/* Segments match where their ranges are equal but for white space at the ends.
 * Topic and role are asked of every gold segment, at the segment of ours that
 * covers most of it and at least half, so that a cut in another place does not
 * count twice. */
#include "judge.h"

#include <stdio.h>

static struct span trimmed(const struct judge *j, struct span at)
{
	struct str s = str_trim(judge_text(j, at));
	size_t b = (size_t)(s.s - j->text.s);
	return (struct span){(uint32_t)b, (uint32_t)(b + s.n)};
}

static struct str shape(struct arena *a, struct str kind, long level)
{
	char s[64];
	int n = snprintf(s, sizeof s, "%.*s %ld", STR_ARG(kind), level);
	return (struct str){arena_strndup(a, s, (size_t)n), (size_t)n};
}

static void boundaries(struct judge *j, const struct segment *ours, size_t n)
{
	const struct gold *g = j->gold;
	struct arena *a = &j->f->arena;
	struct tally *range = judge_tally(j, M_BOUNDARY), *whole = judge_tally(j, M_SEGMENT);
	size_t i = 0, k = 0;

	/* both are in text order and do not overlap: walk them together */
	while (i < n || k < g->nsegments) {
		struct span o = i < n ? trimmed(j, ours[i].at) : SPAN_NONE;
		struct span w = k < g->nsegments ? trimmed(j, g->segments[k].at) : SPAN_NONE;
		struct str mine = i < n ? shape(a, str_of(segment_kinds[ours[i].kind]), ours[i].level) : STR("");
		struct str want = k < g->nsegments ? shape(a, g->segments[k].kind, g->segments[k].level) : STR("");
		if (i < n && o.b == o.e) {              /* nothing but space */
			i++;
		} else if (i < n && k < g->nsegments && o.b == w.b && o.e == w.e) {
			bool same = str_eq(mine, want);
			tally_add(range, true, true, true);
			tally_add(whole, true, true, same);
			if (!same)
				judge_miss(j, M_SEGMENT, o, mine, want);
			i++;
			k++;
		} else if (k == g->nsegments || (i < n && (o.b < w.b || (o.b == w.b && o.e < w.e)))) {
			tally_add(range, true, false, false);
			tally_add(whole, true, false, false);
			judge_miss(j, M_BOUNDARY, o, mine, STR(""));
			i++;
		} else {
			tally_add(range, false, true, false);
			tally_add(whole, false, true, false);
			judge_miss(j, M_BOUNDARY, w, STR(""), want);
			k++;
		}
	}
}

static size_t most_of(const struct segment *ours, size_t n, struct span at)
{
	size_t best = n, most = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t b = ours[i].at.b > at.b ? ours[i].at.b : at.b;
		uint32_t e = ours[i].at.e < at.e ? ours[i].at.e : at.e;
		if (e > b && e - b > most) {
			most = e - b;
			best = i;
		}
	}
	return 2 * most >= at.e - at.b ? best : n;
}

static struct str given(struct str s)
{
	return s.n && !str_is(s, "none") ? s : STR("");
}

static void labels(struct judge *j, const struct segment *ours, size_t n, const struct label *l)
{
	for (size_t k = 0; k < j->gold->nsegments; k++) {
		const struct gold_segment *g = &j->gold->segments[k];
		struct span at = trimmed(j, g->at);
		size_t i = most_of(ours, n, at);
		struct str topic = i < n ? given(l[i].topic) : STR(""), role = i < n ? given(l[i].role) : STR("");
		struct str want = given(g->topic), part = given(g->role);
		tally_add(judge_tally(j, M_TOPIC), topic.n, want.n, str_eq(topic, want));
		tally_add(judge_tally(j, M_ROLE), role.n, part.n, str_eq(role, part));
		if (i < n)
			band_add(j->run, l[i].score, str_eq(topic, want) && str_eq(role, part));
		if (!str_eq(topic, want))
			judge_miss(j, M_TOPIC, at, topic, want);
		if (!str_eq(role, part))
			judge_miss(j, M_ROLE, at, role, part);
	}
}

void judge_outline(struct judge *j)
{
	struct cursor c;
	size_t n, nlabels;

	if (!j->gold->has_segments || !filter_open(j->f, "segments", &c))
		return;
	struct segment *s = segments_read(&c, &j->f->arena, j->text, &n);
	filter_check(j->f, "segments", &c);
	boundaries(j, s, n);
	if (!filter_open(j->f, "labels", &c))
		return;
	struct label *l = labels_read(&c, &j->f->arena, &nlabels);
	if (!c.error && nlabels != n)
		cursor_fail(&c, "not one label a segment");
	filter_check(j->f, "labels", &c);
	labels(j, s, n, l);
}
