#include "charset.h"

#include <strings.h>

enum { META_WITHIN = 4096 };    /* bytes in which a page declares its charset */

/* The charset whose byte order mark starts the input; NULL for none. */
static struct charset *bom_of(struct converter *c, struct str in, size_t *skip)
{
	*skip = 0;
	if (str_starts(in, STR("\xEF\xBB\xBF"))) {
		*skip = 3;
		return converter_kind(c, CHARSET_UTF8);
	}
	if (str_starts(in, STR("\xFF\xFE")) || str_starts(in, STR("\xFE\xFF"))) {
		*skip = 2;
		return converter_kind(c, in.s[0] == '\xFF' ? CHARSET_UTF16LE : CHARSET_UTF16BE);
	}
	if (str_starts(in, STR("\x84\x31\x95\x33"))) {
		*skip = 4;
		return converter_kind(c, CHARSET_GB18030);
	}
	return NULL;
}

static bool is_utf16(const struct charset *cs)
{
	return cs->kind == CHARSET_UTF16LE || cs->kind == CHARSET_UTF16BE;
}

static size_t skip_space(struct str in, size_t i)
{
	while (i < in.n && (in.s[i] == ' ' || (in.s[i] >= '\t' && in.s[i] <= '\r')))
		i++;
	return i;
}

/* The charset that the markup at the start of IN declares (<meta charset>,
 * http-equiv, the XML declaration): NULL for none or an unknown label. */
static struct charset *meta_of(struct converter *c, struct str in)
{
	in.n = in.n < META_WITHIN ? in.n : META_WITHIN;
	if (!memchr(in.s, '<', in.n))
		return NULL;
	for (size_t i = 0; i < in.n; i++) {
		const char *tag = memchr(in.s + i, '<', in.n - i);
		if (!tag)
			return NULL;
		i = (size_t)(tag - in.s);
		struct str rest = str_sub(in, i, in.n);
		bool xml = str_starts(rest, STR("<?xml"));
		if (!xml && !(rest.n > 5 && strncasecmp(rest.s, "<meta", 5) == 0))
			continue;
		const char *close = memchr(rest.s, '>', rest.n);
		if (close)
			rest.n = (size_t)(close - rest.s);
		const char *word = xml ? "encoding" : "charset";
		size_t word_n = strlen(word);
		for (size_t k = 5; k + word_n < rest.n; k++) {
			if (strncasecmp(rest.s + k, word, word_n) != 0)
				continue;
			size_t v = skip_space(rest, k + word_n);
			if (v >= rest.n || rest.s[v] != '=')
				continue;
			v = skip_space(rest, v + 1);
			if (v < rest.n && (rest.s[v] == '"' || rest.s[v] == '\''))
				v = skip_space(rest, v + 1);
			size_t e = v;
			while (e < rest.n && !strchr("\"';> \t\r\n/?", rest.s[e]))
				e++;
			return converter_label(c, str_sub(rest, v, e));
		}
	}
	return NULL;
}

/* Does decoding confirm that IN is in charset CS? */
static bool confirmed(struct detector *d, struct str in, const struct charset *cs)
{
	struct score s, other;

	switch (cs->kind) {
	case CHARSET_UTF8:
		s = detect_utf8(in);
		return s.bad * 10 <= s.chars;
	case CHARSET_GB18030:
	case CHARSET_BIG5: {
		bool gb = cs->kind == CHARSET_GB18030;
		s = detect_double(d, cs->kind, in);
		if (s.bad * 50 > s.chars)
			return false;
		other = detect_double(d, gb ? CHARSET_BIG5 : CHARSET_GB18030, in);
		return other.bad || s.common * 2 + 5 > other.common;
	}
	case CHARSET_HZ:
		return detect_hz(in);
	case CHARSET_UTF16LE:
	case CHARSET_UTF16BE:
		/* markup that ASCII can read is not UTF-16, whatever it says */
		return false;
	default:
		return true;
	}
}

static struct charset_choice choose(struct detector *d, struct str in, struct charset *given,
	struct charset *http)
{
	struct converter *c = d->converter;
	struct charset_choice choice = {0};
	struct charset *bom = bom_of(c, in, &choice.skip);
	struct charset *utf8 = converter_kind(c, CHARSET_UTF8);

	if (given) {
		/* utf-16 names the charset, and the mark its order: no text has U+FFFE */
		if (is_utf16(given) && bom && is_utf16(bom))
			given = bom;
		if (bom != given)
			choice.skip = 0;
		choice.charset = given;
		choice.by = "given";
		return choice;
	}
	struct str body = str_sub(in, choice.skip, in.n);
	if (bom && (is_utf16(bom) || confirmed(d, body, bom))) {
		choice.charset = bom;
		choice.by = "bom";
		return choice;
	}
	choice.by = "detected";
	if (memchr(body.s, 0, body.n < 4096 ? body.n : 4096)) {
		enum charset_kind kind = detect_utf16(d, body, &choice.stray);
		if (kind != CHARSET_OTHER) {
			choice.skip += choice.stray;
			choice.charset = converter_kind(c, kind);
			return choice;
		}
	}
	struct charset *meta = meta_of(c, body);
	if (utf8_valid(body.s, body.n) == body.n) {
		choice.valid = true;
		choice.charset = utf8;
		if (meta == utf8 || http == utf8)
			choice.by = http == utf8 ? "http" : "meta";
		if (detect_hz(body)) {
			choice.charset = converter_kind(c, CHARSET_HZ);
			choice.valid = false;
		}
		return choice;
	}
	struct score s = detect_utf8(body);
	if (s.bad * 10 < s.chars) {             /* damaged, or cut at an end */
		choice.charset = utf8;
		if (meta == utf8 || http == utf8)
			choice.by = http == utf8 ? "http" : "meta";
		return choice;
	}
	bool sure;
	if (http && http->kind != CHARSET_OTHER && confirmed(d, body, http)) {
		choice.charset = http;
		choice.by = "http";
		return choice;
	}
	if (meta && meta->kind != CHARSET_OTHER && confirmed(d, body, meta)) {
		choice.charset = meta;
		choice.by = "meta";
		return choice;
	}
	enum charset_kind kind = detect_chinese(d, body, &sure);
	if (!sure) {
		enum charset_kind wide = detect_utf16(d, body, &choice.stray);
		choice.skip += choice.stray;
		sure = wide != CHARSET_OTHER;
		kind = sure ? wide : kind;
	}
	choice.charset = converter_kind(c, kind);
	if (sure)
		return choice;
	/* nothing speaks for Chinese: a page may be what it says, else the default */
	struct charset *says = http ? http : meta;
	if (says && says->kind == CHARSET_OTHER) {
		choice.charset = says;
		choice.by = http ? "http" : "meta";
		return choice;
	}
	choice.by = "assumed";
	return choice;
}

struct charset_choice charset_choose(struct detector *d, struct str in, struct charset *given,
	struct charset *http)
{
	struct charset_choice choice = choose(d, in, given, http);

	if (!given && choice.skip == 0 && (choice.charset->kind == CHARSET_GB18030 || choice.charset->kind == CHARSET_BIG5))
		choice.skip = choice.stray = detect_stray(d, choice.charset->kind, in);
	return choice;
}
