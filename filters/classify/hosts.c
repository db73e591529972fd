#include "hosts.h"

#include <string.h>

enum { FORM_MOST = 80, FULL_LEAST = 4 };

/* The ways in which a name is written in hosts. */
struct forms {
	char full[FORM_MOST], initials[FORM_MOST];      /* jurong, jr */
	const char *letter, *kind;                      /* s, shi; empty for a province */
	struct str code;                                /* of a province: js */
};

static struct forms forms_of(const struct region *x)
{
	static const char *const kinds[][3] = {{"县", "x", "xian"}, {"市", "s", "shi"}, {"区", "q", "qu"}, {"旗", "q", "qi"},
		{"州", "z", "zhou"}, {"盟", "m", "meng"}};
	struct forms f = {.letter = "", .kind = ""};
	struct str latin = x->latin, part = {NULL, 0};
	size_t full = 0, initials = 0;

	str_part(&latin, '|', &part);
	f.code = latin;
	for (size_t i = 0; i < part.n && full + 1 < sizeof f.full && initials + 1 < sizeof f.initials; i++) {
		if (part.s[i] == '-')
			continue;
		if (i == 0 || part.s[i - 1] == '-')
			f.initials[initials++] = part.s[i];
		f.full[full++] = part.s[i];
	}
	f.full[full] = f.initials[initials] = 0;
	for (size_t k = 0; !f.code.n && k < sizeof kinds / sizeof *kinds; k++)
		if (str_ends(x->name, str_of(kinds[k][0]))) {
			f.letter = kinds[k][1];
			f.kind = kinds[k][2];
		}
	return f;
}

/* S is STEM, with its kind or without. */
static bool is_form(struct str s, const char *stem, const struct forms *f)
{
	struct str name = str_of(stem);

	if (!name.n || !str_starts(s, name))
		return false;
	s = str_sub(s, name.n, s.n);
	return !s.n || (*f->letter && (str_is(s, f->letter) || str_is(s, f->kind)));
}

static bool is_full(struct str s, const struct forms *f)
{
	return is_form(s, f->full, f);
}

static bool is_any(struct str s, const struct forms *f)
{
	return is_full(s, f) || is_form(s, f->initials, f);
}

static struct str label(const struct host *h, size_t i)
{
	return (struct str){(char *)h->labels[i].s, h->labels[i].n};
}

struct host host_read(struct str url)
{
	struct host h = {.n = 0};
	size_t b = str_find(url, STR("://"), 0), e;

	if (b == SIZE_MAX)
		return h;
	url = str_sub(url, b + 3, url.n);
	for (e = 0; e < url.n && url.s[e] != '/' && url.s[e] != ':' && url.s[e] != '?' && url.s[e] != '#'; e++)
		;
	struct str host = str_sub(url, 0, e), part;
	if (!str_ends(host, STR(".gov.cn")))
		return h;
	host = str_sub(host, 0, host.n - 7);
	while (str_part(&host, '.', &part)) {
		if (part.n > LABEL_MOST || str_is(part, "www"))
			continue;
		if (h.n == LABELS_MOST)
			return h;
		struct host_label *l = &h.labels[h.n++];
		for (size_t i = 0; i < part.n; i++)
			l->s[i] = (char)(part.s[i] >= 'A' && part.s[i] <= 'Z' ? part.s[i] + 32 : part.s[i]);
		l->n = part.n;
	}
	return h;
}

/* The label names ABOVE: by its name, its letters, or both and then a division of forms F: nanjing, njgl, jsgulou. F is NULL
 * where only what stands alone counts. */
static bool names(struct str s, const struct forms *above, const struct forms *f, bool *below)
{
	const char *const stems[] = {above->full, above->initials};
	size_t n = above->code.n ? 3 : 2;

	for (size_t i = 0; i < n; i++) {
		struct str stem = i < 2 ? str_of(stems[i]) : above->code;
		if (!stem.n || !str_starts(s, stem))
			continue;
		struct str rest = str_sub(s, stem.n, s.n);
		if (!rest.n || (*above->letter && (str_is(rest, above->letter) || str_is(rest, above->kind))))
			return true;
		if (f && is_any(rest, f)) {
			*below = true;
			return true;
		}
	}
	return false;
}

enum host_says host_says(const struct host *h, const struct regions *r, int region)
{
	struct forms f = forms_of(&r->items[region]);
	enum host_says best = HOST_NOTHING;

	for (int up = r->items[region].parent; up != REGION_NONE && h->n; up = r->items[up].parent) {
		struct forms above = forms_of(&r->items[up]);
		bool found = false, below = false, self = false;
		for (size_t i = 0; i < h->n; i++) {
			found |= names(label(h, i), &above, &f, &below);
			self |= is_any(label(h, i), &f);
		}
		enum host_says says = !found ? HOST_NOTHING : below || self ? HOST_BELOW : above.code.n ? HOST_PROVINCE : HOST_PREFECTURE;
		best = says > best ? says : best;
	}
	return best;
}

/* How a host names a division by itself. */
enum { OWN_NOTHING, OWN_LETTERS, OWN_FULL, OWN_BELOW };

/* How plainly it does: cqwx, jurong, gulou.nanjing. */
static int own(const struct host *h, const struct regions *r, int region)
{
	struct forms f = forms_of(&r->items[region]);
	int best = OWN_NOTHING;
	size_t full = SIZE_MAX;         /* the label that names it */

	for (size_t i = 0; i < h->n && full == SIZE_MAX; i++)
		if (label(h, i).n >= FULL_LEAST && is_full(label(h, i), &f))
			full = i;
	if (full != SIZE_MAX)
		best = OWN_FULL;
	for (int up = r->items[region].parent; up != REGION_NONE; up = r->items[up].parent) {
		struct forms above = forms_of(&r->items[up]);
		bool municipality = above.code.n && str_ends(r->items[up].name, STR("市"));
		for (size_t i = 0; i < h->n; i++) {
			bool below = false;
			bool found = names(label(h, i), &above, &f, &below);
			if (found && full != SIZE_MAX && full != i && !below)
				return OWN_BELOW;
			/* cqwx; other letters of two names are those of too many */
			if (below && municipality && best < OWN_LETTERS)
				best = OWN_LETTERS;
			/* hbdaye; hetang is not 河北 and 唐 */
			if (below && f.initials[1] && str_find(label(h, i), str_of(f.full), 0) != SIZE_MAX)
				best = OWN_FULL;
		}
	}
	return best;
}

static bool is_level(const struct region *x, struct str level)
{
	return level.n ? str_ends(x->name, level) && !str_is(x->level, "province") && !str_is(x->level, "zone")
		: str_is(x->level, "county");
}

size_t host_regions(const struct host *h, const struct regions *r, struct str level, int year, int *out, size_t most)
{
	size_t n = 0;
	int best = OWN_NOTHING;
	bool larger = false;

	for (size_t i = 0; i < r->n && h->n; i++) {
		const struct region *x = &r->items[i];
		if (!x->latin.n || x->from > year || year > x->to)
			continue;
		int how = own(h, r, (int)i);
		/* lishui is the city's (丽水) before it is a district's (溧水) */
		if (!is_level(x, level)) {
			larger |= how == OWN_FULL && !str_is(x->level, "county");
			continue;
		}
		if (how == OWN_NOTHING || how < best)
			continue;
		if (how > best)
			n = 0;
		best = how;
		if (n < most)
			out[n] = (int)i;
		n++;
	}
	if (larger && best < OWN_BELOW)
		return 0;
	return n < most ? n : most;
}

size_t host_initials(const struct host *h, const struct regions *r, struct str level, int year, int *out, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n && h->n && n < most; i++) {
		const struct region *x = &r->items[i];
		if (!x->latin.n || x->from > year || year > x->to || !is_level(x, level))
			continue;
		struct forms f = forms_of(x);
		bool found = false;
		for (size_t k = 0; k < h->n && !found && f.initials[0] && f.initials[1]; k++) {
			found = is_form(label(h, k), f.initials, &f);
			for (int up = x->parent; up != REGION_NONE && !found; up = r->items[up].parent) {
				struct forms above = forms_of(&r->items[up]);
				names(label(h, k), &above, &f, &found);
			}
		}
		if (found)
			out[n++] = (int)i;
	}
	return n;
}
