/* literal against a search by hand, on random text of few characters. */
#include "check.h"
#include "literal.h"

#include <stdlib.h>

static uint32_t seed = 7;

static uint32_t draw(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static size_t random_text(char *out, size_t characters)
{
	static const char *const alphabet[] = {"法", "治", "政", "府", "a", "1", "，"};
	size_t n = 0;
	for (size_t i = 0; i < characters; i++) {
		const char *c = alphabet[draw(7)];
		size_t k = strlen(c);
		memcpy(out + n, c, k);
		n += k;
	}
	return n;
}

static void one_round(void)
{
	char words[20][32], text[1024];
	struct str w[20];
	struct literal_set *set = literal_new();
	size_t by_hand = 0, found = 0, right = 0;

	for (uint32_t i = 0; i < 20; i++) {
		w[i] = (struct str){words[i], random_text(words[i], 1 + draw(5))};
		literal_add(set, w[i], i);
	}
	literal_build(set);
	struct str t = {text, random_text(text, 200)};
	for (int i = 0; i < 20; i++)
		for (size_t at = str_find(t, w[i], 0); at != SIZE_MAX; at = str_find(t, w[i], at + 1))
			by_hand++;
	struct literal_scan scan = literal_start(set, t);
	struct literal_hit hit;
	uint32_t last = 0;
	while (literal_next(&scan, &hit)) {
		found++;
		right += hit.b >= last && str_eq(str_sub(t, hit.b, hit.e), w[hit.id]);
		last = hit.b;
	}
	CHECK(found == by_hand);
	CHECK(right == found);
	literal_free(set);
}

int main(void)
{
	for (int i = 0; i < 200; i++)
		one_round();
	struct literal_set *none = literal_new();
	literal_build(none);
	struct literal_scan scan = literal_start(none, STR("法治"));
	struct literal_hit hit;
	CHECK(!literal_next(&scan, &hit));
	literal_free(none);
	return check_end();
}
