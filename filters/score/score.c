/* score: compares a stream with annotated documents.
 *
 *     decode reports | segment | classify | extract | score gold
 *
 * Reads doc, text and whatever of segments, labels, about, facts and mentions the
 * records have; prints precision, recall and F1 (score.1 defines each). */
#include "judge.h"
#include "print.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

struct options {
	bool verbose, json;
	const char *run;
};

static const struct cli_option options[] = {
	{"verbose", 'v', CLI_FLAG, NULL, "list each miss", offsetof(struct options, verbose), false},
	{"json", 0, CLI_FLAG, NULL, "print one JSON object", offsetof(struct options, json), false},
	{"run", 0, CLI_STRING, "FILE", "compare with the stream in FILE", offsetof(struct options, run), false},
	{0}
};

static const struct filter_program program = {
	"score", "compares a stream with gold annotation: precision, recall and F1", "GOLD_DIR",
	FILTER_SINK, options, NULL
};

struct scorer {
	struct filter f;
	struct options o;
	struct gold_set gold;
	struct run runs[2];
	bool *found;            /* gold documents that the first run has */
	bool *seen;             /* ... that the run in hand has */
	bool astray;            /* a text that is not the annotated one */
};

static struct str doc_path(struct filter *f)
{
	struct cursor c;
	struct str path = {NULL, 0};

	if (!filter_open(f, "doc", &c))
		return path;
	for (uint32_t n = cursor_map(&c); n-- > 0 && !c.error;) {
		struct str key = cursor_str(&c);
		if (str_is(key, "path"))
			path = cursor_str(&c);
		else
			cursor_skip(&c);
	}
	filter_check(f, "doc", &c);
	return path;
}

static void record_score(struct scorer *s, struct run *run)
{
	struct str path = doc_path(&s->f);
	struct gold *gold = path.s ? gold_find(&s->gold, path) : NULL;

	if (!gold) {
		if (!s->f.cli.quiet)
			cli_say(&s->f.cli, "%s: no gold, not scored", filter_where(&s->f));
		return;
	}
	size_t i = (size_t)(gold - s->gold.items);
	if (s->seen[i]) {
		cli_say(&s->f.cli, "%s: a second record for the gold %s, not scored",
			filter_where(&s->f), gold->name);
		return;
	}
	s->seen[i] = true;
	struct judge j = {.f = &s->f, .gold = gold, .run = run, .text = filter_text(&s->f)};
	if (!j.text.s)
		j.text = (struct str){"", 0};
	if (!judge_same_text(&j)) {
		cli_say(&s->f.cli, "%s: the text is not the one that was annotated", filter_where(&s->f));
		s->astray = true;
	}
	j.doc = run_document(run, gold->name);
	judge_about(&j);
	judge_facts(&j);
	judge_dates(&j);
	judge_outline(&j);
}

/* Scores the stream that the filter stands on; false where it is broken. */
static bool run_score(struct scorer *s, struct run *run)
{
	run->keep_misses = s->o.verbose;
	run->json = s->o.json;
	memset(s->seen, 0, s->gold.n * sizeof *s->seen);
	for (;;)
		switch (filter_next(&s->f)) {
		case FILTER_RECORD: record_score(s, run); break;
		case FILTER_END: run_sum(run); return true;
		case FILTER_ERROR: return false;
		}
}

/* Puts the second stream in the place of standard input. */
static void other_open(struct scorer *s)
{
	int fd = open(s->o.run, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		cli_die(&s->f.cli, "%s: cannot open: %s", s->o.run, strerror(errno));
	stream_close(&s->f.in);
	stream_open(&s->f.in, fd, s->f.cli.max_record);
}

static bool print_all(struct scorer *s)
{
	const char **missing = xmalloc((s->gold.n + 1) * sizeof *missing);
	struct printing p = {&s->runs[0], s->o.run ? &s->runs[1] : NULL, missing, 0};

	for (size_t i = 0; i < s->gold.n; i++)
		if (!s->found[i])
			missing[p.nmissing++] = s->gold.items[i].name;
	(s->o.json ? print_json : print_table)(stdout, &p);
	s->astray |= p.nmissing > 0;
	free(missing);
	if (fflush(stdout) == 0 && !ferror(stdout) && close(STDOUT_FILENO) == 0)
		return true;
	cli_say(&s->f.cli, "cannot write: %s", strerror(errno));
	return false;
}

static int end(struct scorer *s, int status)
{
	run_free(&s->runs[0]);
	run_free(&s->runs[1]);
	gold_free(&s->gold);
	free(s->found);
	free(s->seen);
	return status;
}

int main(int argc, char **argv)
{
	struct scorer s = {0};

	filter_start(&s.f, &program, argc, argv, &s.o);
	filter_tables_done(&s.f);
	if (s.f.cli.noperands != 1)
		cli_misuse(&s.f.cli, "takes the folder of the gold files");
	if (!gold_load(&s.gold, s.f.cli.operands[0]))
		cli_die(&s.f.cli, "%s", s.gold.error);
	s.found = xmalloc(s.gold.n * sizeof *s.found);
	s.seen = xmalloc(s.gold.n * sizeof *s.seen);
	if (!run_score(&s, &s.runs[0]))
		return end(&s, filter_fail(&s.f));
	memcpy(s.found, s.seen, s.gold.n * sizeof *s.found);
	if (s.o.run) {
		other_open(&s);
		if (!run_score(&s, &s.runs[1]))
			return end(&s, filter_fail(&s.f));
	}
	bool written = print_all(&s);
	int status = end(&s, filter_finish(&s.f));
	return !written ? EXIT_BROKEN : status == EXIT_DONE && s.astray ? EXIT_LOST : status;
}
