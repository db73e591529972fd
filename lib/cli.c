#include "cli.h"
#include "arena.h"
#include "stream.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct common {
	bool quiet, help, version;
	size_t max_record;
};

static const struct cli_option common_options[] = {
	{"replace", 'r', CLI_REPLACE, "NAME=FILE", "read the rule file NAME from FILE", 0, false},
	{"max-record", 0, CLI_SIZE, "BYTES", "refuse larger records (256M)", offsetof(struct common, max_record), false},
	{"quiet", 'q', CLI_FLAG, NULL, "no progress and no summary", offsetof(struct common, quiet), false},
	{"help", 'h', CLI_FLAG, NULL, "print this help and exit", offsetof(struct common, help), false},
	{"version", 'V', CLI_FLAG, NULL, "print the version and exit", offsetof(struct common, version), false},
	{0}
};

static void say_v(const struct cli *cli, const char *fmt, va_list ap)
{
	/* one write, so that the messages of a pipeline do not mix */
	char line[4096];
	int n = snprintf(line, sizeof line, "gongwen %s: ", cli->program);
	vsnprintf(line + n, sizeof line - (size_t)n - 1, fmt, ap);
	/* names and messages come from streams too: none may end the line or steer a terminal */
	for (char *p = line; *p; p++)
		if ((uint8_t)*p < ' ' || *p == 0x7F)
			*p = '?';
	strcat(line, "\n");
	/* progress may stand in that line */
	fprintf(stderr, "%s%s", cli->terminal ? "\r\033[K" : "", line);
	fflush(stderr);
}

void cli_say(const struct cli *cli, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say_v(cli, fmt, ap);
	va_end(ap);
}

void cli_die(const struct cli *cli, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say_v(cli, fmt, ap);
	va_end(ap);
	exit(EXIT_BROKEN);
}

void cli_misuse(const struct cli *cli, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say_v(cli, fmt, ap);
	va_end(ap);
	fprintf(stderr, "usage: see '%s -h'\n", cli->program);
	exit(EXIT_BROKEN);
}

static void print_synopsis(FILE *to, const char *program, const char *operands,
	const struct cli_option *options)
{
	fprintf(to, "usage: %s", program);
	for (int pass = 0; pass < 2; pass++)
		for (const struct cli_option *o = pass ? common_options : options; o && o->name; o++) {
			fputs(" [", to);
			if (o->letter)
				fprintf(to, "-%c", o->letter);
			else
				fprintf(to, "--%s", o->name);
			if (o->arg)
				fprintf(to, " %s", o->arg);
			fputs("]", to);
		}
	if (operands)
		fprintf(to, " %s", operands);
	fputs("\n", to);
}

static void print_help(const char *program, const char *purpose, const char *operands,
	const struct cli_option *options)
{
	print_synopsis(stdout, program, operands, options);
	printf("%s\n\n", purpose);
	for (int pass = 0; pass < 2; pass++)
		for (const struct cli_option *o = pass ? common_options : options; o && o->name; o++) {
			char left[64];
			int n = o->letter ? snprintf(left, sizeof left, "-%c, --%s", o->letter, o->name)
				: snprintf(left, sizeof left, "    --%s", o->name);
			if (o->arg && n < (int)sizeof left)
				snprintf(left + n, sizeof left - (size_t)n, " %s", o->arg);
			printf("  %-26s %s\n", left, o->help);
		}
	if (fflush(stdout) != 0 || ferror(stdout))
		exit(EXIT_BROKEN);
}

static size_t parse_size(const struct cli *cli, const char *name, const char *arg)
{
	char *end;
	errno = 0;
	unsigned long long v = strtoull(arg, &end, 10);
	unsigned shift = 0;

	switch (*end) {
	case 'k': case 'K': shift = 10; break;
	case 'm': case 'M': shift = 20; break;
	case 'g': case 'G': shift = 30; break;
	}
	if (shift)
		end++;
	if (errno || end == arg || *end || arg[0] == '-' || v == 0 || v > (SIZE_MAX / 2) >> shift)
		cli_misuse(cli, "--%s: '%s' is no size in bytes (k, M, G may follow)", name, arg);
	return (size_t)v << shift;
}

static void take(struct cli *cli, const struct cli_option *o, void *at, char *arg)
{
	switch (o->kind) {
	case CLI_FLAG:
		*(bool *)at = true;
		break;
	case CLI_STRING:
		*(const char **)at = arg;
		break;
	case CLI_SIZE:
		*(size_t *)at = parse_size(cli, o->name, arg);
		break;
	case CLI_REPLACE: {
		char *eq = strchr(arg, '=');
		if (!eq || eq == arg || !eq[1])
			cli_misuse(cli, "-%c takes NAME=FILE, not '%s'", o->letter, arg);
		cli->replaced[cli->nreplaced++] = (struct cli_replacement){
			arg, (size_t)(eq - arg), eq + 1, false};
		break;
	}
	}
	if (o->content) {
		size_t n = strlen(o->name) + (arg ? strlen(arg) : 0) + 4;
		char *s = xmalloc(n);
		snprintf(s, n, "--%s%s%s", o->name, arg ? "=" : "", arg ? arg : "");
		cli->args[cli->nargs++] = s;
	}
}

void cli_parse(struct cli *cli, const char *program, const char *purpose,
	const char *operands, const struct cli_option *options, void *opts,
	int argc, char **argv)
{
	static const struct cli_option none[] = {{0}};
	const struct cli_option *all[128];
	struct option longs[128];
	char shorts[128] = "";
	struct common common = {.max_record = RECORD_MOST};
	size_t n = 0, k = 0;

	signal(SIGPIPE, SIG_DFL);       /* a parent may have ignored it */
	options = options ? options : none;
	*cli = (struct cli){.program = program};
	cli->replaced = xmalloc((size_t)argc * sizeof *cli->replaced);
	cli->args = xmalloc((size_t)argc * sizeof *cli->args);
	for (int pass = 0; pass < 2; pass++)
		for (const struct cli_option *o = pass ? common_options : options; o->name; o++) {
			longs[n] = (struct option){o->name, o->kind == CLI_FLAG ? no_argument
				: required_argument, NULL, 256 + (int)n};
			all[n++] = o;
			if (o->letter) {
				shorts[k++] = o->letter;
				if (o->kind != CLI_FLAG)
					shorts[k++] = ':';
			}
		}
	longs[n] = (struct option){0};
	opterr = 0;
	for (int c; (c = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
		size_t i = c >= 256 ? (size_t)(c - 256) : 0;
		if (c == '?') {
			const char *bad = argv[optind - 1];
			fprintf(stderr, "gongwen %s: unknown option or missing argument: '%s'\n", program, bad);
			print_synopsis(stderr, program, operands, options);
			exit(EXIT_BROKEN);
		}
		if (c < 256)
			while (all[i]->letter != c)
				i++;
		bool is_common = all[i] >= common_options
			&& all[i] < common_options + sizeof common_options / sizeof *common_options;
		void *base = is_common ? (void *)&common : opts;
		take(cli, all[i], (char *)base + all[i]->offset, optarg);
	}
	if (common.help) {
		print_help(program, purpose, operands, options);
		exit(EXIT_DONE);
	}
	if (common.version) {
		printf("gongwen %s %s (stream format %d)\n", program, GONGWEN_VERSION, STREAM_VERSION);
		exit(fflush(stdout) == 0 ? EXIT_DONE : EXIT_BROKEN);
	}
	cli->quiet = common.quiet;
	cli->terminal = !common.quiet && isatty(STDERR_FILENO);
	cli->max_record = common.max_record;
	cli->operands = argv + optind;
	cli->noperands = argc - optind;
	if (!operands && cli->noperands > 0)
		cli_misuse(cli, "takes no operands, but got '%s'", cli->operands[0]);
}

void cli_free(struct cli *cli)
{
	for (size_t i = 0; i < cli->nargs; i++)
		free(cli->args[i]);
	free(cli->args);
	free(cli->replaced);
	cli->args = NULL;
	cli->replaced = NULL;
	cli->nargs = cli->nreplaced = 0;
}
