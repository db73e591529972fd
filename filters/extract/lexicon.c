/* lexicon: the words that the finder of numbers needs, from words.tsv (quantity.h). */
#include "quantity.h"
#include "measure.h"
#include "numeral.h"

/* Adds characters of three bytes each to those that start numerals. */
static void chars_set(uint64_t set[64], const char *chars)
{
	memcpy(set, numeral_starts, 64 * sizeof *set);
	for (const uint8_t *p = (const uint8_t *)chars; *p; p += 3)
		set[p[1] & 63] |= 1ull << (p[2] & 63);
}

void lexicon_load(struct lexicon *lex, struct table *t, const struct units *units)
{
	int cls = table_need(t, "class"), word = table_need(t, "word"),
		value = table_need(t, "value"), unless = table_column(t, "unless");

	memset(lex, 0, sizeof *lex);
	lex->units = units;
	chars_set(lex->stops, "“‘《「『〈〔［（【﹝");
	chars_set(lex->joins, "多余餘来來点點分成折又至到年月干－～〜　");
	lex->names = literal_new();
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct str c = table_cell(t, i, cls), w = table_cell(t, i, word);
		int bound = name_index(fact_bounds, table_cell(t, i, value));
		bool scale = str_is(c, "scale"), before = scale || str_is(c, "before");
		if (before || str_is(c, "behind")) {
			size_t *n = before ? &lex->nbefore : &lex->nbehind;
			if (bound < 0 || *n == 64)
				table_bad(t, i, bound < 0 ? "a modifier needs a bound" : "too many modifiers");
			else {
				(before ? lex->before : lex->behind)[(*n)++] =
					(struct modifier){w, bound, table_cell(t, i, unless), scale};
				if (w.n)
					(before ? lex->may_close : lex->may_open)[(uint8_t)w.s[before || w.n < 3 ? w.n - 1 : 2]] = true;
			}
		} else if (str_is(c, "zero") && lex->nzero < 64) {
			lex->zero[lex->nzero++] = w;
		} else if (str_is(c, "notunit") && lex->nnotunit < 64) {
			lex->notunit[lex->nnotunit++] = (struct modifier){w, 0, table_cell(t, i, unless), false};
		} else if (str_is(c, "name")) {
			literal_add(lex->names, w, (uint32_t)i);
		} else if (str_is(c, "counted")) {
			wordset_add(&lex->counted, w);
		} else if (!measure_class(c)) {
			table_bad(t, i, "no class of words: '%.*s'", STR_ARG(c));
		}
	}
	literal_build(lex->names);
	wordset_build(&lex->counted, false);
}

void lexicon_free(struct lexicon *lex)
{
	literal_free(lex->names);
	wordset_free(&lex->counted);
}
