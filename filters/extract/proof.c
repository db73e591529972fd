/* proof: what speaks for a number or against it (finder.h). */
#include "finder.h"

bool proof_chinese(const struct numeral *v, const struct unit *u, enum expr_proof *proof)
{
	if (u->arabic || v->positional)
		return false;
	if (u->kind == FACT_COUNT || u->kind == FACT_DURATION) {
		struct decimal one = {1, 0};
		if (decimal_cmp(v->value, one) <= 0 && !v->range) {
			*proof = PROOF_ONE;
			return u->kind == FACT_COUNT && v->value.mant > 0 && v->value.exp == 0;
		}
	}
	return true;
}

bool proof_is_word(const struct finder *f, const struct unit *u, size_t end, bool arabic)
{
	if (arabic && u->word.n == 3 && !str_is(u->word, "分") && !str_is(u->word, "元")
	    && !str_is(u->word, "日") && !str_is(u->word, "天") && !str_is(u->word, "周"))
		return false;   /* 31个人, 3项目标 still count; 100周年 counts no weeks */
	for (size_t i = 0; i < f->lex->nnotunit && end < f->e; i++) {
		const struct modifier *m = &f->lex->notunit[i];
		if (!str_eq(u->word, m->word))
			continue;
		uint32_t cp;
		size_t n = utf8_next(f->text.s + end, f->e - end, &cp);
		return memmem(m->unless.s, m->unless.n, f->text.s + end, n) != NULL;
	}
	return false;
}

bool proof_is_time(const struct finder *f, size_t at)
{
	static const char *const words[] = {"目前", "当前", "日前", "此前", "之前", "以前", "年前", "月前", "事前", "先前", "会前", "提前", "任前", "诉前"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (finder_ends(f, at, words[i]))
			return true;
	return false;
}

bool proof_is_torn(const struct finder *f, size_t b, size_t e)
{
	size_t at = b;

	if (finder_ends(f, at, "，")) {
		while (b < e && finder_is_digit((uint8_t)f->text.s[b]))
			b++;
		return b - at == 3 && finder_is_digit(finder_before(f, at - 3)) && !finder_is_digit(finder_at(f, b));
	}
	bool point = finder_ends(f, at, ".");
	at -= point;
	if (!point && e - b != 1)
		return false;
	size_t digit = at;
	while (digit > f->b && (f->text.s[digit - 1] == ' '))
		digit--;
	if (digit == at || !finder_is_digit(finder_before(f, digit)))
		return false;
	return point || digit < f->b + 2 || !finder_is_digit(finder_before(f, digit - 1));
}

bool proof_is_tied(const struct finder *f, size_t b, size_t e, bool arabic)
{
	uint32_t p = finder_before(f, b), n = finder_at(f, e);

	if (p == '+' || n == '+' || p == 0xFF0B || n == 0xFF0B || p == 0x00D7 || n == 0x00D7)
		return true;                                            /* 1+4+N, 7×24 */
	if (!arabic)
		return false;
	if (finder_is_letter(p) || p == '_' || p == '/' || p == '#' || p == '&' || p == '=' || p == '@')
		return true;
	if (n == '_' || n == '@' || (n == '/' && finder_is_digit(finder_at(f, e + 1))))
		return true;
	if (proof_is_torn(f, b, e))
		return true;
	if ((p == '-' || p == '.' || p == ':' || p == 0xB7 || p == 0x2022) && b > f->b
	    && (finder_is_digit(finder_before(f, utf8_prev(f->text.s, b))) || finder_is_letter(finder_before(f, utf8_prev(f->text.s, b)))))
		return true;
	if ((n == 0xB7 || n == 0x2022 || n == '-' || n == ':') && e < f->e) {
		uint32_t cp;
		size_t k = utf8_next(f->text.s + e, f->e - e, &cp);
		if (finder_is_digit(finder_at(f, e + k)))
			return true;
	}
	return false;
}

bool proof_share_follows(const struct finder *f, size_t at, size_t e)
{
	static const char *const marks[] = {"，占", ",占", "（占", "(占", "、占", NULL};
	uint8_t before = at > f->b ? (uint8_t)f->text.s[at - 1] : 0;

	for (int i = 0; before >= 0x80 && marks[i]; i++)
		if (finder_starts(f, e, marks[i]))
			return true;
	return false;
}
