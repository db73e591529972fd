/* decimal: exact where it can be, an error where it cannot. */
#include "check.h"
#include "decimal.h"

#include <string.h>

static struct decimal of(const char *s)
{
	struct decimal v = {0, 0};
	decimal_parse(s, strlen(s), &v);
	return v;
}

static int formats(struct decimal v, const char *want)
{
	char text[DECIMAL_TEXT];
	return decimal_format(v, text) == strlen(want) && strcmp(text, want) == 0;
}

int main(void)
{
	struct decimal v;
	int64_t i;

	CHECK(formats(of("1152.47"), "1152.47"));
	CHECK(formats(decimal_shift(of("1152.47"), 4), "11524700"));
	CHECK(formats(of("-0.050"), "-0.05"));
	CHECK(formats(of("0"), "0") && formats(of("0.00"), "0"));
	CHECK(formats(of("999999999999999999"), "999999999999999999"));
	CHECK(!decimal_parse("9999999999999999999", 19, &v));
	CHECK(!decimal_parse("", 0, &v) && !decimal_parse(".", 1, &v) && !decimal_parse("1.2.3", 5, &v));
	CHECK(decimal_add(of("0.1"), of("0.2"), &v) && formats(v, "0.3"));
	CHECK(decimal_sub(of("1.57"), of("1.57"), &v) && formats(v, "0"));
	CHECK(decimal_mul(of("1.57"), of("100"), &v) && formats(v, "157"));
	CHECK(!decimal_mul(of("999999999999999999"), of("999999999999999999"), &v));
	CHECK(decimal_cmp(of("1.50"), of("1.5")) == 0 && decimal_cmp(of("-1"), of("1")) < 0);
	CHECK(decimal_cmp((struct decimal){1, 9000}, of("5")) > 0);
	CHECK(decimal_cmp((struct decimal){-1, 9000}, of("-5")) < 0);
	CHECK(decimal_cmp((struct decimal){1, -9000}, of("0")) > 0);
	CHECK(decimal_div_round(of("97"), of("169"), 4, &v) && formats(v, "0.574"));
	CHECK(decimal_div_cut(of("2"), of("3"), 2, &v) && formats(v, "0.66"));
	CHECK(decimal_div_round(of("-2"), of("3"), 2, &v) && formats(v, "-0.67"));
	CHECK(!decimal_div_round(of("1"), of("0"), 2, &v));
	CHECK(decimal_to_int(of("120.0"), &i) && i == 120);
	CHECK(!decimal_to_int(of("0.5"), &i) && !decimal_to_int((struct decimal){1, 19}, &i));
	CHECK(decimal_from_double(99.3, &v) && formats(v, "99.3"));
	CHECK(decimal_from_double(11524700, &v) && formats(v, "11524700"));
	CHECK(!decimal_from_double(1.0 / 0.0, &v) && !decimal_from_double(0.0 / 0.0, &v));
	CHECK(decimal_to_double(of("98.5")) == 98.5);
	return check_end();
}
