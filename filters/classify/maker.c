/* Who made a document: the title's name, else the signature's, else who it is that the
 * text begins with, else whom the page names. */
#include "dates.h"
#include "place.h"
#include "reader.h"

struct str maker_join(const struct reader *r, struct str a, struct str b)
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
	size_t k = place_prefix(&r->k->regions, &r->k->issuers, s, r->a);
	return k ? k : issuers_division(&r->k->issuers, s, &level);
}

/* What a name is that is a division's and no more: ISSUER_GOVERNMENT (its government
 * reports), ISSUER_ZONE, ISSUER_TOWNSHIP; ISSUER_NONE for other names. */
static enum issuer_kind division_kind(const struct reader *r, struct str s)
{
	const struct issuers *is = &r->k->issuers;
	size_t k = division_at(r, s);
	struct str rest = str_sub(s, k, s.n);

	if (!s.n || issuers_starts(is, s, ISSUER_UNNAMED, NULL))
		return ISSUER_NONE;
	/* 浦东新区 is a district, 河北雄安新区 is none */
	if (issuers_ends(is, s, ISSUER_ZONE) && (k || s.n <= 60))
		return place_is_county(&r->k->regions, s, r->a) ? ISSUER_GOVERNMENT : ISSUER_ZONE;
	if (k == s.n)
		return ISSUER_GOVERNMENT;
	return issuers_part(is, rest, ISSUER_TOWNSHIP) == rest.n ? ISSUER_TOWNSHIP : ISSUER_NONE;
}

/* The government of a division, the committee of a zone, the office of a street. */
struct str maker_government(struct reader *r, struct str division, enum issuer_kind kind)
{
	const struct issuers *is = &r->k->issuers;
	/* 鹤龙街 is short for 鹤龙街道 */
	if (kind == ISSUER_TOWNSHIP && str_ends(division, STR("街")))
		division = maker_join(r, division, STR("道"));
	bool street = kind == ISSUER_TOWNSHIP && str_ends(division, STR("街道"));

	/* 新疆生产建设兵团 is party, government and army in one: it reports by its own name */
	if (issuers_has(is, division, ISSUER_ITSELF))
		return division;

	r->joined = true;
	return maker_join(r, division, issuers_word(is, kind == ISSUER_ZONE ? ISSUER_OF_ZONE
		: street ? ISSUER_OF_STREET : ISSUER_GOVERNMENT));
}

/* True where a name in the text's first sentence names a body: 市市场监管局, 渝中区. */
static bool is_body(const struct reader *r, struct str s)
{
	const struct issuers *is = &r->k->issuers;
	enum issuer_kind kind = issuers_kind(is, s);
	size_t k;

	/* 认真落实局党组… is none */
	if (s.n < 6 || s.n > 90 || issuers_starts(is, s, ISSUER_UNNAMED, NULL)
	    || (issuers_starts(is, s, ISSUER_VERB, NULL) && !issuers_starts(is, s, ISSUER_INSIDE, NULL)) || str_find(s, STR("、"), 0) != SIZE_MAX
	    || str_find(s, STR("《"), 0) != SIZE_MAX)
		return false;
	if (kind == ISSUER_NONE || kind == ISSUER_PARTY || kind == ISSUER_CONGRESS)
		return division_kind(r, s) != ISSUER_NONE;
	if (str_find(s, STR("的"), 0) != SIZE_MAX)
		return false;
	/* 镇人民政府 does not say which */
	if (issuers_starts(is, s, ISSUER_TOWNSHIP, NULL) && !issuers_starts(is, s, ISSUER_KEEP, NULL))
		return false;
	return kind == ISSUER_NATIONAL || issuers_has(is, str_sub(s, 6, s.n), ISSUER_PROPER) || division_at(r, s) || issuers_level(is, s) || issuers_part(is, s, ISSUER_ZONE)
		|| (s.n <= 30 && issuers_ends(is, s, ISSUER_ALONE) && !(issuers_starts(is, s, ISSUER_ALONE, &k) && k == s.n));
}

/* 2023年政府信息公开工作年度报告: behind a maker's name, before the clause ends. */
static bool names_report(struct str s)
{
	static const char *const nouns[] = {"报告", "年报", "总结", NULL};
	static const char *const ends[] = {"，", ",", "。", "；", NULL};
	size_t e = s.n < 150 ? s.n : 150;

	for (int i = 0; ends[i]; i++) {
		size_t k = str_find(str_sub(s, 0, e), str_of(ends[i]), 0);
		e = k < e ? k : e;
	}
	for (int i = 0; nouns[i]; i++)
		if (str_find(str_sub(s, 0, e), str_of(nouns[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

/* Bytes of the year at the start: 2023年度 of 2023年度安澜县教育局. */
static size_t dated_lead(struct str s)
{
	static const char *const years[] = {"年度", "年", NULL};
	size_t e;

	if (!s.n || !year_at(s, 0, &e))
		return 0;
	for (int i = 0; years[i]; i++)
		if (str_starts(str_sub(s, e, s.n), str_of(years[i])))
			return e + strlen(years[i]);
	return 0;
}

/* Who it is that the text begins with: 2023年，渝中区坚持…. */
static struct str read_subject(const struct reader *r, struct str text)
{
	const struct issuers *is = &r->k->issuers;
	static const char *const stops[] = {"，", ",", "。", "：", ":", "；", ";", NULL};
	size_t b = 0, year;

	for (size_t i = 0; i < text.n; i++) {
		if (((uint8_t)text.s[i] & 0xC0) == 0x80)
			continue;
		struct str rest = str_sub(text, i, text.n);
		/* nearly always a Han character, which is neither space nor stop, stands here */
		bool han = (uint8_t)text.s[i] >= 0xE4 && (uint8_t)text.s[i] <= 0xE9;
		size_t k = han ? 0 : space_at(rest.s, rest.n);
		for (int j = 0; stops[j] && !k && !han; j++)
			k = str_starts(rest, str_of(stops[j])) ? strlen(stops[j]) : 0;
		if (k) {
			b = i + k;
			i = b - 1;
			continue;
		}
		if (i > b && (issuers_starts(is, rest, ISSUER_VERB, NULL) || (!han && year_at(text, i, &year) && names_report(rest)))) {
			struct str s = str_sub(text, b, i);
			size_t lead;
			while (issuers_starts(is, s, ISSUER_OPENS, &lead) || (lead = dated_lead(s)) > 0)
				s = str_sub(s, lead, s.n);
			if (is_body(r, s))
				return s;
		}
	}
	return (struct str){NULL, 0};
}

/* A body's name without the division, its level and what stands before them: 司法局 of
 * 重庆市巴南区司法局. */
static struct str bare_name(const struct reader *r, struct str name)
{
	const struct issuers *is = &r->k->issuers;
	struct str rest = name;
	size_t k;

	if (issuers_ends(is, name, ISSUER_PROPER))
		return name;
	/* 国家税务总局莆田市税务局, 中共安澜县委… */
	if (r->issuer != ISSUER_NATIONAL)
		rest = str_sub(rest, issuers_before(is, rest), rest.n);
	else if (issuers_starts(is, rest, ISSUER_BEFORE, &k))
		return str_sub(rest, k, rest.n);
	k = division_at(r, rest);
	/* 第一师阿拉尔市司法局 */
	if (k && issuers_has(is, str_sub(rest, 0, k), ISSUER_ITSELF))
		k += division_at(r, str_sub(rest, k, rest.n));
	/* of 安澜市委办公室 市委办公室 is left, of 县委全面依法治县委员会 what the party made */
	if (k > 3 && issuers_starts(is, str_sub(rest, k - 3, rest.n), ISSUER_PARTY, NULL))
		k -= 3;
	rest = str_sub(rest, k, rest.n);
	bool party = issuers_starts(is, rest, ISSUER_PARTY, &k);
	if (party && rest.n - k > 15) {
		rest = str_sub(rest, k, rest.n);
		party = false;
	}
	size_t town = issuers_part(is, rest, ISSUER_TOWNSHIP);
	if (town < rest.n)
		rest = str_sub(rest, town, rest.n);
	/* 高新区税务局 is one of a zone, 风景名胜区管理局 is the zone's own */
	size_t zone = issuers_part(is, rest, ISSUER_ZONE), body;
	if (zone && zone < rest.n && (issuers_starts(is, str_sub(rest, zone, rest.n), ISSUER_GOVERNMENT, &body)
			|| issuers_kind(is, str_sub(rest, zone, rest.n)) == ISSUER_DEPARTMENT)
	    && !str_starts(str_sub(rest, zone, rest.n), STR("管理局")))
		rest = str_sub(rest, zone, rest.n);
	if (!party)
		rest = str_sub(rest, issuers_level(is, rest), rest.n);
	/* 人民政府外事办公室 is an office of the government */
	if (issuers_starts(is, rest, ISSUER_GOVERNMENT, &k) && rest.n > k)
		rest = str_sub(rest, k, rest.n);
	return rest.n ? rest : name;
}

/* Of several bodies each (安澜县司法局、安澜县财政局: 司法局、财政局); empty where it names one. */
static struct str joint_name(const struct reader *r, struct str name)
{
	static const char *const between[] = {"、", " ", "，", "　", NULL};
	struct str out = {"", 0};

	for (size_t i = 0, b = 0; i <= name.n; i++) {
		size_t k = 0;
		for (int j = 0; between[j] && !k && i < name.n; j++)
			k = str_starts(str_sub(name, i, name.n), str_of(between[j])) ? strlen(between[j]) : 0;
		if (!k && i < name.n)
			continue;
		struct str part = issuers_without_party(&r->k->issuers, str_sub(name, b, i));
		if (issuers_kind(&r->k->issuers, part) == ISSUER_NONE || (i == name.n && !b))
			return (struct str){"", 0};
		/* 海关总署党委 海关总署 is one */
		if (str_eq(out, bare_name(r, part))) {
			i = b = i + k;
			continue;
		}
		out = out.n ? maker_join(r, maker_join(r, out, STR("、")), bare_name(r, part)) : bare_name(r, part);
		i = b = i + k;
	}
	return out;
}

/* What a body is: its party committee is it, too, and 海关总署党委 海关总署 is one body of the nation. */
static enum issuer_kind body_kind(const struct reader *r, struct str name)
{
	const struct issuers *is = &r->k->issuers;
	size_t blank = str_find(name, STR(" "), 0);

	if (blank != SIZE_MAX && str_eq(issuers_without_party(is, str_sub(name, 0, blank)), str_sub(name, blank + 1, name.n)))
		name = str_sub(name, blank + 1, name.n);
	return issuers_kind(is, issuers_without_party(is, name));
}

/* Whose report it is, by the name of its issuer. */
static void read_subject_of(struct reader *r)
{
	struct about_value *v = &r->about->issuer;

	if (!v->value.n)
		return;
	/* 国务院 is a government, too */
	if (r->issuer == ISSUER_NATIONAL && str_ends(v->value, STR("国务院"))) {
		r->about->subject.value = STR("government");
		return;
	}
	/* 县政府 tells whose report it is, but not its name */
	if (r->from_text && r->issuer == ISSUER_GOVERNMENT && issuers_level(&r->k->issuers, v->value))
		*v = (struct about_value){{NULL, 0}, SPAN_NONE};
	if (r->issuer == ISSUER_GOVERNMENT) {
		r->about->subject.value = STR("government");
		return;
	}
	r->about->subject.value = joint_name(r, v->value);
	if (r->about->subject.value.n)
		return;
	/* of 中共安澜县司法局党组 it is the bureau's */
	struct str body = issuers_without_party(&r->k->issuers, v->value), rest = bare_name(r, body);
	r->about->subject.value = rest;
	if (!span_is_none(v->at)) {
		uint32_t e = v->at.e - (uint32_t)(v->value.s + v->value.n - body.s - body.n);
		r->about->subject.at = (struct span){e - (uint32_t)rest.n, e};
	}
}

/* 安澜县人民政府办公室关于印发安澜县2023年…报告的通知: the office issues it, it is the
 * government's report. */
static void read_inner(struct reader *r)
{
	struct str title = str_sub(r->about->title.value, r->inner.b, r->inner.e);
	struct span p = issuers_prefix(&r->k->issuers, title), at;
	struct str name = str_sub(title, p.b, p.e);
	enum issuer_kind kind = issuers_kind(&r->k->issuers, name), division = kind ? ISSUER_NONE : division_kind(r, name);
	struct about_value issuer = r->about->issuer;
	bool joined = r->joined;

	if (!kind && !division)
		return;
	at = reader_title_range(r, (struct span){r->inner.b + p.b, r->inner.b + p.e});
	r->about->subject = (struct about_value){{NULL, 0}, SPAN_NONE};
	r->issuer = division ? ISSUER_GOVERNMENT : kind;
	r->about->issuer = division ? (struct about_value){maker_government(r, name, division), SPAN_NONE}
		: (struct about_value){name, at};
	read_subject_of(r);
	if (issuer.value.n) {
		r->about->issuer = issuer;
		r->joined = joined;
	}
}

/* 安澜县司法局 in the title, 云泽县司法局 below the text: a report that was copied. */
static void compare(struct reader *r, struct str title, struct str signature)
{
	size_t a = division_at(r, title), b = division_at(r, signature);
	struct str x = str_sub(title, 0, a), y = str_sub(signature, 0, b);

	if (a < 6 || b < 6 || str_ends(x, y) || str_ends(y, x) || !str_eq(str_sub(x, a - 3, a), str_sub(y, b - 3, b)))
		return;
	filter_problem(r->f, "issuer-disagrees", false, r->signed_at, "the title names %.*s, the signature %.*s",
		STR_ARG(title), STR_ARG(signature));
}

/* 石家庄市把… in a report that speaks of 全省: one of those that it tells of. */
static bool other_level(const struct reader *r, struct str own)
{
	struct str level = reader_own_level(r);

	return str_is(level, "省") && issuers_kind(&r->k->issuers, own) == ISSUER_NONE && division_at(r, own) == own.n
		&& (str_ends(own, STR("市")) || str_ends(own, STR("县")) || str_ends(own, STR("州")));
}

void maker_read(struct reader *r)
{
	const struct issuers *is = &r->k->issuers;
	struct about_value *v = &r->about->issuer;
	struct str prefix = str_sub(r->about->title.value, r->prefix.b, r->prefix.e);
	enum issuer_kind mine = prefix.n ? body_kind(r, prefix) : ISSUER_NONE;
	enum issuer_kind signer = r->signature.n ? issuers_kind(is, r->signature) : ISSUER_NONE;
	enum issuer_kind division = mine == ISSUER_NONE ? division_kind(r, prefix) : ISSUER_NONE;
	/* the corps' regiments report by their own names: 第六师一〇一团 */
	if (mine == ISSUER_NONE && !division && issuers_has(is, prefix, ISSUER_ITSELF) && division_at(r, prefix))
		division = ISSUER_GOVERNMENT;
	struct str own = read_subject(r, reader_paragraph(r, 0, 600));

	if (!own.n) {
		/* 根据…要求，现将…。 came first; there a body is one by its name only */
		own = read_subject(r, reader_paragraph(r, 1, 240));
		if (issuers_kind(is, own) == ISSUER_NONE)
			own = (struct str){NULL, 0};
	}

	/* 安澜县2023年司法行政工作总结, and the text is of 安澜县司法局 */
	if (division == ISSUER_GOVERNMENT && issuers_kind(is, own) == ISSUER_DEPARTMENT && str_starts(own, prefix)
	    && str_find(r->about->title.value, STR("政府"), 0) == SIZE_MAX && str_find(r->about->title.value, STR("依法"), 0) == SIZE_MAX)
		division = ISSUER_NONE;
	/* 县司法局 in the title, 光山县司法局 below the text */
	if (mine != ISSUER_NONE && signer != ISSUER_NONE && ((r->signature.n > prefix.n
			&& str_ends(r->signature, prefix)) || (issuers_level(is, prefix) && division_at(r, r->signature))))
		mine = ISSUER_NONE;
	if ((mine != ISSUER_NONE || division) && signer != ISSUER_NONE)
		compare(r, prefix, r->signature);
	if (mine != ISSUER_NONE) {
		*v = (struct about_value){prefix, reader_title_range(r, r->prefix)};
		r->issuer = mine;
	} else if (signer != ISSUER_NONE && (!division || signer == ISSUER_GOVERNMENT)) {
		*v = (struct about_value){r->signature, r->signed_at};
		r->issuer = signer;
	} else if (division) {
		*v = (struct about_value){maker_government(r, prefix, division), SPAN_NONE};
		r->issuer = ISSUER_GOVERNMENT;
	} else if (own.n && !other_level(r, own)) {
		division = issuers_kind(is, own) == ISSUER_NONE ? division_kind(r, own) : ISSUER_NONE;
		r->from_text = true;
		r->issuer = division ? ISSUER_GOVERNMENT : issuers_kind(is, own);
		*v = division ? (struct about_value){maker_government(r, own, division), SPAN_NONE}
			: (struct about_value){own, reader_range(r, own)};
	} else if (r->said.issuer.n && issuers_kind(is, r->said.issuer) != ISSUER_NONE) {
		*v = (struct about_value){r->said.issuer, imprint_find(r, r->said.issuer)};
		r->issuer = issuers_kind(is, r->said.issuer);
	}
	read_subject_of(r);
	if (r->inner.e)
		read_inner(r);
}

void maker_given(struct reader *r, struct str name)
{
	enum issuer_kind kind = issuers_kind(&r->k->issuers, name), division = kind ? ISSUER_NONE : division_kind(r, name);

	r->issuer = division ? ISSUER_GOVERNMENT : kind;
	r->about->issuer = division ? (struct about_value){maker_government(r, name, division), SPAN_NONE}
		: (struct about_value){name, imprint_find(r, name)};
	read_subject_of(r);
}

/* What the genre tells of the issuer. */
void maker_settle(struct reader *r)
{
	struct about *a = r->about;

	/* a paper wrote it, not the government */
	if (str_is(a->genre.value, "news") && !r->given.issuer.n && (span_is_none(a->issuer.at) || r->from_text)) {
		a->issuer = (struct about_value){{NULL, 0}, SPAN_NONE};
		if (r->from_text)
			a->subject = a->issuer;
	}
	/* 由安澜县人民政府办公室编制: of the county, whose office wrote it */
	bool office = str_ends(a->issuer.value, STR("政府办公室")) || str_ends(a->issuer.value, STR("政府办公厅"));
	if (r->from_text && office && str_is(a->genre.value, "disclosure_report"))
		a->subject = (struct about_value){STR("government"), SPAN_NONE};
	if (a->issuer.value.s || !(str_is(a->genre.value, "work_report")
			|| str_is(a->genre.value, "government_report")))
		return;
	a->subject.value = STR("government");
	/* a name that was not understood is no government's */
	if (a->region.name.n && r->prefix.b == r->prefix.e)
		a->issuer.value = maker_government(r, a->region.name, str_is(a->region.level, "zone") ? ISSUER_ZONE
			: str_is(a->region.level, "township") ? ISSUER_TOWNSHIP : ISSUER_GOVERNMENT);
}
