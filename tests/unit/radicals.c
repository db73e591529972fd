/* radicals: each one that PDF fonts put in place of an ideograph, and nothing else, is turned into it. */
#include "check.h"
#include "../../filters/decode/helper/radicals.c"

#include <stdbool.h>

int main(void)
{
	static const uint32_t known[][2] = {
		{0x2F00, 0x4E00} /* 一 */, {0x2F08, 0x4EBA} /* 人 */, {0x2F42, 0x6587} /* 文 */, {0x2F45, 0x65B9} /* 方 */,
		{0x2F8F, 0x884C} /* 行 */, {0x2FA6, 0x91D1} /* 金 */, {0x2FD5, 0x9FA0}, {0x2E81, 0x5382} /* 厂 */, {0x2ED3, 0x957F} /* 长 */,
		{0x2EA0, 0x6C11} /* 民 */, {0x2EF3, 0x9F9F} /* 龟 */,
	};
	uint32_t last = 0, turned = 0;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		CHECK(radical_ideograph(known[i][0]) == known[i][1]);
	/* what is searched by halves must be in order, and what comes out is an ideograph */
	bool ordered = true, ideographs = true, kangxi = true, others = true;
	for (size_t i = 0; i < sizeof radicals / sizeof *radicals; i++) {
		uint32_t to = radicals[i][1];
		ordered &= radicals[i][0] > last && radical_ideograph(radicals[i][0]) == to;
		last = radicals[i][0];
		ideographs &= (to >= 0x3400 && to <= 0x9FFF) || (to >= 0x20000 && to <= 0x2FFFF);
	}
	/* all 214 radicals of Kangxi, and none of the places between the blocks that are not assigned */
	for (uint32_t cp = 0; cp < 0x30000; cp++) {
		uint32_t to = radical_ideograph(cp);
		turned += to != cp;
		kangxi &= to != cp || cp < 0x2F00 || cp > 0x2FD5;
		others &= to == cp || (cp >= 0x2E80 && cp <= 0x2EF3) || (cp >= 0x2F00 && cp <= 0x2FD5);
	}
	CHECK(ordered);
	CHECK(ideographs);
	CHECK(kangxi);
	CHECK(others);
	CHECK(turned == sizeof radicals / sizeof *radicals);
	return check_end();
}
