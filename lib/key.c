#include "key.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static struct key key_of(char letter, uint64_t hash)
{
	static const char hex[] = "0123456789abcdef";
	struct key k;

	k.s[0] = letter;
	for (int i = 16; i > 0; i--, hash >>= 4)
		k.s[i] = hex[hash & 15];
	k.s[KEY_LEN] = '\0';
	return k;
}

struct key key_document(struct str path, struct str member, struct str url, struct arena *a)
{
	const struct str part[] = {path, member, url};
	size_t n = path.n + member.n + url.n + 3;
	char *s = arena_alloc(a, n), *p = s;

	for (int i = 0; i < 3; i++) {
		if (part[i].n)
			memcpy(p, part[i].s, part[i].n);
		p += part[i].n;
		*p++ = '\0';
	}
	return key_of('d', XXH3_64bits(s, n));
}

/* The text without its white space, so that a page which was crawled again with
 * other line ends keeps its ids: a hash, and for each run of space where it is. */
struct bare {
	XXH128_hash_t hash;
	uint32_t *ends;         /* offset behind a run of space, ascending */
	uint32_t *gone;         /* bytes of space up to there */
	size_t n;
};

/* A character of three bytes that is no space: Chinese, nearly always, and its full-width
 * punctuation. */
static inline bool is_dense(const char *s)
{
	uint8_t c = (uint8_t)s[0];

	return (uint8_t)(c - 0xE4) < 0xEF - 0xE4 || (c == 0xEF && (uint8_t)s[1] == 0xBC)
		|| (c == 0xE3 && (uint8_t)s[2] != 0x80);
}

static struct bare bare_of(struct str text, struct arena *a)
{
	struct bare b = {.ends = NULL};
	size_t cap_ends = 0, cap_gone = 0, len = 0, from = 0, i = 0;
	char *room = arena_alloc(a, text.n + 1);

	while (i < text.n) {
		while (text.n - i >= 12 && is_dense(text.s + i) && is_dense(text.s + i + 3) && is_dense(text.s + i + 6)
		    && is_dense(text.s + i + 9))
			i += 12;
		if (i < text.n && is_dense(text.s + i)) {
			i += 3;
			continue;
		}
		if (i >= text.n)
			break;
		uint8_t c = (uint8_t)text.s[i];
		size_t k = c > ' ' && c < 0xC2 ? 0 : space_at(text.s + i, text.n - i);
		if (k == 0) {
			i++;
			continue;
		}
		memcpy(room + len, text.s + from, i - from);
		len += i - from;
		for (; k > 0; k = space_at(text.s + i, text.n - i))
			i += k;
		from = i;
		b.ends = arena_grow(a, b.ends, &cap_ends, b.n + 1, sizeof *b.ends);
		b.gone = arena_grow(a, b.gone, &cap_gone, b.n + 1, sizeof *b.gone);
		b.ends[b.n] = (uint32_t)i;
		b.gone[b.n++] = (uint32_t)(i - len);
	}
	if (from < text.n) {
		memcpy(room + len, text.s + from, text.n - from);
		len += text.n - from;
	}
	b.hash = XXH3_128bits(room, len);
	return b;
}

/* The offset in the bare text; that of a space is where the run stood. */
static uint32_t bare_at(const struct bare *b, uint32_t at)
{
	size_t lo = 0, hi = b->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (b->ends[mid] <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return at - (lo ? b->gone[lo - 1] : 0);
}

/* Ids that were given in this document: one that comes again is hashed on. */
struct given {
	uint64_t *slots;
	size_t n;
};

static struct given given_start(struct arena *a, size_t count)
{
	struct given g = {.n = 16};

	while (g.n < 2 * count)
		g.n *= 2;
	g.slots = arena_calloc(a, g.n, sizeof *g.slots);
	return g;
}

static uint64_t given_add(struct given *g, uint64_t hash)
{
	for (;;) {
		hash += hash == 0;
		size_t at = hash & (g->n - 1);
		while (g->slots[at] && g->slots[at] != hash)
			at = (at + 1) & (g->n - 1);
		if (!g->slots[at])
			return g->slots[at] = hash;
		hash = XXH3_64bits(&hash, sizeof hash);
	}
}

const struct key *keys_facts(struct str text, const struct fact *facts, size_t n, struct arena *a)
{
	struct bare bare = bare_of(text, a);
	struct given given = given_start(a, n);
	struct key *keys = arena_alloc(a, (n + 1) * sizeof *keys);

	for (size_t i = 0; i < n; i++) {
		uint64_t what[3] = {bare.hash.high64, bare.hash.low64,
			(uint64_t)bare_at(&bare, facts[i].at.b) << 32 | bare_at(&bare, facts[i].at.e)};
		keys[i] = key_of('f', given_add(&given, XXH3_64bits(what, sizeof what)));
	}
	return keys;
}

const struct key *keys_findings(const struct finding *findings, size_t n, const struct key *fact_keys,
	struct arena *a)
{
	struct given given = given_start(a, n);
	struct key *keys = arena_alloc(a, (n + 1) * sizeof *keys);

	for (size_t i = 0; i < n; i++) {
		const struct finding *x = &findings[i];
		uint64_t hash = XXH3_64bits(x->kind.s ? x->kind.s : "", x->kind.n);
		for (size_t k = 0; k < x->facts.n; k++)
			hash = XXH3_64bits_withSeed(fact_keys[x->facts.items[k]].s, KEY_LEN, hash);
		keys[i] = key_of('a', given_add(&given, hash));
	}
	return keys;
}
