/* About: a value is right where it equals the gold but for white space. What the
 * gold leaves empty should be empty: a value there counts against precision. */
#include "judge.h"

static struct str squeezed(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n;) {
		size_t k = space_at(s.s + i, s.n - i);
		if (k == 0)
			out[n++] = s.s[i++];
		i += k;
	}
	return (struct str){out, n};
}

void judge_about(struct judge *j)
{
	const struct about *v = &j->about;
	struct cursor c;

	j->has_about = filter_open(j->f, "about", &c);
	if (!j->has_about)
		return;
	about_read(&c, &j->f->arena, &j->about);
	filter_check(j->f, "about", &c);
	if (!j->gold->has_about)
		return;
	const struct {
		const char *key;
		struct str ours;
		struct span at;
	} all[] = {
		{"title", v->title.value, v->title.at},
		{"genre", v->genre.value, v->genre.at},
		{"issuer", v->issuer.value, v->issuer.at},
		{"region", v->region.name, v->region.at},
		{"region_code", v->region.code, v->region.at},
		{"level", v->region.level, v->region.at},
		{"period", v->period.value, v->period.at},
		{"doc_number", v->number.value, v->number.at},
		{"date_written", v->written.value, v->written.at},
		{"date_published", v->published.value, v->published.at},
		{"signer", v->signer.value, v->signer.at},
		{"addressee", v->addressee.value, v->addressee.at},
	};
	_Static_assert(sizeof all / sizeof *all == M_ABOUT_LAST - M_ABOUT_FIRST + 1, "one metric a key");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		enum metric m = M_ABOUT_FIRST + (enum metric)i;
		struct str ours = squeezed(&j->f->arena, all[i].ours);
		struct str gold = squeezed(&j->f->arena, gold_about(j->gold, all[i].key));
		bool right = str_eq(ours, gold);
		tally_add(judge_tally(j, m), ours.n, gold.n, right);
		tally_add(judge_tally(j, M_ABOUT), ours.n, gold.n, right);
		if (!right)
			judge_miss(j, m, span_is_none(all[i].at) || all[i].at.e > j->text.n ? SPAN_NONE
				: all[i].at, ours, gold);
	}
}
