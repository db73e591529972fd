#include "spool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

bool spool_open(struct spool *s, const char *folder)
{
	memset(s, 0, sizeof *s);
	struct buf path = {0};
	buf_printf(&path, "%s/.spool-XXXXXX", folder);
	buf_append(&path, "", 1);
	int fd = mkstemp((char *)path.data);
	if (fd >= 0)
		unlink((char *)path.data);
	buf_free(&path);
	s->file = fd >= 0 ? fdopen(fd, "w+") : NULL;
	if (s->file)
		setvbuf(s->file, NULL, _IOFBF, 256 << 10);
	return s->file != NULL;
}

void spool_close(struct spool *s)
{
	if (s->file)
		fclose(s->file);
	arena_free(&s->keys);
	free(s->entries);
	buf_free(&s->block);
}

void spool_row(struct spool *s, unsigned table, const struct str *cells, size_t n)
{
	uint16_t head[2] = {(uint16_t)table, (uint16_t)n};

	buf_append(&s->block, head, sizeof head);
	for (size_t i = 0; i < n; i++) {
		uint32_t len = (uint32_t)cells[i].n;
		buf_append(&s->block, &len, sizeof len);
		buf_append(&s->block, cells[i].s, len);
	}
}

bool spool_document(struct spool *s, struct str key)
{
	if (s->n == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 256;
		s->entries = xrealloc(s->entries, s->cap * sizeof *s->entries);
	}
	s->entries[s->n] = (struct spool_entry){
		{arena_strndup(&s->keys, key.s, key.n), key.n}, s->size, (uint32_t)s->block.len, (uint32_t)s->n};
	s->n++;
	s->size += s->block.len;
	bool ok = fwrite(s->block.data, 1, s->block.len, s->file) == s->block.len;
	s->block.len = 0;
	return ok;
}

static int compare(const void *a, const void *b)
{
	const struct spool_entry *x = a, *y = b;
	int c = str_cmp(x->key, y->key);
	return c ? c : (x->number > y->number) - (x->number < y->number);
}

size_t spool_sort(struct spool *s)
{
	size_t k = 0, all = s->n;

	if (s->n > 1)
		qsort(s->entries, s->n, sizeof *s->entries, compare);
	for (size_t i = 0; i < s->n; i++)
		if (k == 0 || !str_eq(s->entries[k - 1].key, s->entries[i].key))
			s->entries[k++] = s->entries[i];
	s->n = k;
	return all - k;
}

bool spool_read(struct spool *s, const struct spool_entry *e)
{
	s->block.len = 0;
	buf_reserve(&s->block, e->len);
	if (fseeko(s->file, (off_t)e->offset, SEEK_SET) != 0
	    || fread(s->block.data, 1, e->len, s->file) != e->len)
		return false;
	s->block.len = e->len;
	return true;
}

bool spool_next(struct spool *s, size_t *at, unsigned *table, struct str *cells, size_t most, size_t *n)
{
	uint16_t head[2];
	uint32_t len;

	if (*at + sizeof head > s->block.len)
		return false;
	memcpy(head, s->block.data + *at, sizeof head);
	*at += sizeof head;
	*table = head[0];
	*n = head[1];
	for (size_t i = 0; i < head[1] && i < most; i++) {
		memcpy(&len, s->block.data + *at, sizeof len);
		*at += sizeof len;
		cells[i] = (struct str){(char *)s->block.data + *at, len};
		*at += len;
	}
	return true;
}
