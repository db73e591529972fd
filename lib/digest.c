#include "digest.h"
#include "arena.h"

#include <errno.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROOM = 256 << 10, BLOCK = 64 };

#if defined(__x86_64__)
#include <immintrin.h>
#include <sys/platform/x86.h>

/* FIPS 180-4, 4.2.2: the first 32 bits of the fractional parts of the cube roots of
 * the first 64 primes. */
static const uint32_t rounds[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

/* The C library asked the processor already; asking again is slow in a virtual machine. */
static bool has_instructions(void)
{
	return CPU_FEATURE_ACTIVE(SSSE3) && CPU_FEATURE_ACTIVE(SSE4_1) && CPU_FEATURE_ACTIVE(SHA);
}

/* STATE is a..h as FIPS 180-4 names them; DATA are COUNT blocks. */
__attribute__((target("sha,sse4.1,ssse3")))
static void blocks_hash(uint32_t state[8], const uint8_t *data, size_t count)
{
	/* the instructions want the words as a b e f and c d g h, the first uppermost */
	__m128i abef = _mm_set_epi32((int)state[0], (int)state[1], (int)state[4], (int)state[5]);
	__m128i cdgh = _mm_set_epi32((int)state[2], (int)state[3], (int)state[6], (int)state[7]);
	const __m128i swap = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);

	for (; count > 0; count--, data += BLOCK) {
		__m128i w[4], before_abef = abef, before_cdgh = cdgh;
		#pragma GCC unroll 16
		for (int i = 0; i < 16; i++) {
			__m128i now;
			if (i < 4) {
				now = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(data + 16 * i)), swap);
			} else {
				now = _mm_add_epi32(_mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]),
					_mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4));
				now = _mm_sha256msg2_epu32(now, w[(i + 3) & 3]);
			}
			w[i & 3] = now;
			now = _mm_add_epi32(now, _mm_loadu_si128((const __m128i *)(rounds + 4 * i)));
			cdgh = _mm_sha256rnds2_epu32(cdgh, abef, now);
			abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(now, 0x0E));
		}
		abef = _mm_add_epi32(abef, before_abef);
		cdgh = _mm_add_epi32(cdgh, before_cdgh);
	}
	state[0] = (uint32_t)_mm_extract_epi32(abef, 3);
	state[1] = (uint32_t)_mm_extract_epi32(abef, 2);
	state[4] = (uint32_t)_mm_extract_epi32(abef, 1);
	state[5] = (uint32_t)_mm_extract_epi32(abef, 0);
	state[2] = (uint32_t)_mm_extract_epi32(cdgh, 3);
	state[3] = (uint32_t)_mm_extract_epi32(cdgh, 2);
	state[6] = (uint32_t)_mm_extract_epi32(cdgh, 1);
	state[7] = (uint32_t)_mm_extract_epi32(cdgh, 0);
}
#else
static bool has_instructions(void) { return false; }
static void blocks_hash(uint32_t state[8], const uint8_t *data, size_t count)
{
	(void)state, (void)data, (void)count;
}
#endif

/* The end of the message (FIPS 180-4, 5.1.1): a bit, zeros, the length in bits. */
static void tail_hash(uint32_t state[8], const uint8_t *rest, size_t n, uint64_t bytes)
{
	uint8_t last[2 * BLOCK] = {0};
	size_t blocks = n < BLOCK - 8 ? 1 : 2;

	memcpy(last, rest, n);
	last[n] = 0x80;
	for (int i = 0; i < 8; i++)
		last[blocks * BLOCK - 1 - (size_t)i] = (uint8_t)(bytes * 8 >> 8 * i);
	blocks_hash(state, last, blocks);
}

static void hex_of(const uint32_t state[8], char hex[65])
{
	for (int i = 0; i < 64; i++)
		hex[i] = "0123456789abcdef"[state[i / 8] >> (28 - 4 * (i % 8)) & 15];
	hex[64] = '\0';
}

/* Fills the buffer as far as the file goes; -1 with errno set. */
static ssize_t fill(int fd, uint8_t *room, uint64_t at)
{
	size_t have = 0;

	while (have < ROOM) {
		ssize_t n = pread(fd, room + have, ROOM - have, (off_t)(at + have));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		have += (size_t)n;
	}
	return (ssize_t)have;
}

/* FIPS 180-4, 5.3.3 */
static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

void digest_bytes(const void *data, size_t size, char hex[65])
{
	uint32_t state[8];

	if (!has_instructions()) {
		SHA256Data(data, size, hex);
		return;
	}
	memcpy(state, start, sizeof state);
	blocks_hash(state, data, size / BLOCK);
	tail_hash(state, (const uint8_t *)data + size / BLOCK * BLOCK, size % BLOCK, size);
	hex_of(state, hex);
}

bool digest_file(int fd, char hex[65], uint64_t *bytes)
{
	uint32_t state[8];
	bool fast = has_instructions();
	uint8_t *room = xmalloc(ROOM);
	SHA2_CTX slow;
	ssize_t n;

	memcpy(state, start, sizeof state);
	SHA256Init(&slow);
	*bytes = 0;
	do {
		n = fill(fd, room, *bytes);
		*bytes += n > 0 ? (uint64_t)n : 0;
		if (!fast && n > 0)
			SHA256Update(&slow, room, (size_t)n);
		else if (n > 0)
			blocks_hash(state, room, (size_t)n / BLOCK);
	} while (n == ROOM);
	if (fast && n >= 0) {
		tail_hash(state, room + n / BLOCK * BLOCK, (size_t)n % BLOCK, *bytes);
		hex_of(state, hex);
	} else {
		SHA256End(&slow, hex);
	}
	free(room);
	return n >= 0;
}
