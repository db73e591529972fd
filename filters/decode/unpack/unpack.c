/* decode-unpack: hands the members of an archive or a crawl to decode.
 *
 *     decode-unpack MEMBER BYTES ENTRIES < FILE
 *
 * It writes the frames of members.h. The numbers bound what it hands over: bytes of
 * one member and of all, and how many. Whatever the file does to the libraries that
 * read it, it does it here: this process opens no file and can write none. */
#include "archive.h"
#include "confine.h"
#include "warc.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const rlim_t MEMORY_MOST = (rlim_t)1 << 30;

static void limit(void)
{
	struct rlimit none = {0, 0}, memory = {MEMORY_MOST, MEMORY_MOST};

	setrlimit(RLIMIT_CORE, &none);
	setrlimit(RLIMIT_FSIZE, &none);
#ifndef __SANITIZE_ADDRESS__            /* it takes terabytes of addresses for itself */
	setrlimit(RLIMIT_AS, &memory);
#else
	(void)memory;
#endif
}

/* Names of 7z and pax archives pass through the locale's charset: under cron's it could
 * hold none of them. */
static void locale_set(void)
{
	static const char *const names[] = {"C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8", NULL};

	for (int i = 0; names[i] && !setlocale(LC_CTYPE, names[i]); i++)
		;
}

int main(int argc, char **argv)
{
	struct members m = {0};
	struct stat st;
	uint8_t start[2];

	if (argc != 4) {
		fputs("usage: decode-unpack MEMBER BYTES ENTRIES < FILE (decode starts it)\n", stderr);
		return 2;
	}
	m.member_most = strtoull(argv[1], NULL, 10);
	m.bytes = strtoull(argv[2], NULL, 10);
	m.entries = strtoull(argv[3], NULL, 10);
	if (fstat(STDIN_FILENO, &st) != 0 || lseek(STDIN_FILENO, 0, SEEK_SET) != 0)
		return 2;
	m.size = (uint64_t)st.st_size;
	locale_set();
	limit();
	/* libraries complain there; decode says it in its own words */
	if (!freopen("/dev/null", "w", stderr))
		return EXIT_FAILURE;
	confine(false);
	if (warc_is(STDIN_FILENO)) {
		warc_unpack(&m, STDIN_FILENO);
	} else {
		ssize_t n = pread(STDIN_FILENO, start, 2, 0);
		/* zip and 7z are known by their names' first bytes; all else is compressed or tar */
		bool known = n == 2 && (memcmp(start, "PK", 2) == 0 || memcmp(start, "7z", 2) == 0);
		archive_unpack(&m, STDIN_FILENO, !known);
	}
	buf_free(&m.frame);
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
