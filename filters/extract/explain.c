#include "explain.h"

void explain_head(FILE *to)
{
	fputs("begin\tend\tsurface\tkind\tvalue\thigh\tunit\tbound\tchange\tmodality\tmeasure\t"
		"indicator\trule\tscope\tperiod\n", to);
}

static void cell(FILE *to, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		putc((uint8_t)s.s[i] < ' ' ? ' ' : s.s[i], to);
	putc('\t', to);
}

static void number(FILE *to, struct number v)
{
	char text[DECIMAL_TEXT];

	if (v.given) {
		decimal_format(v.value, text);
		fputs(text, to);
	}
	putc('\t', to);
}

void explain_number(FILE *to, const struct document *d, const struct expr *x, const char *why)
{
	const struct fact *f = &x->fact;

	fprintf(to, "%u\t%u\t", x->at.b, x->at.e);
	cell(to, str_sub(d->text, x->at.b, x->at.e));
	if (why) {
		fprintf(to, "none\t\t\t\t\t\t\t\t\t%s\t\t\n", why);
		return;
	}
	cell(to, str_of(fact_kinds[f->kind]));
	number(to, f->value);
	number(to, f->high);
	cell(to, f->unit);
	cell(to, str_of(fact_bounds[f->bound]));
	cell(to, str_of(fact_changes[f->change]));
	cell(to, str_of(fact_modalities[f->modality]));
	cell(to, f->measure);
	cell(to, f->indicator);
	cell(to, f->rule);
	cell(to, f->scope);
	fprintf(to, "%.*s\n", STR_ARG(f->period));
}
