#include "lines.h"

static const char han_digits[] = "〇零一二三四五六七八九十○Ｏ０";

static size_t digit(struct str s, size_t i)
{
	if (i >= s.n)
		return 0;
	if ((s.s[i] >= '0' && s.s[i] <= '9') || s.s[i] == 'o' || s.s[i] == 'O')         /* 二oo九 */
		return 1;
	if (s.n - i < 3)
		return 0;
	for (size_t k = 0; k + 3 <= sizeof han_digits - 1; k += 3)
		if (memcmp(s.s + i, han_digits + k, 3) == 0)
			return 3;
	if (memcmp(s.s + i, "０", 2) == 0 && (uint8_t)s.s[i + 2] >= 0x90 && (uint8_t)s.s[i + 2] <= 0x99)
		return 3;
	return 0;
}

static size_t skip(struct str s, size_t i)
{
	size_t k;
	while (i < s.n && (k = space_at(s.s + i, s.n - i)) > 0)
		i += k;
	return i;
}

/* Between LEAST and MOST digits at I, spaces between them allowed; 0 where not. */
static size_t number(struct str s, size_t i, int least, int most)
{
	int n = 0;
	size_t k;
	for (i = skip(s, i); (k = digit(s, i)) > 0; i = skip(s, i + k))
		if (++n > most)
			return 0;
	return n >= least ? i : 0;
}

static size_t one_of(struct str s, size_t i, const char *const *words)
{
	for (; *words; words++)
		if (str_starts(str_sub(s, i, s.n), str_of(*words)))
			return i + strlen(*words);
	return 0;
}

static const char *const after_year[] = {"年", "-", "—", ".", "/", "．", NULL};
static const char *const after_month[] = {"月", "-", "—", ".", "/", "．", NULL};

/* The end of a date that starts at I, 0 where there is none. */
static size_t date(struct str s, size_t i)
{
	size_t at = number(s, i, 4, 4);
	if (!at || !(at = one_of(s, at, after_year)) || !(at = number(s, at, 1, 3))
	    || !(at = one_of(s, at, after_month)) || !(at = number(s, at, 1, 3)))
		return 0;
	if (str_starts(str_sub(s, at, s.n), STR("日")))
		at += 3;
	return skip(s, at);
}

static struct str unbracketed(struct str s)
{
	if (line_is_bracketed(s)) {
		size_t k = s.s[0] == '(' ? 1 : 3, e = s.s[s.n - 1] == ')' ? 1 : 3;
		return str_trim(str_sub(s, k, s.n - e));
	}
	return s;
}

bool line_is_date(struct str line)
{
	struct str s = unbracketed(str_trim(line));
	return s.n && s.n < 90 && date(s, 0) == s.n;
}

bool line_is_month(struct str line)
{
	struct str s = unbracketed(str_trim(line));
	size_t at = number(s, 0, 4, 4);

	return at && s.n < 60 && str_starts(str_sub(s, at, s.n), STR("年")) && (at = number(s, at + 3, 1, 3)) > 0
		&& str_is(str_sub(s, at, s.n), "月");
}

bool line_starts_dated(struct str line)
{
	struct str s = str_trim(line);
	size_t i = 0;

	while (i < s.n && !space_at(s.s + i, s.n - i))
		i++;
	return line_is_date(str_sub(s, 0, i));
}

size_t line_date_at_end(struct str line)
{
	/* the earliest place from which a date runs to the end */
	for (size_t i = 3; i < line.n; i++)
		if (digit(line, i) && !digit(line, i - 1) && (i < 3 || !digit(line, i - 3)) && date(line, i) == line.n)
			return i;
	return SIZE_MAX;
}

bool line_is_docno(struct str line)
{
	static const char *const open[] = {"〔", "[", "［", "（", "(", "【", "﹝", NULL};
	static const char *const close[] = {"〕", "]", "］", "）", ")", "】", "﹞", NULL};

	struct str s = unbracketed(str_trim(line));
	if (s.n < 12 || s.n > 120 || !str_ends(s, STR("号")))
		return false;
	for (size_t i = 3; i < s.n; i++) {
		size_t at = one_of(s, i, open), k;
		if (!at || !(at = number(s, at, 4, 4)) || !(at = one_of(s, at, close)))
			continue;
		at = skip(s, at);
		if (str_starts(str_sub(s, at, s.n), STR("第")))
			at += 3;
		return (k = number(s, at, 1, 6)) > 0 && k + 3 == s.n;
	}
	return false;
}

bool line_is_bracketed(struct str s)
{
	return s.n > 6 && (s.s[0] == '(' || str_starts(s, STR("（")))
		&& (s.s[s.n - 1] == ')' || str_ends(s, STR("）")));
}

bool line_is_rule(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("-=_*|:# \t", s.s[i]) && !(s.n - i >= 3 && (memcmp(s.s + i, "—", 3) == 0
				|| memcmp(s.s + i, "─", 3) == 0) && (i += 2)))
			return false;
	return s.n > 0;
}

bool line_ends_with_colon(struct str line)
{
	return str_ends(line, STR(":")) || str_ends(line, STR("："));
}

bool line_goes_on(struct str line)
{
	static const char *const stops[] = {";", "；", ",", "，", "、", NULL};
	for (int i = 0; stops[i]; i++)
		if (str_ends(line, str_of(stops[i])))
			return true;
	return false;
}
