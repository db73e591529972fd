/* stream and unpack: a stream cut at every byte is never taken for whole, and a
 * hostile one neither crashes nor asks for memory. */
#include "check.h"
#include "stream.h"

#include <stdlib.h>
#include <unistd.h>

static struct buf good_stream(void)
{
	struct buf b = {0}, step = {0};

	pack_map(&step, 1);
	pack_key(&step, "filter");
	pack_key(&step, "decode");
	header_pack(&b, (struct str){NULL, 0}, (struct str){(char *)step.data, step.len});
	for (int i = 0; i < 2; i++) {
		pack_map(&b, 3);
		pack_key(&b, "doc");
		pack_map(&b, 1);
		pack_key(&b, "path");
		pack_key(&b, "a.txt");
		pack_key(&b, "text");
		pack_key(&b, "办理行政复议案件144件。");
		pack_key(&b, "x_note");
		pack_array(&b, 2);
		pack_int(&b, -70000);
		pack_double(&b, 0.5);
	}
	trailer_pack(&b, (struct trailer){2, 0, 2});
	buf_free(&step);
	return b;
}

/* Reads N bytes as a stream; returns how it ends and counts records. */
static enum stream_item read_all(const uint8_t *data, size_t n, int *records, char *why)
{
	char path[] = "/tmp/gongwen-stream-XXXXXX";
	int fd = mkstemp(path);
	struct stream_in in;
	enum stream_item item;

	unlink(path);
	if (write(fd, data, n) != (ssize_t)n || lseek(fd, 0, SEEK_SET) != 0)
		abort();
	stream_open(&in, fd, 1 << 20);
	*records = 0;
	while ((item = stream_read(&in)) != STREAM_END && item != STREAM_ERROR)
		*records += item == STREAM_RECORD;
	strcpy(why, in.error);
	stream_close(&in);
	close(fd);
	return item;
}

static bool refused(const uint8_t *data, size_t n, const char *word)
{
	char why[256];
	int records;
	return read_all(data, n, &records, why) == STREAM_ERROR && strstr(why, word) && strstr(why, "at byte");
}

int main(void)
{
	struct buf b = good_stream(), two = {0}, bad = {0};
	char why[256];
	int records;

	CHECK(read_all(b.data, b.len, &records, why) == STREAM_END && records == 2);
	buf_append(&two, b.data, b.len);
	buf_append(&two, b.data, b.len);
	CHECK(read_all(two.data, two.len, &records, why) == STREAM_END && records == 4);
	for (size_t n = 0; n < b.len; n++)
		CHECK(refused(b.data, n, "cut"));
	for (size_t n = b.len + 1; n < two.len; n++)
		CHECK(refused(two.data, n, "cut"));

	pack_map(&bad, 1);
	pack_key(&bad, "gongwen");
	pack_int(&bad, STREAM_VERSION + 1);
	CHECK(refused(bad.data, bad.len, "later format version"));
	CHECK(refused((const uint8_t *)"\x93\x01\x02\x03", 4, "not a map"));
	CHECK(refused((const uint8_t *)"\x81\x01\x02", 3, "key is not a string"));
	CHECK(refused((const uint8_t *)"\xC1", 1, "not MessagePack"));
	CHECK(refused((const uint8_t *)"\x80", 1, "empty"));
	/* lengths of 4 GiB must be refused before memory is asked for */
	CHECK(refused((const uint8_t *)"\x81\xDB\xFF\xFF\xFF\xFF", 6, "larger than"));
	CHECK(refused((const uint8_t *)"\xDF\xFF\xFF\xFF\xFF", 5, "too many keys"));
	bad.len = 0;
	pack_map(&bad, 1);
	pack_key(&bad, "doc");
	for (int i = 0; i < 100; i++)
		pack_array(&bad, 1);
	pack_nil(&bad);
	CHECK(refused(bad.data, bad.len, "too deep"));

	/* random damage: any end but a crash */
	uint32_t seed = 3;
	for (int i = 0; i < 3000; i++) {
		bad.len = 0;
		buf_append(&bad, b.data, b.len);
		for (int k = 0; k < 3; k++) {
			seed = seed * 1664525u + 1013904223u;
			bad.data[(seed >> 8) % bad.len] = (uint8_t)(seed >> 4);
		}
		enum stream_item item = read_all(bad.data, bad.len, &records, why);
		CHECK(item == STREAM_END || item == STREAM_ERROR);
	}
	struct cursor c = cursor_of((const uint8_t *)"\xDD\xFF\xFF\xFF\xFF", 5);
	CHECK(cursor_array(&c) == 0 && c.error);
	buf_free(&b);
	buf_free(&two);
	buf_free(&bad);
	return check_end();
}
