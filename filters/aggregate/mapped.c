#include "mapped.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WINDOW = 16 << 20 };     /* of the file that stays in memory */

static bool rows_walk(char *data, size_t size, mapped_row *row, void *context)
{
	struct csv_reader r = {data, data + size, {0}};
	struct str cells[CSV_MOST];
	size_t done = 0, n;             /* bytes given back */
	bool good = true;

	if (!csv_read(&r, cells, CSV_MOST, &n))         /* the header */
		return true;
	while (good && csv_read(&r, cells, CSV_MOST, &n)) {
		good = row(context, cells, n);
		if ((size_t)(r.p - data) - done > WINDOW) {
			(void)madvise(data + done, WINDOW, MADV_DONTNEED);
			done += WINDOW;
		}
	}
	buf_free(&r.room);
	errno = 0;
	return good;
}

bool mapped_rows(const char *path, mapped_row *row, void *context)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good = false;

	if (fd >= 0 && fstat(fd, &st) == 0) {
		void *p = st.st_size ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
		if (!st.st_size) {
			good = true;
		} else if (p != MAP_FAILED) {
			(void)madvise(p, (size_t)st.st_size, MADV_SEQUENTIAL);
			good = rows_walk(p, (size_t)st.st_size, row, context);
			munmap(p, (size_t)st.st_size);
		}
	}
	int e = errno;
	if (fd >= 0)
		close(fd);
	errno = e;
	return good;
}
