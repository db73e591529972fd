#include "features.h"

#include <math.h>
#include <stdlib.h>
#include <xxhash.h>

enum { FIRST_CHARS = 36, REST_CHARS = 240, ABOVE_CHARS = 40 };
_Static_assert(2 * (FIRST_CHARS + REST_CHARS + 2 * ABOVE_CHARS) + 16 < FEATURES_OF_ONE, "they fit");

/* Each kind of feature has its own numbers, so that 计划 in a heading is not 计划 in a text. */
enum space { OWN_START, OWN_REST, PARENT, GRANDPARENT, PLACE };

struct list {
	struct feature *items;
	size_t n;
};

static int number_of(enum space space, const void *bytes, size_t n)
{
	return (int)(XXH3_64bits_withSeed(bytes, n, (XXH64_hash_t)space) % FEATURES) + 1;
}

static void add(struct list *l, enum space space, struct str s, double value)
{
	if (l->n < FEATURES_OF_ONE)
		l->items[l->n++] = (struct feature){number_of(space, s.s, s.n), value};
}

/* Pairs and triples of characters, without the space between them; all digits are one.
 * Each list of them has the same length (of a vector), however long the text is. Returns
 * the bytes that were read. */
static size_t add_grams(struct list *l, enum space space, struct str s, size_t most)
{
	char chars[3][4];
	size_t len[3] = {0}, count = 0, from = l->n, i = 0;

	while (i < s.n && count < most) {
		size_t k = space_at(s.s + i, s.n - i);
		if (k) {
			i += k;
			continue;
		}
		uint32_t cp;
		k = utf8_next(s.s + i, s.n - i, &cp);
		if (cp >= 0xFF01 && cp <= 0xFF5E)       /* full width: ，（１ */
			cp -= 0xFEE0;
		if (cp >= '0' && cp <= '9')
			cp = '0';
		size_t at = count++ % 3;
		len[at] = utf8_put(chars[at], cp);
		i += k;
		char gram[12];
		size_t n = 0;
		for (size_t g = 2; g <= 3 && g <= count; g++) {
			n = 0;
			for (size_t j = count - g; j < count; j++) {
				memcpy(gram + n, chars[j % 3], len[j % 3]);
				n += len[j % 3];
			}
			add(l, space, (struct str){gram, n}, 1);
		}
	}
	for (size_t j = from; j < l->n; j++)
		l->items[j].value = 1 / sqrt((double)(l->n - from));
	return i;
}

static void add_place(struct list *l, const char *what, const char *value, size_t n, double weight)
{
	char name[64];
	size_t k = strlen(what);

	if (n > sizeof name - k)
		n = sizeof name - k;
	memcpy(name, what, k);
	memcpy(name + k, value, n);
	add(l, PLACE, (struct str){name, k + n}, weight);
}

static struct str content(struct str text, const struct segment *s)
{
	return str_trim(str_sub(text, s->at.b + (s->mark.s ? (uint32_t)s->mark.n : 0), s->at.e));
}

static int by_number(const void *a, const void *b)
{
	const struct feature *x = a, *y = b;
	return (x->number > y->number) - (x->number < y->number);
}

/* In order; what has the same number counts together. */
static size_t pack(struct list *l)
{
	size_t n = 0;

	qsort(l->items, l->n, sizeof *l->items, by_number);
	for (size_t i = 0; i < l->n; i++)
		if (n && l->items[n - 1].number == l->items[i].number)
			l->items[n - 1].value += l->items[i].value;
		else
			l->items[n++] = l->items[i];
	return n;
}

size_t features_of(struct str text, const struct segment *segments, size_t n, size_t i,
	const struct before *before, struct feature out[FEATURES_OF_ONE])
{
	struct list l = {.items = out};
	const struct segment *s = &segments[i];
	struct str own = content(text, s);
	char shape[3] = {(char)('a' + s->kind), (char)('0' + (s->level < 9 ? s->level : 9)), '\0'};
	char tenth = (char)('0' + i * 10 / n);

	size_t start = add_grams(&l, OWN_START, own, FIRST_CHARS);
	add_grams(&l, OWN_REST, str_sub(own, start, own.n), REST_CHARS);
	if (s->up >= 0) {
		const struct segment *up = &segments[s->up];
		add_grams(&l, PARENT, content(text, up), ABOVE_CHARS);
		if (up->up >= 0)
			add_grams(&l, GRANDPARENT, content(text, &segments[up->up]), ABOVE_CHARS);
	}
	add_place(&l, "all", "", 0, 1);
	add_place(&l, "kind", shape, 1, 1);
	add_place(&l, "shape", shape, 2, 1);
	add_place(&l, "tenth", &tenth, 1, 0.5);
	add_place(&l, "role", before->role.s, before->role.n, 0.5);
	add_place(&l, "topic", before->topic.s, before->topic.n, 1);
	return pack(&l);
}
