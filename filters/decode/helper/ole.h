/* ole: the compound files that DOC, XLS and WPS documents are ([MS-CFB]). */
#ifndef HELPER_OLE_H
#define HELPER_OLE_H

#include "arena.h"
#include "text.h"

struct ole {
	struct arena *arena;
	struct str in;
	unsigned shift, mini_shift;     /* of sector sizes */
	uint32_t *fat, *mini_fat;
	size_t nfat, nmini_fat;
	struct str directory, mini;     /* streams of the file's own */
	uint32_t cutoff;
};

/* Numbers as they stand in such files; 0 behind the end of S. */
static inline uint32_t ole_u8(struct str s, size_t at)
{
	return at < s.n ? (uint8_t)s.s[at] : 0;
}

static inline uint32_t ole_u16(struct str s, size_t at)
{
	return ole_u8(s, at) | ole_u8(s, at + 1) << 8;
}

static inline uint32_t ole_u32(struct str s, size_t at)
{
	return ole_u16(s, at) | ole_u16(s, at + 2) << 16;
}

/* Opens the compound file IN; false where it is none. Memory is the arena's. */
bool ole_open(struct ole *o, struct str in, struct arena *a);

/* The contents of the stream with an ASCII name; {NULL, 0} where it is missing. A
 * damaged stream ends where the damage begins. */
struct str ole_stream(struct ole *o, const char *name);

#endif
