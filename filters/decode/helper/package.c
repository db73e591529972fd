#include "package.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <strings.h>

enum {
	ENTRIES_MOST = 20000,
	PARTS_BYTES_MOST = 128 << 20,   /* unpacked, in sum */
	RATIO_MOST = 400,               /* of unpacked to packed; text that compresses best has about 100 */
	RATIO_FREE = 4 << 20            /* bytes for which the ratio does not matter */
};

static int part_order(const void *pa, const void *pb)
{
	const struct part *a = pa, *b = pb;
	size_t n = a->name.n < b->name.n ? a->name.n : b->name.n;
	int c = strncasecmp(a->name.s, b->name.s, n);
	return c ? c : (a->name.n > b->name.n) - (a->name.n < b->name.n);
}

static void lose(struct package *p, const char *code, const char *what)
{
	if (p->lost)
		return;
	p->code = code;
	p->lost = what;
}

/* Reads one part's data; false where a bound or the archive's damage ends it. */
static bool part_read(struct package *p, struct archive *z, struct part *part, size_t *total, size_t packed,
	struct arena *a)
{
	char *data = NULL;
	size_t n = 0, cap = 0;
	const void *block;
	size_t size;
	la_int64_t at;
	int r;

	while ((r = archive_read_data_block(z, &block, &size, &at)) == ARCHIVE_OK) {
		if (size > PARTS_BYTES_MOST - *total
		    || (*total + size > RATIO_FREE && (*total + size) / RATIO_MOST > packed)) {
			lose(p, "too_large", "it unpacks to far more than its size: a zip bomb, perhaps");
			return false;
		}
		data = arena_grow(a, data, &cap, n + size + 1, 1);
		if (size)
			memcpy(data + n, block, size);
		n += size;
		*total += size;
	}
	part->data = (struct str){data ? data : "", n};
	if (r != ARCHIVE_EOF)
		lose(p, "malformed", "the zip archive is damaged");
	return r == ARCHIVE_EOF;
}

void package_read(struct package *p, struct str in, bool (*wanted)(struct str name), struct arena *a)
{
	struct archive *z = archive_read_new();
	struct archive_entry *entry;
	size_t cap = 0, total = 0;
	int r = ARCHIVE_FATAL;

	*p = (struct package){0};
	if (z && archive_read_support_format_zip(z) == ARCHIVE_OK && archive_read_open_memory(z, in.s, in.n) == ARCHIVE_OK)
		for (size_t i = 0; (r = archive_read_next_header(z, &entry)) == ARCHIVE_OK || r == ARCHIVE_WARN; i++) {
			const char *name = archive_entry_pathname(entry);
			if (i == ENTRIES_MOST) {
				lose(p, "too_large", "too many parts");
				break;
			}
			while (name && *name == '/')
				name++;
			if (!name || !wanted(str_of(name)))
				continue;
			if (archive_entry_is_data_encrypted(entry)) {
				lose(p, "encrypted", "its parts are encrypted");
				break;
			}
			struct part part = {.name = {arena_strndup(a, name, strlen(name)), strlen(name)}};
			bool ok = part_read(p, z, &part, &total, in.n, a);
			if (part.data.n) {
				p->parts = arena_grow(a, p->parts, &cap, p->n + 1, sizeof *p->parts);
				p->parts[p->n++] = part;
			}
			if (!ok)
				break;
		}
	if (r == ARCHIVE_FATAL || r == ARCHIVE_FAILED)
		lose(p, "malformed", "the zip archive is damaged");
	archive_read_free(z);
	if (p->n)
		qsort(p->parts, p->n, sizeof *p->parts, part_order);
}

struct str package_part(const struct package *p, struct str name)
{
	while (name.n && name.s[0] == '/')
		name = str_sub(name, 1, name.n);
	struct part key = {.name = name};
	const struct part *found = p->n ? bsearch(&key, p->parts, p->n, sizeof key, part_order) : NULL;
	return found ? found->data : (struct str){NULL, 0};
}

struct str package_resolve(struct str from, struct str name, struct arena *a)
{
	size_t n = from.n, k = 0;
	bool absolute = name.n && (name.s[0] == '/' || name.s[0] == '\\');

	while (n > 0 && from.s[n - 1] != '/')
		n--;
	if (absolute)
		n = 0;
	char *raw = arena_alloc(a, n + name.n + 1), *out = arena_alloc(a, n + name.n + 1);
	memcpy(raw, from.s, n);
	memcpy(raw + n, name.s, name.n);
	for (size_t i = 0, e, all = n + name.n; i < all; i = e + 1) {
		for (e = i; e < all && raw[e] != '/' && raw[e] != '\\'; e++)
			;
		struct str step = {raw + i, e - i};
		if (step.n == 0 || str_is(step, "."))
			continue;
		if (str_is(step, "..")) {
			while (k > 0 && out[--k] != '/')
				;
			continue;
		}
		if (k > 0)
			out[k++] = '/';
		memcpy(out + k, step.s, step.n);
		k += step.n;
	}
	return (struct str){out, k};
}
