/* A role comes from the heading in force, from a paragraph that turns to problems or
 * plans, or from the mood of the words. */
#include "roles.h"

static enum role role_in(unsigned bits)
{
	for (int r = 0; r < ROLES; r++)
		if (bits == 1u << r)
			return (enum role)r;
	return ROLES;           /* none, or more than one */
}

static const double unsure = 0.8;

struct state {
	enum role section;      /* of the heading in force; ROLES where it names two */
	enum role now;          /* after a paragraph that turned */
	bool outlined;          /* the document has headings */
	bool begun;             /* a heading, or a paragraph of a document without, was seen */
	enum role usual;        /* of what nothing else tells: plan in a plan, else achievement */
	enum role last;         /* of the paragraph before */
};

/* 上半年重点工作: what was done, though headings of plans end so; 工作情况和下一步计划 names two. */
static bool only_tail(const struct labels_maker *m, size_t i)
{
	static const struct str joints[] = {STR("和"), STR("与"), STR("及"), STR("、"), STR("暨")};
	const struct votes *v = &m->votes[i];
	struct str heading = str_sub(m->text, m->segments[i].at.b, m->segments[i].at.e);

	if (!(v->tail & 1u << ROLE_PLAN) || v->heading & 1u << ROLE_PLAN || !(v->heading & 1u << ROLE_ACHIEVEMENT))
		return false;
	for (size_t k = 0; k < sizeof joints / sizeof *joints; k++) {
		size_t at = str_find(heading, joints[k], 0);
		bool mark = str_is(joints[k], "、");     /* 一、 */
		if (at != SIZE_MAX && (!mark || at > 12 || str_find(heading, joints[k], at + 3) != SIZE_MAX))
			return false;
	}
	return true;
}

static enum role heading_role(const struct labels_maker *m, size_t i, const enum role *roles, enum role usual)
{
	const struct segment *s = &m->segments[i];
	unsigned bits = m->votes[i].heading | m->votes[i].tail;
	enum role above = s->up >= 0 ? roles[s->up] : ROLES + 1;

	/* a heading below one that speaks of problems or plans does so too */
	if (above == ROLE_PROBLEM || above == ROLE_PLAN)
		return above;
	if ((bits & BITS_TURN) == BITS_TURN)
		return ROLES;
	if (bits & BITS_TURN && !only_tail(m, i))
		return role_in(bits & BITS_TURN);
	if (bits & 1u << ROLE_OVERVIEW)
		return ROLE_OVERVIEW;
	/* below 一、概述 the measures are told one by one */
	if (above == ROLE_OVERVIEW && s->level > 1)
		return usual;
	return above <= ROLES ? above : usual;
}

static enum role by_mood(const struct votes *v)
{
	int problem = v->mood[ROLE_PROBLEM] * 2, plan = v->mood[ROLE_PLAN] * 2, done = v->mood[ROLE_ACHIEVEMENT];

	if (problem >= plan && problem > done)
		return ROLE_PROBLEM;
	if (plan > problem && plan > done)
		return ROLE_PLAN;
	return problem > plan ? ROLE_PROBLEM : plan ? ROLE_PLAN : ROLE_ACHIEVEMENT;
}

/* 一要…；二要…: what a meeting asks for. */
static bool asks(const struct labels_maker *m, size_t i)
{
	const struct segment *s = &m->segments[i];

	return s->mark.s && str_ends(s->mark, STR("要"));
}

static enum role paragraph_role(const struct labels_maker *m, size_t i, struct state *st, double *sure)
{
	const struct votes *v = &m->votes[i];
	bool item = m->segments[i].level > 0;
	unsigned turn = (v->start | (item ? 0 : v->has)) & BITS_TURN;

	*sure = 0.97;
	if (v->whole & 1u << ROLE_FORMAL || v->start & 1u << ROLE_FORMAL)
		return ROLE_FORMAL;
	if (v->start & 1u << ROLE_FURNITURE)
		return ROLE_FURNITURE;
	/* a section of problems may end with plans: 2018年，我们将… */
	if (st->section == ROLE_PROBLEM && st->now == ROLE_PROBLEM && turn == 1 << ROLE_PLAN
	    && (v->start & turn || by_mood(v) != ROLE_PROBLEM))
		st->now = ROLE_PLAN;
	if ((st->section == ROLE_PROBLEM || st->section == ROLE_PLAN || st->section == ROLE_OVERVIEW)
	    && (st->begun || st->section != st->usual)) {
		*sure = st->now == st->section ? 0.97 : 0.88;
		return st->now;
	}
	/* what a list announces (5.存在的问题；) is not yet it */
	if (!st->begun && (item || !(turn && v->start & BITS_TURN))) {
		if (!st->outlined)
			st->begun = true;
		*sure = st->outlined ? 0.97 : 0.8;
		return ROLE_OVERVIEW;
	}
	if (st->section == ROLES) {
		/* a section of problems and plans: the plans start where one turns to them */
		enum role mood = by_mood(v);
		*sure = 0.75;
		if (turn & 1 << ROLE_PLAN)
			st->now = ROLE_PLAN;
		else if (turn)
			st->now = ROLE_PROBLEM;
		if (turn == BITS_TURN || (!turn && st->now == ROLES))
			return mood == ROLE_PLAN ? ROLE_PLAN : ROLE_PROBLEM;
		return st->now;
	}
	if (!turn && item && asks(m, i)) {
		*sure = 0.7;
		return ROLE_PLAN;
	}
	if (turn) {
		/* both: 针对存在的问题，下一步 speaks of plans */
		enum role to = turn == BITS_TURN ? ROLE_PLAN : role_in(turn);
		*sure = 0.88;
		/* in a text without headings, such as an account of a meeting, one that is
		 * only mentioned does not go on */
		if (!st->outlined && !(v->start & turn)) {
			*sure = 0.7;
			return st->last = to == ROLE_PLAN || by_mood(v) == to ? to : st->now;
		}
		st->now = to;
	}
	if (st->now != st->section && !turn)
		*sure = 0.88;
	/* …有力保障。一是…；二是… are items of that paragraph */
	if (!st->outlined && item && !turn && st->last != ROLES) {
		*sure = 0.7;
		return st->last;
	}
	st->last = ROLES;
	return st->now;
}

/* The role that a title or an opening gives to all that follows. */
static void read_usual(const struct labels_maker *m, struct state *st, size_t i)
{
	enum { OPENING_END = 18 };
	const struct segment *s = &m->segments[i];
	struct literal_scan scan = literal_start(m->words->titles, str_sub(m->text, s->at.b, s->at.e));
	struct literal_hit hit;
	unsigned bits = 0;

	/* of an opening only how it ends: …制定本方案。 */
	size_t from = s->kind == SEGMENT_TITLE || s->at.e - s->at.b < OPENING_END ? 0 : s->at.e - s->at.b - OPENING_END;
	while (literal_next(&scan, &hit))
		if (hit.e >= from)
			bits |= 1u << m->words->items[hit.id].what;
	bool plan = bits & 1 << ROLE_PLAN && !(bits & 1 << ROLE_ACHIEVEMENT);
	if (plan || (s->kind == SEGMENT_TITLE && bits)) {
		st->usual = plan ? ROLE_PLAN : ROLE_ACHIEVEMENT;
		st->section = st->now = st->usual;
	}
}

static bool ends_sentence(const struct labels_maker *m, size_t i)
{
	static const char *const stops[] = {"。", "；", "：", "！", "？", "”", "）", ".", ";", ":", "!", "?", ")", "，", ",", NULL};
	struct str s = str_sub(m->text, m->segments[i].at.b, m->segments[i].at.e);

	for (int k = 0; stops[k]; k++)
		if (str_ends(s, str_of(stops[k])))
			return true;
	return false;
}

static bool above_table(const struct labels_maker *m, size_t i)
{
	while (i < m->n && m->segments[i].kind == SEGMENT_CAPTION)
		i++;
	return i < m->n && m->segments[i].kind == SEGMENT_TABLE;
}

void roles_make(struct labels_maker *m, struct arena *a)
{
	enum role *roles = arena_calloc(a, m->n + 1, sizeof *roles);
	struct state st = {.section = ROLE_ACHIEVEMENT, .now = ROLE_ACHIEVEMENT, .usual = ROLE_ACHIEVEMENT,
		.last = ROLES};

	for (size_t i = 0; i < m->n; i++)
		st.outlined |= m->segments[i].kind == SEGMENT_HEADING;
	for (size_t i = 0; i < m->n; i++) {
		double sure = 0.97;
		switch ((enum segment_kind)m->segments[i].kind) {
		case SEGMENT_TITLE: case SEGMENT_META: case SEGMENT_ADDRESSEE: case SEGMENT_SIGNATURE:
			roles[i] = ROLE_FORMAL;
			if (m->segments[i].kind == SEGMENT_TITLE)
				read_usual(m, &st, i);
			break;
		case SEGMENT_CAPTION:
			/* of a table, whose unit may stand between; below a picture it is furniture */
			if (above_table(m, i)) {
				roles[i] = st.now < ROLES ? st.now : ROLE_ACHIEVEMENT;
				break;
			}
			/* fall through */
		case SEGMENT_FURNITURE:
			roles[i] = ROLE_FURNITURE;
			break;
		case SEGMENT_HEADING:
			/* headings below one whose text turned to plans are plans too */
			if (st.now == ROLE_PLAN && st.section == ROLE_PROBLEM && m->segments[i].up >= 0)
				roles[m->segments[i].up] = ROLE_PLAN;
			roles[i] = st.section = st.now = heading_role(m, i, roles, st.usual);
			st.begun = true;
			if (roles[i] == ROLES)
				sure = 0.7;
			break;
		case SEGMENT_PARAGRAPH: case SEGMENT_TABLE:
			roles[i] = paragraph_role(m, i, &st, &sure);
			/* a paragraph that ends without a stop may be a line of the page, or a cell */
			if (m->segments[i].kind == SEGMENT_PARAGRAPH && sure > unsure && !ends_sentence(m, i) && roles[i] != ROLE_FORMAL)
				sure = unsure;
			if (roles[i] == ROLE_OVERVIEW && st.outlined && !st.begun)
				read_usual(m, &st, i);
			break;
		}
		/* of two roles that a heading names, the first that is read is told */
		m->turned[i] = st.now != st.section;
		m->labels[i].role = str_of(role_names[roles[i] < ROLES ? roles[i] : ROLE_PROBLEM]);
		m->labels[i].score = sure;
	}
}
