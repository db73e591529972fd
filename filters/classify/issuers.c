#include "issuers.h"
#include "arena.h"
#include "dates.h"

#include <stdlib.h>

const char *const issuer_kinds[] = {
	"", "government", "department", "court", "procuratorate", "party", "congress", "national",
	"province", "prefecture", "county", "zone", "township",
	"keep", "unnamed", "stop", "apart", "of_zone", "of_street", "verb", "alone", "paper", "organ", "above", "own", "ours",
	"published", "dated", "inside", "before", "itself", "longer", "leads", "opens", "proper", "seat", NULL
};

static void heads_fill(struct issuers *is)
{
	for (size_t i = 0; i < is->n; i++) {
		uint64_t *bits = is->heads[is->items[i].kind];
		if (is->items[i].text.n < 3) {          /* may start whatever the first character is */
			memset(bits, 0xFF, sizeof is->heads[0]);
			continue;
		}
		unsigned h = issuers_head(is->items[i].text.s);
		bits[h / 64] |= 1ull << h % 64;
	}
}

/* Words of one kind together, in the table's order. */
static void group(struct issuers *is)
{
	struct issuer_word *items = xmalloc((is->n + 1) * sizeof *items);
	size_t n = 0;

	for (int k = 0; k < ISSUER_KINDS; k++) {
		is->first[k] = n;
		for (size_t i = 0; i < is->n; i++)
			if (is->items[i].kind == (enum issuer_kind)k)
				items[n++] = is->items[i];
	}
	is->first[ISSUER_KINDS] = n;
	free(is->items);
	is->items = items;
}

void issuers_load(struct issuers *is, struct table *t)
{
	int kind = table_need(t, "kind"), words = table_need(t, "words");

	*is = (struct issuers){0};
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		int k = 1;
		while (k < ISSUER_KINDS && !str_is(table_cell(t, i, kind), issuer_kinds[k]))
			k++;
		if (k == ISSUER_KINDS) {
			table_bad(t, i, "unknown kind '%.*s'", STR_ARG(table_cell(t, i, kind)));
			return;
		}
		struct str rest = table_cell(t, i, words), part;
		while (str_part(&rest, '|', &part)) {
			if (is->n == is->cap) {
				is->cap = is->cap ? is->cap * 2 : 256;
				is->items = xrealloc(is->items, is->cap * sizeof *is->items);
			}
			is->items[is->n++] = (struct issuer_word){part, (enum issuer_kind)k};
		}
	}
	group(is);
	heads_fill(is);
}

void issuers_free(struct issuers *is)
{
	free(is->items);
}

enum issuer_kind issuers_kind(const struct issuers *is, struct str name)
{
	enum issuer_kind kind = ISSUER_NONE;
	size_t longest = 0, k;
	/* 中华人民共和国国务院 */
	struct str bare = issuers_starts(is, name, ISSUER_BEFORE, &k) ? str_sub(name, k, name.n) : name;

	for (size_t i = 0; i < is->n; i++) {
		const struct issuer_word *w = &is->items[i];
		if (w->kind >= ISSUER_PROVINCE || w->text.n <= longest)
			continue;
		bool fits = w->kind == ISSUER_NATIONAL ? str_eq(bare, w->text)
			: str_ends(name, w->text) && name.n > w->text.n;
		if (fits) {
			longest = w->text.n;
			kind = w->kind;
		}
	}
	return kind;
}

bool issuers_starts(const struct issuers *is, struct str s, enum issuer_kind kind, size_t *n)
{
	if (s.n >= 3 && !issuers_may_start(is, s.s, kind))
		return false;
	for (size_t i = is->first[kind]; i < is->first[kind + 1]; i++)
		if (str_starts(s, is->items[i].text)) {
			if (n)
				*n = is->items[i].text.n;
			return true;
		}
	return false;
}

bool issuers_ends(const struct issuers *is, struct str s, enum issuer_kind kind)
{
	for (size_t i = is->first[kind]; i < is->first[kind + 1]; i++)
		if (str_ends(s, is->items[i].text))
			return true;
	return false;
}

bool issuers_has(const struct issuers *is, struct str s, enum issuer_kind kind)
{
	for (size_t i = is->first[kind]; i < is->first[kind + 1]; i++)
		if (str_find(s, is->items[i].text, 0) != SIZE_MAX)
			return true;
	return false;
}

/* Bytes of a note in brackets at the start: (两会受权发布), 【政策解读】. */
static size_t note_at(struct str s)
{
	static const char *const open[] = {"(", "（", "【", "［", "[", NULL};
	static const char *const shut[] = {")", "）", "】", "］", "]", NULL};

	for (int i = 0; open[i]; i++)
		if (str_starts(s, str_of(open[i]))) {
			size_t k = str_find(s, str_of(shut[i]), 0);
			return k == SIZE_MAX || k > 60 ? 0 : k + strlen(shut[i]);
		}
	return 0;
}

/* A body that stands apart from the title's words: 平遥县教育局：2022年…, …报告（平遥县教育局）,
 * 【平遥县教育局】…. Nothing where there is none. */
static struct span aside(const struct issuers *is, struct str title)
{
	static const char *const opens[] = {"（", "(", NULL};
	struct span parts[3] = {{0, 0}, {0, 0}, {0, 0}};
	enum issuer_kind level;
	size_t note = note_at(title), k;

	if (note > 6)
		parts[0] = (struct span){title.s[0] == '(' || title.s[0] == '[' ? 1 : 3, (uint32_t)note - (title.s[0] == '(' || title.s[0] == '[' ? 1 : 3)};
	for (size_t i = note; i < title.n && !parts[1].e; i++)
		if (((uint8_t)title.s[i] & 0xC0) != 0x80 && issuers_starts(is, str_sub(title, i, title.n), ISSUER_APART, &k))
			parts[1] = (struct span){(uint32_t)note, (uint32_t)i};
	size_t shut = str_ends(title, STR("）")) ? 3 : str_ends(title, STR(")"));
	for (size_t i = title.n; shut && i-- > note && !parts[2].e;)
		for (int o = 0; opens[o]; o++)
			if (str_starts(str_sub(title, i, title.n), str_of(opens[o])))
				parts[2] = (struct span){(uint32_t)(i + strlen(opens[o])), (uint32_t)(title.n - shut)};
	for (int i = 0; i < 3; i++) {
		struct str s = parts[i].b < parts[i].e ? str_sub(title, parts[i].b, parts[i].e) : (struct str){NULL, 0};
		if (s.n > 9 && s.n < 90 && issuers_kind(is, s) != ISSUER_NONE && !str_ends(s, STR("网站"))
		    && issuers_division(is, s, &level))
			return parts[i];
	}
	return (struct span){0, 0};
}

/* 湖州市长兴县, 西安市长安区, 东莞市长安镇: the 长 that ends the stop of K bytes at REST begins the name of a place. */
static bool begins_place(struct str rest, size_t k)
{
	static const char *const ends[] = {"县", "区", "市", "镇", "乡", "街道", NULL};
	enum { NAME_MOST = 9 };         /* bytes between */
	size_t name = k;

	if (k < 6 || memcmp(rest.s + k - 3, "长", 3) != 0)
		return false;
	for (name += 3; name <= k + NAME_MOST && name < rest.n; name += 3)
		for (int i = 0; ends[i]; i++)
			if (str_starts(str_sub(rest, name, rest.n), str_of(ends[i])))
				return true;
	return false;
}

static struct span prefix_of(const struct issuers *is, struct str title)
{
	size_t b = note_at(title), i = b, k, e;

	/* 关于重庆市巴南区…的报告: the name follows the first stop */
	if (issuers_starts(is, str_sub(title, b, title.n), ISSUER_STOP, &k))
		b = i = b + k;
	/* 2020年静海区…: neither does the year belong to it */
	if (year_at(title, i, &e)) {
		static const char *const years[] = {"年度", "年", NULL};
		for (int y = 0; years[y]; y++)
			if (str_starts(str_sub(title, e, title.n), str_of(years[y]))) {
				b = i = e + strlen(years[y]);
				break;
			}
	}
	for (; i < title.n; i++) {
		if (((uint8_t)title.s[i] & 0xC0) == 0x80)
			continue;
		struct str rest = str_sub(title, i, title.n);
		if (issuers_starts(is, rest, ISSUER_INSIDE, &k)) {
			i += k - 1;
			continue;
		}
		if (year_at(title, i, &e) || (issuers_starts(is, rest, ISSUER_STOP, &k) && !begins_place(rest, k)))
			break;
		if (issuers_starts(is, rest, ISSUER_APART, &k))
			b = i + k;
	}
	if (b > i)
		b = i;
	struct str s = str_trim(str_sub(title, b, i));
	return (struct span){(uint32_t)(s.s - title.s), (uint32_t)(s.s - title.s + s.n)};
}

struct span issuers_prefix(const struct issuers *is, struct str title)
{
	struct span p = prefix_of(is, title);

	if (p.b < p.e && issuers_kind(is, str_sub(title, p.b, p.e)) != ISSUER_NONE)
		return p;
	struct span other = aside(is, title);
	return other.e ? other : p;
}

size_t issuers_before(const struct issuers *is, struct str name)
{
	size_t k, at = 0;

	if (issuers_starts(is, name, ISSUER_BEFORE, &k))
		at = k;
	if (issuers_starts(is, str_sub(name, at, name.n), ISSUER_NATIONAL, &k))
		at += k;
	return at < name.n ? at : 0;
}

size_t issuers_part(const struct issuers *is, struct str name, enum issuer_kind kind)
{
	enum { PART_BYTES = 90 };
	size_t k, found = 0;

	/* 黄山风景区 is one, 镇人民政府 names no town */
	for (size_t i = kind == ISSUER_ZONE ? 0 : 3; i < name.n && i < PART_BYTES; i++) {
		if (((uint8_t)name.s[i] & 0xC0) == 0x80)
			continue;
		if (!issuers_starts(is, str_sub(name, i, name.n), kind, &k))
			continue;
		/* 住房和城乡建设局, 乡村振兴局: no 乡 of these is a township */
		if (issuers_starts(is, str_sub(name, i, name.n), ISSUER_KEEP, NULL)
		    || (i >= 3 && issuers_starts(is, str_sub(name, i - 3, name.n), ISSUER_KEEP, NULL)))
			continue;
		struct str rest = str_sub(name, i + k, name.n);
		/* 南街镇, 东街街道 */
		if (kind == ISSUER_TOWNSHIP && issuers_starts(is, rest, ISSUER_TOWNSHIP, NULL) && !issuers_starts(is, rest, ISSUER_KEEP, NULL))
			continue;
		bool office = rest.n && issuers_kind(is, name) != ISSUER_NONE;
		if (!rest.n || office)
			found = i + k;
		if (found && kind != ISSUER_ZONE)
			break;
	}
	return found;
}

size_t issuers_division(const struct issuers *is, struct str name, enum issuer_kind *level)
{
	enum { NAME_LEAST = 6, NAME_MOST = 18 };        /* two to six characters, then its kind */
	size_t end = 0, k;

	if (issuers_starts(is, name, ISSUER_UNNAMED, &k) || (name.n && name.s[0] >= '0' && name.s[0] <= '9'))
		return 0;
	for (enum issuer_kind kind = ISSUER_PROVINCE; kind <= ISSUER_COUNTY; kind++)
		if (issuers_starts(is, name, kind, &k))
			return 0;       /* 市司法局 names no division */
	for (size_t i = 0; i < name.n && i <= end + NAME_MOST; i++) {
		if (((uint8_t)name.s[i] & 0xC0) == 0x80 || i < end + (end ? NAME_LEAST : 3))
			continue;
		for (enum issuer_kind kind = ISSUER_PROVINCE; kind <= ISSUER_COUNTY; kind++)
			if (issuers_starts(is, str_sub(name, i, name.n), kind, &k)) {
				if (issuers_ends(is, str_sub(name, 0, i), ISSUER_OURS))
					return end;     /* 推进全区 names none */
				end = i + k;
				i = end - 1;
				*level = kind;
				break;
			}
	}
	return end;
}

size_t issuers_level(const struct issuers *is, struct str name)
{
	size_t k;

	if (issuers_starts(is, name, ISSUER_KEEP, &k))
		return 0;
	for (enum issuer_kind kind = ISSUER_PROVINCE; kind <= ISSUER_COUNTY; kind++)
		if (issuers_starts(is, name, kind, &k) && name.n > k)
			return k;
	return 0;
}

struct str issuers_word(const struct issuers *is, enum issuer_kind kind)
{
	return is->first[kind] < is->first[kind + 1] ? is->items[is->first[kind]].text : STR("");
}

struct str issuers_seat(const struct issuers *is, struct str name)
{
	for (size_t i = is->first[ISSUER_SEAT]; i < is->first[ISSUER_SEAT + 1]; i++) {
		struct str s = is->items[i].text;
		size_t k = str_find(s, STR("="), 0);
		if (k != SIZE_MAX && k > 0 && str_ends(name, str_sub(s, 0, k)))
			return str_sub(s, k + 1, s.n);
	}
	return (struct str){"", 0};
}

struct str issuers_without_party(const struct issuers *is, struct str name)
{
	static const char *const committees[] = {"党组", "党委", "党工委", "党总支", "党支部", NULL};
	size_t k;

	for (int i = 0; committees[i]; i++) {
		if (!str_ends(name, str_of(committees[i])))
			continue;
		struct str body = str_sub(name, 0, name.n - strlen(committees[i]));
		if (issuers_starts(is, body, ISSUER_BEFORE, &k))
			body = str_sub(body, k, body.n);
		enum issuer_kind kind = issuers_kind(is, body);
		if (kind != ISSUER_NONE && kind != ISSUER_PARTY)
			return body;
	}
	return name;
}
