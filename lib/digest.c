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

/* A file in hashing: a..h as FIPS 180-4 names them, the way the instructions want the words:
 * a b e f and c d g h, the first uppermost; and four words of the schedule. */
struct lane {
	__m128i abef, cdgh, w[4];
};

#define FAST __attribute__((target("sha,sse4.1,ssse3")))
#define INLINE FAST __attribute__((always_inline)) static inline

INLINE struct lane lane_of(const uint32_t s[8])
{
	return (struct lane){.abef = _mm_set_epi32((int)s[0], (int)s[1], (int)s[4], (int)s[5]),
		.cdgh = _mm_set_epi32((int)s[2], (int)s[3], (int)s[6], (int)s[7])};
}

INLINE void state_of(const struct lane *l, uint32_t s[8])
{
	s[0] = (uint32_t)_mm_extract_epi32(l->abef, 3);
	s[1] = (uint32_t)_mm_extract_epi32(l->abef, 2);
	s[4] = (uint32_t)_mm_extract_epi32(l->abef, 1);
	s[5] = (uint32_t)_mm_extract_epi32(l->abef, 0);
	s[2] = (uint32_t)_mm_extract_epi32(l->cdgh, 3);
	s[3] = (uint32_t)_mm_extract_epi32(l->cdgh, 2);
	s[6] = (uint32_t)_mm_extract_epi32(l->cdgh, 1);
	s[7] = (uint32_t)_mm_extract_epi32(l->cdgh, 0);
}

/* Rounds 4 I to 4 I + 3 of a block. */
INLINE void four_rounds(struct lane *l, const uint8_t *block, int i)
{
	const __m128i swap = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
	__m128i now;

	if (i < 4) {
		now = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(block + 16 * i)), swap);
	} else {
		now = _mm_add_epi32(_mm_sha256msg1_epu32(l->w[i & 3], l->w[(i + 1) & 3]),
			_mm_alignr_epi8(l->w[(i + 3) & 3], l->w[(i + 2) & 3], 4));
		now = _mm_sha256msg2_epu32(now, l->w[(i + 3) & 3]);
	}
	l->w[i & 3] = now;
	now = _mm_add_epi32(now, _mm_loadu_si128((const __m128i *)(rounds + 4 * i)));
	l->cdgh = _mm_sha256rnds2_epu32(l->cdgh, l->abef, now);
	l->abef = _mm_sha256rnds2_epu32(l->abef, l->cdgh, _mm_shuffle_epi32(now, 0x0E));
}

INLINE void lane_add(struct lane *l, const struct lane *before)
{
	l->abef = _mm_add_epi32(l->abef, before->abef);
	l->cdgh = _mm_add_epi32(l->cdgh, before->cdgh);
}

/* DATA are COUNT blocks. */
FAST static void blocks_hash(uint32_t state[8], const uint8_t *data, size_t count)
{
	struct lane a = lane_of(state), was_a;

	for (; count > 0; count--, data += BLOCK) {
		was_a = a;
		#pragma GCC unroll 16
		for (int i = 0; i < 16; i++)
			four_rounds(&a, data, i);
		lane_add(&a, &was_a);
	}
	state_of(&a, state);
}

/* The same of two files at once. */
FAST static void blocks_hash_two(uint32_t state[8], const uint8_t *data, uint32_t other[8], const uint8_t *others,
	size_t count)
{
	struct lane a = lane_of(state), b = lane_of(other), was_a, was_b;

	for (; count > 0; count--, data += BLOCK, others += BLOCK) {
		was_a = a;
		was_b = b;
		#pragma GCC unroll 16
		for (int i = 0; i < 16; i++) {
			four_rounds(&a, data, i);
			four_rounds(&b, others, i);
		}
		lane_add(&a, &was_a);
		lane_add(&b, &was_b);
	}
	state_of(&a, state);
	state_of(&b, other);
}
#else
static bool has_instructions(void) { return false; }
static void blocks_hash(uint32_t state[8], const uint8_t *data, size_t count)
{
	(void)state, (void)data, (void)count;
}
static void blocks_hash_two(uint32_t state[8], const uint8_t *data, uint32_t other[8], const uint8_t *others,
	size_t count)
{
	(void)state, (void)data, (void)other, (void)others, (void)count;
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

/* A file that is being read. */
struct reading {
	struct digest *file;            /* NULL: none */
	uint32_t state[8];
	SHA2_CTX slow;
	uint8_t *room;
	size_t at, have;                /* of the room: hashed, read */
	bool ends;                      /* have is the rest of the file */
};

static void reading_start(struct reading *r, struct digest *file)
{
	r->file = file;
	r->at = r->have = 0;
	r->ends = false;
	memcpy(r->state, start, sizeof start);
	SHA256Init(&r->slow);
	file->bytes = 0;
	file->error = 0;
}

/* Fills the room as far as the file goes. What is left of it, less than a block, is its end. */
static void fill(struct reading *r)
{
	struct digest *file = r->file;

	r->at = r->have = 0;
	while (r->have < ROOM && !r->ends && !file->error) {
		ssize_t n = pread(file->fd, r->room + r->have, ROOM - r->have, (off_t)(file->bytes + r->have));
		if (n < 0 && errno != EINTR)
			file->error = errno;
		r->ends = n == 0;
		r->have += n > 0 ? (size_t)n : 0;
	}
	file->bytes += r->have;
}

/* Whole blocks in hand; where there is none any more the file is done, and FILE NULL. */
static size_t blocks_of(struct reading *r, bool fast)
{
	if (r->file && r->have - r->at < BLOCK && !r->ends)
		fill(r);
	if (!r->file || (r->have - r->at >= BLOCK && !r->file->error))
		return r->file ? (r->have - r->at) / BLOCK : 0;
	if (fast) {
		tail_hash(r->state, r->room + r->at, r->have - r->at, r->file->bytes);
		hex_of(r->state, r->file->hex);
	} else {
		SHA256Update(&r->slow, r->room + r->at, r->have - r->at);
		SHA256End(&r->slow, r->file->hex);
	}
	r->file = NULL;
	return 0;
}

static void step(struct reading *r, size_t blocks, bool fast)
{
	if (fast)
		blocks_hash(r->state, r->room + r->at, blocks);
	else
		SHA256Update(&r->slow, r->room + r->at, blocks * BLOCK);
	r->at += blocks * BLOCK;
}

void digest_files(struct digest *files, size_t n)
{
	struct reading r[2] = {{.room = xmalloc(ROOM)}, {.room = xmalloc(ROOM)}};
	bool fast = has_instructions();
	size_t next = 0, blocks[2];

	do {
		for (int i = 0; i < 2; i++) {
			while ((blocks[i] = blocks_of(&r[i], fast)) == 0 && next < n)
				reading_start(&r[i], &files[next++]);
		}
		if (fast && blocks[0] && blocks[1]) {
			size_t both = blocks[0] < blocks[1] ? blocks[0] : blocks[1];
			blocks_hash_two(r[0].state, r[0].room + r[0].at, r[1].state, r[1].room + r[1].at, both);
			r[0].at += both * BLOCK;
			r[1].at += both * BLOCK;
		} else {
			for (int i = 0; i < 2; i++)
				if (blocks[i])
					step(&r[i], blocks[i], fast);
		}
	} while (blocks[0] || blocks[1]);
	free(r[0].room);
	free(r[1].room);
}
