#include "given.h"
#include "dates.h"
#include "period.h"

void given_head(struct reader *r)
{
	static const struct {
		const char *name;
		size_t offset;
	} names[] = {
		{"genre", offsetof(struct given, genre)}, {"发布机构", offsetof(struct given, issuer)},
		{"region", offsetof(struct given, region)}, {"region_code", offsetof(struct given, code)},
		{"period", offsetof(struct given, period)},
	};
	struct cursor doc, head;
	uint32_t n = 0;

	if (!filter_open(r->f, "doc", &doc) || !filter_open(r->f, "head", &head))
		return;
	for (uint32_t keys = cursor_map(&doc); keys > 0 && !doc.error; keys--) {
		if (str_is(cursor_str(&doc), "given")) {
			n = cursor_array(&doc);
			break;
		}
		cursor_skip(&doc);
	}
	/* they are the first entries of the head, in this order */
	for (uint32_t left = cursor_array(&head); n > 0 && left > 0 && !doc.error && !head.error; n--, left--) {
		struct str given = cursor_str(&doc);
		if (cursor_array(&head) != 2)
			cursor_fail(&head, "expected a pair [name, value]");
		struct str name = cursor_str(&head), value = str_trim(cursor_str(&head));
		for (size_t i = 0; i < sizeof names / sizeof *names && str_eq(given, name); i++) {
			struct str *s = (struct str *)((char *)&r->given + names[i].offset);
			if (str_is(name, names[i].name) && !s->n)
				*s = value;
		}
	}
	filter_check(r->f, "head", &head);
	filter_check(r->f, "doc", &doc);
}

/* 2023.0: a number of a column in which some are missing, as tables are often written. */
static struct str whole(struct str s)
{
	return str_ends(s, STR(".0")) ? str_sub(s, 0, s.n - 2) : s;
}

static void unknown(struct reader *r, const char *what, struct str value)
{
	filter_problem(r->f, "given-unknown", false, SPAN_NONE, "the %s given, %.*s, is not understood: the text's is taken",
		what, STR_ARG(value));
}

static void disagrees(struct reader *r, const char *code, struct span at, const char *what, struct str given, struct str text)
{
	filter_problem(r->f, code, false, at, "the %s given is %.*s, the text's %.*s", what, STR_ARG(given), STR_ARG(text));
}

void given_issuer(struct reader *r)
{
	struct about_value text = r->about->issuer;
	struct str given = r->given.issuer;

	/* 县司法局 is 安澜县司法局, which says more */
	if (!given.n || str_ends(text.value, given))
		return;
	r->about->issuer = r->about->subject = (struct about_value){{NULL, 0}, SPAN_NONE};
	r->issuer = ISSUER_NONE;
	r->joined = r->from_text = false;
	maker_given(r, given);
	if (text.value.n && !str_ends(r->about->issuer.value, text.value))
		disagrees(r, "issuer-disagrees", text.at, "issuer", r->about->issuer.value, text.value);
}

void given_genre(struct reader *r)
{
	struct str text = r->about->genre.value, given = r->given.genre;

	if (!given.n)
		return;
	if (!genres_known(&r->k->genres, given)) {
		/* or its Chinese name: 政府工作报告 */
		struct str found = genres_find(&r->k->genres, given, r->issuer, STR(""));
		if (!found.n || str_is(found, "other")) {
			unknown(r, "genre", given);
			return;
		}
		given = found;
	}
	r->about->genre.value = given;
	if (text.n && !str_is(text, "other") && !str_eq(text, given))
		disagrees(r, "genre-disagrees", SPAN_NONE, "genre", given, text);
}

void given_period(struct reader *r)
{
	struct about_period text = r->about->period, p = {.at = SPAN_NONE};
	struct str given = whole(r->given.period);
	struct period days;

	if (!given.n)
		return;
	period_parse(given, STR(""), &days);
	if (days.start[0] && days.end[0]) {
		p.value = given;
		p.start = (struct str){arena_strndup(r->a, days.start, 10), 10};
		p.end = (struct str){arena_strndup(r->a, days.end, 10), 10};
		p.part_year = !(str_ends(p.start, STR("-01-01")) && str_ends(p.end, STR("-12-31")));
	} else if (!periods_find(&r->k->periods, given, UINT32_MAX, (struct str){NULL, 0}, &p, r->a) || !p.value.n) {
		unknown(r, "period", r->given.period);
		return;
	}
	if (str_eq(text.value, p.value))
		return;                 /* the text proves it */
	/* a column of years has the year of 2024年政府工作报告, which tells of 2023 */
	int said = p.part_year || !str_eq(str_sub(p.start, 0, 4), str_sub(p.end, 0, 4)) ? 0 : iso_year(p.start);
	if (said && str_is(r->about->genre.value, "work_report") && !text.part_year
	    && iso_year(text.start) == said - 1 && iso_year(text.end) == said - 1)
		return;
	r->about->period = p;
	if (text.value.n && !r->period_supposed)
		disagrees(r, "period-disagrees", text.at, "period", p.value, text.value);
}

/* The division of the code; REGION_NONE for an unknown one. */
static int by_code(const struct reader *r, int year)
{
	struct str code = whole(r->given.code);

	for (size_t i = 0; i < code.n; i++)
		if (code.s[i] < '0' || code.s[i] > '9')
			return REGION_NONE;
	/* 500113001000 is a township of 500113 */
	return code.n == 6 || code.n == 9 || code.n == 12
		? regions_code(&r->k->regions, str_sub(code, 0, 6), year ? year : 9998) : REGION_NONE;
}

/* A place that the table does not have still tells reports apart. */
static void name_only(struct reader *r, struct str name)
{
	struct about_region *out = &r->about->region;
	enum issuer_kind level;

	out->name = name;
	if (issuers_division(&r->k->issuers, name, &level))
		out->level = str_of(issuer_kinds[level]);
}

struct placed given_place(struct reader *r, struct place *p)
{
	const struct regions *all = &r->k->regions;
	struct str code = r->given.code, name = r->given.region;
	struct place by_text = *p, by_name = {.regions = p->regions, .issuers = p->issuers, .year = p->year, .leading = 1};

	by_text.quiet = code.n || name.n;
	struct placed text = place_find(&by_text, r->f, r->text), given = {.region = REGION_NONE, .at = SPAN_NONE};
	if (!by_text.quiet)
		return text;
	if (code.n && (given.region = by_code(r, p->year)) == REGION_NONE)
		unknown(r, "region's code", code);
	bool exact = given.region != REGION_NONE;
	if (!exact && name.n) {
		/* which of those with that name, the document's own words may tell */
		place_clue(&by_name, name, UINT32_MAX, true);
		for (size_t i = 0; i < p->n; i++)
			place_clue(&by_name, p->clues[i].s, p->clues[i].base, p->clues[i].leads);
		given = place_find(&by_name, r->f, r->text);
		given.at = SPAN_NONE;
	}
	if (given.region == REGION_NONE && !given.part.n) {
		if (text.region != REGION_NONE && name.n && !given.ambiguous)
			unknown(r, "region", name);
		else if (name.n && !given.ambiguous)
			name_only(r, name);
		return text;
	}
	if (text.region == given.region && (exact || !given.part.n || str_eq(given.part, text.part)))
		return text;
	if (text.region == REGION_NONE || text.region == given.region || regions_above(all, text.region, given.region))
		return given;
	if (!exact && !given.part.n && regions_above(all, given.region, text.region))
		return text;
	disagrees(r, "region-disagrees", text.at, "region", regions_path(all, given.region, r->a),
		regions_path(all, text.region, r->a));
	return given;
}
