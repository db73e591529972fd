/* sorter: what memory does not hold comes out as if it had, and what the disk refuses is said. */
#include "check.h"
#include "../../filters/aggregate/sorter.c"

#include <signal.h>
#include <sys/resource.h>

struct item {
	uint32_t key, number;
};

static int by_key(const void *a, const void *b, void *context)
{
	const struct item *x = a, *y = b;
	++*(size_t *)context;
	return (x->key > y->key) - (x->key < y->key);
}

/* N items with keys below KEYS through memory for MOST of them: in order, those of one key as they were added. */
static void sorted(int folder, uint32_t n, uint32_t keys, size_t most)
{
	struct sorter s;
	size_t compared = 0;
	uint32_t seed = 1, got = 0;
	uint64_t sum = 0, want = 0;
	struct item last = {0, 0};
	bool ordered = true;

	sorter_start(&s, folder, sizeof last, most * sizeof last, by_key, &compared);
	for (uint32_t i = 0; i < n; i++) {
		seed = seed * 1664525 + 1013904223;
		struct item x = {(seed >> 8) % keys, i};
		want += (uint64_t)x.key << 20 ^ i;
		sorter_add(&s, &x);
	}
	CHECK(sorter_finish(&s));
	CHECK(s.total == n);
	CHECK((s.nruns > 0) == (n > most));
	for (const struct item *x; (x = sorter_next(&s)); got++) {
		ordered &= got == 0 || x->key > last.key || (x->key == last.key && x->number > last.number);
		sum += (uint64_t)x->key << 20 ^ x->number;
		last = *x;
	}
	CHECK(ordered);
	CHECK(got == n && sum == want && !s.error);
	CHECK(!sorter_next(&s));
	sorter_free(&s);
}

/* The Kth way to fail: it ends with an error, hands out nothing wrong, and can be freed. */
static void refused(int folder, int error)
{
	struct sorter s;
	size_t compared = 0;

	sorter_start(&s, folder, sizeof(struct item), 100 * sizeof(struct item), by_key, &compared);
	for (uint32_t i = 0; i < 1000; i++)
		sorter_add(&s, &(struct item){i, i});
	CHECK(!sorter_finish(&s));
	CHECK(s.error == error);
	sorter_free(&s);
}

int main(void)
{
	char path[] = "/tmp/sorter-XXXXXX";
	int folder = mkdtemp(path) ? open(path, O_RDONLY | O_DIRECTORY) : -1;
	static const uint32_t sizes[] = {0, 1, 2, 99, 100, 101, 199, 200, 201, 5000};

	CHECK(folder >= 0);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		sorted(folder, sizes[i], 1000000, 100);
		sorted(folder, sizes[i], 7, 100);
	}
	/* runs larger than what is read of each at a time */
	sorted(folder, 100000, 50000, 40000);

	/* no trace in the folder: runs are in a file without a name */
	CHECK(unlinkat(folder, "sort", 0) < 0 && errno == ENOENT);
	refused(-1, EBADF);
	int file = openat(folder, "sort", O_RDWR | O_CREAT, 0600);
	refused(folder, EEXIST);
	close(file);
	unlinkat(folder, "sort", 0);
	signal(SIGXFSZ, SIG_IGN);
	struct rlimit most;
	getrlimit(RLIMIT_FSIZE, &most);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){4 * 100 * sizeof(struct item), most.rlim_max});
	refused(folder, EFBIG);
	setrlimit(RLIMIT_FSIZE, &most);
	close(folder);
	CHECK(rmdir(path) == 0);
	return check_end();
}
