/* numeral DIR: reads the cases of DIR/numeral.tsv.
 * numeral -s [bare,signed,spaced] < TEXT: prints the numerals of each line, as
 * line, begin, end, meaning, detail; for tests/unit/specs.sh.
 *
 * A case: input, what is read of it (- for nothing), what it means, and where they
 * matter the detail (digits, power of the scale, of the last place, form) and the
 * flags of the call. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numeral.h"

static void mean(const struct numeral *v, char *out, size_t room)
{
	static const char *const types[] = {"", " percent", " permille", " fraction", " tenths", " discount"};
	static const char *const bounds[] = {"", " about", " over", " under"};
	char low[DECIMAL_TEXT], high[DECIMAL_TEXT], num[DECIMAL_TEXT], den[DECIMAL_TEXT], of[3 * DECIMAL_TEXT] = "";

	decimal_format(v->value, low);
	decimal_format(v->high, high);
	if (v->type == NUMERAL_FRACTION) {
		decimal_format(v->num, num);
		decimal_format(v->den, den);
		snprintf(of, sizeof of, " %s/%s", num, den);
	}
	snprintf(out, room, "%s%s%s%s%s%s%s%s%s%s%s", low, v->range ? ".." : "", v->range ? high : "",
		types[v->type], of, bounds[v->bound], v->loose ? " loose" : "", v->positional ? " positional" : "",
		v->bare ? " bare" : "", v->dotted ? " dotted" : "", v->huge ? " huge" : "");
}

static void detail(const struct numeral *v, char *out, size_t room)
{
	static const char *const forms[] = {"arabic", "chinese", "mixed", "financial"};
	snprintf(out, room, "%s e%d @%d %s", v->digits, v->scale, v->place, forms[v->form]);
}

static int flags_of(const char *s)
{
	return (strstr(s, "bare") ? NUMERAL_BARE_SCALE : 0) | (strstr(s, "signed") ? NUMERAL_SIGNED : 0)
		| (strstr(s, "spaced") ? NUMERAL_SPACED : 0);
}

/* Reads from a copy that ends where the text ends, so that a sanitizer sees each step too far. */
static size_t read_exact(const char *s, size_t n, int flags, struct numeral *v)
{
	char *copy = malloc(n ? n : 1);
	if (!copy)
		exit(2);
	memcpy(copy, s, n);
	size_t used = numeral_read_flags(copy, n, flags, v);
	free(copy);
	return used;
}

static int scan(int flags)
{
	char *line = NULL, what[512], more[128];
	size_t room = 0;
	long number = 0;
	ssize_t n;

	while ((n = getline(&line, &room, stdin)) >= 0) {
		number++;
		n -= n > 0 && line[n - 1] == '\n';
		for (size_t i = 0; i < (size_t)n;) {
			struct numeral v;
			bool sign = flags & NUMERAL_SIGNED && (strchr("-.", line[i]) || !strncmp(line + i, "负", 3)
				|| !strncmp(line + i, "負", 3));
			size_t used = sign || numeral_may_start(line + i, (size_t)n - i)
				? numeral_read_flags(line + i, (size_t)n - i, flags, &v) : 0;
			if (used) {
				mean(&v, what, sizeof what);
				detail(&v, more, sizeof more);
				printf("%ld\t%zu\t%zu\t%s\t%s\n", number, i, i + used, what, more);
			}
			i += used ? used : 1;
		}
	}
	free(line);
	return 0;
}

/* The value, as digits and scale say it, must be the value. */
static bool coherent(const struct numeral *v)
{
	struct decimal d;

	if (v->huge || v->dotted || v->type == NUMERAL_FRACTION)
		return true;
	return decimal_parse(v->digits, strlen(v->digits), &d)
		&& decimal_cmp(decimal_shift(d, v->scale), v->value) == 0;
}

int main(int argc, char **argv)
{
	char path[4096], *line = NULL;
	size_t room = 0;
	int passed = 0, failed = 0, number = 0;

	if (argc > 1 && strcmp(argv[1], "-s") == 0)
		return scan(argc > 2 ? flags_of(argv[2]) : 0);
	snprintf(path, sizeof path, "%s/numeral.tsv", argc > 1 ? argv[1] : "tests/unit");
	FILE *f = fopen(path, "r");
	if (!f) {
		perror(path);
		return 2;
	}
	while (getline(&line, &room, f) >= 0) {
		char *cell[5], what[512], more[128], read[512] = "-", *p = line;
		number++;
		line[strcspn(line, "\n")] = '\0';
		if (!*line || *line == '#')
			continue;
		for (int i = 0; i < 5; i++)
			cell[i] = p ? strsep(&p, "\t") : NULL;
		struct numeral v;
		size_t n = strlen(cell[0]), used = read_exact(cell[0], n, flags_of(cell[4] ? cell[4] : ""), &v);
		if (used)
			snprintf(read, sizeof read, "%.*s", (int)used, cell[0]);
		mean(&v, what, sizeof what);
		detail(&v, more, sizeof more);
		bool ok = cell[1] && strcmp(read, cell[1]) == 0
			&& (!used || (cell[2] && strcmp(what, cell[2]) == 0 && coherent(&v)
			&& (!cell[3] || !*cell[3] || strcmp(more, cell[3]) == 0)))
			&& (!used || numeral_may_start(cell[0], n) || strstr(cell[4] ? cell[4] : "", "signed"));
		if (ok) {
			passed++;
			continue;
		}
		failed++;
		printf("%s:%d: %s: read %s: %s (%s), not %s: %s (%s)\n", path, number, cell[0], read, used ? what : "",
			used ? more : "", cell[1] ? cell[1] : "", cell[2] ? cell[2] : "", cell[3] ? cell[3] : "");
	}
	free(line);
	fclose(f);
	printf("%d passed, %d failed\n", passed, failed);
	return failed > 0;
}
