#include "schema.h"
#include "short.h"

int name_index(const char *const *names, struct str name)
{
	for (int i = 0; names[i]; i++) {
		size_t k = 0;
		while (k < name.n && names[i][k] && names[i][k] == name.s[k])
			k++;
		if (k == name.n && !names[i][k] && name.s)
			return i;
	}
	return -1;
}

void schema_clear(const struct schema *s, void *out)
{
	for (; s->key; s++) {
		char *at = (char *)out + s->offset;
		switch (s->type) {
		case SCHEMA_STR: *(struct str *)at = (struct str){NULL, 0}; break;
		case SCHEMA_INT: *(int64_t *)at = 0; break;
		case SCHEMA_BOOL: *(bool *)at = false; break;
		case SCHEMA_SPAN: *(struct span *)at = SPAN_NONE; break;
		case SCHEMA_ENUM: *(int *)at = 0; break;
		case SCHEMA_NUMBER: *(struct number *)at = (struct number){{0, 0}, false}; break;
		case SCHEMA_DOUBLE: *(double *)at = 0; break;
		case SCHEMA_MAP: schema_clear(s->fields, at); break;
		case SCHEMA_FACTS: *(struct indices *)at = (struct indices){NULL, 0}; break;
		}
	}
}

static struct number number_read(struct cursor *c)
{
	struct number v = {{0, 0}, false};
	struct token tok;
	uint32_t small;

	if (short_uint(c, &small))
		return (struct number){{small, 0}, true};
	if (!cursor_token(c, &tok) || tok.type == TOKEN_NIL)
		return v;
	v.given = true;
	if (tok.type == TOKEN_UINT && tok.u <= INT64_MAX)
		v.value.mant = (int64_t)tok.u;
	else if (tok.type == TOKEN_INT)
		v.value.mant = tok.i;
	else if (tok.type != TOKEN_FLOAT && tok.type != TOKEN_DOUBLE)
		cursor_fail(c, "expected a number");
	else if (!decimal_from_double(tok.d, &v.value))
		cursor_fail(c, "number out of range");
	return v;
}

static int enum_read(struct cursor *c, const char *const *names)
{
	const uint8_t *start = c->p;
	struct str name;
	int i;

	if (short_bytes(c, &name) && (i = name_index(names, name)) >= 0)
		return i;
	c->p = start;
	name = cursor_str(c);
	i = c->error || !name.s ? 0 : name_index(names, name);
	if (i < 0) {
		cursor_fail(c, "unknown name in an enumeration");
		return 0;
	}
	return i;
}

static struct indices indices_read(struct cursor *c, struct arena *a)
{
	struct indices v = {NULL, 0};
	uint32_t n = cursor_array(c);

	v.items = arena_calloc(a, n, sizeof *v.items);
	for (uint32_t i = 0; i < n && !c->error; i++) {
		int64_t k = cursor_int(c);
		if (k < 0 || k > UINT32_MAX)
			cursor_fail(c, "expected an index");
		else
			v.items[v.n++] = (uint32_t)k;
	}
	return v;
}

static void field_read(const struct schema *s, struct cursor *c, struct arena *a, char *at)
{
	struct token tok;
	uint32_t small;

	switch (s->type) {
	case SCHEMA_STR:
		if (!short_str(c, (struct str *)at))
			*(struct str *)at = cursor_str(c);
		break;
	case SCHEMA_INT: *(int64_t *)at = short_uint(c, &small) ? small : cursor_int(c); break;
	case SCHEMA_BOOL: *(bool *)at = cursor_bool(c); break;
	case SCHEMA_SPAN:
		if (!short_span(c, (struct span *)at))
			*(struct span *)at = cursor_span(c);
		break;
	case SCHEMA_ENUM: *(int *)at = enum_read(c, s->names); break;
	case SCHEMA_NUMBER: *(struct number *)at = number_read(c); break;
	case SCHEMA_DOUBLE: *(double *)at = cursor_double(c); break;
	case SCHEMA_FACTS: *(struct indices *)at = indices_read(c, a); break;
	case SCHEMA_MAP:
		if (cursor_peek(c) == TOKEN_NIL)
			cursor_token(c, &tok);
		else
			schema_read(s->fields, c, a, at);
		break;
	}
}

/* A key as packers write it, to be compared in two words. */
struct key_form {
	uint64_t word[2], mask[2];
	size_t n;                       /* its bytes in the record; 0: too long for this */
};

enum { FORMS_MOST = 24 };

static struct key_form key_form_of(const char *key)
{
	struct key_form form = {{0, 0}, {0, 0}, 0};
	uint8_t bytes[16] = {0}, mask[16] = {0};
	size_t n = strlen(key);

	if (n >= sizeof bytes)
		return form;
	bytes[0] = (uint8_t)(0xA0 | n);         /* MessagePack specification: fixstr */
	memcpy(bytes + 1, key, n);
	memset(mask, 0xFF, n + 1);
	memcpy(form.word, bytes, sizeof bytes);
	memcpy(form.mask, mask, sizeof mask);
	form.n = n + 1;
	return form;
}

static inline bool key_stands(const struct cursor *c, const struct key_form *form)
{
	uint64_t word[2];

	if (!form->n || (size_t)(c->end - c->p) < sizeof word)
		return false;
	memcpy(word, c->p, sizeof word);
	return (((word[0] & form->mask[0]) ^ form->word[0]) | ((word[1] & form->mask[1]) ^ form->word[1])) == 0;
}

/* Reads the map's pairs into OUT. FORMS: of the NFORMS first fields. */
static void pairs_read(const struct schema *s, struct cursor *c, struct arena *a, const struct key_form *forms,
	size_t nforms, void *out)
{
	uint32_t n = cursor_map(c);
	const struct schema *next = s;

	while (n-- > 0 && !c->error) {
		/* keys mostly come in the table's order: start where the last one was */
		const struct schema *f = next;
		size_t at = (size_t)(f - s);
		if (at < nforms && key_stands(c, &forms[at])) {
			c->p += forms[at].n;
		} else {
			struct str key = cursor_key(c);
			if (!f->key || !str_is(key, f->key))
				for (f = s; f->key && !str_is(key, f->key); f++)
					;
			if (!f->key) {
				cursor_skip(c);
				continue;
			}
		}
		field_read(f, c, a, (char *)out + f->offset);
		next = f + 1;
	}
}

void schema_read(const struct schema *s, struct cursor *c, struct arena *a, void *out)
{
	schema_clear(s, out);
	pairs_read(s, c, a, NULL, 0, out);
}

void *schema_read_list(const struct schema *s, struct cursor *c, struct arena *a,
	size_t size, size_t *n)
{
	/* items grow as they are found: a lying count must not ask for memory */
	uint32_t count = cursor_array(c);
	size_t cap = 0, len = 0, nforms = 0;
	struct key_form forms[FORMS_MOST];
	char *items = NULL, *blank = NULL;

	if (count) {
		blank = arena_calloc(a, 1, size);
		schema_clear(s, blank);
		for (; nforms < FORMS_MOST && s[nforms].key; nforms++)
			forms[nforms] = key_form_of(s[nforms].key);
	}
	while (count-- > 0 && !c->error) {
		items = arena_grow(a, items, &cap, len + 1, size);
		memcpy(items + len * size, blank, size);
		pairs_read(s, c, a, forms, nforms, items + len * size);
		len++;
	}
	*n = c->error ? 0 : len;
	return items;
}

void pack_number(struct buf *b, struct number v)
{
	int64_t whole;

	if (!v.given)
		pack_nil(b);
	else if (decimal_to_int(v.value, &whole))
		pack_int(b, whole);
	else
		pack_double(b, decimal_to_double(v.value));
}

static bool field_is_null(const struct schema *s, const char *at)
{
	switch (s->type) {
	case SCHEMA_STR: return !((const struct str *)at)->s;
	case SCHEMA_INT: return *(const int64_t *)at == 0;
	case SCHEMA_BOOL: return !*(const bool *)at;
	case SCHEMA_SPAN: return span_is_none(*(const struct span *)at);
	case SCHEMA_NUMBER: return !((const struct number *)at)->given;
	case SCHEMA_FACTS: return ((const struct indices *)at)->n == 0;
	default: return false;
	}
}

static void field_pack(const struct schema *s, struct buf *b, const char *at)
{
	switch (s->type) {
	case SCHEMA_STR: pack_str(b, *(const struct str *)at); break;
	case SCHEMA_INT: pack_int(b, *(const int64_t *)at); break;
	case SCHEMA_BOOL: pack_bool(b, *(const bool *)at); break;
	case SCHEMA_SPAN: pack_span(b, *(const struct span *)at); break;
	case SCHEMA_ENUM: pack_key(b, s->names[*(const int *)at]); break;
	case SCHEMA_NUMBER: pack_number(b, *(const struct number *)at); break;
	case SCHEMA_DOUBLE: pack_double(b, *(const double *)at); break;
	case SCHEMA_MAP: schema_pack(s->fields, b, at); break;
	case SCHEMA_FACTS: {
		const struct indices *v = (const struct indices *)at;
		pack_array(b, v->n);
		for (size_t i = 0; i < v->n; i++)
			pack_uint(b, v->items[i]);
		break;
	}
	}
}

void schema_pack(const struct schema *s, struct buf *b, const void *in)
{
	size_t n = 0;

	for (const struct schema *f = s; f->key; f++)
		n += !(f->optional && field_is_null(f, (const char *)in + f->offset));
	pack_map(b, n);
	for (const struct schema *f = s; f->key; f++) {
		const char *at = (const char *)in + f->offset;
		if (f->optional && field_is_null(f, at))
			continue;
		pack_key(b, f->key);
		field_pack(f, b, at);
	}
}

void schema_pack_list(const struct schema *s, struct buf *b, const void *items,
	size_t n, size_t size)
{
	pack_array(b, n);
	for (size_t i = 0; i < n; i++)
		schema_pack(s, b, (const char *)items + i * size);
}
