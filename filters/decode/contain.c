#include "contain.h"
#include "rows.h"
#include "workbook.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

enum { DEPTH_MOST = 4 };        /* archives in one another */

struct budget contain_budget(uint64_t size)
{
	/* archives in one another multiply: what decode-unpack allows each of them counts once for all */
	const uint64_t most = (uint64_t)64 << 30, ratio = 250, free_bytes = 64 << 20;

	return (struct budget){
		.bytes = size < (most - free_bytes) / ratio ? free_bytes + size * ratio : most,
		.entries = 10 << 20
	};
}

/* Is a page of that Content-Type passed over? */
static bool is_passed(const struct table *media, struct str type)
{
	for (size_t r = 0; r < media->nrows; r++) {
		struct str t = table_cell(media, r, 0);
		bool open = t.n && t.s[t.n - 1] == '*';
		t.n -= open;
		if (type.n >= t.n && (open || type.n == t.n) && strncasecmp(type.s, t.s, t.n) == 0)
			return true;
	}
	return false;
}

/* The charset that a Content-Type names; NULL for none or an unknown one. */
static struct charset *charset_of(struct converter *c, struct str type)
{
	const struct str word = STR("charset=");

	for (size_t i = 0; i + word.n < type.n; i++) {
		if (strncasecmp(type.s + i, word.s, word.n) != 0)
			continue;
		size_t b = i + word.n;
		if (type.s[b] == '"' || type.s[b] == '\'')
			b++;
		size_t e = b;
		while (e < type.n && !strchr("\"'; ,", type.s[e]))
			e++;
		return converter_label(c, str_sub(type, b, e));
	}
	return NULL;
}

/* Writes the record of what could not be read. */
static void refuse(struct decode *d, const struct document *origin, const char *code, const char *message)
{
	arena_reset(&d->f.arena);
	document_problem(d, origin, code, "%s", message);
	document_emit(d, origin);
}

/* Makes of a member's names what its record says of it; NAME keeps the member's. */
static void adopt(struct decode *d, const struct document *origin, const struct member *member,
	struct document *doc, struct buf *name)
{
	*doc = *origin;
	name->len = 0;
	if (!member->named)
		return;
	if (origin->member.s)
		buf_append(name, origin->member.s, origin->member.n);
	if (member->name.n && name->len)
		buf_append(name, "/", 1);
	document_name(d, member->name, name);
	doc->member = (struct str){name->len ? (char *)name->data : NULL, name->len};
	if (member->url.s)
		doc->url = member->url;
	if (member->date.s && utf8_valid(member->date.s, member->date.n) == member->date.n)
		doc->retrieved = member->date;
	doc->http = member->type.s ? charset_of(&d->converter, member->type) : NULL;
}

void contain_file(struct decode *d, const struct document *origin, int fd, int depth, struct budget *budget)
{
	struct members m;
	struct member member;
	struct document doc;
	struct buf name = {0};
	size_t records = 0;
	enum member_kind kind;
	int error = members_open(&m, fd, d->f.cli.max_record, budget, d->helper.wait);

	if (error) {
		char what[128];
		snprintf(what, sizeof what, "cannot start the unpacker: %s", strerror(error));
		refuse(d, origin, "cannot_read", what);
		return;
	}
	while (!d->f.out.error && (kind = members_next(&m, &member, &d->bytes)) != MEMBER_END) {
		if (kind == MEMBER_DOCUMENT && member.type.s && is_passed(d->media, member.type))
			continue;
		adopt(d, origin, &member, &doc, &name);
		records++;
		if (kind == MEMBER_DOCUMENT) {
			contain_bytes(d, &doc, depth, budget);
			continue;
		}
		arena_reset(&d->f.arena);
		document_problem(d, &doc, arena_strndup(&d->f.arena, member.code.s, member.code.n), "%.*s",
			STR_ARG(member.message));
		document_emit(d, &doc);
	}
	members_close(&m);
	buf_free(&name);
	if (records == 0 && !d->f.out.error)
		refuse(d, origin, "empty", "holds no documents");
}

/* Reads an archive in memory as a file: that is what libraries read best. */
static void contain_memory(struct decode *d, const struct document *origin, int depth, struct budget *budget)
{
	int fd = memfd_create("archive", MFD_CLOEXEC);
	size_t at = 0;
	ssize_t n = 0;

	while (fd >= 0 && at < d->bytes.len) {
		n = write(fd, d->bytes.data + at, d->bytes.len - at);
		if (n < 0 && errno != EINTR)
			break;
		at += n > 0 ? (size_t)n : 0;
	}
	if (fd < 0 || n < 0)
		refuse(d, origin, "cannot_read", strerror(errno));
	else
		contain_file(d, origin, fd, depth, budget);
	if (fd >= 0)
		close(fd);
}

void contain_bytes(struct decode *d, const struct document *origin, int depth, struct budget *budget)
{
	struct str in = {(char *)d->bytes.data, d->bytes.len};
	const struct format *format = formats_find(&d->formats, in);
	struct document doc = *origin;

	arena_reset(&d->f.arena);
	if (format && format->holds && depth < DEPTH_MOST) {
		contain_memory(d, origin, depth + 1, budget);
		return;
	}
	document_identify(&doc, in);
	if (format && format->holds) {
		doc.type = format->type;
		document_problem(d, &doc, "too_large", "more than %d archives in one another", DEPTH_MOST);
	} else if (!format && d->text_column && rows_are(in)) {
		rows_read(d, origin, -1);
		return;
	} else if (format && d->text_column && str_is(format->type, XLSX)) {
		workbook_read(d, origin);
		return;
	} else {
		document_decode(d, &doc, in);
	}
	document_emit(d, &doc);
}
