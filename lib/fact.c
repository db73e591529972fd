#include "fact.h"

const char *const fact_kinds[] = {
	"count", "money", "percent", "points", "ratio", "rank", "duration", "measure", NULL
};
const char *const fact_bounds[] = {"exact", "about", "over", "under", NULL};
const char *const fact_changes[] = {"level", "up", "down", "above", "below", NULL};
const char *const fact_modalities[] = {"actual", "target", "reference", NULL};

const struct schema fact_fields[] = {
	{.key = "at", .type = SCHEMA_SPAN, .offset = offsetof(struct fact, at)},
	{.key = "kind", .type = SCHEMA_ENUM, .offset = offsetof(struct fact, kind), .names = fact_kinds},
	{.key = "value", .type = SCHEMA_NUMBER, .offset = offsetof(struct fact, value)},
	{.key = "high", .type = SCHEMA_NUMBER, .offset = offsetof(struct fact, high)},
	{.key = "digits", .type = SCHEMA_STR, .offset = offsetof(struct fact, digits)},
	{.key = "scale", .type = SCHEMA_INT, .offset = offsetof(struct fact, scale)},
	{.key = "unit", .type = SCHEMA_STR, .offset = offsetof(struct fact, unit)},
	{.key = "bound", .type = SCHEMA_ENUM, .offset = offsetof(struct fact, bound), .names = fact_bounds},
	{.key = "change", .type = SCHEMA_ENUM, .offset = offsetof(struct fact, change), .names = fact_changes},
	{.key = "modality", .type = SCHEMA_ENUM, .offset = offsetof(struct fact, modality), .names = fact_modalities},
	{.key = "measure", .type = SCHEMA_STR, .offset = offsetof(struct fact, measure)},
	{.key = "measure_at", .type = SCHEMA_SPAN, .offset = offsetof(struct fact, measure_at)},
	{.key = "indicator", .type = SCHEMA_STR, .offset = offsetof(struct fact, indicator)},
	{.key = "scope", .type = SCHEMA_STR, .offset = offsetof(struct fact, scope)},
	{.key = "period", .type = SCHEMA_STR, .offset = offsetof(struct fact, period)},
	{.key = "segment", .type = SCHEMA_INT, .offset = offsetof(struct fact, segment)},
	{.key = "rule", .type = SCHEMA_STR, .offset = offsetof(struct fact, rule)},
	{0}
};

const struct schema mention_fields[] = {
	{.key = "at", .type = SCHEMA_SPAN, .offset = offsetof(struct mention, at)},
	{.key = "kind", .type = SCHEMA_STR, .offset = offsetof(struct mention, kind)},
	{.key = "value", .type = SCHEMA_STR, .offset = offsetof(struct mention, value)},
	{0}
};

static const struct schema message_fields[] = {
	{.key = "zh", .type = SCHEMA_STR, .offset = offsetof(struct finding, zh) - offsetof(struct finding, zh)},
	{.key = "en", .type = SCHEMA_STR, .offset = offsetof(struct finding, en) - offsetof(struct finding, zh)},
	{0}
};

const struct schema finding_fields[] = {
	{.key = "kind", .type = SCHEMA_STR, .offset = offsetof(struct finding, kind)},
	{.key = "holds", .type = SCHEMA_STR, .offset = offsetof(struct finding, holds)},
	{.key = "stated", .type = SCHEMA_STR, .offset = offsetof(struct finding, stated)},
	{.key = "computed", .type = SCHEMA_STR, .offset = offsetof(struct finding, computed)},
	{.key = "gap", .type = SCHEMA_STR, .offset = offsetof(struct finding, gap)},
	{.key = "facts", .type = SCHEMA_FACTS, .offset = offsetof(struct finding, facts)},
	{.key = "bases", .type = SCHEMA_STR, .offset = offsetof(struct finding, bases)},
	{.key = "message", .type = SCHEMA_MAP, .offset = offsetof(struct finding, zh), .fields = message_fields},
	{0}
};

static void range_check(struct cursor *c, struct span at, struct str text)
{
	if (at.e > text.n)
		cursor_fail(c, "a range reaches past the text");
	else if (!utf8_at(text, at.b) || !utf8_at(text, at.e))
		cursor_fail(c, "a range cuts a character");
}

struct fact *facts_read(struct cursor *c, struct arena *a, struct str text, size_t *n)
{
	struct fact *f = schema_read_list(fact_fields, c, a, sizeof *f, n);

	for (size_t i = 0; i < *n && !c->error; i++) {
		range_check(c, f[i].at, text);
		if (!span_is_none(f[i].measure_at))
			range_check(c, f[i].measure_at, text);
	}
	if (c->error)
		*n = 0;
	return f;
}

struct mention *mentions_read(struct cursor *c, struct arena *a, struct str text, size_t *n)
{
	struct mention *m = schema_read_list(mention_fields, c, a, sizeof *m, n);

	for (size_t i = 0; i < *n && !c->error; i++)
		range_check(c, m[i].at, text);
	if (c->error)
		*n = 0;
	return m;
}

struct finding *findings_read(struct cursor *c, struct arena *a, size_t *n)
{
	return schema_read_list(finding_fields, c, a, sizeof(struct finding), n);
}

void facts_pack(struct buf *b, const struct fact *f, size_t n)
{
	schema_pack_list(fact_fields, b, f, n, sizeof *f);
}

void mentions_pack(struct buf *b, const struct mention *m, size_t n)
{
	schema_pack_list(mention_fields, b, m, n, sizeof *m);
}

void findings_pack(struct buf *b, const struct finding *f, size_t n)
{
	schema_pack_list(finding_fields, b, f, n, sizeof *f);
}
