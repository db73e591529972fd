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

/* The day of the subtitle: ——2024年1月5日在安澜县第十届人民代表大会第三次会议上, also in brackets. */
static struct str subtitle_day(const struct reader *r)
{
	for (size_t i = 0; i < r->n && r->segments[i].kind != SEGMENT_HEADING && r->segments[i].kind != SEGMENT_PARAGRAPH; i++) {
		struct span at;
		struct str day = {NULL, 0};
		bool bracketed = r->segments[i].kind == SEGMENT_META && str_find(reader_at(r, r->segments[i].at), STR("会议"), 0) != SIZE_MAX;
		if (r->segments[i].kind == SEGMENT_TITLE || bracketed)
			day = date_find(reader_at(r, r->segments[i].at), &at, r->a);
		if (day.s)
			return day;
	}
	return (struct str){NULL, 0};
}

/* The year that the title names, 0 for none. */
static int title_year(struct str title)
{
	size_t e;

	for (size_t i = 0; i < title.n; i++)
		if (((uint8_t)title.s[i] & 0xC0) != 0x80) {
			int y = year_at(title, i, &e);
			if (y && str_starts(str_sub(title, e, title.n), STR("年")))
				return y;
		}
	return 0;
}

/* What a report that is delivered to a congress covers. 2024年政府工作报告 tells of 2023: its
 * first headings say so (一、2023年工作回顾), else it is the year before. A court's 2023年工作报告
 * may be of that year or delivered in it: the date decides. */
static void read_delivered(struct reader *r, struct str date)
{
	enum { HEADINGS = 4 };
	const struct periods *p = &r->k->periods;
	struct about_period *out = &r->about->period;
	struct str said = subtitle_day(r);
	date = said.s ? said : date;
	int dated = iso_year(date), year = title_year(r->about->title.value);
	bool work = str_is(r->about->genre.value, "work_report") || (r->issuer != ISSUER_COURT && r->issuer != ISSUER_PROCURATORATE
		&& r->issuer != ISSUER_NATIONAL);
	bool spring = date.n >= 7 && str_cmp(str_sub(date, 5, 7), STR("07")) < 0;

	year = year ? year : dated;
	for (size_t i = 0, k = 0; i < r->n && k < HEADINGS; i++) {
		const struct segment *s = &r->segments[i];
		struct str h = reader_at(r, s->at);
		if (s->kind != SEGMENT_HEADING || s->level > 1 || h.n >= 240)
			continue;
		k++;
		struct about_period found = {.at = SPAN_NONE};
		if (!periods_find(p, h, s->at.b, date, &found, r->a))
			continue;
		/* 二、2024年的主要任务 is what comes */
		if (work && found.value.n && iso_year(found.end) == year)
			break;
		*out = found;
		return;
	}
	for (size_t k = 0; k < 2; k++) {
		struct str s = reader_paragraph(r, k, 240);
		struct about_period found = {.at = SPAN_NONE};
		if (s.n && periods_find(p, s, reader_range(r, s).b, date, &found, r->a) && found.value.n
		    && (!year || iso_year(found.end) < year)) {
			*out = found;
			if (str_ends(reader_at(r, out->at), STR("以来")) && is_past(r, year))
				*out = (struct about_period){.at = SPAN_NONE};
			return;
		}
	}
	if (!year)
		return;
	/* a page of the spring after has the report of the year that it names */
	bool before = work ? !(dated == year + 1 && spring) : dated == year && spring;
	struct str title = r->about->title.value;
	struct span t = reader_title_range(r, (struct span){0, 0});
	struct about_period named = {.at = SPAN_NONE};
	if (periods_find(p, title, span_is_none(t) ? UINT32_MAX : t.b, date, &named, r->a)
	    && (!before || named.part_year || !str_eq(str_sub(named.start, 0, 4), str_sub(named.end, 0, 4)))) {
		*out = named;
		return;
	}
	periods_year(before ? year - 1 : year, out, r->a);
	r->period_supposed = true;
}

static bool looks_back(struct str s)
{
	static const char *const words[] = {"回首", "回顾", "回眸", "回望", "总结", "盘点", "过去的", NULL};
	size_t e;

	for (int i = 0; words[i]; i++)
		if (str_starts(s, str_of(words[i])))
			return year_at(s, strlen(words[i]), &e) > 0;
	return false;
}

/* News say 今年以来, 今年1—9月 also behind what they open with. */
static bool told_now(struct reader *r, struct str date)
{
	enum { LOOKED_AT = 6 };

	for (size_t k = 0, b; k < LOOKED_AT; k++) {
		struct str s = reader_paragraph(r, k, 900);
		for (b = 0; (b = str_find(s, STR("今年"), b)) != SIZE_MAX; b += 6) {
			struct str now = str_sub(s, b, s.n);
			struct about_period found = {.at = SPAN_NONE};
			if (periods_find(&r->k->periods, now, reader_range(r, s).b + (uint32_t)b, date, &found, r->a)
			    && found.value.n && !span_is_none(found.at) && found.at.b == reader_range(r, s).b + b) {
				r->about->period = found;
				return true;
			}
		}
	}
	return false;
}

void covered_read(struct reader *r)
{
	const struct periods *p = &r->k->periods;
	struct about_period *out = &r->about->period;
	struct str title = r->about->title.value, first = reader_paragraph(r, 0, 240);
	struct span t = reader_title_range(r, (struct span){0, 0});
	struct str date = r->about->written.value.s ? r->about->written.value : r->about->published.value;
	int written = iso_year(date);

	/* a genre that a table gives does not turn the title's year into that of a congress */
	struct str genre = r->given.genre.n ? genres_find(&r->k->genres, title, r->issuer, first) : r->about->genre.value;
	if (str_is(genre, "work_report") || r->issuer == ISSUER_COURT || r->issuer == ISSUER_PROCURATORATE
	    || (r->issuer == ISSUER_NATIONAL && (str_is(genre, "court_report") || str_is(genre, "procuratorate_report")))) {
		read_delivered(r, date);
		return;
	}
	if (r->inner.e) {
		title = str_sub(title, r->inner.b, r->inner.e);
		t = reader_title_range(r, r->inner);
	}
	if (periods_find(p, title, span_is_none(t) ? UINT32_MAX : t.b, date, out, r->a))
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
	/* 现将我委2021年度…情况报告如下 ends a long opening; so does 统计期限自…起至…止 */
	static const char *const leads[] = {"现将", "统计期限", "统计时限", "统计时间", "统计区间", NULL};
	for (int i = 0; leads[i]; i++)
		for (size_t k = 0; k < 3; k++) {
			struct str s = reader_paragraph(r, k, 3000);
			size_t now = str_find(s, str_of(leads[i]), 0);
			if (now == SIZE_MAX)
				continue;
			s = str_sub(s, now, s.n);
			if (periods_find(p, s, reader_range(r, s).b, date, out, r->a))
				return;
			break;
		}
	if (r->said.title.n && periods_find(p, r->said.title, UINT32_MAX, date, out, r->a))
		return;
	/* a short opening, then 2023年，…, 回首2020年，… */
	for (size_t k = 1, e; k < 4; k++) {
		struct str s = reader_paragraph(r, k, 60);
		if (!s.n || !(year_at(s, 0, &e) || looks_back(s)) || !periods_find(p, s, reader_range(r, s).b, date, out, r->a))
			continue;
		if (!is_past(r, written))
			return;
		*out = (struct about_period){.at = SPAN_NONE};
	}
	if (!yearly && date.n == 10 && told_now(r, date))
		return;
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
