#include "messages.h"

#include <stdlib.h>

static const char *const names[WORDS] = {
	"{stated}", "{computed}", "{bases}", "{part}", "{whole}", "{list}", "{low}", "{high}"
};

/* Cuts TEXT into pieces from *NEXT on. */
static struct sentence_form form_of(struct str text, struct piece **next)
{
	struct sentence_form form = {*next, 0};
	size_t from = 0;

	for (size_t i = 0; i <= text.n;) {
		int w = 0;
		while (i < text.n && w < WORDS && !str_starts(str_sub(text, i, text.n), str_of(names[w])))
			w++;
		if (i < text.n && w == WORDS) {
			i++;
			continue;
		}
		if (i > from)
			(*next)[form.n++] = (struct piece){str_sub(text, from, i), WORDS};
		if (i == text.n)
			break;
		(*next)[form.n++] = (struct piece){{NULL, 0}, (enum word)w};
		i += strlen(names[w]);
		from = i;
	}
	*next += form.n;
	return form;
}

void messages_load(struct messages *m, struct table *t)
{
	int kind = table_need(t, "kind"), holds = table_need(t, "holds"), zh = table_need(t, "zh"), en = table_need(t, "en");
	size_t bytes = 0;

	*m = (struct messages){0};
	if (t->error[0])
		return;
	/* no more pieces than characters */
	for (size_t i = 0; i < t->nrows; i++)
		bytes += table_cell(t, i, zh).n + table_cell(t, i, en).n;
	m->pieces = xmalloc((bytes + 1) * sizeof *m->pieces);
	m->rows = xmalloc((t->nrows + 1) * sizeof *m->rows);
	struct piece *next = m->pieces;
	for (; m->n < t->nrows; m->n++) {
		struct message *row = &m->rows[m->n];
		row->kind = table_cell(t, m->n, kind);
		row->holds = table_cell(t, m->n, holds);
		row->zh = form_of(table_cell(t, m->n, zh), &next);
		row->en = form_of(table_cell(t, m->n, en), &next);
	}
}

void messages_free(struct messages *m)
{
	free(m->rows);
	free(m->pieces);
}

const struct message *messages_find(const struct messages *m, const char *kind, const char *holds)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_is(m->rows[i].kind, kind) && str_is(m->rows[i].holds, holds))
			return &m->rows[i];
	return NULL;
}

struct str message_fill(const struct sentence_form *form, const struct str *words, struct arena *a)
{
	size_t n = 0;

	for (size_t i = 0; i < form->n; i++)
		n += form->pieces[i].word == WORDS ? form->pieces[i].text.n : words[form->pieces[i].word].n;
	char *out = arena_alloc(a, n + 1), *p = out;
	for (size_t i = 0; i < form->n; i++) {
		struct str s = form->pieces[i].word == WORDS ? form->pieces[i].text : words[form->pieces[i].word];
		if (s.n)
			memcpy(p, s.s, s.n);
		p += s.n;
	}
	*p = '\0';
	return (struct str){out, n};
}
