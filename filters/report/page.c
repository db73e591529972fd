#include "page.h"
#include "base64.h"

#include <errno.h>
#include <inttypes.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#define LIBRARY "chart.min.js"
/* where Debian's libjs-chart.js has it */
#define LIBRARY_INSTALLED "/usr/share/javascript/chart.js/" LIBRARY

enum { FILE_MOST = 16 << 20 };

enum piece_kind { PIECE_HTML, PIECE_CSP, PIECE_STYLE, PIECE_SCRIPT, PIECE_DATA };

struct page_piece {
	enum piece_kind kind;
	struct buf text;
};

/* Reads a file; false with errno set. */
static bool slurp(const char *path, struct buf *b)
{
	FILE *file = fopen(path, "rbe");
	size_t n = 0;

	if (!file)
		return false;
	do {
		buf_reserve(b, 1 << 16);
		n = fread(b->data + b->len, 1, 1 << 16, file);
		b->len += n;
	} while (n > 0 && b->len <= FILE_MOST);
	bool done = !ferror(file) && b->len <= FILE_MOST;
	if (b->len > FILE_MOST)
		errno = EFBIG;
	fclose(file);
	return done;
}

/* The file that -r gives for NAME; NULL for none. */
static const char *given(struct filter *f, const char *name)
{
	for (size_t i = 0; i < f->cli.nreplaced; i++) {
		struct cli_replacement *r = &f->cli.replaced[i];
		if (r->name_len == strlen(name) && memcmp(r->name, name, r->name_len) == 0) {
			r->used = true;
			return r->file;
		}
	}
	return NULL;
}

static char *file_find(struct filter *f, const char *name)
{
	const char *file = given(f, name);

	return file ? xstrndup(file, strlen(file)) : table_find(f->program->name, name);
}

static struct page_piece *add(struct page *p, enum piece_kind kind)
{
	if (p->n == p->cap) {
		p->cap = p->cap ? 2 * p->cap : 32;
		p->pieces = xrealloc(p->pieces, p->cap * sizeof *p->pieces);
	}
	p->pieces[p->n] = (struct page_piece){.kind = kind};
	return &p->pieces[p->n++];
}

static bool holds(const struct buf *b, const char *what)
{
	size_t n = strlen(what);

	for (size_t i = 0; i + n <= b->len; i++)
		if (strncasecmp((const char *)b->data + i, what, n) == 0)
			return true;
	return false;
}

/* A script or style that could end its element would not be what its hash names. */
static void check(struct filter *f, const struct page_piece *x, const char *path)
{
	const char *end = x->kind == PIECE_STYLE ? "</style" : "</script";

	if (holds(&x->text, end) || holds(&x->text, "<!--"))
		cli_die(&f->cli, "%s: cannot stand in a page: it holds '%s' or '<!--'", path, end);
	if (utf8_valid((const char *)x->text.data, x->text.len) != x->text.len || memchr(x->text.data, '\r', x->text.len)
	    || memchr(x->text.data, '\0', x->text.len))
		cli_die(&f->cli, "%s: is not UTF-8 with plain line ends", path);
}

static void piece_read(struct page *p, struct filter *f, enum piece_kind kind, const char *name)
{
	struct page_piece *x = add(p, kind);
	char *path = file_find(f, name);

	if (!slurp(path, &x->text))
		cli_die(&f->cli, "%s: %s", path, strerror(errno));
	check(f, x, path);
	free(path);
}

static void library_read(struct page *p, struct filter *f)
{
	char *path = file_find(f, LIBRARY);

	if (access(path, R_OK) != 0 && !given(f, LIBRARY)) {
		free(path);
		path = xstrndup(LIBRARY_INSTALLED, strlen(LIBRARY_INSTALLED));
	}
	if (access(path, R_OK) == 0 || given(f, LIBRARY)) {
		struct page_piece *x = add(p, PIECE_SCRIPT);
		if (!slurp(path, &x->text))
			cli_die(&f->cli, "%s: %s", path, strerror(errno));
		check(f, x, path);
	} else {
		cli_say(&f->cli, "%s is not there (Debian: libjs-chart.js): the page has tables, but no charts", path);
	}
	free(path);
}

/* One line of the template. */
static void line_take(struct page *p, struct filter *f, const char *s, size_t n)
{
	char order[16] = "", name[128] = "";
	char *line;

	if (n == 0 || s[0] != '@') {
		struct page_piece *x = p->n && p->pieces[p->n - 1].kind == PIECE_HTML ? &p->pieces[p->n - 1] : add(p, PIECE_HTML);
		buf_append(&x->text, s, n);
		buf_append(&x->text, "\n", 1);
		return;
	}
	line = xstrndup(s, n);
	sscanf(line, "@%15s %127s", order, name);
	if (strcmp(order, "csp") == 0)
		add(p, PIECE_CSP);
	else if (strcmp(order, "data") == 0)
		add(p, PIECE_DATA);
	else if (strcmp(order, "library") == 0)
		library_read(p, f);
	else if (strcmp(order, "style") == 0)
		piece_read(p, f, PIECE_STYLE, name);
	else if (strcmp(order, "script") == 0)
		piece_read(p, f, PIECE_SCRIPT, name);
	else
		cli_die(&f->cli, "page.html: no such order '%s'", line);
	free(line);
}

void page_load(struct page *p, struct filter *f)
{
	struct buf html = {0};
	char *path = file_find(f, "page.html");

	*p = (struct page){.n = 0};
	if (!slurp(path, &html))
		cli_die(&f->cli, "%s: %s", path, strerror(errno));
	for (size_t b = 0, e; b < html.len; b = e + 1) {
		const uint8_t *end = memchr(html.data + b, '\n', html.len - b);
		e = end ? (size_t)(end - html.data) : html.len;
		line_take(p, f, (const char *)html.data + b, e - b);
	}
	buf_free(&html);
	free(path);
}

static void put(struct stream_out *out, const char *s)
{
	stream_write(out, s, strlen(s));
}

/* Content Security Policy Level 3: hashes of the elements' text, base64 of SHA-256. */
static void csp_write(const struct page *p, struct stream_out *out)
{
	static const struct { enum piece_kind kind; const char *name; } sources[] = {
		{PIECE_SCRIPT, "; script-src"}, {PIECE_STYLE, "; style-src"}
	};
	struct buf hash = {0};

	put(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'");
	for (int k = 0; k < 2; k++) {
		put(out, sources[k].name);
		for (size_t i = 0; i < p->n; i++) {
			uint8_t digest[SHA256_DIGEST_LENGTH];
			SHA2_CTX sha;
			if (p->pieces[i].kind != sources[k].kind)
				continue;
			SHA256Init(&sha);
			SHA256Update(&sha, p->pieces[i].text.data, p->pieces[i].text.len);
			SHA256Final(digest, &sha);
			hash.len = 0;
			base64_encode(&hash, digest, sizeof digest);
			put(out, " 'sha256-");
			stream_write(out, hash.data, hash.len);
			put(out, "'");
		}
	}
	put(out, "; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'\">\n");
	buf_free(&hash);
}

void page_write(const struct page *p, struct stream_out *out,
	void (*data)(struct stream_out *out, void *ctx), void *ctx)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct page_piece *x = &p->pieces[i];
		if (x->kind == PIECE_STYLE)
			put(out, "<style>");
		if (x->kind == PIECE_SCRIPT)
			put(out, "<script>");
		if (x->kind == PIECE_CSP)
			csp_write(p, out);
		else if (x->kind == PIECE_DATA)
			data(out, ctx);
		else
			stream_write(out, x->text.data, x->text.len);
		if (x->kind == PIECE_STYLE)
			put(out, "</style>\n");
		if (x->kind == PIECE_SCRIPT)
			put(out, "</script>\n");
	}
}

void page_data(struct stream_out *out, struct buf *room, const char *id, struct str data)
{
	put(out, "<script type=\"text/plain\" id=\"");
	put(out, id);
	put(out, "\">");
	room->len = 0;
	base64_encode(room, data.s, data.n);
	stream_write(out, room->data, room->len);
	put(out, "</script>\n");
}

void page_free(struct page *p)
{
	for (size_t i = 0; i < p->n; i++)
		buf_free(&p->pieces[i].text);
	free(p->pieces);
	*p = (struct page){0};
}
