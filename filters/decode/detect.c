#include "detect.h"

#include <stdlib.h>

enum {
	SAMPLE_CHARS = 400,             /* beyond ASCII: enough to tell GB18030 from Big5 */
	UNITS = 4096,                   /* of two bytes */
	FEW = 16,                       /* bad bytes that settle that a text is not UTF-8 */
	BITS = 65536 / 8
};

void detector_open(struct detector *d, struct converter *c, struct table *common)
{
	int charset = table_need(common, "charset"), characters = table_need(common, "characters");

	*d = (struct detector){.converter = c};
	for (size_t r = 0; r < common->nrows && !common->error[0]; r++) {
		struct str name = table_cell(common, r, charset);
		if (str_is(name, "gb18030"))
			d->gb_common = table_cell(common, r, characters);
		else if (str_is(name, "big5"))
			d->big5_common = table_cell(common, r, characters);
		else
			table_bad(common, r, "charset: expected gb18030 or big5");
	}
}

void detector_close(struct detector *d)
{
	free(d->gb_bits);
	free(d->big5_bits);
	free(d->common_bits);
}

/* The set of CHARACTERS as their two-byte codes in charset CS. */
static uint8_t *bits_make(const struct charset *cs, struct str characters)
{
	uint8_t *bits = xmalloc(BITS);
	iconv_t cd = (iconv_t)-1;
	struct str rest = cs->iconv, one;

	memset(bits, 0, BITS);
	while (cd == (iconv_t)-1 && str_part(&rest, '|', &one)) {
		char name[64] = "";
		if (one.n < sizeof name) {
			memcpy(name, one.s, one.n);
			cd = iconv_open(name, "UTF-8");
		}
	}
	for (size_t i = 0, k; cd != (iconv_t)-1 && i < characters.n; i += k) {
		uint32_t cp;
		char code[8], *p = (char *)characters.s + i, *q = code;
		k = utf8_next(characters.s + i, characters.n - i, &cp);
		size_t left = k, room = sizeof code;
		if (iconv(cd, &p, &left, &q, &room) == (size_t)-1 || iconv(cd, NULL, NULL, &q, &room) == (size_t)-1)
			iconv(cd, NULL, NULL, NULL, NULL);
		else if (sizeof code - room == 2) {
			unsigned c = (unsigned)(uint8_t)code[0] << 8 | (uint8_t)code[1];
			bits[c / 8] |= (uint8_t)(1 << c % 8);
		}
	}
	if (cd != (iconv_t)-1)
		iconv_close(cd);
	return bits;
}

static const uint8_t *bits_of(struct detector *d, enum charset_kind kind)
{
	uint8_t **bits = kind == CHARSET_BIG5 ? &d->big5_bits : &d->gb_bits;

	if (!*bits)
		*bits = bits_make(converter_kind(d->converter, kind),
			kind == CHARSET_BIG5 ? d->big5_common : d->gb_common);
	return *bits;
}

/* The first byte beyond ASCII at or after I. */
static size_t skip_ascii(struct str in, size_t i)
{
	uint64_t w;

	if (i < in.n && (uint8_t)in.s[i] >= 0x80)
		return i;
	while (in.n - i >= 8 && (memcpy(&w, in.s + i, 8), (w & 0x8080808080808080u) == 0))
		i += 8;
	while (i < in.n && (uint8_t)in.s[i] < 0x80)
		i++;
	return i;
}

struct score detect_utf8(struct str in)
{
	struct score s = {0};
	size_t i = 0;

	for (int k = 0; k < 3 && i < in.n && ((uint8_t)in.s[i] & 0xC0) == 0x80; k++)
		i++;                            /* the end of a character that was cut */
	while ((i = skip_ascii(in, i)) < in.n && s.chars + s.bad < SAMPLE_CHARS) {
		uint32_t cp;
		size_t k = utf8_next(in.s + i, in.n - i, &cp);
		if (k > 1) {
			s.chars++;
			i += k;
			continue;
		}
		uint8_t lead = (uint8_t)in.s[i];
		size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2, have = 1;
		while (i + have < in.n && have < want && ((uint8_t)in.s[i + have] & 0xC0) == 0x80)
			have++;
		if (i + have == in.n && lead >= 0xC2 && lead < 0xF5)
			break;                  /* cut at the end */
		s.bad++;
		i++;
		if (s.bad > FEW && s.bad > s.chars)
			break;
	}
	return s;
}

static struct score score_double(struct str in, size_t from, bool gb, const uint8_t *bits)
{
	struct score s = {0};
	size_t i = from;

	while ((i = skip_ascii(in, i)) < in.n && s.chars + s.bad < SAMPLE_CHARS) {
		uint8_t a = (uint8_t)in.s[i];
		if (i + 1 == in.n)
			break;
		uint8_t b = (uint8_t)in.s[i + 1];
		if (a == 0x80 || a == 0xFF || b < 0x30 || b == 0x7F || b == 0xFF) {
			s.bad++;
			i++;
		} else if (gb && b <= 0x39) {
			bool four = i + 3 < in.n && (uint8_t)in.s[i + 2] >= 0x81 && in.s[i + 3] >= 0x30 && in.s[i + 3] <= 0x39;
			s.chars += four;
			s.bad += !four;
			i += four ? 4 : 1;
		} else if (b < 0x40 || (!gb && b > 0x7E && b < 0xA1)) {
			s.bad++;
			i++;
		} else {
			unsigned c = (unsigned)a << 8 | b;
			s.chars++;
			s.common += bits[c / 8] >> c % 8 & 1;
			i += 2;
		}
	}
	return s;
}

struct score detect_double(struct detector *d, enum charset_kind kind, struct str in)
{
	const uint8_t *bits = bits_of(d, kind);
	bool gb = kind == CHARSET_GB18030;
	struct score s = score_double(in, 0, gb, bits);

	/* a text cut inside a character reads wrong up to the next ASCII byte */
	size_t first = skip_ascii(in, 0);
	if (first == 0 && in.n > 1 && s.common * 4 < s.chars) {
		struct score t = score_double(in, 1, gb, bits);
		if (t.common > s.common && t.bad <= s.bad)
			return t;
	}
	return s;
}

size_t detect_stray(struct detector *d, enum charset_kind kind, struct str in)
{
	const uint8_t *bits = bits_of(d, kind);
	bool gb = kind == CHARSET_GB18030;
	size_t n = 0;

	/* no character holds a byte below 40 but those of four bytes, which are rare */
	while (n < in.n && (uint8_t)in.s[n] >= 0x40 && n < 2 * SAMPLE_CHARS)
		n++;
	if (n == 0 || (uint8_t)in.s[0] < 0x80)
		return 0;
	in.n = n;
	struct score whole = score_double(in, 0, gb, bits), cut = score_double(in, 1, gb, bits);
	/* some name may start a text with rare characters: chance makes no three common ones of it */
	return cut.common >= whole.common + 3 && cut.common * 4 > cut.chars && whole.common * 4 < whole.chars
		&& cut.bad <= whole.bad;
}

/* The commonest characters as a set of code points. */
static const uint8_t *common_of(struct detector *d)
{
	if (d->common_bits)
		return d->common_bits;
	d->common_bits = xmalloc(BITS);
	memset(d->common_bits, 0, BITS);
	for (int list = 0; list < 2; list++) {
		struct str all = list ? d->big5_common : d->gb_common;
		uint32_t cp;
		for (size_t i = 0; i < all.n; i += utf8_next(all.s + i, all.n - i, &cp), d->common_bits[cp / 8] |= (uint8_t)(1 << cp % 8))
			cp = 0;
	}
	return d->common_bits;
}

/* A reading of IN as units of two bytes: the share that Chinese text would have, in
 * thousandths, and how much speaks for it, the commonest characters included. */
struct reading {
	unsigned share, weight;
};

static struct reading utf16_read(struct str in, bool big, const uint8_t *common)
{
	size_t units = in.n / 2 < UNITS ? in.n / 2 : UNITS, good = 0, bad = 0, often = 0;

	for (size_t i = 0; i < units; i++) {
		uint8_t a = (uint8_t)in.s[2 * i], b = (uint8_t)in.s[2 * i + 1];
		unsigned u = big ? (unsigned)a << 8 | b : (unsigned)b << 8 | a;
		/* Han and ASCII; then punctuation, arrows, boxes, numbers in circles, kana, full width */
		if ((u >= 0x4E00 && u <= 0x9FFF) || (u >= 0x20 && u < 0x7F) || u == '\n' || u == '\r' || u == '\t'
		    || (u >= 0x2000 && u <= 0x27BF) || (u >= 0x3000 && u <= 0x33FF) || (u >= 0xFF00 && u <= 0xFFEF)
		    || u == 0xB7)
			good++;
		else if (u < 0x20 || u == 0xFFFE || u == 0xFFFF || (u >= 0xD800 && u <= 0xF8FF))
			bad += 2;
		else
			bad++;
		often += common[u / 8] >> u % 8 & 1;
	}
	if (good + bad == 0)
		return (struct reading){0, 0};
	unsigned share = (unsigned)(good * 1000 / (good + bad));
	return (struct reading){share, share + (unsigned)(often * 1000 / units)};
}

enum charset_kind detect_utf16(struct detector *d, struct str in, size_t *stray)
{
	const uint8_t *common = common_of(d);
	unsigned best = 0;
	enum charset_kind kind = CHARSET_OTHER;

	*stray = 0;
	if (in.n < 4)
		return CHARSET_OTHER;
	/* two letters of ASCII may look like a character: without a NUL, a fifth must be common ones */
	unsigned often = memchr(in.s, 0, in.n < 2 * UNITS ? in.n : 2 * UNITS) ? 0 : 200;
	/* A stream cut inside a unit looks well in the other order, too: the high byte of one
	 * character before the low byte of the next is some character. It is none that is common. */
	for (int i = 0; i < 4; i++) {
		struct reading r = utf16_read(str_sub(in, (size_t)i / 2, in.n), i % 2, common);
		if (r.share >= 900 && r.weight >= r.share + often && r.weight > best) {
			best = r.weight;
			kind = i % 2 ? CHARSET_UTF16BE : CHARSET_UTF16LE;
			*stray = (size_t)i / 2;
		}
	}
	return kind;
}

bool detect_hz(struct str in)
{
	if (skip_ascii(in, 0) < in.n)
		return false;
	size_t open = str_find(in, STR("~{"), 0);
	if (open == SIZE_MAX)
		return false;
	size_t close = str_find(in, STR("~}"), open + 2);
	size_t line = str_find(in, STR("\n"), open + 2);
	size_t end = close < line ? close : line < in.n ? line : in.n;
	if ((end - open) % 2 || end - open < 4)
		return end == in.n && end - open >= 4;  /* cut */
	for (size_t i = open + 2; i + 1 < end; i += 2)
		if (in.s[i] < 0x21 || in.s[i] > 0x77 || in.s[i + 1] < 0x21 || in.s[i + 1] > 0x7E)
			return false;
	return true;
}

enum charset_kind detect_chinese(struct detector *d, struct str in, bool *sure)
{
	struct score gb = detect_double(d, CHARSET_GB18030, in);

	*sure = true;
	if (gb.bad == 0 && gb.chars > FEW && gb.common * 2 > gb.chars)
		return CHARSET_GB18030;         /* no other charset's text reads like this */
	struct score big5 = detect_double(d, CHARSET_BIG5, in);
	/* a bad byte speaks louder than a rare character */
	long g = (long)gb.common - 4 * (long)gb.bad, b = (long)big5.common - 4 * (long)big5.bad;

	if (b > g && big5.common * 5 > big5.chars)
		return CHARSET_BIG5;
	*sure = g > b && gb.common * 5 > gb.chars && gb.bad * 20 <= gb.chars;
	return CHARSET_GB18030;
}
