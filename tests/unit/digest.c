/* digest against libmd, at every length around the block's. */
#include "check.h"
#include "digest.h"

#include <errno.h>
#include <sha2.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The same bytes from memory and from a file. */
static void both(const uint8_t *data, size_t size)
{
	char want[65], bytes[65];
	FILE *f = tmpfile();
	struct digest file = {.fd = f ? fileno(f) : -1};

	SHA256Data(data, size, want);
	digest_bytes(data, size, bytes);
	CHECK(strcmp(bytes, want) == 0);
	CHECK(f && fwrite(data, 1, size, f) == size && fflush(f) == 0);
	digest_files(&file, 1);
	CHECK(file.error == 0 && file.bytes == size && strcmp(file.hex, want) == 0);
	if (f)
		fclose(f);
}

/* Files of all lengths side by side, one of which cannot be read. */
static void several(const uint8_t *data)
{
	static const size_t sizes[] = {0, 600 << 10, 1, 64, 300 << 10, 7, 256 << 10, 63, 65, 599 << 10};
	enum { N = sizeof sizes / sizeof *sizes };
	struct digest files[N + 1] = {{.fd = -1}};
	FILE *f[N];
	char want[65];

	for (size_t i = 0; i < N; i++) {
		f[i] = tmpfile();
		CHECK(f[i] && fwrite(data + i, 1, sizes[i] - (i < sizes[i] ? i : 0), f[i]) <= sizes[i] && fflush(f[i]) == 0);
		files[i + (i >= 3)].fd = f[i] ? fileno(f[i]) : -1;
	}
	files[3].fd = -1;
	digest_files(files, N + 1);
	CHECK(files[3].error == EBADF);
	for (size_t i = 0; i < N; i++) {
		const struct digest *x = &files[i + (i >= 3)];
		size_t size = sizes[i] - (i < sizes[i] ? i : 0);
		SHA256Data(data + i, size, want);
		CHECK(x->error == 0 && x->bytes == size && strcmp(x->hex, want) == 0);
		if (f[i])
			fclose(f[i]);
	}
}

int main(void)
{
	static uint8_t data[600 << 10];
	char hex[65];

	/* FIPS 180-2, B.1 */
	digest_bytes("abc", 3, hex);
	CHECK(strcmp(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") == 0);
	for (size_t i = 0; i < sizeof data; i++)
		data[i] = (uint8_t)(i * 2654435761u >> 13);
	for (size_t size = 0; size < 200; size++)
		both(data, size);
	both(data, 256 << 10);
	both(data, (256 << 10) + 1);
	both(data, sizeof data);
	several(data);
	return check_end();
}
