/* The first clue that names a division gives the candidates: a chain such as
 * 重庆市巴南区 narrows them by itself. Of candidates with one name (there are three
 * 鼓楼区) the one is meant whose province or prefecture is named elsewhere in the
 * document; where that decides nothing, none is guessed. */
#include "place.h"

enum { MAY_MOST = 16 };

struct candidates {
	int items[MAY_MOST];
	size_t n;
	struct span at;         /* of the chain, in its clue */
};

void place_clue(struct place *p, struct str s, uint32_t base, bool leads)
{
	/* 国家税务总局黄山市税务局: the division follows the nation's body; 范文县 is none */
	size_t k = leads ? issuers_before(p->issuers, s) : 0;

	s = str_sub(s, k, s.n);
	base = base == UINT32_MAX ? base : base + (uint32_t)k;
	if (leads && issuers_starts(p->issuers, s, ISSUER_UNNAMED, NULL))
		s.n = 0;
	else if (!s.n)
		return;
	if (p->n < CLUES_MOST)
		p->clues[p->n++] = (struct clue){s, base, leads};
}

static int last_year(const struct place *p)
{
	return p->year ? p->year : 9998;
}

static bool stood(const struct regions *r, int i, int year)
{
	return r->items[i].from <= year && year <= r->items[i].to;
}

static void add_candidate(struct candidates *c, int region)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->items[i] == region)
			return;
	if (c->n < MAY_MOST)
		c->items[c->n++] = region;
}

/* True where one of the divisions that mention M may mean is above REGION. */
static bool under(const struct regions *r, const struct region_mentions *all,
	const struct region_mention *m, int region)
{
	for (uint32_t i = 0; i < m->count; i++)
		if (regions_above(r, all->may[m->first + i], region))
			return true;
	return false;
}

/* The candidates of the chain of mentions [B, E): what its last name may mean below
 * the names before it. */
static void chain(const struct place *p, const struct region_mentions *all, size_t b, size_t e,
	struct candidates *out)
{
	const struct regions *r = p->regions;
	const struct region_mention *last = &all->items[e - 1];
	int year = last_year(p);

	out->n = 0;
	out->at = (struct span){all->items[b].at.b, last->at.e};
	/* strict first: below the names before it, and standing in that year */
	for (int pass = 0; pass < 4 && !out->n; pass++)
		for (uint32_t i = 0; i < last->count; i++) {
			int x = all->may[last->first + i];
			bool below = true;
			for (size_t k = b; k + 1 < e; k++)
				below &= under(r, all, &all->items[k], x);
			/* 中国日报网 is no place: the nation speaks through its own bodies */
			if (str_is(r->items[x].level, "nation"))
				continue;
			if ((pass & 2 || below) && (pass & 1 || stood(r, x, year)))
				add_candidate(out, regions_at(r, x, year));
		}
}

/* True where mention K goes on the chain before it: right behind it, and below it
 * (城厢 of 安溪县城厢镇 is no 城厢区). */
static bool goes_on(const struct regions *r, const struct region_mentions *all, size_t k)
{
	const struct region_mention *m = &all->items[k];

	if (m->at.b != all->items[k - 1].at.e)
		return false;
	for (uint32_t i = 0; i < m->count; i++)
		if (under(r, all, &all->items[k - 1], all->may[m->first + i]))
			return true;
	return false;
}

/* 三都 of 三都镇: the short name of a county, and a township that has it too; 台州 of 台州湾. */
static bool is_town(const struct issuers *is, struct str s, const struct region_mention *m)
{
	struct str rest = str_sub(s, m->at.e, s.n);

	return !m->full && (issuers_starts(is, rest, ISSUER_TOWNSHIP, NULL) || issuers_starts(is, rest, ISSUER_LONGER, NULL));
}

/* 平川 of 平川县 where only 平川区 has ever stood: what follows the short name makes another division of it.
 * 市 and 区 do not count: counties become them, and the table may not know it yet. */
static bool is_other(const struct place *p, struct str s, const struct region_mention *m,
	const struct region_mentions *all)
{
	static const char *const ends[] = {"自治县", "自治州", "自治旗", "县", "州", "旗", "盟", "省", NULL};
	struct str rest = str_sub(s, m->at.e, s.n);

	if (m->full)
		return false;
	for (int k = 0; ends[k]; k++) {
		if (!str_starts(rest, str_of(ends[k])))
			continue;
		for (uint32_t i = 0; i < m->count; i++)
			if (str_ends(p->regions->items[all->may[m->first + i]].name, str_of(ends[k])))
				return false;
		return true;
	}
	return false;
}

/* 和县 of 市和县, 文县 of 发文县级单位: a name of two characters inside other words. Right behind
 * another division it is one. */
static bool is_inside(const struct issuers *is, struct str s, const struct region_mentions *all, size_t k)
{
	enum { SHORTEST = 6 };
	struct span at = all->items[k].at;
	size_t b = at.b;

	if (!all->items[k].full || at.e - at.b > SHORTEST || !b || (k && all->items[k - 1].at.e == b))
		return false;
	b = utf8_prev(s.s, b);
	uint32_t cp;
	utf8_next(s.s + b, s.n - b, &cp);
	return cp >= 0x4E00 && cp <= 0x9FFF && !issuers_ends(is, str_sub(s, 0, at.b), ISSUER_LEADS);
}

static bool is_nation(const struct regions *r, const struct region_mentions *all, size_t k)
{
	return str_is(r->items[all->may[all->items[k].first]].level, "nation");
}

/* 增城区 of 广州市公安局增城区分局: the index behind the name of the branch's place, E where there is none. */
static size_t branch_at(const struct place *p, struct str s, const struct region_mentions *all, size_t e)
{
	for (size_t k = e; k < all->n; k++) {
		const struct region_mention *m = &all->items[k];
		if (!str_starts(str_sub(s, m->at.e, s.n), STR("分")))
			continue;
		for (uint32_t i = 0; i < m->count; i++)
			if (under(p->regions, all, &all->items[e - 1], all->may[m->first + i]))
				return k + 1;
	}
	return e;
}

/* The first chain of names in a clue; full names only, unless a short one is the
 * whole clue or leads it. */
static bool read_clue(const struct place *p, const struct clue *c, struct arena *a, struct candidates *out)
{
	struct region_mentions all = regions_find(p->regions, c->s, a);

	for (size_t b = 0; b < all.n;) {
		size_t e = b + 1;
		while (e < all.n && goes_on(p->regions, &all, e))
			e++;
		if (is_town(p->issuers, c->s, &all.items[e - 1])) {
			if (e - 1 == b) {
				b = e;
				continue;
			}
			e--;
		}
		if (e - 1 == b && (is_inside(p->issuers, c->s, &all, b) || is_other(p, c->s, &all.items[b], &all))) {
			b = e;
			continue;
		}
		bool full = all.items[e - 1].full;
		/* 中国（四川）自由贸易试验区 starts with 四川, too */
		bool start = all.items[b].at.b == 0 || (c->leads && b == 1 && is_nation(p->regions, &all, 0));
		bool whole = start && (c->leads || all.items[e - 1].at.e == c->s.n);
		if (full || whole) {
			size_t branch = c->leads ? branch_at(p, c->s, &all, e) : e;
			chain(p, &all, branch > e ? branch - 1 : b, branch, out);
			if (out->n)
				return true;
		}
		if (c->leads && b == 0 && all.items[b].at.b > 12)
			return false;
		b = e;
	}
	return false;
}

static void vote(const struct region_mentions *all, const struct regions *r, const struct candidates *c,
	long weight, long *votes)
{
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < c->n; k++)
			for (uint32_t j = 0; j < all->items[i].count; j++) {
				int x = all->may[all->items[i].first + j];
				const char *level = r->items[x].level.s;
				if (regions_above(r, x, c->items[k])) {
					/* the prefecture tells more than the province */
					votes[k] += weight * (*level == 'p' && level[3] == 'f' ? 2 : 1);
					break;
				}
			}
}

/* Of several, the one whose province and prefecture the document names. */
static int decide(const struct place *p, const struct candidates *c, struct arena *a, struct str text)
{
	long votes[MAY_MOST] = {0};
	size_t best = 0;

	if (c->n == 1)
		return c->items[0];
	for (size_t i = 0; i < p->n; i++) {
		struct region_mentions all = regions_find(p->regions, p->clues[i].s, a);
		vote(&all, p->regions, c, 10, votes);
	}
	struct region_mentions all = regions_find(p->regions, text, a);
	vote(&all, p->regions, c, 1, votes);
	/* as much as a clue that names what lies above */
	for (size_t k = 0; k < c->n; k++)
		votes[k] += 10 * (long)host_says(&p->host, p->regions, c->items[k]);
	for (size_t k = 1; k < c->n; k++)
		if (votes[k] > votes[best])
			best = k;
	for (size_t k = 0; k < c->n; k++)
		if (k != best && votes[k] == votes[best])
			return REGION_NONE;
	return c->items[best];
}

/* Of those whose initials the host has, the one that the document speaks of, or of what lies above it; REGION_NONE
 * where it does of none, or of several. */
static int by_initials(const struct place *p, struct arena *a, struct str text)
{
	enum { OWN = 3, BEGINNING = 6000, MANY = 64 };
	struct str level = p->township ? (struct str){NULL, 0} : p->level;
	int items[MANY], best = REGION_NONE;
	long most = 1;          /* a province that is named once says little */
	size_t n = host_initials(&p->host, p->regions, level, last_year(p), items, MANY);

	if (!n || n == MANY)
		return REGION_NONE;
	struct region_mentions all = regions_find(p->regions, str_sub(text, 0, text.n < BEGINNING ? text.n : BEGINNING), a);
	for (size_t k = 0; k < n; k++) {
		long votes = 0;
		for (size_t i = 0; i < all.n; i++)
			for (uint32_t j = 0; j < all.items[i].count; j++) {
				int x = all.may[all.items[i].first + j];
				if (x == items[k])
					votes += OWN;
				else if (regions_above(p->regions, x, items[k]) && !is_nation(p->regions, &all, i))
					votes += str_is(p->regions->items[x].level, "prefecture") ? 2 : 1;
			}
		if (votes == most)
			best = REGION_NONE;
		if (votes > most) {
			most = votes;
			best = items[k];
		}
	}
	return best;
}

/* True where a division may be what a document calls 我县, 我市. */
static bool fits_level(const struct region *x, struct str level)
{
	if (!level.n)
		return true;
	if (str_is(level, "省"))
		return str_is(x->level, "province");
	if (str_is(level, "区"))
		return str_ends(x->name, STR("区"));
	return str_ends(x->name, level);
}

/* 《浙江省优化营商环境条例》: a law is cited by all who are below its maker; it counts where the place is
 * named otherwise, too. */
static bool is_cited(struct str s, const struct region *x, const struct region_mention *m)
{
	return str_ends(str_sub(s, 0, m->at.b), STR("《")) && (str_is(x->level, "province") || str_is(x->level, "prefecture"));
}

/* True where a clause starts at B: …，澄海区教育系统…. */
static bool starts_clause(struct str s, size_t b)
{
	return !b || str_ends(str_sub(s, 0, b), STR("，")) || s.s[b - 1] == ',' || s.s[b - 1] == '\n';
}

/* The division that the text itself names most, its beginning three times, and where
 * it speaks of its organs. */
static bool read_text(const struct place *p, struct str text, struct arena *a, struct candidates *out)
{
	enum { BEGINNING = 1500, TEXT_MOST = 400000, ENOUGH = 4 };
	struct region_mentions all = regions_find(p->regions,
		str_sub(text, 0, text.n < TEXT_MOST ? text.n : TEXT_MOST), a);
	uint32_t *count = arena_calloc(a, p->regions->n, sizeof *count), most = 0, second = 0;
	uint32_t *cited = arena_calloc(a, p->regions->n, sizeof *cited);
	size_t best = 0;

	for (size_t i = 0; i < all.n; i++) {
		const struct region_mention *m = &all.items[i];
		const struct region *x = &p->regions->items[all.may[m->first]];
		bool own = (p->level.n || p->zone) && issuers_ends(p->issuers, str_sub(text, 0, m->at.b), ISSUER_OWN);
		if ((!m->full && !own) || is_inside(p->issuers, text, &all, i) || str_is(x->level, "nation")
		    || !fits_level(x, p->level))
			continue;
		struct str rest = str_sub(text, m->at.e, text.n);
		bool organ = m->full && (issuers_starts(p->issuers, rest, ISSUER_ORGAN, NULL)
			|| (p->township && str_is(x->level, "county") && issuers_starts(p->issuers, rest, ISSUER_ABOVE, NULL)));
		/* a township gives its county's whole path, and does by its rules: 《雁塔区…制度》 */
		bool path = p->township && str_is(x->level, "county") && ((i > 0 && goes_on(p->regions, &all, i))
			|| str_ends(str_sub(text, 0, m->at.b), STR("《")));
		/* 杭州市上城区 where the text speaks of 全区; 2024年，澄海区… */
		bool opens = (p->level.n && i > 0 && goes_on(p->regions, &all, i))
			|| (m->full && str_is(x->level, "county") && m->at.b < BEGINNING && starts_clause(text, m->at.b));
		uint32_t *n = !p->provincial && !p->level.n && is_cited(text, x, m) ? cited : count;
		n[all.may[m->first]] += (m->at.b < BEGINNING ? 3 : 1) + (own || organ || path || opens);
	}
	for (size_t i = 0; i < p->regions->n; i++) {
		count[i] += count[i] ? cited[i] : 0;
		if (count[i] > most) {
			second = most;
			most = count[i];
			best = i;
		} else if (count[i] > second) {
			second = count[i];
		}
	}
	/* the only one of the level that the document speaks of need not be named again */
	if (most < (p->level.n && !second ? ENOUGH - 1 : ENOUGH) || most == second)
		return false;
	for (size_t i = 0; i < all.n; i++)
		if (all.may[all.items[i].first] == (int)best) {
			chain(p, &all, i, i + 1, out);
			return out->n > 0;
		}
	return false;
}

static void complain(const struct place *p, struct filter *f, const struct candidates *c, struct span at)
{
	struct buf list = {0};

	for (size_t i = 0; i < c->n; i++) {
		struct str path = regions_path(p->regions, c->items[i], &f->arena);
		buf_printf(&list, "%s%.*s %.*s", i ? ", " : "", STR_ARG(p->regions->items[c->items[i]].code),
			STR_ARG(path));
	}
	filter_problem(f, "region-ambiguous", false, at, "the region may be any of %.*s",
		(int)list.len, (const char *)list.data);
	buf_free(&list);
}

static int nation(const struct regions *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_is(r->items[i].level, "nation"))
			return (int)i;
	return REGION_NONE;
}

struct placed place_find(struct place *p, struct filter *f, struct str text)
{
	struct placed out = {.region = REGION_NONE, .at = SPAN_NONE};
	struct candidates c = {.n = 0};
	const struct clue *from = NULL;

	if (p->national) {
		out.region = nation(p->regions);
		return out;
	}
	/* a township or zone: the division above may be named before it, or elsewhere */
	size_t n = p->leading ? p->leading : p->n;
	for (size_t i = 0; i < n && !out.part.s; i++) {
		if (!p->clues[i].leads)
			continue;
		size_t k = place_prefix(p->regions, p->issuers, p->clues[i].s, &f->arena);
		struct str rest = str_sub(p->clues[i].s, k, p->clues[i].s.n);
		/* 鲤城区人民政府金龙街道办事处 */
		struct str government = issuers_word(p->issuers, ISSUER_GOVERNMENT);
		enum issuer_kind level;
		size_t named = k ? 0 : issuers_division(p->issuers, rest, &level);
		if ((k || named) && str_starts(str_sub(rest, named, rest.n), government))
			rest = str_sub(rest, named + government.n, rest.n);
		out.part_kind = ISSUER_TOWNSHIP;
		size_t len = issuers_part(p->issuers, rest, ISSUER_TOWNSHIP);
		/* the zone's own name may start with the city's: 成都高新区; one that stands alone
		 * is known by its body: 赣江新区管委会 */
		if (!len && (k || issuers_kind(p->issuers, rest) != ISSUER_NONE)) {
			out.part_kind = ISSUER_ZONE;
			len = issuers_part(p->issuers, rest, ISSUER_ZONE);
		}
		if (len)
			out.part = str_sub(rest, 0, len);
	}
	p->zone = out.part.s && out.part_kind == ISSUER_ZONE;
	p->township = out.part.s && out.part_kind == ISSUER_TOWNSHIP;
	for (size_t i = 0; i < n && !from; i++)
		if (read_clue(p, &p->clues[i], &f->arena, &c))
			from = &p->clues[i];
	bool by_text = !from && !p->leading && read_text(p, text, &f->arena, &c);
	/* 我县 on jurong.gov.cn, 下蜀镇 */
	bool by_host = !from && !by_text && !p->leading && !p->provincial && (p->township || p->level.n)
		&& (c.n = host_regions(&p->host, p->regions, p->township ? (struct str){NULL, 0} : p->level, last_year(p), c.items, MAY_MOST)) > 0;
	if (by_host) {
		out.region = decide(p, &c, &f->arena, text);
		return out;
	}
	if (!from && !by_text && !p->leading && !p->provincial && (p->township || p->level.n))
		out.region = by_initials(p, &f->arena, text);
	if (!from && !by_text)
		return out;
	if (!from)
		out.at = c.at;
	else if (from->base != UINT32_MAX)
		out.at = (struct span){from->base + c.at.b, from->base + c.at.e};
	out.region = decide(p, &c, &f->arena, text);
	out.ambiguous = out.region == REGION_NONE;
	if (out.ambiguous && !p->quiet)
		complain(p, f, &c, out.at);
	return out;
}

size_t place_prefix(const struct regions *r, const struct issuers *is, struct str s, struct arena *a)
{
	struct region_mentions all = regions_find(r, s, a);
	size_t at = 0;

	for (size_t i = 0; i < all.n && all.items[i].at.b == at && (i == 0 || goes_on(r, &all, i))
	     && !is_town(is, s, &all.items[i]) && !is_nation(r, &all, i); i++)
		at = all.items[i].at.e;
	return at;
}

bool place_is_county(const struct regions *r, struct str s, struct arena *a)
{
	struct region_mentions all = regions_find(r, s, a);
	const struct region_mention *last = all.n ? &all.items[all.n - 1] : NULL;

	return last && last->full && last->at.e == s.n && str_is(r->items[all.may[last->first]].level, "county");
}
