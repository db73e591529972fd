/* foreign: documents that the helper makes text of: PDF, DOCX and the like. */
#ifndef DECODE_FOREIGN_H
#define DECODE_FOREIGN_H

#include "helper.h"

struct foreign {
	struct str type;        /* media type, which the content may tell more exactly */
	struct str text;        /* well-formed, without control characters */
	uint32_t *pages;        /* byte offsets at which pages begin; not every format has them */
	size_t npages;
	struct str *problems;   /* code, message, code, message …: what was lost on the way */
	size_t nproblems;
};

/* Reads DOCUMENT of a media type. Strings point into the helper's reply and live
 * until its next call; arrays are from the arena. False with a problem. */
bool foreign_read(struct foreign *out, struct helper *h, const char *type, struct str document,
	struct arena *a, struct str *code, struct str *message);

#endif
