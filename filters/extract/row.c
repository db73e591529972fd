/* row: the cells of one row of a table (row.h). */
#include "row.h"

struct str cell_digits(struct str cell, bool *minus)
{
	static const char *const signs[] = {"-", "－", "−", NULL};

	cell = str_trim(cell);
	*minus = false;
	for (int i = 0; signs[i] && !*minus; i++)
		if (str_starts(cell, str_of(signs[i]))) {
			*minus = true;
			cell = str_sub(cell, strlen(signs[i]), cell.n);
		}
	return cell;
}

bool cell_number(struct str cell, struct numeral *v)
{
	bool minus;

	cell = cell_digits(cell, &minus);
	if (!cell.n || cell.s[0] < '0' || cell.s[0] > '9' || (cell.n > 1 && cell.s[0] == '0' && cell.s[1] != '.'))
		return false;
	if (numeral_read(cell.s, cell.n, v) != cell.n || v->type != NUMERAL_NUMBER || v->form != NUMERAL_ARABIC
	    || v->range || v->loose || v->dotted || v->huge || v->bound != NUMERAL_EXACT)
		return false;
	bool separated = memchr(cell.s, ',', cell.n) != NULL;
	return cell.n < 9 || separated || memchr(cell.s, '.', cell.n);
}

static bool has_number(struct str cell)
{
	struct numeral v;
	return cell_number(cell, &v);
}

struct head_period head_period(struct str head)
{
	static const char *const ranges[] = {"至", "到", "-", "—", "–", "－", "~", "～", "、", "/", NULL};
	struct head_period p = {0, "", {NULL, 0}}, none = p;
	uint32_t at = 0, e;

	head = str_trim(head);
	while (at < head.n && at < 4 && head.s[at] >= '0' && head.s[at] <= '9')
		p.year = p.year * 10 + head.s[at++] - '0';
	if (at == 4 && p.year >= 1949 && p.year < 2100 && !(head.n > 4 && head.s[4] >= '0' && head.s[4] <= '9')) {
		struct str rest = str_sub(head, 4, head.n);
		at += str_starts(rest, STR("年度")) ? 6 : str_starts(rest, STR("年")) ? 3 : 0;
	} else {
		p.year = 0;
		at = 0;
	}
	if (at < head.n && (e = seasons_read(head.s, at, (uint32_t)head.n, 1, &p.season)))
		at = e;
	p.rest = str_sub(head, at, head.n);
	for (int i = 0; ranges[i]; i++)
		if (str_starts(p.rest, str_of(ranges[i])))
			return none;
	return p.year || p.season[0] ? p : none;
}

bool head_is_period(struct str head)
{
	struct head_period p = head_period(head);
	return (p.year || p.season[0]) && !p.rest.n;
}

static bool is_bare_year(struct str cell)
{
	return str_trim(cell).n == 4 && head_is_period(cell);
}

struct fact *cell_fact(const struct document *d, struct str cell)
{
	bool minus;

	cell = cell_digits(cell, &minus);
	uint32_t b = (uint32_t)(cell.s - d->text.s), e = b + (uint32_t)cell.n;
	for (size_t k = d->nfacts; cell.n && k-- > 0 && d->facts[k].at.e > b;)
		if (d->facts[k].at.b == b && d->facts[k].at.e == e)
			return &d->facts[k];
	return NULL;
}

struct row row_read(const struct document *d, struct span at, bool first)
{
	struct row r = {.n = 0};
	size_t years = 0;
	struct str rest = str_sub(d->text, at.b, at.e), cell;

	while (rest.n && rest.s[rest.n - 1] == '\n')
		rest.n--;
	while (r.n < GRID_COLUMNS && str_part(&rest, '\t', &cell)) {
		r.number[r.n] = (has_number(cell) && !(r.n == 0 && is_bare_year(cell))) || cell_fact(d, cell);
		r.numbers += r.number[r.n];
		years += r.number[r.n] && is_bare_year(cell);
		r.cells[r.n++] = cell;
	}
	if (years == r.numbers && (years > 1 || first)) {
		memset(r.number, 0, sizeof r.number);
		r.numbers = 0;
	}
	return r;
}

bool cell_has_fact(const struct document *d, struct str cell)
{
	uint32_t b = (uint32_t)(cell.s - d->text.s), e = b + (uint32_t)cell.n;

	for (size_t k = d->nfacts; k-- > 0 && d->facts[k].at.e > b;)
		if (d->facts[k].at.b < e)
			return true;
	return false;
}
