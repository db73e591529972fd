#include "dates.h"
#include "place.h"
#include "reader.h"

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
		/* but 2018-2020年 */
		bool digit = k != SIZE_MAX && k + 1 < s.n && s.s[k + 1] >= '0' && s.s[k + 1] <= '9';
		if (k != SIZE_MAX && k >= 18 && !digit)
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
		       && str_find(reader_at(r, r->segments[i].at), reader_at(r, r->segments[e].at), 0) == SIZE_MAX
		       && !is_subtitle(reader_at(r, r->segments[e].at)))
			e++;
		t->at = (struct span){r->segments[i].at.b, r->segments[e - 1].at.e};
		t->value = joined(r, reader_at(r, t->at));
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
		*v = (struct about_value){r->said.issuer, imprint_find(r, r->said.issuer)};
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

/* --- period, genre, region --- */

static struct str first_paragraph(const struct reader *r, size_t most)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->segments[i].kind == SEGMENT_PARAGRAPH) {
			struct str s = reader_at(r, r->segments[i].at);
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
			struct str h = reader_at(r, s->at);
			if (h.n < 240 && periods_find(p, h, s->at.b, written, out, r->a))
				return;
			break;          /* the headings that follow may speak of next year */
		}
	}
	if (first.n && periods_find(p, first, reader_range(r, first).b, written, out, r->a))
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
		if (r->segments[i].kind == SEGMENT_TITLE && is_subtitle(reader_at(r, r->segments[i].at)))
			place_clue(&p, reader_at(r, r->segments[i].at), r->segments[i].at.b, false);
	place_clue(&p, r->said.issuer, UINT32_MAX, true);
	place_clue(&p, r->said.title, UINT32_MAX, false);
	place_clue(&p, r->said.source, UINT32_MAX, false);
	place_clue(&p, r->said.site, UINT32_MAX, false);
	place_clue(&p, doc_value(r, "path"), UINT32_MAX, false);
	place_clue(&p, doc_value(r, "member"), UINT32_MAX, false);
	for (size_t i = 0, furniture = 0; i < r->n && furniture < 6; i++)
		if (r->segments[i].kind == SEGMENT_FURNITURE || r->segments[i].kind == SEGMENT_META) {
			place_clue(&p, reader_at(r, r->segments[i].at), r->segments[i].at.b, false);
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
	imprint_head(&r);
	read_title(&r);
	imprint_signature(&r);
	read_issuer(&r);
	imprint_rest(&r);
	read_genre(&r);
	read_period(&r);
	read_region(&r);
	settle_issuer(&r);
}
