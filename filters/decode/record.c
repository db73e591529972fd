#include "document.h"
#include "fingerprint.h"

#include <inttypes.h>
#include <stdio.h>

/* The path as a record carries it: bytes that are no UTF-8 percent-encoded, and
 * then the percent sign, too. */
static struct str path_encode(struct arena *a, struct str in)
{
	const char *path = in.s;
	size_t n = in.n, k = 0;

	if (utf8_valid(path, n) == n)
		return in;
	char *out = arena_alloc(a, n * 3);
	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len = utf8_next(path + i, n - i, &cp);
		if (len == 1 && ((uint8_t)path[i] >= 0x80 || path[i] == '%')) {
			static const char hex[] = "0123456789ABCDEF";
			out[k++] = '%';
			out[k++] = hex[(uint8_t)path[i] >> 4];
			out[k++] = hex[path[i] & 15];
		} else {
			memcpy(out + k, path + i, len);
			k += len;
		}
		i += len;
	}
	return (struct str){out, k};
}

static void pack_pair(struct buf *b, const char *key, struct str value)
{
	pack_key(b, key);
	pack_str(b, value);
}

static void doc_pack(struct decode *d, const struct document *doc, struct buf *b)
{
	char hex[17];
	uint64_t print;
	bool has_print = doc->text.s && fingerprint_make(doc->text, &print);

	if (has_print)
		snprintf(hex, sizeof hex, "%016" PRIx64, print);
	pack_key(b, "doc");
	bool is_given = doc->text.s && doc->given.n;
	pack_map(b, 9u + (doc->member.s != NULL) + (doc->url.s != NULL) + (doc->npages > 0) + is_given);
	pack_pair(b, "path", path_encode(&d->f.arena, str_of(doc->path)));
	if (doc->member.s)
		pack_pair(b, "member", doc->member);
	if (doc->url.s)
		pack_pair(b, "url", path_encode(&d->f.arena, doc->url));
	pack_pair(b, "id", str_of(doc->was_read ? doc->id : NULL));
	pack_pair(b, "type", doc->type);
	pack_pair(b, "charset", doc->charset);
	pack_pair(b, "charset_by", str_of(doc->charset_by));
	pack_key(b, "bytes");
	pack_uint(b, doc->bytes);
	pack_key(b, "replaced");
	pack_uint(b, doc->replaced);
	pack_pair(b, "retrieved", doc->retrieved);
	pack_pair(b, "fingerprint", str_of(has_print ? hex : NULL));
	if (is_given) {
		pack_key(b, "given");
		pack_array(b, doc->given.n);
		for (size_t i = 0; i < doc->given.n; i++)
			pack_str(b, doc->given.items[i].name);
	}
	if (doc->npages == 0)
		return;
	pack_key(b, "pages");
	pack_array(b, doc->npages);
	for (size_t i = 0; i < doc->npages; i++)
		pack_uint(b, doc->pages[i]);
}

/* Packs the record's keys; returns how many. */
static size_t document_pack(struct decode *d, const struct document *doc)
{
	struct buf *b = &d->pairs;

	b->len = 0;
	doc_pack(d, doc, b);
	if (!doc->text.s)
		return 1;
	pack_pair(b, "text", doc->text);
	pack_key(b, "head");
	/* what was given stands before what the document says */
	struct head head = doc->given;
	for (size_t i = 0; i < doc->head.n; i++)
		head_add(&head, &d->f.arena, doc->head.items[i].name, doc->head.items[i].value);
	head_pack(&head, b);
	return 3;
}

static void list_put(struct buf *b, struct str s, char end)
{
	size_t from = b->len;

	buf_append(b, s.s, s.n);
	for (size_t i = from; i < b->len; i++)
		if (b->data[i] < 0x20 || b->data[i] == 0x7F)
			b->data[i] = '?';
	buf_append(b, &end, 1);
}

/* --list: a line with what the record would say that the document is. */
static void list_line(struct decode *d, const struct document *doc)
{
	struct filter *f = &d->f;
	struct buf *b = &d->pairs;
	char bytes[24];

	b->len = 0;
	snprintf(bytes, sizeof bytes, "%zu", doc->bytes);
	list_put(b, path_encode(&f->arena, str_of(doc->path)), '\t');
	list_put(b, doc->member, '\t');
	list_put(b, doc->type, '\t');
	list_put(b, str_of(doc->was_read ? bytes : NULL), '\t');
	list_put(b, f->nproblems ? f->problems[0].code : (struct str){NULL, 0}, '\n');
	stream_write(&f->out, b->data, b->len);
	f->number++;
	f->failed += f->nproblems > 0;
	f->nproblems = f->cap_problems = 0;
	f->problems = NULL;
}

bool document_list_start(struct decode *d, const struct document *doc, uint64_t size, struct str start)
{
	const struct format *format = formats_find(&d->formats, start);
	struct document shown = *doc;

	if (!format || format->holds || !format->is_read || !format->sure)
		return false;
	shown.type = format->type;
	shown.was_read = true;
	shown.bytes = (size_t)size;
	list_line(d, &shown);
	return true;
}

void document_emit(struct decode *d, const struct document *as_read)
{
	struct document told = *as_read, *doc = &told;

	if (d->list) {
		list_line(d, doc);
		return;
	}
	meta_find(&d->meta, path_encode(&d->f.arena, str_of(doc->path)), doc->member, &d->f.arena, &doc->given,
		&doc->url);
	size_t keys = document_pack(d, doc);

	if (d->pairs.len > d->f.cli.max_record) {
		struct document bare = *doc;
		bare.text = (struct str){NULL, 0};
		document_problem(d, doc, "too_large", "its record is larger than %zu bytes (see --max-record)",
			d->f.cli.max_record);
		keys = document_pack(d, &bare);
	}
	filter_emit(&d->f, (struct str){(char *)d->pairs.data, d->pairs.len}, keys);
}
