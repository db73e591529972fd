/* page: the HTML file, from page.html and what stands beside it.
 *
 * Lines of page.html that start with @ are orders: @csp, @style FILE, @script FILE,
 * @library (the chart library) and @data. All else is copied. Scripts and styles stand
 * in the page itself, each named by its hash in the content security policy: nothing
 * else may run, and nothing may be fetched. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "filter.h"

struct page {
	struct page_piece *pieces;
	size_t n, cap;
};

/* Reads the template and its files; -r NAME=FILE replaces each. Ends the program where
 * one cannot be taken; a chart library that is not installed is no error. */
void page_load(struct page *p, struct filter *f);

/* Writes the page; DATA is called where the data stands. */
void page_write(const struct page *p, struct stream_out *out,
	void (*data)(struct stream_out *out, void *ctx), void *ctx);

/* One element of data, as base64: ID is a name of ours. */
void page_data(struct stream_out *out, struct buf *room, const char *id, struct str data);

void page_free(struct page *p);

#endif
