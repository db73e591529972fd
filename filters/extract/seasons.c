/* seasons: parts of one year that a list counts (seasons.h). */
#include "seasons.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { MONTHS = 12 };

static uint32_t word_at(const char *c, uint32_t at, uint32_t e, const char *word)
{
	uint32_t n = (uint32_t)strlen(word);
	return e - at >= n && memcmp(c + at, word, n) == 0 ? n : 0;
}

static uint32_t any_at(const char *c, uint32_t at, uint32_t e, const char *const *words)
{
	for (; *words; words++) {
		uint32_t n = word_at(c, at, e, *words);
		if (n)
			return n;
	}
	return 0;
}

/* 1 to 12 in digits or characters; 0 where none stands at *AT, else *AT is behind it. */
static int number_at(const char *c, uint32_t *at, uint32_t e)
{
	static const char *const words[] = {"十二", "十一", "十", "九", "八", "七", "六", "五", "四", "三", "二", "一",
		"12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1", NULL};

	for (int i = 0; words[i]; i++) {
		uint32_t n = word_at(c, *at, e, words[i]);
		if (n) {
			*at += n;
			return MONTHS - i % MONTHS;
		}
	}
	return 0;
}

/* What a number counts: 季度 or 月. 'Q', 'M', or 0. */
static char kind_at(const char *c, uint32_t *at, uint32_t e)
{
	static const char *const quarter[] = {"季度", NULL}, *const month[] = {"月份", "月", NULL};
	uint32_t n = any_at(c, *at, e, quarter), m = n ? 0 : any_at(c, *at, e, month);

	*at += n + m;
	return n ? 'Q' : m ? 'M' : 0;
}

static bool write_all(int first, size_t n, char kind, char out[][SEASON_SIZE])
{
	if (first < 1 || (int)n > (kind == 'Q' ? 4 : kind == 'H' ? 2 : MONTHS) - first + 1)
		return false;
	for (size_t k = 0; k < n; k++) {
		int v = first + (int)k;
		if (kind == 'M')
			snprintf(out[k], SEASON_SIZE, "%02u", (unsigned)v % 100);
		else
			snprintf(out[k], SEASON_SIZE, "%c%u", kind, (unsigned)v % 10);
	}
	return true;
}

uint32_t seasons_read(const char *c, uint32_t b, uint32_t e, size_t n, char out[][SEASON_SIZE])
{
	static const char *const year[] = {"今年", "全年", "本年", "当年", NULL}, *const ordinal[] = {"第", NULL};
	static const char *const to[] = {"至", "到", "—", "–", "－", "-", "～", "~", NULL};
	static const char *const joints[] = {"、", "，", "和", "与", "及", NULL};
	static const char *const all[] = {"四个季度", "各季度", "每季度", NULL}, *const three[] = {"前三季度", "前三个季度", NULL};
	static const char *const half[] = {"上半年", NULL}, *const second[] = {"下半年", NULL};
	uint32_t at = b + any_at(c, b, e, year), len;

	if ((len = any_at(c, at, e, all)))
		return n == 4 && write_all(1, n, 'Q', out) ? at + len : 0;
	if ((len = any_at(c, at, e, three)))
		return n == 3 && write_all(1, n, 'Q', out) ? at + len : 0;
	if ((len = any_at(c, at, e, second)))
		return n == 1 && snprintf(out[0], SEASON_SIZE, "H2") ? at + len : 0;
	if ((len = any_at(c, at, e, half))) {
		at += len;
		if (n == 1)
			return write_all(1, n, 'H', out) ? at : 0;
		at += any_at(c, at, e, joints);
		len = any_at(c, at, e, second);
		return len && n == 2 && write_all(1, n, 'H', out) ? at + len : 0;
	}
	/* 一季度、二季度; 一、二、三季度; 一至四季度 */
	int first = 0, last = 0;
	char kind = 0, k;
	size_t seen = 0;
	for (;;) {
		at += any_at(c, at, e, ordinal);
		int v = number_at(c, &at, e);
		if (!v || (seen && v != last + 1 && !(seen == 1 && (size_t)(v - first) + 1 == n)))
			return 0;
		seen = seen && v != last + 1 ? n : seen + 1;
		first = first ? first : v;
		last = v;
		if ((k = kind_at(c, &at, e))) {
			if (kind && k != kind)
				return 0;
			kind = k;
		}
		if (k && seen == n)
			break;
		len = any_at(c, at, e, joints);
		len = len ? len : any_at(c, at, e, to);
		if (!len || seen >= n)
			return 0;
		at += len;
	}
	return write_all(first, n, kind, out) ? at : 0;
}
