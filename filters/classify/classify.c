/* classify: what a document is, and what each of its segments speaks of.
 *
 * Reads doc, text, head, segments; adds about and labels; keeps all other keys.
 *
 *     decode reports/ | segment | classify | tojson | jq -c .about
 */
#include "document.h"
#include "labels.h"

static const char *const owns[] = {"about", "labels", NULL};

static const struct filter_program program = {
	"classify", "Tells what a document is, and what each part of it speaks of.", NULL,
	FILTER_STAGE, NULL, owns
};

struct tables {
	struct words words;
	struct knowledge knowledge;
};

static void work(struct filter *f, const struct tables *t)
{
	struct about about;
	struct str text = filter_text(f);
	size_t n;

	if (!text.s)
		return;
	struct cursor c = filter_need(f, "segments", "segment");
	struct segment *segments = segments_read(&c, &f->arena, text, &n);
	filter_check(f, "segments", &c);
	document_about(&t->knowledge, f, text, segments, n, &about);
	about_pack(filter_key(f, "about"), &about);
	labels_pack(filter_key(f, "labels"), labels_make(&t->words, text, segments, n, &f->arena), n);
}

static void load(struct filter *f, struct tables *t)
{
	struct table *topics = filter_table(f, "topics.tsv"), *keywords = filter_table(f, "keywords.tsv");

	words_load(&t->words, topics, keywords, filter_table(f, "roles.tsv"));
	issuers_load(&t->knowledge.issuers, filter_table(f, "issuers.tsv"));
	genres_load(&t->knowledge.genres, filter_table(f, "genres.tsv"));
	periods_load(&t->knowledge.periods, filter_table(f, "periods.tsv"));
	regions_load(&t->knowledge.regions, filter_table(f, "regions.tsv"));
	filter_tables_done(f);
}

static int end(struct tables *t, int status)
{
	words_free(&t->words);
	issuers_free(&t->knowledge.issuers);
	genres_free(&t->knowledge.genres);
	periods_free(&t->knowledge.periods);
	regions_free(&t->knowledge.regions);
	return status;
}

int main(int argc, char **argv)
{
	struct filter f;
	struct tables t;

	filter_start(&f, &program, argc, argv, NULL);
	load(&f, &t);
	for (;;)
		switch (filter_next(&f)) {
		case FILTER_RECORD:
			work(&f, &t);
			filter_write(&f);
			break;
		case FILTER_END:
			return end(&t, filter_finish(&f));
		case FILTER_ERROR:
			return end(&t, filter_fail(&f));
		}
}
