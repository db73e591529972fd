/* finder: what the finding of a sentence's numbers shares between quantity.c, which reads them,
 * special.c and calendar.c, which know those without a unit and those that are dates, phrase.c,
 * which knows what they are part of, modifier.c, which knows what bounds them, and proof.c, which
 * tells whether they count anything. */
#ifndef EXTRACT_FINDER_H
#define EXTRACT_FINDER_H

#include "numeral.h"
#include "quantity.h"

/* The finder's state over one sentence. */
struct finder {
	const struct lexicon *lex;
	struct arena *arena;
	struct str text;
	size_t b, e;            /* the sentence */
	int year;
	struct span *names;     /* phrases that stand in it, merged, in order */
	size_t nnames, name;    /* name: the first that ends behind the place in hand */
	struct exprs *out;
	size_t pending;         /* bare numbers before out->n that wait for a unit: 12、15和20件 */
};

static inline bool finder_starts(const struct finder *f, size_t at, const char *z)
{
	if (at >= f->e || f->text.s[at] != *z)
		return false;
	size_t n = strlen(z);
	return f->e - at >= n && memcmp(f->text.s + at, z, n) == 0;
}

static inline bool finder_ends(const struct finder *f, size_t at, const char *z)
{
	size_t n = strlen(z);
	return at - f->b >= n && memcmp(f->text.s + at - n, z, n) == 0;
}

/* The character before / at a place, 0 at the sentence's ends. */
static inline uint32_t finder_before(const struct finder *f, size_t at)
{
	uint32_t cp = 0;
	if (at > f->b) {
		size_t p = utf8_prev(f->text.s, at);
		utf8_next(f->text.s + p, at - p, &cp);
	}
	return cp;
}

static inline uint32_t finder_at(const struct finder *f, size_t at)
{
	uint32_t cp = 0;
	if (at < f->e)
		utf8_next(f->text.s + at, f->e - at, &cp);
	return cp;
}

static inline bool finder_is_letter(uint32_t cp)
{
	return (cp | 32) - 'a' < 26 || (cp >= 0xFF21 && cp <= 0xFF5A && !(cp > 0xFF3A && cp < 0xFF41));
}

static inline bool finder_is_digit(uint32_t cp)
{
	return cp - '0' < 10 || cp - 0xFF10 < 10;
}

/* --- quantity.c: what was found --- */

/* Notes what stands at [B, E); the caller fills in the rest. Bare numbers that wait for a unit are given up where it is no fact. */
struct expr *finder_add(struct finder *f, enum expr_kind kind, size_t b, size_t e);

/* The value of a numeral, and how it was written, into a fact whose unit is 10 to the power of UNIT_SCALE. */
void finder_numbers(struct finder *f, struct fact *fact, const struct numeral *v, int unit_scale);

/* enum fact_bound of the numeral itself: 十余 is over ten. */
int finder_bound(const struct numeral *v);

/* --- special.c: numbers that mean something without a unit, or by the word before them --- */

/* What 零, 第 or 前 make of the number at AT: 零败诉, 第三位, 前六名; 第三次 counts nothing. Returns the place behind it,
 * 0 where none of them does. */
size_t special_led(struct finder *f, size_t at, bool arabic);

/* 复议诉讼比2.6∶1: notes V, read at [AT, E), and what it is set against. Returns the end, 0 where it is no odds. */
size_t special_odds(struct finder *f, size_t at, size_t e, const struct numeral *v);

/* A number without a unit at [AT, E): a sum, persons, a list's number whose unit is yet to come, or nothing. Returns
 * the place to go on at. */
size_t special_unitless(struct finder *f, size_t at, size_t e, const struct numeral *v, bool arabic);

/* --- calendar.c: dates and spans of the calendar --- */

/* Reads the date at AT; 0 where there is none. */
size_t calendar_read(struct finder *f, size_t at, bool arabic);

/* 前三个月: the year's first months, of which [AT, E) is the number with its unit. */
bool calendar_months(struct finder *f, size_t at, size_t e, const struct numeral *v);

/* 近三年, 五年来, 过去10年 are spans of the calendar that end with the report's
 * year; 较前五年 is one that nothing dates. [AT, E) is the number with its 年. */
bool calendar_years(struct finder *f, size_t at, size_t e, const struct numeral *v);

/* --- phrase.c: phrases in which numerals are no quantities --- */

/* Finds the fixed phrases of the sentence: in order, merged. */
void phrase_find(struct finder *f);

/* The end of the phrase that holds AT, 0 where none does. */
size_t phrase_end(struct finder *f, size_t at);

/* Where a quoted name or a title that opens at AT ends; AT where it is none. */
size_t phrase_quoted(const struct finder *f, size_t at);

/* 〔2021〕4号, [2021]4号, （2021）第4号: returns its end, 0 where there is none. */
size_t phrase_docno(const struct finder *f, size_t at);

/* --- modifier.c: words before and behind a number that bound it --- */

/* Moves B left over the modifier that stands before a number; sets the bound. */
size_t modifier_before(const struct finder *f, size_t b, bool bare_scale, int *bound);

/* 低于13.2%的控制指标: the word compares with a figure, it bounds none. */
bool modifier_compares(const struct finder *f, size_t at, size_t e);

/* Behind the modifier that stands right behind a number, at E; sets the bound. E where there is none. */
size_t modifier_at(const struct finder *f, size_t e, int *bound);

/* The same, behind a short bracket that says whether the bound itself is meant. */
size_t modifier_behind(const struct finder *f, size_t e, int *bound);

/* --- proof.c: what speaks for a number or against it --- */

/* Chinese numerals begin very many words: what must hold for one with a unit to
 * count anything. */
bool proof_chinese(const struct numeral *v, const struct unit *u, enum expr_proof *proof);

/* A word that only looks like a unit: 分别, 名单, 元旦, 次日. */
bool proof_is_word(const struct finder *f, const struct unit *u, size_t end, bool arabic);

/* 目前22名, 日前3人: the 前 before AT ends a word that says when. */
bool proof_is_time(const struct finder *f, size_t at);

/* What is left of a number that was torn: the 3 of 1 2 3, the 6 of 5 .6, the 235
 * of 1，235. A number less is better than a wrong one. */
bool proof_is_torn(const struct finder *f, size_t b, size_t e);

/* Identifiers, model names, slogans: digits tied to letters, signs or each other. */
bool proof_is_tied(const struct finder *f, size_t b, size_t e, bool arabic);

/* A bare number at [AT,E), right behind a word, of which a share is told: it counts, though it has no unit. */
bool proof_share_follows(const struct finder *f, size_t at, size_t e);

#endif
