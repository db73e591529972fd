/* The standard: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/ */
#include "warc.h"
#include "http.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

enum { LINE_MOST = 64 << 10, FIELDS_MOST = 1000 };

struct record {
	struct buf line, field;
	struct buf type, id, url, date, media, cut;
	uint64_t length;
	bool has_length;
	uint64_t at;            /* offset in the unpacked file */
	bool after_cut;         /* the headers before were cut, and it follows them */
};

static bool is_record(struct str line)
{
	return str_starts(line, STR("WARC/1."));
}

bool warc_is(int fd)
{
	static struct source s;
	struct str start = {NULL, 0};

	if (source_open(&s, fd))
		start = source_piece(&s, SOURCE_BLOCK);
	bool is = is_record(start);
	source_close(&s);
	lseek(fd, 0, SEEK_SET);
	return is;
}

static void keep(struct buf *b, struct str value)
{
	b->len = 0;
	buf_append(b, value.s, value.n);
}

static struct str kept(const struct buf *b)
{
	return (struct str){b->len ? (const char *)b->data : NULL, b->len};
}

/* 1.0 wrote addresses and ids as <…>, after a slip in its grammar. */
static struct str bare(struct str s)
{
	return s.n > 1 && s.s[0] == '<' && s.s[s.n - 1] == '>' ? str_sub(s, 1, s.n - 1) : s;
}

static void take_field(struct record *r)
{
	const struct {
		const char *name;
		struct buf *to;
	} fields[] = {
		{"WARC-Type", &r->type}, {"WARC-Record-ID", &r->id}, {"WARC-Target-URI", &r->url},
		{"WARC-Date", &r->date}, {"Content-Type", &r->media}, {"WARC-Truncated", &r->cut},
	};
	struct str v;

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if ((v = field_value(&r->field, fields[i].name)).s) {
			keep(fields[i].to, bare(v));
			return;
		}
	if ((v = field_value(&r->field, "Content-Length")).s && v.n && v.n < 20) {
		char digits[24];
		snprintf(digits, sizeof digits, "%.*s", STR_ARG(v));
		r->length = strtoull(digits, NULL, 10);
		r->has_length = digits[0] >= '0' && digits[0] <= '9';
	}
}

/* Reads the headers of the next record. False at the end, or where there is none: then *WHY
 * tells, NULL at the end. LOST: looks for one behind a damage. */
static bool record_head(struct record *r, struct source *s, bool lost, const char **why)
{
	*why = NULL;
	r->type.len = r->id.len = r->url.len = r->date.len = r->media.len = r->cut.len = 0;
	r->has_length = false;
	do {
		r->at = s->at;
		if (!source_line(s, &r->line, LINE_MOST)) {
			*why = s->error;
			return false;
		}
		struct str line = str_trim((struct str){(char *)r->line.data, r->line.len});
		if (is_record(line))
			break;
		if (line.n && !lost) {
			*why = "no record of WARC 1.0 or 1.1 where one should start";
			return false;
		}
	} while (true);
	r->line.len = 0;
	bool whole = false;
	r->after_cut = false;
	for (int i = 0; i < FIELDS_MOST && field_read(s, &r->line, &r->field); i++) {
		if (r->field.len == 0) {
			whole = true;
			break;
		}
		struct str field = {(char *)r->field.data, r->field.len};
		/* the next record's first line, perhaps behind half a line of this one */
		if (str_ends(field, STR("WARC/1.0")) || str_ends(field, STR("WARC/1.1"))) {
			r->type.len = r->id.len = r->url.len = r->date.len = r->media.len = r->cut.len = 0;
			r->has_length = false;
			r->after_cut = true;
		}
		take_field(r);
	}
	if (!whole || !r->has_length) {
		*why = s->error ? s->error : whole ? "a record without a length" : "cut within a record's headers";
		return false;
	}
	return true;
}

static bool is_web(struct str url)
{
	return url.n > 7 && (strncasecmp(url.s, "http://", 7) == 0 || strncasecmp(url.s, "https://", 8) == 0
		|| strncasecmp(url.s, "ftp://", 6) == 0 || strncasecmp(url.s, "file://", 7) == 0);
}

/* Hands over the record's block if it is a page. False where the file is to be left. */
static bool page(struct record *r, struct http *h, struct source *s, struct members *m)
{
	bool response = str_is(kept(&r->type), "response") && r->media.len >= 16
		&& strncasecmp((char *)r->media.data, "application/http", 16) == 0;
	bool resource = str_is(kept(&r->type), "resource");
	char number[32];

	if ((!response && !resource) || !is_web(kept(&r->url)))
		return true;
	h->status = 0;
	if (response)
		http_head(h, s);
	if (response && h->status != 200)
		return true;
	int n = snprintf(number, sizeof number, "%" PRIu64, r->at);
	struct about_member about = {
		.name = r->id.len ? kept(&r->id) : (struct str){number, (size_t)n},
		.url = kept(&r->url), .date = kept(&r->date),
		.type = response ? kept(&h->type) : kept(&r->media),
	};
	if (!members_begin(m, &about))
		return false;
	if (r->cut.len) {
		members_problem(m, "malformed", "the crawler cut it (%.*s)", (int)r->cut.len, (char *)r->cut.data);
		return true;
	}
	if (!response) {
		h->chunked = false;
		h->coding = CODING_NONE;
		h->error = NULL;
	}
	return http_body(h, s, m);
}

/* Reads one record behind its headers. False where the file is to be left. */
static bool record_body(struct record *r, struct http *h, struct source *s, struct members *m, bool *damaged)
{
	uint64_t left = m->entries;

	s->limit = r->length;
	if (!page(r, h, s, m))
		return false;
	while (source_piece(s, SOURCE_BLOCK).n)
		;
	bool cut = s->limit > 0;
	s->limit = UINT64_MAX;
	/* an empty line follows; else its length was wrong, and what it holds may be another's */
	int next = cut ? -1 : source_peek(s);
	*damaged = cut || (next >= 0 && next != '\r' && next != '\n' && next != 'W');
	/* of a page that has a problem already, that is enough */
	if (*damaged && (m->open || m->entries == left))
		members_problem(m, "malformed", "%s", s->error ? s->error
			: cut ? "cut within a record" : "a record of another length than it says");
	members_end(m);
	return true;
}

void warc_unpack(struct members *m, int fd)
{
	static struct source s;
	struct record r = {0};
	struct http h = {0};
	bool lost = false, damaged;
	const char *why;

	if (!source_open(&s, fd)) {
		members_problem(m, "cannot_read", "out of memory");
		return;
	}
	for (;;) {
		if (record_head(&r, &s, lost, &why)) {
			lost = false;
			if (r.after_cut)
				members_problem(m, "malformed", "crawl: cut within a record's headers");
			if (!record_body(&r, &h, &s, m, &damaged))
				break;
			if (!damaged)
				continue;
		} else if (!why) {
			break;
		} else if (!lost) {
			members_problem(m, "malformed", "crawl: %s", why);
		}
		lost = true;
		if (s.error && !source_resume(&s))
			break;
	}
	source_close(&s);
	http_free(&h);
	struct buf *bufs[] = {&r.line, &r.field, &r.type, &r.id, &r.url, &r.date, &r.media, &r.cut};
	for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
		buf_free(bufs[i]);
}
