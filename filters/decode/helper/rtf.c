#include "rtf.h"
#include "rows.h"

#include <iconv.h>
#include <stdlib.h>

enum { DEPTH_MOST = 1024, WORD_MOST = 32, FONTS_MOST = 1024, BYTES_MOST = 4096, CELLS_MOST = 64 };

/* What a group inherits, and gives back at its end. */
struct state {
	bool skip;              /* a destination that is no text */
	bool hidden, in_table;
	bool fonts;             /* in the font table */
	bool number;            /* in a paragraph's number */
	bool note;              /* in a footnote: written behind the text */
	short skip_after;       /* \uc: characters behind \u for readers that know no Unicode */
	short font;
};

struct rtf {
	struct output *out, notes;
	struct rows rows;
	struct arena arena;
	int32_t rights[CELLS_MOST];     /* where the row's cells end */
	size_t nrights;
	struct state now, stack[DEPTH_MOST];
	size_t depth, too_deep;
	short charset[FONTS_MOST];      /* code page of each font, 0 for the document's */
	short page;                     /* the document's code page */
	short page_now;                 /* of the bytes that wait, */
	char bytes[BYTES_MOST];         /* since a character may be several \'xx */
	size_t nbytes;
	size_t to_skip;
	uint32_t high;                  /* a surrogate that awaits its other half */
	iconv_t converters[2];          /* GB18030, Big5 */
};

/* Code pages of \fcharset. */
static short page_of(long charset)
{
	return charset == 134 ? 936 : charset == 136 ? 950 : charset == 0 || charset == 1 ? 0 : 1252;
}

static bool can_write(struct rtf *r)
{
	if (r->now.skip || r->now.hidden)
		return false;
	if (!r->now.note && !r->now.in_table && r->rows.n > 0)
		rows_close(&r->rows);
	return true;
}

static struct output *target(struct rtf *r)
{
	return r->now.note ? &r->notes : r->out;
}

static void bytes_convert(struct rtf *r, iconv_t cd)
{
	char *in = r->bytes, out[BYTES_MOST * 3], *to = out;
	size_t n = r->nbytes, room = sizeof out;

	while (n > 0 && cd != (iconv_t)-1 && iconv(cd, &in, &n, &to, &room) == (size_t)-1 && n > 0) {
		memcpy(to, "\xEF\xBF\xBD", 3);  /* U+FFFD for one byte */
		to += 3;
		room -= 3;
		in++;
		n--;
	}
	output_text(target(r), (struct str){out, (size_t)(to - out)});
}

static void bytes_flush(struct rtf *r)
{
	if (r->nbytes && can_write(r)) {
		if (r->page_now == 936)
			bytes_convert(r, r->converters[0]);
		else if (r->page_now == 950)
			bytes_convert(r, r->converters[1]);
		else
			for (size_t i = 0; i < r->nbytes; i++)
				output_char(target(r), (uint8_t)r->bytes[i]);
	}
	r->nbytes = 0;
}

static void byte_take(struct rtf *r, uint8_t c)
{
	short page = r->now.font >= 0 && r->now.font < FONTS_MOST ? r->charset[r->now.font] : 0;

	if (r->to_skip > 0) {
		r->to_skip--;
		return;
	}
	if (r->now.skip)
		return;
	/* a font without Chinese letters still holds Chinese text in a Chinese document */
	page = page == 0 || (page == 1252 && (r->page == 936 || r->page == 950)) ? r->page : page;
	if (page != r->page_now || r->nbytes + 1 >= BYTES_MOST)
		bytes_flush(r);
	r->page_now = page;
	r->bytes[r->nbytes++] = (char)c;
}

static void char_take(struct rtf *r, uint32_t cp)
{
	bytes_flush(r);
	if (can_write(r))
		output_char(target(r), cp);
}

static void unicode_take(struct rtf *r, long v)
{
	uint32_t cp = (uint32_t)(v < 0 ? v + 65536 : v);

	r->to_skip = (size_t)r->now.skip_after;
	if (cp >= 0xD800 && cp < 0xDC00) {
		r->high = cp;
		return;
	}
	if (r->high && cp >= 0xDC00 && cp < 0xE000)
		cp = 0x10000 + ((r->high - 0xD800) << 10) + (cp - 0xDC00);
	r->high = 0;
	size_t skip = r->to_skip;
	char_take(r, cp);
	r->to_skip = skip;
}

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* Destinations that are no text, besides those behind \*. */
static bool is_skipped(const char *word)
{
	static const char *const words[] = {"colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr",
		"headerf", "footer", "footerl", "footerr", "footerf", "object", "fldinst", "xe", "tc", "ftnsep", "ftnsepc",
		"aftnsep", "aftnsepc", "annotation", "atnid", "atnauthor", "nonshppict", "revtbl", "listtable",
		"listoverridetable", "filetbl", "themedata", "datastore", "generator", "sp", "comment", NULL};
	return is_one_of(word, words);
}

/* Destinations behind \* that are text. */
static bool is_text(const char *word)
{
	static const char *const words[] = {"shptxt", "shpinst", "pntext", "footnote", NULL};
	return is_one_of(word, words);
}

static void paragraph_end(struct rtf *r)
{
	bytes_flush(r);
	if (!can_write(r))
		return;
	if (r->now.note)
		output_line(&r->notes);
	else
		rows_line(&r->rows);
}

/* The tab behind a number; between 1 and a word it must stay a space. */
static void number_end(struct rtf *r)
{
	bytes_flush(r);
	struct str s = {(char *)r->out->text.data, r->out->text.len};
	if (s.n && ((s.s[s.n - 1] >= '0' && s.s[s.n - 1] <= '9') || ((s.s[s.n - 1] | 32) >= 'a' && (s.s[s.n - 1] | 32) <= 'z')))
		output_space(r->out);
}

static void cell_end(struct rtf *r)
{
	if (r->rows.n == 0)
		output_space(r->out);
	rows_cell(&r->rows, 1);
}

/* Words that stand for a character. */
static uint32_t word_char(const char *word)
{
	static const struct { const char *word; uint32_t cp; } chars[] = {
		{"tab", ' '}, {"emdash", 0x2014}, {"endash", 0x2013}, {"lquote", 0x2018}, {"rquote", 0x2019},
		{"ldblquote", 0x201C}, {"rdblquote", 0x201D}, {"bullet", 0x2022}, {"emspace", ' '}, {"enspace", ' '},
		{"qmspace", ' '}
	};
	for (size_t i = 0; i < sizeof chars / sizeof *chars; i++)
		if (strcmp(word, chars[i].word) == 0)
			return chars[i].cp;
	return 0;
}

static void word_take(struct rtf *r, const char *word, long v, bool has_value, bool starred)
{
	bool on = !has_value || v != 0;

	if (starred && !is_text(word))
		r->now.skip = true;
	if (strcmp(word, "fonttbl") == 0) {
		r->now.skip = r->now.fonts = true;
	} else if (is_skipped(word)) {
		r->now.skip = true;
	} else if (strcmp(word, "f") == 0) {
		r->now.font = v >= 0 && v < FONTS_MOST ? (short)v : 0;
	} else if (strcmp(word, "fcharset") == 0) {
		if (r->now.fonts)
			r->charset[r->now.font] = page_of(v);
	} else if (strcmp(word, "ansicpg") == 0) {
		r->page = v > 0 && v < 32767 ? (short)v : v == 54936 ? 936 : 0;
	} else if (strcmp(word, "uc") == 0) {
		r->now.skip_after = v >= 0 && v < 64 ? (short)v : 1;
	} else if (strcmp(word, "u") == 0) {
		unicode_take(r, v);
	} else if (r->now.skip) {
		return;
	} else if (strcmp(word, "v") == 0 || strcmp(word, "deleted") == 0) {
		bytes_flush(r);
		r->now.hidden = on;
	} else if (strcmp(word, "plain") == 0) {
		bytes_flush(r);
		r->now.hidden = false;
	} else if (strcmp(word, "pard") == 0) {
		bytes_flush(r);
		r->now.in_table = false;
	} else if (strcmp(word, "intbl") == 0) {
		r->now.in_table = true;
	} else if (strcmp(word, "trowd") == 0) {
		bytes_flush(r);
		if (r->rows.n == 0)
			rows_begin(&r->rows);
		r->now.in_table = true;
		r->nrights = 0;
	} else if (strcmp(word, "cellx") == 0) {
		if (r->nrights < CELLS_MOST)
			r->rights[r->nrights++] = v < INT32_MIN ? INT32_MIN : v > INT32_MAX ? INT32_MAX : (int32_t)v;
	} else if (strcmp(word, "par") == 0 || strcmp(word, "line") == 0 || strcmp(word, "sect") == 0) {
		paragraph_end(r);
	} else if (strcmp(word, "listtext") == 0 || strcmp(word, "pntext") == 0) {
		r->now.number = true;
	} else if (strcmp(word, "footnote") == 0) {
		r->now.note = true;
	} else if (strcmp(word, "tab") == 0 && r->now.number) {
		number_end(r);
	} else if (strcmp(word, "cell") == 0) {
		bytes_flush(r);
		cell_end(r);
	} else if (strcmp(word, "nestcell") == 0 || strcmp(word, "nestrow") == 0) {
		bytes_flush(r);
		output_space(r->out);
	} else if (strcmp(word, "row") == 0) {
		bytes_flush(r);
		rows_row_edged(&r->rows, r->rights, r->nrights);
	} else if (word_char(word)) {
		char_take(r, word_char(word));
	}
}

static void group_open(struct rtf *r)
{
	bytes_flush(r);
	if (r->depth == DEPTH_MOST)
		r->too_deep++;
	else
		r->stack[r->depth++] = r->now;
}

static void group_close(struct rtf *r)
{
	bytes_flush(r);
	r->to_skip = 0;
	if (r->too_deep > 0) {
		r->too_deep--;
	} else if (r->depth > 0) {
		bool in_table = r->now.in_table, apart = r->now.skip || r->now.note;
		if (r->now.note && !r->stack[r->depth - 1].note)
			output_line(&r->notes);
		r->now = r->stack[--r->depth];
		if (!apart)
			r->now.in_table = in_table;     /* a paragraph's property, whatever group it stands in */
	}
}

static int hex_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* What stands behind a backslash at AT; returns where it ends. */
static size_t control_take(struct rtf *r, struct str s, size_t at, bool *starred)
{
	char word[WORD_MOST];
	size_t n = 0;
	long v = 0;
	bool negative = false, has_value = false;

	if (at >= s.n)
		return at;
	char c = s.s[at];
	if (!((c | 32) >= 'a' && (c | 32) <= 'z')) {
		at++;
		if (c == '\'' && at + 2 <= s.n) {
			int high = hex_of(s.s[at]), low = hex_of(s.s[at + 1]);
			if (high >= 0 && low >= 0)
				byte_take(r, (uint8_t)(high << 4 | low));
			return at + 2;
		}
		if (c == '*')
			*starred = true;
		else if (c == '\\' || c == '{' || c == '}')
			byte_take(r, (uint8_t)c);
		else if (c == '~' || c == '_')
			char_take(r, c == '~' ? ' ' : '-');
		else if (c == '\n' || c == '\r')
			word_take(r, "par", 0, false, false);
		return at;
	}
	for (; at < s.n && (s.s[at] | 32) >= 'a' && (s.s[at] | 32) <= 'z'; at++)
		if (n + 1 < sizeof word)
			word[n++] = s.s[at];
	word[n] = 0;
	if (at < s.n && s.s[at] == '-') {
		negative = true;
		at++;
	}
	for (; at < s.n && s.s[at] >= '0' && s.s[at] <= '9'; at++) {
		has_value = true;
		if (v < 100000000)
			v = v * 10 + (s.s[at] - '0');
	}
	if (at < s.n && s.s[at] == ' ')
		at++;
	if (strcmp(word, "bin") == 0)           /* raw bytes of a picture */
		return (size_t)v < s.n - at ? at + (size_t)v : s.n;
	if (r->to_skip > 0 && strcmp(word, "u") != 0)
		r->to_skip--;
	else
		word_take(r, word, negative ? -v : v, has_value, *starred);
	*starred = false;
	return at;
}

const char *rtf_read(struct str in, struct output *out, const char **message)
{
	struct rtf *r = calloc(1, sizeof *r);
	bool starred = false;

	(void)message;
	if (!r)
		abort();
	r->out = r->rows.out = out;
	r->rows.edges.arena = &r->arena;
	r->now.skip_after = 1;
	r->page = 936;                          /* what Chinese Word means where it says nothing */
	r->converters[0] = iconv_open("UTF-8", "GB18030");
	r->converters[1] = iconv_open("UTF-8", "BIG5-HKSCS");
	for (size_t at = 0; at < in.n;) {
		char c = in.s[at++];
		if (c == '{') {
			group_open(r);
			starred = false;
		} else if (c == '}') {
			group_close(r);
		} else if (c == '\\') {
			at = control_take(r, in, at, &starred);
		} else if (c != '\n' && c != '\r' && c != 0) {
			byte_take(r, (uint8_t)c);
		}
	}
	bytes_flush(r);
	rows_close(&r->rows);
	arena_free(&r->arena);
	output_line(&r->notes);
	buf_append(&out->text, r->notes.text.data, r->notes.text.len);
	out->line = out->cell = out->text.len;
	output_free(&r->notes);
	if (r->depth > 0)
		output_problem(out, "malformed", "the RTF is cut: %zu groups do not end", r->depth);
	for (int i = 0; i < 2; i++)
		if (r->converters[i] != (iconv_t)-1)
			iconv_close(r->converters[i]);
	free(r);
	return NULL;
}
