#include "archive.h"
#include "source.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum { BLOCK = 64 << 10 };

struct file {
	int fd;
	uint8_t block[BLOCK];
	bool gzip;              /* read by source: libarchive's reader loses what stands before a cut */
	struct source source;
};

static la_ssize_t on_gzip(struct archive *a, void *data, const void **block)
{
	struct file *f = data;
	struct str piece = source_piece(&f->source, BLOCK);

	(void)a;
	*block = piece.s;
	return (la_ssize_t)piece.n;
}

static la_ssize_t on_read(struct archive *a, void *data, const void **block)
{
	struct file *f = data;
	ssize_t n;

	do
		n = read(f->fd, f->block, sizeof f->block);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		archive_set_error(a, errno, "cannot read");
	*block = f->block;
	return n;
}

static la_int64_t on_skip(struct archive *a, void *data, la_int64_t n)
{
	struct file *f = data;

	(void)a;
	off_t before = lseek(f->fd, 0, SEEK_CUR), after = lseek(f->fd, n, SEEK_CUR);
	return before < 0 || after < 0 ? 0 : after - before;
}

static la_int64_t on_seek(struct archive *a, void *data, la_int64_t at, int whence)
{
	struct file *f = data;
	off_t to = lseek(f->fd, at, whence);

	if (to < 0) {
		archive_set_error(a, errno, "cannot seek");
		return ARCHIVE_FATAL;
	}
	return to;
}

/* Only what libarchive reads itself: some of its filters would start programs. */
static struct archive *archive_new(bool bare)
{
	struct archive *a = archive_read_new();

	if (!a)
		return NULL;
	archive_read_support_filter_bzip2(a);
	archive_read_support_filter_xz(a);
	archive_read_support_filter_lzma(a);
	archive_read_support_filter_zstd(a);
	archive_read_support_filter_lz4(a);
	archive_read_support_format_tar(a);
	archive_read_support_format_zip(a);
	archive_read_support_format_7zip(a);
	if (bare) {
		archive_read_support_format_empty(a);
		archive_read_support_format_raw(a);
	}
	return a;
}

static const char *words(struct archive *a)
{
	const char *s = archive_error_string(a);
	return s ? s : "no more is known";
}

/* Is it one of the names that systems leave behind, or hidden as in a folder? */
static bool is_hidden(const char *name)
{
	for (const char *p = name; *p;) {
		size_t n = strcspn(p, "/");
		if (n > 1 && p[0] == '.' && !(n == 2 && p[1] == '.'))
			return true;
		if (n == 8 && memcmp(p, "__MACOSX", 8) == 0)
			return true;
		p += n + (p[n] == '/');
	}
	return false;
}

/* A document; links, folders and devices are none. */
static bool is_document(struct archive_entry *e)
{
	mode_t type = archive_entry_filetype(e);
	return (type == AE_IFREG || type == 0) && !archive_entry_hardlink(e) && !archive_entry_symlink(e);
}

/* The name as the archive has it; it may be in any charset. */
static struct str name_of(struct archive *a, struct archive_entry *e, char number[static 24])
{
	const char *name = archive_entry_pathname(e);

	if (archive_format(a) == ARCHIVE_FORMAT_RAW)
		return STR("");
	if (!name)
		name = archive_entry_pathname_utf8(e);
	if (!name || !*name) {
		snprintf(number, 24, "%d", archive_file_count(a));
		name = number;
	}
	while (name[0] == '.' && name[1] == '/' && name[2])
		name += 2;
	return str_of(name);
}

/* Hands over the content; false where the rest of the archive cannot be read. */
static bool content(struct members *m, struct archive *a, const struct file *f)
{
	for (;;) {
		const void *piece;
		size_t n;
		la_int64_t at;
		int r = archive_read_data_block(a, &piece, &n, &at);
		if (r == ARCHIVE_EOF)
			break;
		if (r == ARCHIVE_RETRY)
			continue;
		if (r < ARCHIVE_WARN && f->source.error) {
			members_problem(m, "malformed", "%s; what follows was not read", f->source.error);
			return false;
		}
		if (r < ARCHIVE_WARN) {
			bool fatal = r == ARCHIVE_FATAL;
			if (fatal || m->open)
				members_problem(m, "malformed", "cut or damaged: %s%s", words(a),
					fatal ? "; what follows was not read" : "");
			return !fatal;
		}
		if (r == ARCHIVE_WARN) {        /* the checksum is wrong */
			if (m->open)
				members_problem(m, "malformed", "damaged: %s", words(a));
			return true;
		}
		la_int64_t read = f->gzip ? (la_int64_t)f->source.read : archive_filter_bytes(a, -1);
		if (!members_data(m, (struct str){piece, n}, read > 0 ? (uint64_t)read : 0))
			return false;
	}
	if (f->source.error && m->open)         /* of one compressed document */
		members_problem(m, "malformed", "%s", f->source.error);
	members_end(m);
	return true;
}

static void entries(struct members *m, struct archive *a, const struct file *f)
{
	struct archive_entry *e;
	char number[24];

	for (;;) {
		int r = archive_read_next_header(a, &e);
		if (r == ARCHIVE_EOF)
			return;
		if (r == ARCHIVE_RETRY)
			continue;
		if (r < ARCHIVE_WARN && strstr(words(a), "header is encrypted")) {
			members_problem(m, "encrypted", "needs a password, even for its names");
			return;
		}
		if (r < ARCHIVE_WARN) {
			members_problem(m, "malformed", "cut or damaged: %s; what follows was not read",
				f->source.error ? f->source.error : words(a));
			return;
		}
		struct about_member about = {.name = name_of(a, e, number)};
		if (!is_document(e) || is_hidden(about.name.s))
			continue;
		if (!members_begin(m, &about))
			return;
		if (archive_entry_is_encrypted(e))
			members_problem(m, "encrypted", "needs a password");
		else if (!content(m, a, f))
			return;
	}
}

void archive_unpack(struct members *m, int fd, bool bare)
{
	static struct file file;
	struct archive *a = archive_new(bare);

	file.fd = fd;
	if (!a) {
		members_problem(m, "cannot_read", "out of memory");
		return;
	}
	file.gzip = source_open(&file.source, fd) && file.source.gzip;
	archive_read_set_callback_data(a, &file);
	archive_read_set_read_callback(a, file.gzip ? on_gzip : on_read);
	if (!file.gzip) {
		lseek(fd, 0, SEEK_SET);
		archive_read_set_skip_callback(a, on_skip);
		archive_read_set_seek_callback(a, on_seek);
	}
	if (archive_read_open1(a) < ARCHIVE_WARN)
		members_problem(m, "malformed", "cut or damaged: %s", words(a));
	else
		entries(m, a, &file);
	archive_read_free(a);
	source_close(&file.source);
}
