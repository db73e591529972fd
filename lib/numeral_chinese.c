/* numeral_chinese: numbers in Chinese characters, one glyph a step.
 *
 * A number is sections below ten thousand, each closed by 万, 亿 or 兆; within a
 * section the units fall: 千, 百, 十. What no longer fits ends the number, so that
 * 三亿五亿 is two numbers and 七十八十 as well. */
#include <stdio.h>

#include "numeral_part.h"

typedef __int128 wide;

enum last { LAST_NONE, LAST_DIGIT, LAST_UNIT, LAST_BIG, LAST_ZERO, LAST_MORE };

struct walk {
	wide zhao, yi, wan;     /* closed sections, their power included */
	wide sec;               /* the open section, without the pending digit */
	wide step;              /* of a range (三四十): high less low, in the open section */
	int digit, spread;      /* the pending digit; of a pair, what the second is larger by */
	int exp;                /* power of the last unit: weight of a digit behind it, 一百二 */
	int below;              /* the next 十, 百, 千 must be smaller than this */
	int place;
	enum last last;
	enum numeral_bound bound;
	bool lead, bare, financial, loose, paired, bad;
	size_t end;
};

static const wide limit = (wide)1000000000 * 1000000000;       /* what 18 digits hold */

static wide power(int e)
{
	wide v = 1;
	while (e-- > 0)
		v *= 10;
	return v;
}

/* A digit right behind a unit stands for the next smaller one: 一百二, 两万五. */
static void settle(struct walk *w)
{
	int e = w->last == LAST_DIGIT && w->exp > 0 ? w->exp - 1 : 0;

	if (w->last != LAST_DIGIT)
		return;
	w->sec += w->digit * power(e);
	w->step += w->spread * power(e);
	w->place = e;
	w->digit = w->spread = 0;
}

/* 万, 亿, 兆 close what is below them. False where they cannot. */
static bool close_section(struct walk *w, const struct in *in, struct glyph g)
{
	struct walk v = *w;
	bool open = v.last != LAST_BIG && v.last != LAST_ZERO && v.last != LAST_NONE;

	if (v.exp >= 4)
		v.exp = 0;              /* the digit of 一亿四万 has its own unit */
	settle(&v);
	v.exp = w->exp;
	if (v.last == LAST_NONE) {
		v.sec = 1;
		v.lead = v.bare = true;
		open = true;
	}
	if (v.last == LAST_MORE && v.sec == 0)
		open = false;
	if (g.value == 4 && open && !v.wan) {
		v.wan = v.sec * power(4);
	} else if (g.value == 4 && v.last == LAST_BIG && v.wan && !v.yi && v.exp == 4) {
		v.yi = v.wan * power(4);                /* 四万万 */
		v.wan = 0;
	} else if (g.value == 8 && !v.yi && v.wan + v.sec > 0 && v.last != LAST_ZERO) {
		v.yi = (v.wan + v.sec) * power(8);
		v.wan = 0;
	} else if (g.value == 12 && open && !v.zhao && v.last != LAST_MORE && v.last != LAST_NONE) {
		/* 兆 is 10^12 only inside a number: 五兆六十二亿; else it is the unit of 三兆瓦 */
		struct glyph a = glyph_read(in, g.end), b = glyph_read(in, a.end);
		if (a.kind != GLYPH_DIGIT || (b.kind != GLYPH_UNIT && b.kind != GLYPH_BIG))
			return false;
		v.zhao = (v.yi + v.wan + v.sec) * power(12);
		v.yi = v.wan = 0;
	} else {
		return false;
	}
	if (v.zhao > limit || v.yi > limit)
		v.bad = true;
	if (v.bad)
		v.zhao = v.yi = v.wan = 0;
	v.step = v.step > limit ? 0 : v.step * power(g.value);
	v.place = (v.last == LAST_NONE ? 0 : v.place) + g.value;
	v.exp = v.last == LAST_BIG ? v.exp + g.value : g.value;
	v.sec = 0;
	v.below = 4;
	v.paired |= v.step > 0;
	v.last = v.last == LAST_MORE || v.bound != NUMERAL_EXACT ? LAST_MORE : LAST_BIG;
	v.end = g.end;
	*w = v;
	return true;
}

static bool take_digit(struct walk *w, const struct in *in, struct glyph g)
{
	struct glyph h = glyph_read(in, g.end);

	if (w->last == LAST_DIGIT || w->last == LAST_MORE || (g.value == 0 && w->last == LAST_ZERO)
	    || w->paired)
		return false;
	if (g.value == 0) {             /* 零 needs what follows: 一千零五, 一百零几万 */
		bool unit = h.kind == GLYPH_UNIT && h.value == 1;
		bool some = h.kind == GLYPH_SOME && w->last != LAST_NONE;
		if (!unit && !some && h.kind != GLYPH_TENS && !(h.kind == GLYPH_DIGIT && h.value > 0))
			return false;
		if (w->exp == 1)
			return false;
		w->exp = 0;
		w->last = LAST_ZERO;
		return true;            /* the end stays before it, until something follows */
	}
	if (h.kind == GLYPH_UNIT && h.value >= w->below)
		return false;           /* 七十八十: 八十 is the next number */
	w->spread = 0;
	w->end = g.end;
	if (h.kind == GLYPH_DIGIT && h.style != STYLE_TWO
	    && (digits_pair(g, h) || g.style != STYLE_TWO || w->last != LAST_NONE)) {
		struct glyph i = glyph_read(in, h.end);
		/* 十四五 may be the name of a plan: loose; elsewhere only true pairs */
		bool ten = w->exp == 1 && w->last == LAST_UNIT;
		if (i.kind == GLYPH_DIGIT || !(digits_pair(g, h) || (ten && h.value > g.value)))
			return false;
		w->spread = h.value - g.value;
		w->paired = true;
		w->loose = ten && i.kind != GLYPH_BIG;
		w->end = h.end;
	}
	w->digit = g.value;
	w->last = LAST_DIGIT;
	w->bare = false;
	return true;
}

static bool take_unit(struct walk *w, const struct in *in, struct glyph g)
{
	if (g.value >= w->below || w->last == LAST_MORE)
		return false;
	if (g.value == 2 && (word_read(in, g.end, "分点") || word_read(in, g.end, "分點")))
		return false;
	wide d = w->digit, s = w->spread;
	if (w->last != LAST_DIGIT) {
		if (w->paired || (g.value != 1 && w->last != LAST_NONE))
			return false;
		d = 1;
		w->bare = w->last == LAST_NONE && g.value != 1;
		w->lead |= w->bare;
	}
	w->sec += d * power(g.value);
	w->step += s * power(g.value);
	w->digit = w->spread = 0;
	w->exp = w->below = w->place = g.value;
	w->last = LAST_UNIT;
	w->loose = false;
	w->end = g.end;
	return true;
}

/* 十几, 一百零几, 一千几百: over what stands before. */
static bool take_some(struct walk *w, const struct in *in, struct glyph g)
{
	struct glyph h = glyph_read(in, g.end);
	bool unit = h.kind == GLYPH_UNIT && h.value < w->below;

	if (w->paired || (g.cp != 0x51E0 && g.cp != 0x5E7E))
		return false;
	if (!unit && !(w->last == LAST_ZERO || (w->last == LAST_UNIT && w->exp == 1)))
		return false;
	if (w->last == LAST_DIGIT || w->last == LAST_NONE || w->last == LAST_MORE)
		return false;
	w->bound = NUMERAL_OVER;
	w->last = LAST_MORE;
	w->end = unit ? h.end : g.end;
	return true;
}

static bool take_more(struct walk *w, const struct in *in, struct glyph g)
{
	enum numeral_bound bound;
	size_t end = more_read(in, g.at, &bound);

	if (!end || w->last == LAST_NONE || w->last == LAST_ZERO || w->last == LAST_MORE || w->paired)
		return false;
	if (w->last == LAST_DIGIT && (w->exp != 1 || g.kind == GLYPH_SORT))
		return false;           /* 一多, 三余; but 十五余 */
	settle(w);
	w->bound = bound;
	w->last = LAST_MORE;
	w->end = end;
	return true;
}

/* One glyph further; false where the number ends before it. */
static bool walk(struct walk *w, struct walk *mark, const struct in *in)
{
	struct walk v = *w;
	struct glyph g = {0};
	bool ok = false;

	/* behind a zero the end lags, so that a zero that leads nowhere is left */
	g = glyph_read(in, w->end);
	if (w->last == LAST_ZERO)
		g = glyph_read(in, g.end);
	switch (g.kind) {
	case GLYPH_DIGIT: ok = g.style != STYLE_TWO || w->last != LAST_UNIT || w->exp > 1;
		ok = ok && take_digit(&v, in, g); break;
	case GLYPH_UNIT: ok = take_unit(&v, in, g); break;
	case GLYPH_TENS:
		if ((ok = v.below > 1 && v.last != LAST_DIGIT && v.last != LAST_MORE && !v.paired)) {
			v.sec += g.value * 10;
			v.exp = v.below = v.place = 1;
			v.last = LAST_UNIT;
			v.bare = false;
			v.end = g.end;
		}
		break;
	case GLYPH_BIG:
		ok = close_section(&v, in, g);
		if (!ok && mark->end && w->last != LAST_BIG && w->last != LAST_MORE)
			*w = *mark;     /* 三亿五千亿: the section is the next number's */
		break;
	case GLYPH_SOME: ok = take_some(&v, in, g); break;
	case GLYPH_MORE:
	case GLYPH_SORT: ok = take_more(&v, in, g); break;
	default: break;
	}
	if (!ok)
		return false;
	v.financial |= g.style == STYLE_FINANCIAL || g.style == STYLE_WEAK;
	*w = v;
	if (g.kind == GLYPH_BIG)
		*mark = v;
	return true;
}

/* A digit at the end that is no shorthand: 一百两, 十万一次性. */
static void drop_digit(struct walk *w, const struct walk *before, const struct in *in)
{
	struct glyph g = glyph_read(in, before->end), next = glyph_read(in, w->end);

	if (w->last != LAST_DIGIT || w->exp == 0 || w->paired)
		return;
	if (g.style == STYLE_TWO || (g.value == 1 && w->exp > 1 && next.kind == GLYPH_NONE
	    && next.cp >= 0x4E00 && next.cp < 0xA000 && !char_in(in, w->end, "元块人名件户")))
		*w = *before;
}

/* 几十, 数百万, 若干万: about the scale. */
static bool some_read(const struct in *in, struct glyph g, struct walk *w)
{
	struct glyph h = glyph_read(in, g.end);

	if (h.kind != GLYPH_UNIT && (h.kind != GLYPH_BIG || h.value == 12))
		return false;
	/* 数百分之, 数十分: the character before 数 was its word */
	if (h.kind == GLYPH_UNIT && char_in(in, h.end, "分") && !word_read(in, h.end, "分钟")
	    && !word_read(in, h.end, "分鐘"))
		return false;
	w->sec = 1;
	w->last = LAST_DIGIT;
	w->digit = 1;
	w->sec = 0;
	w->end = g.end;
	struct walk mark = {0};
	walk(w, &mark, in);
	w->bound = NUMERAL_ABOUT;
	enum last was = w->last;
	for (int i = 0; i < 2; i++) {
		if (glyph_read(in, w->end).kind != GLYPH_BIG || glyph_read(in, w->end).value == 12)
			break;
		w->last = was;
		if (!walk(w, &mark, in))
			break;
		was = LAST_BIG;
	}
	enum numeral_bound ignored;
	size_t e = more_read(in, w->end, &ignored);
	if (e)
		w->end = e;
	w->last = LAST_MORE;
	return true;
}

void part_set(struct part *p, __int128 v)
{
	if (v >= limit) {
		p->n.huge = true;
		v = 0;
	}
	p->n.value = (struct decimal){(int64_t)v, 0};
	snprintf(p->n.digits, sizeof p->n.digits, "%lld", (long long)v);
}

static bool half_read(const struct in *in, struct glyph g, struct part *p)
{
	struct glyph h = glyph_read(in, g.end);

	p->n.form = NUMERAL_CHINESE;
	p->end = g.end;
	p->n.value = (struct decimal){5, -1};
	p->n.place = -1;
	snprintf(p->n.digits, sizeof p->n.digits, "0.5");
	if (h.kind == GLYPH_UNIT && h.value == 2 && !char_in(in, h.end, "分")) {       /* 半百 */
		p->end = h.end;
		p->n.place = 1;
		part_set(p, 50);
	}
	return true;
}

/* 陆, 肆, 伍, 拾, 参 and 俩 begin a number only where what follows says so. */
static bool weak_start(const struct in *in, struct glyph g)
{
	struct glyph h = glyph_read(in, g.end), i = glyph_read(in, h.end);
	bool money = i.style == STYLE_FINANCIAL || i.style == STYLE_WEAK || i.cp == 0
		|| char_in(in, h.end, "元圆圓余零");

	if (g.cp == 0x4FE9 || g.cp == 0x5006)
		return h.kind == GLYPH_UNIT || h.kind == GLYPH_BIG;
	if (g.cp == 0x53C2 && h.kind != GLYPH_UNIT)
		return false;
	if (h.cp == 0)
		return g.kind == GLYPH_UNIT;
	if (g.kind == GLYPH_UNIT)
		return h.kind == GLYPH_DIGIT || h.kind == GLYPH_BIG || h.kind == GLYPH_MORE
			|| char_in(in, g.end, "元圆圓");
	if (h.kind == GLYPH_UNIT)
		return h.style != STYLE_PLAIN;
	if (h.kind == GLYPH_BIG)
		return money;
	if (h.kind == GLYPH_POINT)
		return i.kind == GLYPH_DIGIT;
	return (h.kind == GLYPH_DIGIT && h.style != STYLE_PLAIN) || char_in(in, g.end, "元圆圓角")
		|| word_read(in, g.end, "分之") || word_read(in, g.end, "折") || word_read(in, g.end, "成");
}

bool chinese_read(const struct in *in, size_t at, struct part *p)
{
	struct glyph g = glyph_read(in, at);
	struct walk w = {.below = 4, .end = at}, mark = {0}, before;

	if (g.kind == GLYPH_HALF)
		return half_read(in, g, p);
	if (g.style == STYLE_WEAK && !(in->flags & NUMERAL_INSIDE) && !weak_start(in, g))
		return false;
	if (g.kind == GLYPH_SOME) {
		if (!some_read(in, g, &w))
			return false;
	} else if (g.kind == GLYPH_DIGIT && digits_read(in, at, p)) {
		if (!p->n.huge && p->n.positional)
			point_read(in, p, p->n.value.mant, true);
		return true;
	} else if (g.kind == GLYPH_DIGIT && g.value == 0 && glyph_read(in, g.end).kind != GLYPH_UNIT) {
		w.last = LAST_DIGIT;
		w.end = g.end;
	} else {
		before = w;
		for (;;) {
			struct walk was = w;
			if (!walk(&w, &mark, in))
				break;
			before = was;
		}
		if (w.last == LAST_NONE)
			return false;
		if (w.last == LAST_ZERO)
			w.last = LAST_MORE;     /* its end stayed before the zero */
		drop_digit(&w, &before, in);
		settle(&w);
	}
	if (w.end == at)
		return false;
	p->end = w.end;
	p->whole = true;
	p->lead = w.lead;
	p->n.bare = w.bare;
	p->n.loose = w.loose;
	p->n.bound = w.bound;
	p->n.place = w.place;
	p->n.form = w.financial ? NUMERAL_FINANCIAL : NUMERAL_CHINESE;
	wide v = w.zhao + w.yi + w.wan + w.sec;
	p->n.huge = w.bad;
	part_set(p, w.bad ? 0 : v);
	if (w.step > 0 && !p->n.huge) {
		if (v + w.step >= limit)
			p->n.huge = true;
		else
			p->n.high = (struct decimal){(int64_t)(v + w.step), 0};
		p->n.range = !p->n.huge;
		return true;
	}
	/* what a lower end may share: 五至十万, 三至五百 */
	if (w.bound != NUMERAL_ABOUT && !w.lead)
		p->share = w.sec == 0 && w.yi + w.wan + w.zhao > 0 ? (w.wan == 0 ? 8 : w.yi ? 0 : 4)
			: w.yi + w.wan + w.zhao > 0 ? 0 : w.sec < 1000 && w.sec % 100 == 0 ? 2
			: w.sec % 1000 == 0 ? 3 : 0;
	if (w.bound == NUMERAL_EXACT && !w.lead)
		point_read(in, p, v, w.yi + w.wan + w.zhao == 0);
	return true;
}
