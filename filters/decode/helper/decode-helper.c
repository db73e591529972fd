/* decode-helper: parses one document after another for decode (../helper.h).
 *
 * It reads frames on standard input and answers on standard output until the
 * input ends. Whatever a document does to the parser, it does it here, within
 * limits of memory and CPU time, and can open no file but for reading (confine.h). */
#include "../helper.h"
#include "confine.h"
#include "doc.h"
#include "docx.h"
#include "html.h"
#include "ofd.h"
#include "output.h"
#include "pdf.h"
#include "rtf.h"
#include "unpack.h"
#include "xlsx.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

enum {
	FRAME_MOST = 129 << 20,
	SECONDS_MOST = 10               /* of CPU time for one document; then SIGPROF ends us */
};

static const rlim_t MEMORY_MOST = (rlim_t)1 << 30;

static void limit(void)
{
	struct rlimit none = {0, 0}, memory = {MEMORY_MOST, MEMORY_MOST};

	setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__            /* it takes terabytes of addresses for itself */
	setrlimit(RLIMIT_AS, &memory);
#else
	(void)memory;
#endif
}

static void clock_set(time_t seconds)
{
	setitimer(ITIMER_PROF, &(struct itimerval){.it_value = {.tv_sec = seconds}}, NULL);
}

static bool receive(void *data, size_t n)
{
	for (char *p = data; n > 0;) {
		ssize_t k = read(STDIN_FILENO, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		p += k;
		n -= (size_t)k;
	}
	return true;
}

static bool reply(const void *data, size_t n)
{
	for (const char *p = data; n > 0;) {
		ssize_t k = write(STDOUT_FILENO, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		p += k;
		n -= (size_t)k;
	}
	return true;
}

static void refuse(struct buf *out, const char *code, const char *message)
{
	out->len = 0;
	pack_array(out, 2);
	pack_key(out, code);
	pack_key(out, message);
}

/* Reads a document: NULL, or a problem's code, where nothing of it could be read. */
typedef const char *reader(struct str in, struct output *out, const char **message);

static reader *reader_of(struct str type)
{
	static const struct {
		const char *type;
		reader *read;
	} readers[] = {
		{PDF, pdf_read},
		{PDF_PLAIN, pdf_read_plain},
		{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx_read},
		{XLSX, xlsx_read},
		{XLSX_ROWS, xlsx_read_rows},
		{"application/ofd", ofd_read},
		{"application/x-ole-storage", doc_read},
		{"application/rtf", rtf_read},
	};
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
		if (str_is(type, readers[i].type))
			return readers[i].read;
	return NULL;
}

static void serve(struct str type, struct str document, struct buf *out)
{
	out->len = 0;
	pack_nil(out);
	if (str_is(type, "text/html")) {
		if (!html_parse((char *)document.s, document.n, out))        /* of our own buffer */
			refuse(out, "malformed", "the HTML parser gave up");
		return;
	}
	reader *read = reader_of(type);
	if (!read) {
		refuse(out, "unsupported", "no parser for this media type");
		return;
	}
	struct output text = {0};
	const char *message = NULL, *code = read(document, &text, &message);
	if (code)
		refuse(out, code, message);
	else
		output_pack(&text, type, out);
	output_free(&text);
}

int main(void)
{
	struct buf in = {0}, out = {0};
	uint8_t size[4];

	limit();
	/* libraries complain of damaged documents there; decode says it in its own words */
	if (!freopen("/dev/null", "w", stderr))
		return EXIT_FAILURE;
	confine(true);                  /* fonts' maps of characters are files */
	while (receive(size, 4)) {
		size_t n = (size_t)size[0] << 24 | (size_t)size[1] << 16 | (size_t)size[2] << 8 | size[3];
		if (n > FRAME_MOST)
			return EXIT_FAILURE;
		in.len = 0;
		buf_reserve(&in, n);
		if (!receive(in.data, n))
			return EXIT_FAILURE;
		struct cursor c = cursor_of(in.data, n);
		struct str type = cursor_str(&c);
		struct token document;
		if (!cursor_token(&c, &document) || document.type != TOKEN_BIN)
			return EXIT_FAILURE;
		clock_set(SECONDS_MOST);
		serve(type, document.s, &out);
		clock_set(0);
		for (int i = 0; i < 4; i++)
			size[i] = (uint8_t)(out.len >> (24 - 8 * i));
		if (!reply(size, 4) || !reply(out.data, out.len))
			return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
