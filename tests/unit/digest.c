/* digest against libmd, at every length around the block's. */
#include "check.h"
#include "digest.h"

#include <sha2.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The same bytes from memory and from a file. */
static void both(const uint8_t *data, size_t size)
{
	char want[65], bytes[65], file[65];
	uint64_t length = 0;
	FILE *f = tmpfile();

	SHA256Data(data, size, want);
	digest_bytes(data, size, bytes);
	CHECK(strcmp(bytes, want) == 0);
	CHECK(f && fwrite(data, 1, size, f) == size && fflush(f) == 0);
	CHECK(f && digest_file(fileno(f), file, &length) && length == size);
	CHECK(strcmp(file, want) == 0);
	if (f)
		fclose(f);
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
	CHECK(!digest_file(-1, hex, &(uint64_t){0}));
	return check_end();
}
