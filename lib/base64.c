#include "base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct buf *out, const void *data, size_t n)
{
	const uint8_t *p = data;

	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)p[i] << 16 | (i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0)
			| (i + 2 < n ? p[i + 2] : 0);
		char c[4] = {alphabet[v >> 18], alphabet[v >> 12 & 63],
			i + 1 < n ? alphabet[v >> 6 & 63] : '=', i + 2 < n ? alphabet[v & 63] : '='};
		buf_append(out, c, 4);
	}
}

bool base64_decode(struct buf *out, struct str s)
{
	size_t start = out->len;

	if (s.n % 4)
		return false;
	for (size_t i = 0; i < s.n; i += 4) {
		uint32_t v = 0;
		int pad = 0;
		for (int k = 0; k < 4; k++) {
			const char *at = s.s[i + (size_t)k] ? strchr(alphabet, s.s[i + (size_t)k]) : NULL;
			if (!at && s.s[i + (size_t)k] == '=' && i + 4 == s.n && k >= 2)
				pad++;
			else if (!at || pad) {
				out->len = start;
				return false;
			}
			v = v << 6 | (uint32_t)(at ? at - alphabet : 0);
		}
		uint8_t b[3] = {(uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v};
		buf_append(out, b, (size_t)(3 - pad));
	}
	return true;
}
