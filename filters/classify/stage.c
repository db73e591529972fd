#include "stage.h"
#include "document.h"

static void work(const struct stage *stage, const void *model, const struct knowledge *k, struct filter *f)
{
	struct about about;
	struct str text = filter_text(f);
	size_t n;

	if (!text.s)
		return;
	struct cursor c = filter_need(f, "segments", "segment");
	struct segment *segments = segments_read(&c, &f->arena, text, &n);
	filter_check(f, "segments", &c);
	document_about(k, f, text, segments, n, &about);
	about_pack(filter_key(f, "about"), &about);
	labels_pack(filter_key(f, "labels"), stage->labels(model, text, segments, n, &f->arena), n);
}

static void load(const struct stage *stage, struct knowledge *k, struct filter *f)
{
	issuers_load(&k->issuers, filter_table(f, stage->issuers));
	genres_load(&k->genres, filter_table(f, stage->genres));
	periods_load(&k->periods, filter_table(f, stage->periods));
	regions_load(&k->regions, filter_table(f, stage->regions));
	filter_tables_done(f);
}

static int end(const struct stage *stage, void *model, struct knowledge *k, int status)
{
	stage->free(model);
	issuers_free(&k->issuers);
	genres_free(&k->genres);
	periods_free(&k->periods);
	regions_free(&k->regions);
	return status;
}

int stage_run(const struct stage *stage, void *model, struct filter *f)
{
	struct knowledge k;

	stage->load(model, f);
	load(stage, &k, f);
	for (;;)
		switch (filter_next(f)) {
		case FILTER_RECORD:
			work(stage, model, &k, f);
			filter_write(f);
			break;
		case FILTER_END:
			return end(stage, model, &k, filter_finish(f));
		case FILTER_ERROR:
			return end(stage, model, &k, filter_fail(f));
		}
}
