#include "about.h"

static const struct schema value_fields[] = {
	{.key = "value", .type = SCHEMA_STR, .offset = offsetof(struct about_value, value)},
	{.key = "at", .type = SCHEMA_SPAN, .offset = offsetof(struct about_value, at)},
	{0}
};

static const struct schema period_fields[] = {
	{.key = "value", .type = SCHEMA_STR, .offset = offsetof(struct about_period, value)},
	{.key = "start", .type = SCHEMA_STR, .offset = offsetof(struct about_period, start)},
	{.key = "end", .type = SCHEMA_STR, .offset = offsetof(struct about_period, end)},
	{.key = "part_year", .type = SCHEMA_BOOL, .offset = offsetof(struct about_period, part_year)},
	{.key = "at", .type = SCHEMA_SPAN, .offset = offsetof(struct about_period, at)},
	{0}
};

static const struct schema region_fields[] = {
	{.key = "code", .type = SCHEMA_STR, .offset = offsetof(struct about_region, code)},
	{.key = "name", .type = SCHEMA_STR, .offset = offsetof(struct about_region, name)},
	{.key = "level", .type = SCHEMA_STR, .offset = offsetof(struct about_region, level)},
	{.key = "at", .type = SCHEMA_SPAN, .offset = offsetof(struct about_region, at)},
	{0}
};

#define VALUE(name) {.key = #name, .type = SCHEMA_MAP, \
	.offset = offsetof(struct about, name), .fields = value_fields}

const struct schema about_fields[] = {
	VALUE(genre),
	VALUE(issuer),
	VALUE(subject),
	{.key = "period", .type = SCHEMA_MAP, .offset = offsetof(struct about, period), .fields = period_fields},
	VALUE(number),
	VALUE(written),
	VALUE(published),
	VALUE(title),
	VALUE(signer),
	VALUE(addressee),
	{.key = "region", .type = SCHEMA_MAP, .offset = offsetof(struct about, region), .fields = region_fields},
	{0}
};

void about_read(struct cursor *c, struct arena *a, struct about *out)
{
	schema_read(about_fields, c, a, out);
}

void about_pack(struct buf *b, const struct about *about)
{
	schema_pack(about_fields, b, about);
}
