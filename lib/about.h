/* about: what document this is (record key `about`). */
#ifndef GONGWEN_ABOUT_H
#define GONGWEN_ABOUT_H

#include "schema.h"

/* A value and the range of the text that proves it; at is SPAN_NONE where the
 * value was inferred; value {NULL, 0} where it is not known. */
struct about_value {
	struct str value;
	struct span at;
};

struct about_period {
	struct str value;       /* 2023, 2023-H1, 2023-Q3, 2021/2023 */
	struct str start, end;  /* ISO dates, inclusive: 2023-01-01, 2023-12-31 */
	bool part_year;         /* does not cover whole years */
	struct span at;
};

struct about_region {
	struct str code;        /* GB/T 2260, six digits, valid at the period's end */
	struct str name;        /* full path: 山东省聊城市东昌府区 */
	struct str level;       /* nation, province, prefecture, county, township, zone */
	struct span at;
};

struct about {
	struct about_value genre, issuer, subject, number, written, published, title, signer, addressee;
	struct about_period period;
	struct about_region region;
};

extern const struct schema about_fields[];

void about_read(struct cursor *c, struct arena *a, struct about *out);
void about_pack(struct buf *b, const struct about *about);

#endif
