/* choice: whose a department's figure is, and what a figure counts, by the words before it. */
#include "check.h"
#include "choice.h"

#include <stdlib.h>

/* The figure is the first digit of the text. */
static struct fact fact_of(struct str text)
{
	struct fact f = {.at = {0, 0}};

	while (f.at.b < text.n && !(text.s[f.at.b] >= '0' && text.s[f.at.b] <= '9'))
		f.at.b++;
	f.at.e = f.at.b + 1;
	return f;
}

/* CHECK, telling which case it was. */
static void case_check(bool good, const char *text)
{
	if (!good)
		printf("%s\n", text);
	CHECK(good);
}

int main(int argc, char **argv)
{
	static const struct { const char *text, *region; bool whole; } regions[] = {
		{"全区各人民调解组织调解纠纷9件。", "重庆市巴南区", true},
		{"今年，全区办理案件9件。", "重庆市巴南区", true},
		{"截至目前，全区共有司法所9个。", "重庆市巴南区", true},
		{"上半年全县办理案件9件。", "安澜县", true},
		{"全区办理公证若干，满意率9%。", "重庆市巴南区", true},
		{"全区办理公证若干；开展培训9期。", "重庆市巴南区", false},
		{"全区办理公证若干，我局办理9件。", "重庆市巴南区", false},
		{"推动全区各部门整改9件。", "重庆市巴南区", false},
		{"办理量居全区第一，办理案件9件。", "重庆市巴南区", false},
		{"排名全区前列，办理案件9件。", "重庆市巴南区", false},
		{"在全区考核中获奖，办理案件9件。", "重庆市巴南区", false},
		{"全市办理案件9件。", "重庆市巴南区", false},
		{"办理案件9件。", "重庆市巴南区", false},
		{"全区平均9件。", "重庆市巴南区", false},
		{"；全区9件。", "重庆市巴南区", true},
		{"9", "重庆市巴南区", false},
	};
	static const struct { const char *text; enum choice_nature nature; } natures[] = {
		{"新培养法律明白人9名", NATURE_FLOW}, {"法律明白人总数达到9名", NATURE_STOCK},
		{"年末在册对象9人", NATURE_STOCK}, {"年末在册对象若干，接收9人", NATURE_UNKNOWN},
		{"自成立以来办理9件", NATURE_CUMULATIVE}, {"办理9件", NATURE_UNKNOWN},
		{"全年累计办理9件", NATURE_FLOW}, {"累计办理9件", NATURE_UNKNOWN},
	};
	struct choice c;
	struct table t, fields;
	char path[4096];

	snprintf(path, sizeof path, "%s/../../lib/choice.tsv", argc > 1 ? argv[1] : "tests/unit");
	case_check(table_load(&t, "choice.tsv", path), t.error);
	snprintf(path, sizeof path, "%s/../../lib/fields.tsv", argc > 1 ? argv[1] : "tests/unit");
	case_check(table_load(&fields, "fields.tsv", path), fields.error);
	choice_load(&c, &t, &fields);
	case_check(!t.error[0], t.error);
	case_check(!fields.error[0], fields.error);
	for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
		struct str text = str_of(regions[i].text);
		struct fact f = fact_of(text);
		f.indicator = STR("legal_aid.cases");
		bool got = choice_whole_region(&c, text, (struct span){0, (uint32_t)text.n}, &f, str_of(regions[i].region),
			STR("司法局"));
		case_check(got == regions[i].whole, regions[i].text);
		f.indicator = STR("hotline.received");          /* none of the office's field */
		case_check(!choice_whole_region(&c, text, (struct span){0, (uint32_t)text.n}, &f, str_of(regions[i].region),
			STR("司法局")), regions[i].text);
	}
	for (size_t i = 0; i < sizeof natures / sizeof *natures; i++) {
		struct str text = str_of(natures[i].text);
		struct fact f = fact_of(text);
		enum choice_nature got = choice_nature(&c, text, (struct span){0, (uint32_t)text.n}, 0, &f);
		case_check(got == natures[i].nature, natures[i].text);
	}
	choice_free(&c);
	table_free(&t);
	table_free(&fields);
	return check_end();
}
