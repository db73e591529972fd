/* decode-helper: parses one document after another for decode (../helper.h).
 *
 * It reads frames on standard input and answers on standard output until the
 * input ends. Whatever a document does to the parser, it does it here, within
 * limits of memory and CPU time. */
#include "html.h"
#include "unpack.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

enum {
	FRAME_MOST = 65 << 20,
	SECONDS_MOST = 10               /* of CPU time for one document; then SIGPROF ends us */
};

static const rlim_t MEMORY_MOST = (rlim_t)1 << 30;

static void limit(void)
{
	struct rlimit none = {0, 0}, memory = {MEMORY_MOST, MEMORY_MOST};

	setrlimit(RLIMIT_CORE, &none);
	setrlimit(RLIMIT_AS, &memory);
}

static void clock_set(time_t seconds)
{
	setitimer(ITIMER_PROF, &(struct itimerval){.it_value = {.tv_sec = seconds}}, NULL);
}

static bool read_all(void *data, size_t n)
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

static bool write_all(const void *data, size_t n)
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

static void serve(struct str type, struct str document, struct buf *out)
{
	out->len = 0;
	pack_nil(out);
	if (!str_is(type, "text/html"))
		refuse(out, "unsupported", "no parser for this media type");
	else if (!html_parse(document, out))
		refuse(out, "malformed", "the HTML parser gave up");
}

int main(void)
{
	struct buf in = {0}, out = {0};
	uint8_t size[4];

	limit();
	while (read_all(size, 4)) {
		size_t n = (size_t)size[0] << 24 | (size_t)size[1] << 16 | (size_t)size[2] << 8 | size[3];
		if (n > FRAME_MOST)
			return EXIT_FAILURE;
		in.len = 0;
		buf_reserve(&in, n);
		if (!read_all(in.data, n))
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
		if (!write_all(size, 4) || !write_all(out.data, out.len))
			return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
