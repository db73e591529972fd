/* numfmt: how a spreadsheet shows a number: as it is, as a date, as a share. */
#ifndef HELPER_NUMFMT_H
#define HELPER_NUMFMT_H

#include "text.h"

enum { NUMFMT_MOST = 160 };     /* bytes of a number, as stored and as shown */

enum numfmt_kind { KIND_PLAIN, KIND_DATE, KIND_TIME, KIND_MOMENT, KIND_PERCENT };

struct numfmt {
	long id;
	uint8_t kind, decimals;
};

/* What the format CODE shows: its first section, quoted text left out. */
struct numfmt numfmt_of(long id, struct str code);

/* Formats that have a number and no code (ECMA-376-1, 18.8.30), the Chinese ones too. */
struct numfmt numfmt_known(long id);

/* The number S in format F, in TEXT; S itself where it is none. FROM_1904: days count from there. */
struct str numfmt_show(struct numfmt f, bool from_1904, struct str s, char text[static NUMFMT_MOST]);

#endif
