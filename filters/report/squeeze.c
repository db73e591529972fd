#include "squeeze.h"

#include <stdlib.h>
#include <zlib.h>

static void *take(void *ctx, uInt items, uInt size) { (void)ctx; return xmalloc((size_t)items * size); }
static void give(void *ctx, void *p) { (void)ctx; free(p); }

void squeeze(struct buf *out, const void *data, size_t n)
{
	z_stream z = {.zalloc = take, .zfree = give};
	const uint8_t *from = data;
	int end;

	deflateInit(&z, Z_DEFAULT_COMPRESSION);
	do {
		/* zlib counts in 32 bits */
		if (z.avail_in == 0) {
			z.avail_in = n > 1 << 30 ? 1 << 30 : (uInt)n;
			z.next_in = (Bytef *)from;
			from += z.avail_in;
			n -= z.avail_in;
		}
		buf_reserve(out, 1 << 16);
		z.next_out = out->data + out->len;
		z.avail_out = 1 << 16;
		end = deflate(&z, n ? Z_NO_FLUSH : Z_FINISH);
		out->len += (1 << 16) - z.avail_out;
	} while (end != Z_STREAM_END);
	deflateEnd(&z);
}
