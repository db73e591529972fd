/* Which time a document covers: what the title names, else a heading, else the first
 * paragraphs, else the year before the date. */
#include "dates.h"
#include "reader.h"

/* The latest year that the opening of the text names, 0 for none; not the end of a plan's
 * time (2021—2025年), nor one after the document was written. */
static int latest_year(const struct reader *r, int bound)
{
	enum { LOOKED_AT = 3000 };
	int latest = 0;

	for (size_t i = 1, e; i < r->text.n && i < LOOKED_AT; i++) {
		const char *p = r->text.s + i;
		if (p[0] < '1' || p[0] > '2' || (p[-1] >= '0' && p[-1] <= '9') || p[-1] == '-'
		    || str_ends(str_sub(r->text, 0, i), STR("—")) || str_ends(str_sub(r->text, 0, i), STR("－"))
		    || str_ends(str_sub(r->text, 0, i), STR("–")))
			continue;
		int y = year_at(r->text, i, &e);
		if (y > latest && str_starts(str_sub(r->text, e, r->text.n), STR("年")) && (!bound || y <= bound))
			latest = y;
	}
	return latest;
}

/* A period whose year is only where the text starts: 2008年以来, and later years follow.
 * Where its end lies is not said. */
static bool is_past(const struct reader *r, int written)
{
	const struct about_period *p = &r->about->period;
	int y = iso_year(p->start);

	return y && !p->part_year && y == iso_year(p->end) && latest_year(r, written) > y + 1;
}

void covered_read(struct reader *r)
{
	const struct periods *p = &r->k->periods;
	struct about_period *out = &r->about->period;
	struct str title = r->about->title.value, first = reader_paragraph(r, 0, 240);
	struct span t = reader_title_range(r, (struct span){0, 0});
	struct str date = r->about->written.value.s ? r->about->written.value : r->about->published.value;
	int written = iso_year(date);

	/* 2024年政府工作报告 tells of 2023: its headings say so */
	bool later = str_is(r->about->genre.value, "work_report") || r->issuer == ISSUER_COURT
		|| r->issuer == ISSUER_PROCURATORATE;
	if (!later && periods_find(p, title, span_is_none(t) ? UINT32_MAX : t.b, date, out, r->a))
		return;
	for (size_t i = 0; i < r->n; i++) {
		const struct segment *s = &r->segments[i];
		if (s->kind == SEGMENT_HEADING && s->level <= 1) {
			struct str h = reader_at(r, s->at);
			if (h.n < 240 && periods_find(p, h, s->at.b, date, out, r->a))
				return;
			break;          /* the headings that follow may speak of next year */
		}
	}
	/* the yearly report is due in spring of the next year: there 今年以来 is the year before */
	bool yearly = !str_is(r->about->genre.value, "news") && !str_is(r->about->genre.value, "other");
	bool spring = date.n >= 7 && str_cmp(str_sub(date, 5, 7), STR("04")) < 0;
	if (first.n && periods_find(p, first, reader_range(r, first).b, yearly && spring ? (struct str){NULL, 0} : date, out, r->a)) {
		if (str_ends(reader_at(r, out->at), STR("以来")) && is_past(r, written))
			*out = (struct about_period){.at = SPAN_NONE};
		return;
	}
	/* 现将我委2021年度…情况报告如下 ends a long opening */
	for (size_t k = 0; k < 3; k++) {
		struct str s = reader_paragraph(r, k, 3000);
		size_t now = str_find(s, STR("现将"), 0);
		if (now == SIZE_MAX)
			continue;
		s = str_sub(s, now, s.n);
		if (periods_find(p, s, reader_range(r, s).b, date, out, r->a))
			return;
		break;
	}
	if (periods_find(p, title, span_is_none(t) ? UINT32_MAX : t.b, date, out, r->a))
		return;
	if (r->said.title.n && periods_find(p, r->said.title, UINT32_MAX, date, out, r->a))
		return;
	/* a short opening, then 2023年，… */
	for (size_t k = 1, e; k < 4; k++) {
		struct str s = reader_paragraph(r, k, 60);
		if (!s.n || !year_at(s, 0, &e) || !periods_find(p, s, reader_range(r, s).b, date, out, r->a))
			continue;
		if (!is_past(r, written))
			return;
		*out = (struct about_period){.at = SPAN_NONE};
	}
	if (yearly && written && date.n >= 7 && str_cmp(str_sub(date, 5, 7), STR("06")) < 0) {
		periods_year(written - 1, out, r->a);
		r->period_supposed = true;
	}
}

/* The title says 2022, the text starts with 2023年，: one of them was left over. */
void covered_compare(struct reader *r)
{
	const struct about_period *p = &r->about->period;
	struct str first = reader_paragraph(r, 0, 60);
	int y = iso_year(p->start);
	size_t e;

	if (!y || span_is_none(p->at) || y != iso_year(p->end) || !first.n || reader_range(r, first).b <= p->at.b)
		return;
	int said = year_at(first, 0, &e);
	if (!said || said == y || !(str_starts(str_sub(first, e, first.n), STR("年，"))
			|| str_starts(str_sub(first, e, first.n), STR("年,"))))
		return;
	filter_problem(r->f, "period-disagrees", false, reader_range(r, str_sub(first, 0, e)),
		"the title names %d, the first sentence %d", y, said);
}
