/* figure: values as they were written, what two figures may have in common, and promises. */
#include "check.h"
#include "figure.h"

static struct fact fact_of(const char *digits, int64_t scale, int bound)
{
	struct fact x = {.kind = FACT_COUNT, .digits = str_of(digits), .scale = scale, .bound = bound};

	CHECK(decimal_parse(digits, strlen(digits), &x.value.value));
	x.value.value = decimal_shift(x.value.value, (int)scale);
	x.value.given = true;
	return x;
}

static struct figure figure_of(const char *digits, int64_t scale, int bound)
{
	struct fact x = fact_of(digits, scale, bound);
	struct figure f;

	CHECK(figure_take(&x, NULL, &f));
	return f;
}

static void values(void)
{
	struct fact x = fact_of("1152.47", 4, BOUND_EXACT);
	struct figure f;

	/* what a double made of it is not the value */
	x.value.value = (struct decimal){115246999999999990, -10};
	CHECK(figure_value(&x).mant == 115247 && figure_value(&x).exp == 2);
	CHECK(figure_take(&x, NULL, &f) && f.place == 2 && !f.corrected);
	/* digits that mean another number do not count */
	x.value.value = (struct decimal){5, 0};
	CHECK(figure_value(&x).mant == 5);
	x.value.given = false;
	CHECK(!figure_take(&x, NULL, &f));
}

static void verdicts(void)
{
	struct fact x = fact_of("12", 0, BOUND_OVER);
	struct verdict wrong = {.wrong = true}, right = {.wrong = true, .corrects = true, .number = {125, -1}};
	struct figure f;

	CHECK(!figure_take(&x, &wrong, &f));
	CHECK(figure_take(&x, &right, &f) && f.corrected && f.bound == BOUND_EXACT && f.place == -1);
	CHECK(f.value.mant == 125 && f.value.exp == -1);
}

static void agreement(void)
{
	static const struct { const char *a; int64_t scale; int bound; const char *b; bool agrees; } cases[] = {
		{"1.2", 4, BOUND_EXACT, "12034", true},         /* rounded */
		{"1.2", 4, BOUND_EXACT, "12999", true},         /* cut */
		{"1.2", 4, BOUND_EXACT, "13001", false},
		{"1.2", 4, BOUND_EXACT, "11499", false},
		{"12034", 0, BOUND_EXACT, "12035", false},      /* things are counted to the last */
		{"100", 0, BOUND_OVER, "5000", true},
		{"100", 0, BOUND_OVER, "99", false},
		{"100", 0, BOUND_UNDER, "99", true},
		{"100", 0, BOUND_ABOUT, "110", true},
		{"100", 0, BOUND_ABOUT, "111", false},
		{"100", 0, BOUND_ABOUT, "90", true},
		{"100", 0, BOUND_ABOUT, "89", false}
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct figure a = figure_of(cases[i].a, cases[i].scale, cases[i].bound);
		struct figure b = figure_of(cases[i].b, 0, BOUND_EXACT);
		if (figure_agrees(&a, &b) != cases[i].agrees)
			printf("%s and %s\n", cases[i].a, cases[i].b);
		CHECK(figure_agrees(&a, &b) == cases[i].agrees && figure_agrees(&b, &a) == cases[i].agrees);
	}
}

static void promises(void)
{
	static const struct { const char *is; int bound; const char *mark; bool ceiling; enum figure_result result; } cases[] = {
		{"90", BOUND_EXACT, "90", false, FIGURE_REACHES}, {"89", BOUND_EXACT, "90", false, FIGURE_MISSES},
		{"90", BOUND_EXACT, "90", true, FIGURE_REACHES}, {"91", BOUND_EXACT, "90", true, FIGURE_MISSES},
		{"90", BOUND_OVER, "80", false, FIGURE_REACHES}, {"90", BOUND_OVER, "95", false, FIGURE_UNCLEAR},
		{"90", BOUND_UNDER, "95", false, FIGURE_MISSES}, {"90", BOUND_UNDER, "95", true, FIGURE_REACHES},
		{"90", BOUND_ABOUT, "95", false, FIGURE_UNCLEAR}, {"90", BOUND_ABOUT, "81", false, FIGURE_REACHES}
	};
	struct figure range = figure_of("5", 0, BOUND_EXACT);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct figure is = figure_of(cases[i].is, 0, cases[i].bound);
		CHECK(figure_result(&is, figure_of(cases[i].mark, 0, BOUND_EXACT).value, cases[i].ceiling) == cases[i].result);
	}
	range.has_high = true;
	range.high = (struct decimal){1, 1};
	CHECK(figure_mark(&range, false).mant == 5 && figure_mark(&range, true).exp == 1);
	CHECK(figure_cmp(&range, &range) == 0);
	struct figure plain = figure_of("5", 0, BOUND_EXACT);
	CHECK(figure_cmp(&plain, &range) < 0 && figure_cmp(&range, &plain) > 0);
}

static void quotations(void)
{
	struct fact x = fact_of("132", 0, BOUND_EXACT);
	struct period own = {"2023-01-01", "2023-12-31", true}, before = {"2022-01-01", "2022-12-31", true};

	x.modality = MODALITY_REFERENCE;
	x.period = STR("2022");
	CHECK(figure_is_quoted(&x, &before, &own));
	CHECK(!figure_is_quoted(&x, &own, &own));
	x.scope = STR("全市");
	CHECK(!figure_is_quoted(&x, &before, &own));
}

int main(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	values();
	verdicts();
	agreement();
	promises();
	quotations();
	return check_end();
}
