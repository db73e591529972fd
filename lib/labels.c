#include "labels.h"

void labels_load(struct labels *l, struct table *t)
{
	*l = (struct labels){.t = t, .id = table_need(t, "id"), .label = table_need(t, "label_en")};
}

struct str labels_of(struct labels *l, struct str id)
{
	size_t n = l->id < 0 ? 0 : l->t->nrows;

	for (size_t k = 0, i = l->next; k < n; k++, i = i + 1 < n ? i + 1 : 0)
		if (str_eq(table_cell(l->t, i, l->id), id)) {
			l->next = i + 1 < n ? i + 1 : 0;
			return table_cell(l->t, i, l->label);
		}
	return (struct str){"", 0};
}
