#include "heads.h"

struct str head_bare(struct str s)
{
	s = str_trim(s);
	bool wide = str_ends(s, STR("）"));
	if (!wide && !str_ends(s, STR(")")))
		return s;
	for (size_t i = s.n; i > 0;) {
		size_t p = utf8_prev(s.s, i);
		if (str_is(str_sub(s, p, i), "（") || str_is(str_sub(s, p, i), "("))
			return p > 0 ? str_trim(str_sub(s, 0, p)) : s;
		i = p;
	}
	return s;
}

const struct unit *head_unit(const struct units *units, struct str head, int *scale)
{
	static const char *const opens[] = {"单位：", "单位:", "（", "(", NULL};
	static const struct { const char *word; int power; } scales[] = {{"万", 4}, {"亿", 8}, {"千", 3}, {"百", 2}};

	*scale = 0;
	for (int k = 0; opens[k]; k++) {
		size_t at = str_find(head, str_of(opens[k]), 0);
		if (at == SIZE_MAX)
			continue;
		struct str rest = str_trim(str_sub(head, at + strlen(opens[k]), head.n));
		if (str_starts(rest, STR("单位：")))
			rest = str_sub(rest, strlen("单位："), rest.n);
		int power = 0;
		for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
			if (str_starts(rest, str_of(scales[i].word))) {
				power = scales[i].power;
				rest = str_sub(rest, 3, rest.n);
				break;
			}
		const struct unit *u = units_match(units, rest.s, rest.n);
		struct str behind = u ? str_trim(str_sub(rest, u->word.n, rest.n)) : rest;
		if (u && (!behind.n || str_starts(behind, STR("）")) || str_starts(behind, STR(")")))) {
			*scale = power;
			return u;
		}
	}
	struct str s = head_bare(head);
	if (s.n > 6 && str_ends(s, STR("数"))) {       /* 办案件数, 培训人数 */
		const struct unit *u = units_match(units, s.s + s.n - 6, 3);
		if (u && u->kind == FACT_COUNT && u->word.n == 3 && !str_is(u->word, "次"))
			return u;
	}
	return NULL;
}

static bool is_money_head(struct str head)
{
	static const char *const ends[] = {"金额", "款", "收入", "费", "费用", "资金", "损失", "总额", NULL};

	head = head_bare(head);
	for (int i = 0; ends[i]; i++)
		if (str_ends(head, str_of(ends[i])))
			return true;
	return false;
}

/* 单位：件、万元: the first that counts, or for heads of money the first of money. */
static const struct unit *listed_unit(const struct units *units, struct str list, bool money, int *scale)
{
	size_t at = str_find(list, STR("："), 0);
	struct str rest = at == SIZE_MAX ? list : str_sub(list, at + strlen("："), list.n);

	for (int k = 0; k < 4 && rest.n; k++) {
		size_t end = str_find(rest, STR("、"), 0);
		struct str word = end == SIZE_MAX ? rest : str_sub(rest, 0, end);
		*scale = str_starts(word, STR("万")) ? 4 : str_starts(word, STR("亿")) ? 8 : 0;
		struct str bare = str_sub(word, *scale ? 3 : 0, word.n);
		const struct unit *u = units_match(units, bare.s, bare.n);
		struct str behind = u ? str_sub(bare, u->word.n, bare.n) : bare;
		if (u && (u->kind == FACT_MONEY) == money && (!behind.n || str_starts(behind, STR("）")) || str_starts(behind, STR(")"))))
			return u;
		rest = end == SIZE_MAX ? (struct str){NULL, 0} : str_sub(rest, end + strlen("、"), rest.n);
	}
	*scale = 0;
	return NULL;
}

const struct unit *head_unit_above(const struct work *w, struct str head, int *scale)
{
	uint32_t b = w->d->segments[w->sentence->segment].at.b, from = b > 120 ? b - 120 : 0;
	struct str above = str_sub(w->d->text, from, b);
	size_t at = str_find(above, STR("单位"), 0), next;

	if (at == SIZE_MAX)
		return NULL;
	while ((next = str_find(above, STR("单位"), at + 6)) != SIZE_MAX)
		at = next;
	struct str rest = str_sub(above, at, above.n);
	const char *line = memchr(rest.s, '\n', rest.n);
	/* no more than one line of the table's own may follow */
	if (line && memchr(line + 1, '\n', rest.n - (size_t)(line + 1 - rest.s)))
		return NULL;
	rest = line ? str_sub(rest, 0, (size_t)(line - rest.s)) : rest;
	const struct unit *u = head_unit(w->a->units, rest, scale);
	return u ? u : listed_unit(w->a->units, rest, is_money_head(head), scale);
}
