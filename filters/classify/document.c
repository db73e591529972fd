#include "dates.h"
#include "given.h"
#include "place.h"
#include "reader.h"

/* The first bytes of paragraph K, whole characters. */
struct str reader_paragraph(const struct reader *r, size_t k, size_t most)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->segments[i].kind == SEGMENT_PARAGRAPH && k-- == 0) {
			struct str s = reader_at(r, r->segments[i].at);
			size_t n = s.n < most ? s.n : most;
			while (n > 0 && n < s.n && ((uint8_t)s.s[n] & 0xC0) == 0x80)
				n--;
			return str_sub(s, 0, n);
		}
	return (struct str){"", 0};
}

/* A range of the title as a range of the text, SPAN_NONE where it was joined. */
struct span reader_title_range(const struct reader *r, struct span s)
{
	struct span t = r->about->title.at;
	if (span_is_none(t) || t.e - t.b != r->about->title.value.n)
		return SPAN_NONE;
	return (struct span){t.b + s.b, t.b + s.e};
}

/* --- title --- */

/* 政 府 工 作 报 告: every character stands alone, spaces say nothing. */
static bool is_spread(struct str s)
{
	size_t alone = 0;

	for (size_t i = 0, k; i < s.n; alone++) {
		uint32_t cp;
		k = utf8_next(s.s + i, s.n - i, &cp);
		if ((i += k) == s.n)
			break;
		if (!space_at(s.s + i, s.n - i))
			return false;
		while (i < s.n && (k = space_at(s.s + i, s.n - i)) > 0)
			i += k;
	}
	return alone > 2;
}

/* Line breaks inside are no part of it; of other space one is kept. */
static struct str joined(const struct reader *r, struct str s)
{
	char *out = arena_alloc(r->a, s.n + 1);
	size_t n = 0, k;
	bool spread = is_spread(s);

	for (size_t i = 0; i < s.n;) {
		if (space_at(s.s + i, s.n - i) == 0) {
			out[n++] = s.s[i++];
			continue;
		}
		bool broke = false;
		for (; i < s.n && (k = space_at(s.s + i, s.n - i)) > 0; i += k)
			broke |= s.s[i] == '\n';
		if (!broke && !spread)
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

/* …工作报告——, below or behind which stands the subtitle: ——1999年2月25日在…会议上. */
static struct str without_dashes(struct str s)
{
	static const char *const dashes[] = {"—", "―", "-", NULL};
	static const char *const pairs[] = {"——", "--", "――", NULL};

	for (int i = 0; pairs[i]; i++) {
		size_t k = str_find(s, str_of(pairs[i]), 0);
		if (k != SIZE_MAX && k > 9 && date_starts(str_trim(str_sub(s, k + strlen(pairs[i]), s.n))))
			s = str_trim(str_sub(s, 0, k));
	}

	for (int i = 0; dashes[i]; i++)
		while (str_ends(s, str_of(dashes[i])))
			s = str_trim(str_sub(s, 0, s.n - strlen(dashes[i])));
	return s;
}

/* A bullet of the page's list before a title: • 政府工作报告. */
static size_t bullet_at(struct str s)
{
	static const char *const signs[] = {"•", "·", "●", "◆", "■", "▪", NULL};
	size_t k;

	for (int i = 0; signs[i]; i++)
		if (str_starts(s, str_of(signs[i]))) {
			size_t at = strlen(signs[i]);
			while (at < s.n && (k = space_at(s.s + at, s.n - at)) > 0)
				at += k;
			return at;
		}
	return 0;
}

/* ——在…会议上, or without dashes 2010年2月24日在…会议上, also on two lines. */
static bool is_subtitle(struct str s)
{
	static const char *const dashes[] = {"——", "--", "－－", "――", "━━", "──", NULL};

	s = str_sub(s, bullet_at(s), s.n);
	for (int i = 0; dashes[i]; i++)
		if (str_starts(s, str_of(dashes[i])))
			return true;
	size_t day = date_starts(s);
	return day && str_starts(str_sub(s, day, s.n), STR("在"));
}

/* Without the marks that stand for what a site could not write: ????安澜县人民政府. */
static struct str legible(struct str s)
{
	while (s.n && s.s[0] == '?')
		s = str_sub(s, 1, s.n);
	return s;
}

static bool has_year(struct str s)
{
	size_t e;
	for (size_t i = 0; i < s.n; i++)
		if (((uint8_t)s.s[i] & 0xC0) != 0x80 && year_at(s, i, &e))
			return true;
	return false;
}

static bool ends_title(struct str s)
{
	static const char *const ends[] = {"报告", "总结", "年报", "汇报", "安排", NULL};

	for (int i = 0; ends[i]; i++)
		if (str_ends(s, str_of(ends[i])))
			return true;
	return false;
}

/* 安澜县2023年…年度报告 ends a title, whatever stands below it, unless that goes on: （公开版）, 及2024年计划. */
static bool is_whole(const struct reader *r, size_t i)
{
	static const char *const goes_on[] = {"（", "(", "及", "和", "暨", "与", "的", "《", NULL};
	struct str s = reader_at(r, r->segments[i].at), next = reader_at(r, r->segments[i + 1].at);

	for (int k = 0; goes_on[k]; k++)
		if (str_starts(next, str_of(goes_on[k])))
			return false;
	return ends_title(s) && has_year(s);
}

/* The title that starts at segment I. One that stands twice is read once, and without
 * what explains it. */
static struct span title_at(const struct reader *r, size_t i)
{
	size_t e = i + 1;
	struct span maker = issuers_prefix(&r->k->issuers, reader_at(r, r->segments[i].at));

	while (e < r->n && r->segments[e].kind == SEGMENT_TITLE && !(maker.b < maker.e && is_whole(r, e - 1))
	       && str_find(reader_at(r, r->segments[i].at), legible(reader_at(r, r->segments[e].at)), 0) == SIZE_MAX
	       && !is_subtitle(reader_at(r, r->segments[e].at)))
		e++;
	/* 2023年…年度报告 of the page, then the document's title, which names its maker */
	if (e > i + 2 && maker.b == maker.e && is_whole(r, i) && ends_title(reader_at(r, r->segments[e - 1].at)))
		i++;
	/* the site's title, then the document's whole one, of which it is a part */
	for (size_t k = i + 1; k < e; k++)
		if (str_find(reader_at(r, r->segments[k].at), reader_at(r, r->segments[i].at), 0) != SIZE_MAX) {
			i++;
			break;
		}
	uint32_t b = r->segments[i].at.b;
	return (struct span){b + (uint32_t)bullet_at(reader_at(r, r->segments[i].at)), r->segments[e - 1].at.e};
}

/* The name of the site stands above a title that has a maker of its own: 金口河区人民政府 /
 * 乐山市金口河区交通运输局2020年… */
static size_t without_owner(const struct reader *r, size_t i)
{
	const struct issuers *is = &r->k->issuers;

	if (i + 1 < r->n && r->segments[i + 1].kind == SEGMENT_TITLE
	    && issuers_kind(is, reader_at(r, r->segments[i].at)) != ISSUER_NONE) {
		struct str next = reader_at(r, r->segments[i + 1].at);
		struct span prefix = issuers_prefix(is, next);
		struct str maker = str_sub(next, prefix.b, prefix.e);
		if (prefix.b == 0 && issuers_kind(is, maker) != ISSUER_NONE && issuers_division(is, maker, &(enum issuer_kind){0}))
			return i + 1;
	}
	return i;
}

/* A short title without a year is the name of the page's section where one with a
 * year follows. */
static struct span main_title(const struct reader *r, size_t i)
{
	enum { SECTION_BYTES = 36 };
	struct span first = title_at(r, i);

	if (first.e - first.b > SECTION_BYTES || has_year(reader_at(r, first)))
		return first;
	for (size_t k = i + 1; k < r->n && r->segments[k].kind != SEGMENT_HEADING
	     && r->segments[k].kind != SEGMENT_PARAGRAPH && r->segments[k].kind != SEGMENT_ADDRESSEE; k++)
		if (r->segments[k].kind == SEGMENT_TITLE && r->segments[k - 1].kind != SEGMENT_TITLE
		    && !is_subtitle(reader_at(r, r->segments[k].at)) && has_year(reader_at(r, title_at(r, k))))
			return title_at(r, k);
	return first;
}

/* More than a letter that sends something along. */
static bool has_body(const struct reader *r)
{
	enum { LETTER = 3 };
	size_t paragraphs = 0;

	for (size_t i = 0; i < r->n; i++) {
		if (r->segments[i].kind == SEGMENT_HEADING)
			return true;
		paragraphs += r->segments[i].kind == SEGMENT_PARAGRAPH;
	}
	return paragraphs > LETTER;
}

/* 《安澜县人民政府关于…的报告》解读: who made what is spoken of need not have made this. */
static bool is_quoted(struct str title, struct span prefix)
{
	size_t shut = str_find(title, STR("》"), prefix.e);

	return prefix.b >= 3 && str_ends(str_sub(title, 0, prefix.b), STR("《")) && shut != SIZE_MAX && str_ends(title, STR("解读"));
}

static void read_title(struct reader *r)
{
	struct about_value *t = &r->about->title;
	size_t i = 0;

	/* where no title stands above it, ——在…会议上 is none either */
	while (i < r->n && (r->segments[i].kind != SEGMENT_TITLE || is_subtitle(reader_at(r, r->segments[i].at))))
		i++;
	if (i < r->n) {
		i = without_owner(r, i);
		t->at = main_title(r, i);
		t->value = joined(r, reader_at(r, t->at));
		struct str bare = without_dashes(t->value), named = without_site(bare);
		if (ends_title(named))
			bare = named;
		if (bare.n < t->value.n && t->at.e - t->at.b == t->value.n)
			t->at.e = t->at.b + (uint32_t)bare.n;
		t->value = bare;
	} else if (r->said.title.n) {
		t->value = without_site(r->said.title);
	}
	r->prefix = t->value.n ? issuers_prefix(&r->k->issuers, t->value) : (struct span){0, 0};
	if (is_quoted(t->value, r->prefix))
		r->prefix = (struct span){0, 0};
	if (t->value.n && has_body(r))
		r->inner = genres_inner(&r->k->genres, t->value);
}

/* --- genre, region --- */

static void read_genre(struct reader *r)
{
	struct str title = r->about->title.value;

	if (r->inner.e)
		title = str_sub(title, r->inner.b, r->inner.e);
	bool government = r->issuer == ISSUER_NATIONAL && str_is(r->about->subject.value, "government");
	r->about->genre.value = genres_find(&r->k->genres, title, government ? ISSUER_GOVERNMENT : r->issuer,
		reader_paragraph(r, 0, 1500));
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

struct str reader_own_level(const struct reader *r)
{
	enum { LOOKED_AT = 9000, KINDS = 8 };
	const struct issuers *is = &r->k->issuers;
	struct str issuer = r->about->issuer.value, text = str_sub(r->text, 0, r->text.n < LOOKED_AT ? r->text.n : LOOKED_AT);
	struct str words[KINDS];
	unsigned count[KINDS], n = 0, best = 0, second = 0, k = 0;

	size_t bytes = issuers_level(is, issuer);
	if (bytes)
		return str_sub(issuer, 0, bytes);
	for (enum issuer_kind kind = ISSUER_PROVINCE; kind <= ISSUER_COUNTY; kind++)
		for (size_t i = 0; i < is->n && n < KINDS; i++)
			if (is->items[i].kind == kind && is->items[i].text.n == 3) {
				words[n] = is->items[i].text;
				count[n++] = 0;
			}
	for (size_t i = 0; i + 6 <= text.n; i++) {
		size_t at = 0;
		if ((uint8_t)text.s[i] < 0xE4)
			continue;
		/* 县委, 县政府 */
		bool organ = memcmp(text.s + i + 3, "委", 3) == 0 || (i + 9 <= text.n && memcmp(text.s + i + 3, "政府", 6) == 0);
		if (!organ && (!issuers_may_start(is, text.s + i, ISSUER_OURS)
				|| !issuers_starts(is, str_sub(text, i, i + 3), ISSUER_OURS, &at)))
			continue;
		for (unsigned j = 0; j < n; j++)
			count[j] += str_starts(str_sub(text, i + at, text.n), words[j]);
	}
	for (unsigned j = 0; j < n; j++) {
		if (count[j] > best) {
			second = best;
			best = count[j];
			k = j;
		} else if (count[j] > second) {
			second = count[j];
		}
	}
	/* 全省第一 is said of others: one's own level is named again and again */
	return best > 1 && best >= 2 * second ? words[k] : (struct str){"", 0};
}

/* The place whose congress a subtitle names: ——2024年1月5日在安澜县青澜镇第十九届人民代表大会…. */
static struct span congress_place(struct str s)
{
	size_t b = str_find(s, STR("在"), 0), e = b == SIZE_MAX ? b : str_find(s, STR("第"), b);

	if (e == SIZE_MAX || e - b > 90 || str_find(s, STR("人民代表大会"), e) == SIZE_MAX)
		return (struct span){0, 0};
	return (struct span){(uint32_t)b + 3, (uint32_t)e};
}

/* 我乡, 我镇, 我街道: the text speaks for a township. */
static bool is_township(const struct reader *r)
{
	const struct issuers *is = &r->k->issuers;
	struct str s = reader_paragraph(r, 0, 900);
	size_t k;

	for (size_t i = 0; i + 6 <= s.n; i++)
		if (str_starts(str_sub(s, i, s.n), STR("我")) && issuers_starts(is, str_sub(s, i + 3, s.n), ISSUER_TOWNSHIP, &k)
		    && !issuers_starts(is, str_sub(s, i + 3, s.n), ISSUER_KEEP, NULL))
			return true;
	return false;
}

static void read_region(struct reader *r)
{
	struct place p = {.regions = &r->k->regions, .issuers = &r->k->issuers};
	struct about_region *out = &r->about->region;
	struct str prefix = str_sub(r->about->title.value, r->prefix.b, r->prefix.e);
	struct span t = reader_title_range(r, r->prefix), whole = reader_title_range(r, (struct span){0, 0});
	struct about_value *issuer = &r->about->issuer;
	struct str congress = {NULL, 0};

	p.year = iso_year(r->about->period.end);
	p.host = host_read(doc_value(r, "url"));
	p.national = r->issuer == ISSUER_NATIONAL;
	p.level = reader_own_level(r);
	/* only a province has a 厅; its laws are its own */
	p.provincial = str_ends(issuer->value, STR("厅")) || str_is(p.level, "省") || str_is(p.level, "自治区");
	place_clue(&p, issuers_seat(p.issuers, issuer->value), UINT32_MAX, true);
	place_clue(&p, prefix, span_is_none(t) ? UINT32_MAX : t.b, true);
	place_clue(&p, issuer->value, span_is_none(issuer->at) ? UINT32_MAX : issuer->at.b, true);
	if (r->signature.n)
		place_clue(&p, r->signature, r->signed_at.b, true);
	place_clue(&p, r->about->title.value, span_is_none(whole) ? UINT32_MAX : whole.b, false);
	for (size_t i = 0; i < r->n; i++)
		if (r->segments[i].kind == SEGMENT_TITLE && is_subtitle(reader_at(r, r->segments[i].at))) {
			struct str s = reader_at(r, r->segments[i].at);
			struct span c = congress_place(s);
			if (c.e && !congress.n)
				congress = str_sub(s, c.b, c.e);
			if (c.e)
				place_clue(&p, str_sub(s, c.b, c.e), r->segments[i].at.b + c.b, true);
			place_clue(&p, s, r->segments[i].at.b, false);
		}
	place_clue(&p, r->said.issuer, UINT32_MAX, true);
	place_clue(&p, r->said.title, UINT32_MAX, false);
	if (!issuers_ends(p.issuers, r->said.source, ISSUER_PAPER))
		place_clue(&p, r->said.source, UINT32_MAX, false);
	place_clue(&p, r->said.site, UINT32_MAX, false);
	place_clue(&p, doc_value(r, "path"), UINT32_MAX, false);
	place_clue(&p, doc_value(r, "member"), UINT32_MAX, false);
	for (size_t i = 0, furniture = 0; i < r->n && furniture < 6; i++)
		if (r->segments[i].kind == SEGMENT_FURNITURE || r->segments[i].kind == SEGMENT_META) {
			place_clue(&p, reader_at(r, r->segments[i].at), r->segments[i].at.b, false);
			furniture++;
		}
	struct placed found = given_place(r, &p);
	out->at = found.at;
	if (found.region != REGION_NONE) {
		const struct region *x = &p.regions->items[found.region];
		out->code = x->code.n ? x->code : (struct str){NULL, 0};
		out->level = x->level;
		out->name = regions_path(p.regions, found.region, r->a);
		/* 新疆 in the title stands for 新疆维吾尔自治区 */
		struct str name = issuer->value;
		size_t k = name.n - issuers_word(p.issuers, ISSUER_GOVERNMENT).n;
		if (r->joined && !found.part.n && k < name.n && k < x->name.n
		    && str_starts(x->name, str_sub(name, 0, k)))
			issuer->value = maker_government(r, x->name, ISSUER_GOVERNMENT);
	}
	if (found.region == REGION_NONE && !found.ambiguous && !out->name.n) {
		/* a place that the table does not have still tells reports apart */
		enum issuer_kind level;
		struct str named = issuer->value.n ? issuer->value : congress;
		size_t len = issuers_division(&r->k->issuers, named, &level);
		if (len) {
			out->name = str_sub(named, 0, len);
			out->level = str_of(issuer_kinds[level]);
			if (!issuer->value.n)
				out->at = reader_range(r, out->name);
			else if (!span_is_none(issuer->at))
				out->at = (struct span){issuer->at.b, issuer->at.b + (uint32_t)len};
		}
	}
	if (!found.part.n && !issuer->value.n && str_is(out->level, "county") && is_township(r)) {
		/* one that is not named: its figures are not the county's */
		*out = (struct about_region){.level = STR("township"), .at = SPAN_NONE};
	}
	if (found.part.n && str_ends(found.part, STR("街")))
		found.part = maker_join(r, found.part, STR("道"));
	if (found.part.n) {
		/* neither has a code of six digits: the code is that of the division above */
		out->level = str_of(issuer_kinds[found.part_kind]);
		if (!str_eq(out->name, found.part))
			out->name = out->name.s ? maker_join(r, out->name, found.part) : found.part;
	}
}

void document_about(const struct knowledge *k, struct filter *f, struct str text,
	const struct segment *segments, size_t n, struct about *out)
{
	struct reader r = {.k = k, .f = f, .a = &f->arena, .text = text, .segments = segments, .n = n,
		.about = out};

	schema_clear(about_fields, out);
	imprint_head(&r);
	given_head(&r);
	read_title(&r);
	imprint_signature(&r);
	maker_read(&r);
	given_issuer(&r);
	imprint_rest(&r);
	read_genre(&r);
	given_genre(&r);
	covered_read(&r);
	covered_compare(&r);
	given_period(&r);
	read_region(&r);
	maker_settle(&r);
	matcher_report(k->genres.matcher, f);
	matcher_report(k->periods.matcher, f);
}
