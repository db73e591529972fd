#include "csv.h"

static bool separates(char c, char separator)
{
	return separator ? c == separator : c == ',' || c == '\t' || c == ';';
}

bool csv_scan(struct csv_scan *s, struct str in, char separator)
{
	while (s->at < in.n) {
		char c = in.s[s->at++];
		if (s->state == CSV_QUOTED)
			s->state = c == '"' ? CSV_LEFT : CSV_QUOTED;
		else if (c == '"' && s->state != CSV_PLAIN)
			s->state = CSV_QUOTED;          /* of a pair, or the field's first */
		else if (c == '\n')
			return true;
		else
			s->state = separates(c, separator) ? CSV_START : CSV_PLAIN;
	}
	return false;
}

struct str *csv_fields(struct str row, char separator, struct arena *a, size_t *n)
{
	struct str *fields = NULL;
	size_t cap = 0, i = 0;
	char *s = (char *)row.s;

	while (row.n && (s[row.n - 1] == '\n' || s[row.n - 1] == '\r'))
		row.n--;
	*n = 0;
	for (;;) {
		size_t b = i, k = i;
		if (i < row.n && s[i] == '"') {
			for (i++; i < row.n; i++) {
				if (s[i] == '"' && !(i + 1 < row.n && s[i + 1] == '"'))
					break;
				i += s[i] == '"';
				s[k++] = s[i];
			}
			i += i < row.n;
		}
		while (i < row.n && s[i] != separator)
			s[k++] = s[i++];
		fields = arena_grow(a, fields, &cap, *n + 1, sizeof *fields);
		fields[(*n)++] = (struct str){s + b, k - b};
		if (i >= row.n)
			return fields;
		i++;
	}
}
