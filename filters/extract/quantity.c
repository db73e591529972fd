#include "quantity.h"
#include "finder.h"

/* Bare numbers that got no unit are none of ours. */
static void pending_drop(struct finder *f)
{
	f->out->n -= f->pending;
	f->pending = 0;
}

struct expr *finder_add(struct finder *f, enum expr_kind kind, size_t b, size_t e)
{
	struct exprs *o = f->out;
	if (kind != EXPR_FACT)
		pending_drop(f);
	o->items = arena_grow(f->arena, o->items, &o->cap, o->n + 1, sizeof *o->items);
	struct expr *x = &o->items[o->n++];
	memset(x, 0, sizeof *x);
	x->kind = kind;
	x->at = x->fact.at = (struct span){(uint32_t)b, (uint32_t)e};
	x->fact.measure_at = SPAN_NONE;
	return x;
}

void finder_numbers(struct finder *f, struct fact *fact, const struct numeral *v, int unit_scale)
{
	fact->value = (struct number){decimal_norm(decimal_shift(v->value, unit_scale)), true};
	if (v->range)
		fact->high = (struct number){decimal_norm(decimal_shift(v->high, unit_scale)), true};
	size_t n = strlen(v->digits);
	fact->digits = (struct str){arena_strndup(f->arena, v->digits, n), n};
	fact->scale = v->scale + unit_scale;
}

int finder_bound(const struct numeral *v)
{
	return v->bound == NUMERAL_OVER ? BOUND_OVER : v->bound == NUMERAL_ABOUT ? BOUND_ABOUT
		: v->bound == NUMERAL_UNDER ? BOUND_UNDER : BOUND_EXACT;
}

static size_t skip_spaces(const struct finder *f, size_t at)
{
	for (int i = 0; i < 2; i++)
		at += space_at(f->text.s + at, f->e - at);
	return at;
}

/* A unit that may stand here; *end behind it. A second one in brackets belongs
 * to it: 宗(处). */
static const struct unit *unit_at(const struct finder *f, size_t at, struct str *word, size_t *end)
{
	static const char *const open[] = {"(", "（"}, *const close[] = {")", "）"};
	const struct unit *u = units_match(f->lex->units, f->text.s + at, f->e - at);

	if (!u)
		return NULL;
	*end = at + u->word.n;
	*word = u->name;
	for (int i = 0; i < 2; i++) {
		if (!finder_starts(f, *end, open[i]))
			continue;
		size_t p = *end + strlen(open[i]);
		const struct unit *v = units_match(f->lex->units, f->text.s + p, f->e - p);
		if (v && v->kind == u->kind && finder_starts(f, p + v->word.n, close[i])) {
			char both[64];
			size_t n = (size_t)snprintf(both, sizeof both, "%.*s%.*s", (int)u->word.n, u->word.s, (int)v->word.n, v->word.s);
			const struct unit *w = n < sizeof both ? units_match(f->lex->units, both, n) : NULL;
			*end = p + v->word.n + strlen(close[i]);
			*word = str_sub(f->text, at, *end);
			if (w && w->word.n == n && str_is(v->word, "次")) {        /* 家(次) */
				*word = w->name;
				return w;
			}
		}
	}
	return u;
}

/* Gives the bare numbers before this one its unit: 分别为12、15和20件. */
static void pending_settle(struct finder *f, const struct expr *last, const struct unit *u)
{
	for (size_t i = f->out->n - 1 - f->pending; i < f->out->n - 1; i++) {
		struct expr *x = &f->out->items[i];
		x->fact.kind = last->fact.kind;
		x->fact.unit = last->fact.unit;
		x->unit_group = last->unit_group;
		if (u) {
			x->fact.value.value = decimal_shift(x->fact.value.value, u->scale);
			x->fact.scale += u->scale;
		}
	}
	f->pending = 0;
}

/* 2.1个和5.3个百分点: the 个 before E is of the points that follow it. Their unit, NULL where none follow. */
static const struct unit *points_behind(const struct finder *f, size_t e)
{
	static const char *const seps[] = {"、", "和", "及", "与", "以及", NULL};
	struct numeral v;

	for (int i = 0; seps[i]; i++) {
		size_t at = e + strlen(seps[i]);
		if (!finder_starts(f, e, seps[i]) || !finder_is_digit(finder_at(f, at)))
			continue;
		size_t n = numeral_read(f->text.s + at, f->e - at, &v);
		if (!n || !finder_starts(f, at + n, "个"))
			return NULL;
		const struct unit *u = units_match(f->lex->units, f->text.s + at + n, f->e - at - n);
		return u && u->kind == FACT_POINTS ? u : str_is(u ? u->word : STR(""), "个") ? points_behind(f, at + n + 3) : NULL;
	}
	return NULL;
}

/* 共计104 960份: one number in groups of three, where a word stands before AT and a unit behind; 0 where it is none. */
static size_t joined_read(const struct finder *f, size_t at, struct numeral *v)
{
	const char *s = f->text.s + at;

	if (f->e - at < 8 || s[3] != ' ' || s[0] < '1' || s[0] > '9' || s[4] < '0' || s[4] > '9'
	    || at < 3 || (uint8_t)f->text.s[at - 1 - (f->text.s[at - 1] == ' ')] < 0x80)
		return 0;
	size_t n = numeral_read_flags(s, f->e - at, NUMERAL_JOINED, v);
	size_t gap = n > 4 && n < f->e - at && s[n] == ' ';
	return n > 4 && units_match(f->lex->units, s + n + gap, f->e - at - n - gap) ? n : 0;
}

/* Behind a percent or unit: —10% closes a range. */
static size_t range_behind(struct finder *f, size_t e, struct fact *fact, const struct unit *u)
{
	static const char *const marks[] = {"—", "-", "~", "～", "至", "–", "－", "到", NULL};
	struct numeral v;

	for (int i = 0; marks[i]; i++) {
		if (!finder_starts(f, e, marks[i]))
			continue;
		size_t at = e + strlen(marks[i]);
		size_t n = at < f->e ? numeral_read(f->text.s + at, f->e - at, &v) : 0;
		if (!n || v.range || v.type != NUMERAL_NUMBER)
			return e;
		const struct unit *w = units_match(f->lex->units, f->text.s + at + n, f->e - at - n);
		struct decimal high = decimal_shift(v.value, u->scale);
		if (w != u || decimal_cmp(high, fact->value.value) <= 0)
			return e;
		fact->high = (struct number){decimal_norm(high), true};
		return at + n + w->word.n;
	}
	return e;
}

/* 两年半, 一个半小时: adds the half, and takes the unit that it goes with. */
static size_t half_read(const struct finder *f, size_t e, struct numeral *v,
	const struct unit **u, struct str *word)
{
	struct decimal half = {5, -1}, sum;

	if (!finder_starts(f, e, "半") || !decimal_add(v->value, half, &sum) || v->range || v->scale)
		return e;
	size_t end = e + 3;
	if (str_is((*u)->word, "个")) {
		const struct unit *w = units_match(f->lex->units, f->text.s + end, f->e - end);
		if (!w || w->kind != FACT_DURATION)
			return e;
		*u = w;
		*word = w->name;
		end += w->word.n;
	} else if ((*u)->kind != FACT_DURATION) {
		return e;
	}
	v->value = sum;
	decimal_format(sum, v->digits);
	return end;
}

/* True for a Chinese numeral within words, 统一领导, 数据: nothing that could go on a number or a date stands behind
 * it, and no unit. Most numerals of a text are such. */
static bool is_lone(const struct finder *f, size_t at)
{
	const uint8_t *u = (const uint8_t *)f->text.s + at, *next = u + 3;

	if (f->e - at < 6 || u[0] < 0xE3 || u[0] > 0xE9 || next[0] < 0xE3 || next[0] > 0xEF
	    || f->lex->joins[next[1] & 63] >> (next[2] & 63) & 1)
		return false;
	return !finder_starts(f, at, "零") && !finder_ends(f, at, "第") && !finder_ends(f, at, "前")
		&& !units_match(f->lex->units, (const char *)next, f->e - at - 3);
}

/* A number while its unit is read. */
struct reading {
	struct numeral v;
	size_t at, e;           /* e: behind what was read of it so far */
	bool arabic;
	const struct unit *u;
	struct str word;        /* the unit as it is called */
	enum expr_proof proof;
};

static const struct unit *sign_unit(const struct finder *f, struct str sign, struct str *word)
{
	*word = sign;
	return units_match(f->lex->units, sign.s, sign.n);
}

/* Reads the unit behind a number. False where it is none that has one: whatever it is was noted, and R->e is the place
 * to go on at. */
static bool unit_read(struct finder *f, struct reading *r)
{
	const struct numeral *v = &r->v;
	size_t end;

	if (v->type == NUMERAL_PERCENT || v->type == NUMERAL_TENTHS)
		r->u = sign_unit(f, STR("%"), &r->word);
	if (v->type == NUMERAL_PERMILLE)
		r->u = sign_unit(f, STR("‰"), &r->word);
	if (v->type != NUMERAL_NUMBER)
		return v->type != NUMERAL_DISCOUNT;
	r->u = unit_at(f, r->arabic ? skip_spaces(f, r->e) : r->e, &r->word, &end);
	if (!r->u) {
		r->e = special_unitless(f, r->at, r->e, v, r->arabic);
		return false;
	}
	if (proof_is_word(f, r->u, end, r->arabic)
	    || (!r->arabic && !finder_starts(f, end, "半") && !proof_chinese(v, r->u, &r->proof)))
		return false;
	if ((str_is(r->u->word, "个月") && calendar_months(f, r->at, end, v))
	    || (str_is(r->u->word, "年") && calendar_years(f, r->at, end, v))) {
		r->e = end;
		return false;
	}
	r->e = half_read(f, end, &r->v, &r->u, &r->word);
	const struct unit *points = str_is(r->u->word, "个") ? points_behind(f, r->e) : NULL;
	if (points) {
		r->u = points;
		r->word = points->name;
	}
	return true;
}

/* Notes a number with the modifiers around it; returns the place behind them. */
static size_t number_add(struct finder *f, const struct reading *r)
{
	const struct numeral *v = &r->v;
	const struct unit *u = r->u;
	bool bare = v->form != NUMERAL_ARABIC && !r->arabic && v->bare;
	int bound = finder_bound(v), ignored;

	/* 百家, 千名 are figures of speech unless a modifier says otherwise */
	if (bare && v->bound == NUMERAL_EXACT && modifier_before(f, r->at, true, &ignored) == r->at)
		return r->e;
	size_t begin = modifier_compares(f, r->at, r->e) ? r->at : modifier_before(f, r->at, bare, &bound), e = r->e;
	struct expr *x = finder_add(f, EXPR_FACT, begin, e);
	x->proof = r->proof;
	finder_numbers(f, &x->fact, v, u ? u->scale : 0);
	x->fact.kind = u ? u->kind : FACT_RATIO;
	x->fact.unit = r->word;
	x->unit_group = u ? u->group : (struct str){NULL, 0};
	if (u)
		e = range_behind(f, e, &x->fact, u);
	e = modifier_behind(f, e, &bound);
	x->fact.bound = bound;
	x->at.e = x->fact.at.e = (uint32_t)e;
	if (f->pending)
		pending_settle(f, x, u);
	return e;
}

/* Reads what starts at AT, a place where a numeral may start. Returns the place
 * to go on at. */
static size_t number_read(struct finder *f, size_t at)
{
	struct reading r = {.at = at, .arabic = finder_is_digit(finder_at(f, at)), .proof = PROOF_NONE};
	size_t end;

	if ((end = special_led(f, at, r.arabic)) > 0 || (end = calendar_read(f, at, r.arabic)) > 0)
		return end;
	size_t n = joined_read(f, at, &r.v);
	if (!n)
		n = numeral_read_flags(f->text.s + at, f->e - at, NUMERAL_BARE_SCALE, &r.v);
	if (!n) {
		uint32_t cp;
		return at + utf8_next(f->text.s + at, f->e - at, &cp);
	}
	r.e = at + n;
	if (r.arabic && (end = special_odds(f, at, r.e, &r.v)) > 0)
		return end;
	if (r.v.huge || r.v.dotted || proof_is_tied(f, at, r.e, r.arabic))
		return r.e;
	return unit_read(f, &r) ? number_add(f, &r) : r.e;
}

/* The next place at or behind I where a number, a document number or a phrase may begin. */
static size_t pass(struct finder *f, size_t i)
{
	const uint8_t *s = (const uint8_t *)f->text.s;

	phrase_end(f, i);       /* takes the next phrase in hand */
	size_t name = f->name < f->nnames ? f->names[f->name].b : SIZE_MAX;
	while (i < f->e) {
		uint8_t c = s[i];
		uint32_t cp;
		if (c < 0x80) {
			if (c == '"' || c == '[' || c == '(' || (c >= '0' && c <= '9'))
				break;
			i++;
		} else if (i >= name) {
			break;
		} else if (c >= 0xE0 && c < 0xF0 && f->e - i >= 3) {
			if (f->lex->stops[s[i + 1] & 63] >> (s[i + 2] & 63) & 1 && !(c == 0xEF && s[i + 2] == 0x8C))
				break;          /* ， has the last bytes of 弌 */
			i += 3;
		} else {
			i += utf8_next(f->text.s + i, f->e - i, &cp);
		}
	}
	return i;
}

void quantities_find(const struct lexicon *lex, struct arena *a, struct str text,
	struct span at, int year, struct exprs *out)
{
	struct finder f = {.lex = lex, .arena = a, .text = text, .b = at.b, .e = at.e,
		.year = year, .out = out};
	size_t i = at.b, skip;

	phrase_find(&f);
	while ((i = pass(&f, i)) < f.e) {
		if ((skip = phrase_quoted(&f, i)) > i || (skip = phrase_end(&f, i)) > i) {
			pending_drop(&f);
			i = skip;
			continue;
		}
		if ((skip = phrase_docno(&f, i)) > 0) {
			finder_add(&f, EXPR_DOCNO, i, skip);
			i = skip;
			continue;
		}
		if (!numeral_may_start(text.s + i, f.e - i)) {
			uint32_t cp;
			i += utf8_next(text.s + i, f.e - i, &cp);
			continue;
		}
		size_t had = f.pending, before = f.out->n;
		i = is_lone(&f, i) ? i + 3 : number_read(&f, i);
		/* a list breaks where the next number is not directly its continuation */
		if (had && f.pending == had && f.out->n == before)
			pending_drop(&f);
	}
	pending_drop(&f);
}
