#include "document.h"
#include "dates.h"
#include "place.h"

/* What the page said of itself (record key head). */
struct said {
	struct str title, number, issuer, written, published, source, signer, site;
};

struct reader {
	const struct knowledge *k;
	struct filter *f;
	struct arena *a;
	struct str text;
	const struct segment *segments;
	size_t n;
	struct said said;
	struct about *about;
	struct span prefix;             /* of the title: what names the issuer */
	enum issuer_kind issuer;
	struct str signature;           /* the unit that signed, {NULL, 0} for none */
	struct span signed_at;
};

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

static void read_head(struct reader *r)
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

static struct str at(const struct reader *r, struct span s)
{
	return span_is_none(s) ? (struct str){NULL, 0} : str_sub(r->text, s.b, s.e);
}

static struct span range_of(const struct reader *r, struct str part)
{
	uint32_t b = (uint32_t)(part.s - r->text.s);
	return (struct span){b, b + (uint32_t)part.n};
}

/* Where a value of the head stands in the metadata of the text. */
static struct span find_in_meta(const struct reader *r, struct str value)
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

/* --- title --- */

/* Line breaks inside are no part of it; of other space one is kept. */
static struct str joined(const struct reader *r, struct str s)
{
	char *out = arena_alloc(r->a, s.n + 1);
	size_t n = 0, k;

	for (size_t i = 0; i < s.n;) {
		if ((k = space_at(s.s + i, s.n - i)) == 0) {
			out[n++] = s.s[i++];
			continue;
		}
		bool broke = false;
		for (; i < s.n && (k = space_at(s.s + i, s.n - i)) > 0; i += k)
			broke |= s.s[i] == '\n';
		if (!broke)
			out[n++] = ' ';
	}
	return (struct str){out, n};
}

/* A site's name behind the page's title: …的报告_安澜县人民政府, …报告 - 门户网站. */
static struct str without_site(struct str s)
{
	static const char *const signs[] = {"_", " - ", "-", "|", "－", NULL};

	for (int i = 0; signs[i]; i++) {
		size_t k = str_find(s, str_of(signs[i]), 0);
		if (k != SIZE_MAX && k >= 18)
			s = str_trim(str_sub(s, 0, k));
	}
	return s;
}

static bool is_subtitle(struct str s)
{
	return str_starts(s, STR("——")) || str_starts(s, STR("--")) || str_starts(s, STR("－－"));
}

static void read_title(struct reader *r)
{
	struct about_value *t = &r->about->title;
	size_t i = 0;

	while (i < r->n && r->segments[i].kind != SEGMENT_TITLE)
		i++;
	if (i < r->n) {
		/* a title that stands twice is read once, and without what explains it */
		size_t e = i + 1;
		while (e < r->n && r->segments[e].kind == SEGMENT_TITLE
		       && str_find(at(r, r->segments[i].at), at(r, r->segments[e].at), 0) == SIZE_MAX
		       && !is_subtitle(at(r, r->segments[e].at)))
			e++;
		t->at = (struct span){r->segments[i].at.b, r->segments[e - 1].at.e};
		t->value = joined(r, at(r, t->at));
	} else if (r->said.title.n) {
		t->value = without_site(r->said.title);
	}
	r->prefix = t->value.n ? issuers_prefix(&r->k->issuers, t->value) : (struct span){0, 0};
}

/* A range of the title as a range of the text, SPAN_NONE where it was joined. */
static struct span title_range(const struct reader *r, struct span s)
{
	struct span t = r->about->title.at;
	if (span_is_none(t) || t.e - t.b != r->about->title.value.n)
		return SPAN_NONE;
	return (struct span){t.b + s.b, t.b + s.e};
}

/* --- issuer and subject --- */

static void read_signature(struct reader *r)
{
	for (size_t i = r->n; i-- > 0;) {
		const struct segment *s = &r->segments[i];
		struct span date;
		if (s->kind != SEGMENT_SIGNATURE)
			continue;
		struct str line = at(r, s->at), unit = line;
		struct str iso = date_find(line, &date, r->a);
		if (iso.s) {
			if (!r->about->written.value.s)
				r->about->written = (struct about_value){iso,
					{s->at.b + date.b, s->at.b + date.e}};
			unit = str_trim(str_sub(line, 0, date.b));
		}
		if (unit.n && issuers_kind(&r->k->issuers, unit) != ISSUER_NONE) {
			r->signature = unit;
			r->signed_at = range_of(r, unit);
		}
	}
}

static struct str joined2(const struct reader *r, struct str a, struct str b)
{
	char *s = arena_alloc(r->a, a.n + b.n + 1);
	memcpy(s, a.s, a.n);
	memcpy(s + a.n, b.s, b.n);
	return (struct str){s, a.n + b.n};
}

/* Bytes of the division at the start of a name: by the table, else by its ending. */
static size_t division_at(const struct reader *r, struct str s)
{
	enum issuer_kind level;
	size_t k = place_prefix(&r->k->regions, s, r->a);
	return k ? k : issuers_division(&r->k->issuers, s, &level);
}

/* A prefix that is a division's name and no more: its government reports. */
static bool is_division(const struct reader *r, struct str s)
{
	size_t k = division_at(r, s);
	return s.n && (k == s.n || k + issuers_part(&r->k->issuers, str_sub(s, k, s.n), ISSUER_TOWNSHIP) == s.n);
}

/* The first word of a kind in issuers.tsv: 人民政府 for governments. */
static struct str word_of(const struct issuers *is, enum issuer_kind kind)
{
	for (size_t i = 0; i < is->n; i++)
		if (is->items[i].kind == kind)
			return is->items[i].text;
	return STR("");
}

static void read_issuer(struct reader *r)
{
	const struct issuers *is = &r->k->issuers;
	struct about_value *v = &r->about->issuer;
	struct str prefix = str_sub(r->about->title.value, r->prefix.b, r->prefix.e);
	enum issuer_kind mine = prefix.n ? issuers_kind(is, prefix) : ISSUER_NONE;
	enum issuer_kind signer = r->signature.n ? issuers_kind(is, r->signature) : ISSUER_NONE;
	bool division = mine == ISSUER_NONE && prefix.n && is_division(r, prefix);

	/* 县司法局 in the title, 光山县司法局 below the text */
	if (mine != ISSUER_NONE && r->signature.n > prefix.n && str_ends(r->signature, prefix))
		mine = ISSUER_NONE;
	if (mine != ISSUER_NONE) {
		*v = (struct about_value){prefix, title_range(r, r->prefix)};
		r->issuer = mine;
	} else if (signer != ISSUER_NONE && (!division || signer == ISSUER_GOVERNMENT)) {
		*v = (struct about_value){r->signature, r->signed_at};
		r->issuer = signer;
	} else if (division) {
		*v = (struct about_value){joined2(r, prefix, word_of(is, ISSUER_GOVERNMENT)), SPAN_NONE};
		r->issuer = ISSUER_GOVERNMENT;
	} else if (r->said.issuer.n && issuers_kind(is, r->said.issuer) != ISSUER_NONE) {
		*v = (struct about_value){r->said.issuer, find_in_meta(r, r->said.issuer)};
		r->issuer = issuers_kind(is, r->said.issuer);
	}
	if (!v->value.n)
		return;
	if (r->issuer == ISSUER_GOVERNMENT) {
		r->about->subject.value = STR("government");
	} else {
		size_t k = division_at(r, v->value);
		struct str rest = str_sub(v->value, k, v->value.n);
		size_t town = issuers_part(is, rest, ISSUER_TOWNSHIP);
		if (town < rest.n)
			rest = str_sub(rest, town, rest.n);
		rest = str_sub(rest, issuers_level(is, rest), rest.n);
		/* 人民政府外事办公室 is an office of the government */
		struct str government = word_of(is, ISSUER_GOVERNMENT);
		if (str_starts(rest, government) && rest.n > government.n)
			rest = str_sub(rest, government.n, rest.n);
		r->about->subject.value = rest.n ? rest : v->value;
		if (!span_is_none(v->at))
			r->about->subject.at = (struct span){v->at.e - (uint32_t)rest.n, v->at.e};
	}
}

/* --- number, dates, signer, addressee --- */

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

static void read_number(struct reader *r)
{
	struct about_value *v = &r->about->number;

	for (size_t i = 0; i < r->n && !v->value.n; i++) {
		if (r->segments[i].kind != SEGMENT_META)
			continue;
		struct str s = docno_form(r, at(r, r->segments[i].at));
		if (is_docno(s))
			*v = (struct about_value){s, r->segments[i].at};
	}
	if (r->said.number.n) {
		struct str s = docno_form(r, r->said.number);
		if (!v->value.n && is_docno(s))
			*v = (struct about_value){s, find_in_meta(r, r->said.number)};
		else if (v->value.n && is_docno(s) && !str_eq(s, v->value))
			filter_problem(r->f, "number-disagrees", false, v->at,
				"the page gives the document number as %.*s, the text as %.*s",
				STR_ARG(s), STR_ARG(v->value));
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
			r->about->written = (struct about_value){s, find_in_meta(r, r->said.written)};
	}
	s = date_find(r->said.published, &d, r->a);
	if (s.s)
		r->about->published = (struct about_value){s, find_in_meta(r, r->said.published)};
}

static void read_rest(struct reader *r)
{
	if (r->said.signer.n)
		r->about->signer = (struct about_value){r->said.signer, find_in_meta(r, r->said.signer)};
	for (size_t i = 0; i < r->n && !r->about->addressee.value.n; i++) {
		struct str s = at(r, r->segments[i].at);
		if (r->segments[i].kind != SEGMENT_ADDRESSEE)
			continue;
		s = str_trim(str_sub(s, 0, s.n - (str_ends(s, STR("：")) ? 3 : str_ends(s, STR(":")))));
		r->about->addressee = (struct about_value){s, range_of(r, s)};
	}
}

/* --- period, genre, region --- */

static struct str first_paragraph(const struct reader *r, size_t most)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->segments[i].kind == SEGMENT_PARAGRAPH) {
			struct str s = at(r, r->segments[i].at);
			size_t n = s.n < most ? s.n : most;
			while (n > 0 && n < s.n && ((uint8_t)s.s[n] & 0xC0) == 0x80)
				n--;
			return str_sub(s, 0, n);
		}
	return (struct str){"", 0};
}

static int year_of(struct str iso)
{
	size_t e;
	return iso.n >= 4 ? year_at(iso, 0, &e) : 0;
}

static void read_period(struct reader *r)
{
	const struct periods *p = &r->k->periods;
	struct about_period *out = &r->about->period;
	struct str title = r->about->title.value, first = first_paragraph(r, 240);
	struct span t = title_range(r, (struct span){0, 0});
	struct str date = r->about->written.value.s ? r->about->written.value : r->about->published.value;
	int written = year_of(date);

	/* 2024年政府工作报告 tells of 2023: its headings say so */
	bool later = str_is(r->about->genre.value, "work_report") || r->issuer == ISSUER_COURT
		|| r->issuer == ISSUER_PROCURATORATE;
	if (!later && periods_find(p, title, span_is_none(t) ? UINT32_MAX : t.b, written, out, r->a))
		return;
	for (size_t i = 0; i < r->n; i++) {
		const struct segment *s = &r->segments[i];
		if (s->kind == SEGMENT_HEADING && s->level <= 1) {
			struct str h = at(r, s->at);
			if (h.n < 240 && periods_find(p, h, s->at.b, written, out, r->a))
				return;
			break;          /* the headings that follow may speak of next year */
		}
	}
	if (first.n && periods_find(p, first, range_of(r, first).b, written, out, r->a))
		return;
	if (periods_find(p, title, span_is_none(t) ? UINT32_MAX : t.b, written, out, r->a))
		return;
	if (r->said.title.n && periods_find(p, r->said.title, UINT32_MAX, written, out, r->a))
		return;
	/* the yearly report is due in spring of the next year */
	if (written && date.n >= 7 && str_cmp(str_sub(date, 5, 7), STR("06")) < 0)
		periods_year(written - 1, out, r->a);
}

static void read_genre(struct reader *r)
{
	r->about->genre.value = genres_find(&r->k->genres, r->about->title.value, r->issuer,
		first_paragraph(r, 600));
}

static struct str doc_value(const struct reader *r, const char *key)
{
	struct cursor c;
	struct str found = {NULL, 0};

	if (!filter_open(r->f, "doc", &c))
		return found;
	for (uint32_t n = cursor_map(&c); n > 0 && !c.error; n--) {
		if (str_is(cursor_str(&c), key) && cursor_peek(&c) == TOKEN_STR)
			found = cursor_str(&c);
		else
			cursor_skip(&c);
	}
	return found;
}

static void read_region(struct reader *r)
{
	struct place p = {.regions = &r->k->regions, .issuers = &r->k->issuers};
	struct about_region *out = &r->about->region;
	struct str prefix = str_sub(r->about->title.value, r->prefix.b, r->prefix.e);
	struct span t = title_range(r, r->prefix), whole = title_range(r, (struct span){0, 0});
	struct about_value *issuer = &r->about->issuer;

	p.year = year_of(r->about->period.end);
	p.national = r->issuer == ISSUER_NATIONAL;
	place_clue(&p, prefix, span_is_none(t) ? UINT32_MAX : t.b, true);
	place_clue(&p, issuer->value, span_is_none(issuer->at) ? UINT32_MAX : issuer->at.b, true);
	if (r->signature.n)
		place_clue(&p, r->signature, r->signed_at.b, true);
	place_clue(&p, r->about->title.value, span_is_none(whole) ? UINT32_MAX : whole.b, false);
	for (size_t i = 0; i < r->n; i++)
		if (r->segments[i].kind == SEGMENT_TITLE && is_subtitle(at(r, r->segments[i].at)))
			place_clue(&p, at(r, r->segments[i].at), r->segments[i].at.b, false);
	place_clue(&p, r->said.issuer, UINT32_MAX, true);
	place_clue(&p, r->said.title, UINT32_MAX, false);
	place_clue(&p, r->said.source, UINT32_MAX, false);
	place_clue(&p, r->said.site, UINT32_MAX, false);
	place_clue(&p, doc_value(r, "path"), UINT32_MAX, false);
	place_clue(&p, doc_value(r, "member"), UINT32_MAX, false);
	for (size_t i = 0, furniture = 0; i < r->n && furniture < 6; i++)
		if (r->segments[i].kind == SEGMENT_FURNITURE || r->segments[i].kind == SEGMENT_META) {
			place_clue(&p, at(r, r->segments[i].at), r->segments[i].at.b, false);
			furniture++;
		}
	struct placed found = place_find(&p, r->f, r->text);
	out->at = found.at;
	if (found.region != REGION_NONE) {
		const struct region *x = &p.regions->items[found.region];
		out->code = x->code.n ? x->code : (struct str){NULL, 0};
		out->level = x->level;
		out->name = regions_path(p.regions, found.region, r->a);
	}
	if (found.region == REGION_NONE && !found.ambiguous && issuer->value.n) {
		/* a place that the table does not have still tells reports apart */
		enum issuer_kind level;
		size_t len = issuers_division(&r->k->issuers, issuer->value, &level);
		if (len) {
			out->name = str_sub(issuer->value, 0, len);
			out->level = str_of(issuer_kinds[level]);
			if (!span_is_none(issuer->at))
				out->at = (struct span){issuer->at.b, issuer->at.b + (uint32_t)len};
		}
	}
	if (found.part.n) {
		/* neither has a code of six digits: the code is that of the division above */
		out->level = str_of(issuer_kinds[found.part_kind]);
		out->name = out->name.s ? joined2(r, out->name, found.part) : found.part;
	}
}

/* What the genre tells of the issuer. */
static void settle_issuer(struct reader *r)
{
	struct about *a = r->about;

	if (str_is(a->genre.value, "news") && span_is_none(a->issuer.at))
		a->issuer.value = (struct str){NULL, 0};        /* a paper wrote it, not the government */
	if (a->issuer.value.s || !(str_is(a->genre.value, "work_report")
			|| str_is(a->genre.value, "government_report")))
		return;
	a->subject.value = STR("government");
	if (a->region.name.n)
		a->issuer.value = joined2(r, a->region.name, word_of(&r->k->issuers, ISSUER_GOVERNMENT));
}

void document_about(const struct knowledge *k, struct filter *f, struct str text,
	const struct segment *segments, size_t n, struct about *out)
{
	struct reader r = {.k = k, .f = f, .a = &f->arena, .text = text, .segments = segments, .n = n,
		.about = out};

	schema_clear(about_fields, out);
	read_head(&r);
	read_title(&r);
	read_signature(&r);
	read_issuer(&r);
	read_number(&r);
	read_dates(&r);
	read_rest(&r);
	read_genre(&r);
	read_period(&r);
	read_region(&r);
	settle_issuer(&r);
}
