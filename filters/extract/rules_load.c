/* rules_load: rules from their table (rules.h). */
#include "rules_in.h"

#include <stdio.h>
#include <stdlib.h>

static void groups_add(struct rule *rule, struct str list, const struct units *units)
{
	struct str part;

	while (str_part(&list, '|', &part) && rule->ngroups < GROUPS_MOST) {
		const struct unit *u = units_match(units, part.s, part.n);
		rule->groups[rule->ngroups++] = u && u->word.n == part.n ? u->group : part;
	}
}

uint64_t rules_group_bit(struct rules *r, struct str group, bool add)
{
	for (size_t i = 0; i < r->ngroups; i++)
		if (str_eq(r->groups[i], group))
			return 1ull << i;
	if (r->ngroups == GROUPS_SEEN)
		return 1ull << GROUPS_SEEN;
	if (!add)
		return 0;
	r->groups[r->ngroups] = group;
	return 1ull << r->ngroups++;
}

static int class_index(struct rules *r, struct str name, bool add)
{
	for (size_t i = 0; i < r->nclasses; i++)
		if (str_eq(r->classes[i], name))
			return (int)i;
	if (!add || r->nclasses == sizeof r->classes / sizeof *r->classes)
		return -1;
	r->classes[r->nclasses] = name;
	return (int)r->nclasses++;
}

int rules_class(const struct rules *r, const char *name)
{
	return class_index((struct rules *)r, str_of(name), false);
}

static int kinds_of(struct table *t, size_t row, struct str list)
{
	int kinds = 0;
	struct str part;

	while (str_part(&list, '|', &part)) {
		int k = name_index(fact_kinds, part);
		if (k < 0)
			table_bad(t, row, "no kind of fact: '%.*s'", STR_ARG(part));
		else
			kinds |= 1 << k;
	}
	return kinds ? kinds : ~0;
}

/* The catalogue's row of an indicator id; SIZE_MAX where it has none. */
static size_t catalogue_row(const struct table *c, int id, struct str want, size_t *last)
{
	/* ids come in order: start where the last one was found */
	for (size_t k = 0; k < c->nrows; k++) {
		size_t i = (*last + k) % c->nrows;
		if (str_eq(table_cell(c, i, id), want))
			return *last = i;
	}
	return SIZE_MAX;
}

/* Which columns of the rules and of the catalogue are which. */
struct columns {
	int priority, unit, change, literal, pattern, near, not, indicator, value, cls, kind;
	int id, unit_kind, usual;
};

static struct columns columns_of(const struct table *t, const struct table *catalogue)
{
	struct columns c = {.priority = table_column(t, "priority"), .unit = table_column(t, "unit"),
		.change = table_column(t, "change"), .literal = table_column(t, "literal"),
		.pattern = table_column(t, "pattern"), .near = table_column(t, "near"),
		.not = table_column(t, "not"), .indicator = table_column(t, "indicator"),
		.value = table_column(t, "value"), .cls = table_column(t, "class"),
		.kind = table_column(t, "kind")};

	if (catalogue) {
		c.id = table_column(catalogue, "id");
		c.unit_kind = table_column(catalogue, "unit_kind");
		c.usual = table_column(catalogue, "unit");
	}
	return c;
}

/* "VALUE:N", malloced. */
static char *rule_name(struct str value, int ordinal)
{
	enum { DIGITS = 13 };
	char *name = xmalloc(value.n + DIGITS);

	memcpy(name, value.s, value.n);
	snprintf(name + value.n, DIGITS, ":%d", ordinal);
	return name;
}

static void rule_read(struct rules *r, size_t row, const struct columns *c, struct table *catalogue, size_t *last,
	const struct units *units)
{
	struct table *t = r->table;
	struct rule *rule = &r->items[r->n];
	struct str priority = table_cell(t, row, c->priority);
	struct str unit = table_cell(t, row, c->unit);
	struct str change = table_cell(t, row, c->change);
	struct str lits = table_cell(t, row, c->literal), lit;

	*rule = (struct rule){.cls = -1, .row = row, .change = -1, .kinds = ~0,
		.priority = priority.n ? atoi(priority.s) : 0,
		.pattern.source = table_cell(t, row, c->pattern),
		.near.source = table_cell(t, row, c->near),
		.not.source = table_cell(t, row, c->not)};
	if (catalogue) {
		rule->value = table_cell(t, row, c->indicator);
		bool may_lack = rule->value.n && rule->value.s[0] == '?';
		if (may_lack)
			rule->value = str_sub(rule->value, 1, rule->value.n);
		size_t at = catalogue_row(catalogue, c->id, rule->value, last);
		rule->foreign = at == SIZE_MAX;
		if (rule->foreign && !may_lack) {
			table_bad(t, row, "no indicator '%.*s' in %s", STR_ARG(rule->value), catalogue->path);
			return;
		}
		if (!rule->foreign) {
			rule->kinds = kinds_of(catalogue, at, table_cell(catalogue, at, c->unit_kind));
			if (!unit.n)
				unit = table_cell(catalogue, at, c->usual);
		}
		if (change.n && (rule->change = name_index(fact_changes, change)) < 0)
			table_bad(t, row, "no change: '%.*s'", STR_ARG(change));
	} else {
		rule->value = table_cell(t, row, c->value);
		rule->cls = class_index(r, table_cell(t, row, c->cls), true);
		rule->kinds = kinds_of(t, row, table_cell(t, row, c->kind));
	}
	groups_add(rule, unit, units);
	rule->ordinal = 1;
	/* lines of one indicator stand together */
	if (r->n && r->items[r->n - 1].cls == rule->cls && str_eq(r->items[r->n - 1].value, rule->value))
		rule->ordinal = r->items[r->n - 1].ordinal + 1;
	if (!rule->pattern.source.n || !lits.n) {
		table_bad(t, row, "a rule needs a pattern and a literal");
		return;
	}
	rule->name = rule_name(rule->value, rule->ordinal);
	struct brief *brief = &r->briefs[r->n];
	*brief = (struct brief){.kinds = (uint32_t)rule->kinds, .change = (int8_t)rule->change};
	for (int i = 0; i < rule->ngroups; i++)
		brief->groups |= rules_group_bit(r, rule->groups[i], true);
	while (str_part(&lits, '|', &lit))
		literal_add(r->literals, lit, (uint32_t)r->n);
	r->n++;
}

struct rules *rules_load(struct table *t, struct table *catalogue, const struct units *units,
	struct gates *gates)
{
	static const char *const need[][4] = {
		{"class", "value", "pattern", "literal"}, {"indicator", "pattern", "literal", "priority"}};
	struct rules *r = xmalloc(sizeof *r);
	size_t last = 0;

	*r = (struct rules){.table = t, .literals = literal_new(), .gates = gates};
	for (int i = 0; i < 4; i++)
		table_need(t, need[catalogue != NULL][i]);
	if (catalogue)
		table_need(catalogue, "id");
	r->items = xmalloc((t->nrows + 1) * sizeof *r->items);
	r->briefs = xmalloc((t->nrows + 1) * sizeof *r->briefs);
	struct columns c = columns_of(t, catalogue);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++)
		rule_read(r, i, &c, catalogue, &last, units);
	literal_build(r->literals);
	r->stamps = xmalloc((r->n + 1) * sizeof *r->stamps);
	memset(r->stamps, 0, (r->n + 1) * sizeof *r->stamps);
	r->limits = xhave(pcre2_match_context_create(NULL));
	pcre2_set_match_limit(r->limits, 200000);
	pcre2_set_depth_limit(r->limits, 2000);
	r->match = xhave(pcre2_match_data_create(8, NULL));
	return r;
}

bool rules_compile(struct rules *r)
{
	for (size_t i = 0; i < r->n && !r->table->error[0]; i++) {
		struct rule *rule = &r->items[i];
		pattern_ready(r, rule, &rule->pattern, false);
		if (rule->near.source.n)
			pattern_ready(r, rule, &rule->near, false);
		if (rule->not.source.n)
			pattern_ready(r, rule, &rule->not, false);
	}
	return !r->table->error[0];
}

void rules_free(struct rules *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n; i++) {
		pattern_free(&r->items[i].pattern);
		pattern_free(&r->items[i].near);
		pattern_free(&r->items[i].not);
		free(r->items[i].name);
	}
	free(r->items);
	free(r->briefs);
	literal_free(r->literals);
	for (int i = 0; i < 2; i++)
		free(r->scans[i].hits);
	free(r->candidates);
	free(r->stamps);
	pcre2_match_context_free(r->limits);
	pcre2_match_data_free(r->match);
	free(r);
}
