#include "reader.h"
#include "dates.h"

static const struct {
	const char *name;
	size_t offset;
} said_names[] = {
	{"title", offsetof(struct said, title)}, {"标题", offsetof(struct said, title)},
	{"发文字号", offsetof(struct said, number)}, {"文号", offsetof(struct said, number)},
	{"发布机构", offsetof(struct said, issuer)}, {"发文机关", offsetof(struct said, issuer)},
	{"成文日期", offsetof(struct said, written)}, {"发布日期", offsetof(struct said, published)},
	{"发布时间", offsetof(struct said, published)}, {"来源", offsetof(struct said, source)},
	{"签发人", offsetof(struct said, signer)}, {"网站名称", offsetof(struct said, site)},
};

void imprint_head(struct reader *r)
{
	struct cursor c;

	if (!filter_open(r->f, "head", &c))
		return;
	for (uint32_t n = cursor_array(&c); n > 0 && !c.error; n--) {
		if (cursor_array(&c) != 2)
			cursor_fail(&c, "expected a pair [name, value]");
		struct str name = cursor_str(&c), value = str_trim(cursor_str(&c));
		for (size_t i = 0; i < sizeof said_names / sizeof *said_names && !c.error; i++) {
			struct str *s = (struct str *)((char *)&r->said + said_names[i].offset);
			if (str_is(name, said_names[i].name) && !s->n)
				*s = value;
		}
	}
	filter_check(r->f, "head", &c);
}

/* Where a value of the head stands in the metadata of the text. */
struct span imprint_find(const struct reader *r, struct str value)
{
	for (size_t i = 0; i < r->n && value.n; i++) {
		const struct segment *s = &r->segments[i];
		if (s->kind != SEGMENT_META && s->kind != SEGMENT_FURNITURE)
			continue;
		size_t k = str_find(str_sub(r->text, 0, s->at.e), value, s->at.b);
		if (k != SIZE_MAX)
			return (struct span){(uint32_t)k, (uint32_t)(k + value.n)};
	}
	return SPAN_NONE;
}

void imprint_signature(struct reader *r)
{
	for (size_t i = r->n; i-- > 0;) {
		const struct segment *s = &r->segments[i];
		struct span date;
		if (s->kind != SEGMENT_SIGNATURE)
			continue;
		struct str line = reader_at(r, s->at), unit = line;
		struct str iso = date_find(line, &date, r->a);
		if (iso.s) {
			if (!r->about->written.value.s)
				r->about->written = (struct about_value){iso,
					{s->at.b + date.b, s->at.b + date.e}};
			unit = str_trim(str_sub(line, 0, date.b));
		}
		if (unit.n && issuers_kind(&r->k->issuers, unit) != ISSUER_NONE) {
			r->signature = unit;
			r->signed_at = reader_range(r, unit);
		}
	}
}

/* 〔2021〕 in the one form of GB/T 9704-2012, whatever brackets were typed. */
static struct str docno_form(const struct reader *r, struct str s)
{
	static const char *const open[] = {"[", "［", "（", "(", "【", "﹝", NULL};
	static const char *const shut[] = {"]", "］", "）", ")", "】", "﹞", NULL};
	struct buf b = {0};

	for (size_t i = 0; i < s.n;) {
		size_t k = space_at(s.s + i, s.n - i);
		const char *put = NULL;
		for (int j = 0; open[j] && !put && !k; j++) {
			if (str_starts(str_sub(s, i, s.n), str_of(open[j])))
				put = "〔", k = strlen(open[j]);
			else if (str_starts(str_sub(s, i, s.n), str_of(shut[j])))
				put = "〕", k = strlen(shut[j]);
		}
		if (put)
			buf_append(&b, put, 3);
		else if (!k)
			buf_append(&b, s.s + i, k = 1);
		i += k;
	}
	struct str out = {arena_strndup(r->a, (const char *)b.data, b.len), b.len};
	buf_free(&b);
	return out;
}

/* …〔2021〕4号 and no more: a year in brackets, then a number. */
static bool is_docno(struct str s)
{
	size_t year = 0, e;

	if (!str_ends(s, STR("号")) || s.n > 120)
		return false;
	for (size_t i = 3; i < s.n && !year; i++)
		if (((uint8_t)s.s[i] & 0xC0) != 0x80 && year_at(s, i, &e)
		    && (str_starts(str_sub(s, e, s.n), STR("〕"))))
			year = e + 3;
	return year && s.n - year <= 3 + 12;
}

/* The number in a line of metadata, which may have a label before it and other values
 * behind it: 文号：安澜府文〔2023〕4号   发布日期：… Empty where there is none. */
static struct str docno_in(const struct reader *r, struct str line)
{
	size_t e = str_find(line, STR("号"), 0);

	for (; e != SIZE_MAX; e = str_find(line, STR("号"), e + 3)) {
		size_t b = e;
		while (b > 0) {
			size_t k = utf8_prev(line.s, b);
			uint32_t cp;
			utf8_next(line.s + k, line.n - k, &cp);
			if (cp == ':' || cp == 0xFF1A || cp == '\t' || cp == '|'
			    || (space_at(line.s + k, line.n - k) > 0 && is_docno(docno_form(r, str_sub(line, b, e + 3)))))
				break;
			b = k;
		}
		struct str s = str_trim(str_sub(line, b, e + 3));
		for (size_t i = 0; i < sizeof said_names / sizeof *said_names; i++)
			if (said_names[i].offset == offsetof(struct said, number) && str_starts(s, str_of(said_names[i].name)))
				s = str_trim(str_sub(s, strlen(said_names[i].name), s.n));
		if (is_docno(docno_form(r, s)))
			return s;
	}
	return (struct str){NULL, 0};
}

static void read_number(struct reader *r)
{
	struct about_value *v = &r->about->number;

	bool body = false;

	for (size_t i = 0; i < r->n && !(body && v->value.n); i++) {
		/* those below the text are of what is enclosed */
		body |= r->segments[i].kind == SEGMENT_HEADING || r->segments[i].kind == SEGMENT_PARAGRAPH;
		if (r->segments[i].kind != SEGMENT_META || r->segments[i].at.e - r->segments[i].at.b > 600)
			continue;
		struct str found = docno_in(r, reader_at(r, r->segments[i].at));
		if (!found.n)
			continue;
		struct str s = docno_form(r, found);
		if (!v->value.n)
			*v = (struct about_value){s, reader_range(r, found)};
		else if (!str_eq(s, v->value))
			filter_problem(r->f, "number-disagrees", false, reader_range(r, found),
				"the document number is %.*s in one place, %.*s in another",
				STR_ARG(v->value), STR_ARG(s));
	}
	if (r->said.number.n) {
		struct str s = docno_form(r, r->said.number);
		if (!v->value.n && is_docno(s))
			*v = (struct about_value){s, imprint_find(r, r->said.number)};
		else if (v->value.n && is_docno(s) && !str_eq(s, v->value))
			filter_problem(r->f, "number-disagrees", false, v->at,
				"the page gives the document number as %.*s, the text as %.*s",
				STR_ARG(s), STR_ARG(v->value));
	}
}

/* 09:31, 9时31分 */
static bool is_time(struct str s)
{
	size_t k = 0;

	while (k < 2 && k < s.n && s.s[k] >= '0' && s.s[k] <= '9')
		k++;
	s = str_sub(s, k, s.n);
	return k && s.n >= 3 && (s.s[0] == ':' || str_starts(s, STR("：")) || str_starts(s, STR("时")));
}

/* 2025-01-10 来源：安澜日报: what a page says of its text. */
static bool is_credit(struct str s)
{
	static const char *const words[] = {"来源", "作者", "编辑", "责任编辑", "浏览", "点击", "阅读", "字体", "字号", "【字体", "【字号", "文章来源", "信息来源",
		"稿源", NULL};

	for (int i = 0; words[i]; i++)
		if (str_starts(s, str_of(words[i])))
			return true;
	return false;
}

/* The day of publication as the page's own lines give it: behind 发布日期, with the time of
 * day, or alone on a line. Where other words stand before the date, it is another date. */
static void read_published(struct reader *r)
{
	const struct issuers *is = &r->k->issuers;

	for (size_t i = 0; i < r->n && !r->about->published.value.s; i++) {
		const struct segment *s = &r->segments[i];
		if (s->kind == SEGMENT_HEADING || s->kind == SEGMENT_PARAGRAPH)
			return;
		struct str line = reader_at(r, s->at);
		struct span d;
		if ((s->kind != SEGMENT_META && s->kind != SEGMENT_FURNITURE) || line.n > 400)
			continue;
		struct str date = date_find(line, &d, r->a);
		if (!date.s)
			continue;
		struct str before = str_sub(line, 0, d.b), after = str_trim(str_sub(line, d.e, line.n));
		bool timed = is_time(after) || (!str_trim(before).n && !r->about->written.value.s && (!after.n || is_credit(after)));
		before = str_sub(before, before.n > 24 ? before.n - 24 : 0, before.n);
		if ((timed || issuers_has(is, before, ISSUER_PUBLISHED)) && !issuers_has(is, before, ISSUER_DATED))
			r->about->published = (struct about_value){date, {s->at.b + d.b, s->at.b + d.e}};
	}
}

/* （2024年1月31日） below the title is the day of writing, where nothing else says it. */
static void read_bracketed(struct reader *r)
{
	for (size_t i = 0; i < r->n && !r->about->written.value.s; i++) {
		const struct segment *s = &r->segments[i];
		struct str line = reader_at(r, s->at);
		size_t k = str_starts(line, STR("（")) ? 3 : str_starts(line, STR("("));
		if (s->kind == SEGMENT_HEADING || s->kind == SEGMENT_PARAGRAPH)
			return;
		if (s->kind != SEGMENT_META || !k)
			continue;
		struct str inner = str_sub(line, k, line.n), rest;
		struct span d;
		struct str date = date_find(inner, &d, r->a);
		if (!date.s || d.b)
			continue;
		rest = str_sub(inner, d.e, inner.n);
		if (str_is(rest, ")") || str_is(rest, "）"))
			r->about->written = (struct about_value){date, {s->at.b + (uint32_t)k, s->at.b + (uint32_t)k + d.e}};
	}
}

static void read_dates(struct reader *r)
{
	struct span d;
	struct str s = date_find(r->said.written, &d, r->a);

	if (s.s) {
		if (r->about->written.value.s && !str_eq(s, r->about->written.value))
			filter_problem(r->f, "date-disagrees", false, r->about->written.at,
				"the page says it was written on %.*s, the signature %.*s",
				STR_ARG(s), STR_ARG(r->about->written.value));
		if (!r->about->written.value.s)
			r->about->written = (struct about_value){s, imprint_find(r, r->said.written)};
	}
	read_bracketed(r);
	s = date_find(r->said.published, &d, r->a);
	if (s.s)
		r->about->published = (struct about_value){s, imprint_find(r, r->said.published)};
	else
		read_published(r);
}

void imprint_rest(struct reader *r)
{
	read_number(r);
	read_dates(r);
	if (r->said.signer.n)
		r->about->signer = (struct about_value){r->said.signer, imprint_find(r, r->said.signer)};
	for (size_t i = 0; i < r->n && !r->about->addressee.value.n; i++) {
		struct str s = reader_at(r, r->segments[i].at);
		if (r->segments[i].kind != SEGMENT_ADDRESSEE)
			continue;
		s = str_trim(str_sub(s, 0, s.n - (str_ends(s, STR("：")) ? 3 : str_ends(s, STR(":")))));
		r->about->addressee = (struct about_value){s, reader_range(r, s)};
	}
}
