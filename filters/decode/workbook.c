#include "workbook.h"
#include "foreign.h"
#include "rows.h"

#include <stdlib.h>

static void tell(struct decode *d, const struct document *doc, struct str code, struct str message)
{
	document_problem(d, doc, arena_strndup(&d->f.arena, code.s, code.n), "%.*s", STR_ARG(message));
}

void workbook_read(struct decode *d, const struct document *origin)
{
	struct str in = {(char *)d->bytes.data, d->bytes.len}, code, message;
	struct document doc = *origin;
	struct foreign book;
	uint64_t before = d->f.number;

	document_identify(&doc, in);
	doc.type = STR(XLSX);
	if (!foreign_read(&book, &d->helper, XLSX_ROWS, in, &d->f.arena, &code, &message)) {
		tell(d, &doc, code, message);
		document_emit(d, &doc);
		return;
	}
	/* what was lost of it is a record of its own, before the rows */
	for (size_t i = 0; i + 1 < book.nproblems; i += 2)
		tell(d, &doc, book.problems[i], book.problems[i + 1]);
	if (book.nproblems)
		document_emit(d, &doc);

	/* the rows need the helper, if they are pages, and the arena: what it answered is kept apart */
	struct buf reply = d->helper.reply;
	d->helper.reply = (struct buf){0};
	size_t n = book.npages, *starts = xmalloc((n + 1) * sizeof *starts);
	for (size_t i = 0; i < n; i++)
		starts[i] = book.pages[i];
	starts[n] = book.text.n;
	for (size_t i = 0; i < n && !d->f.out.error; i++)
		rows_sheet(d, origin, str_sub(book.text, starts[i], starts[i + 1]), n > 1);
	if (d->f.number == before) {
		arena_reset(&d->f.arena);
		document_problem(d, &doc, "empty", "a workbook without rows");
		document_emit(d, &doc);
	}
	free(starts);
	buf_free(&reply);
}
