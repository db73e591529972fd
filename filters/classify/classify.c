/* classify: what a document is, and what each of its segments speaks of.
 *
 * Reads doc, text, head, segments; adds about and labels; keeps all other keys.
 *
 *     decode reports/ | segment | classify | tojson | jq -c .about
 */
#include "labels.h"
#include "stage.h"

static const char *const owns[] = {"about", "labels", NULL};

static const struct filter_program program = {
	"classify", "Tells what a document is, and what each part of it speaks of.", NULL,
	FILTER_STAGE, NULL, owns
};

static void load(void *model, struct filter *f)
{
	struct table *topics = filter_table(f, "topics.tsv"), *keywords = filter_table(f, "keywords.tsv");

	words_load(model, topics, keywords, filter_table(f, "roles.tsv"));
}

static struct label *labels(const void *model, struct str text, const struct segment *segments, size_t n,
	struct arena *a)
{
	return labels_make(model, text, segments, n, a);
}

static void forget(void *model)
{
	words_free(model);
}

static const struct stage stage = {
	load, labels, forget, "issuers.tsv", "genres.tsv", "periods.tsv", "regions.tsv"
};

int main(int argc, char **argv)
{
	struct filter f;
	struct words words;

	filter_start(&f, &program, argc, argv, NULL);
	return stage_run(&stage, &words, &f);
}
