/* Titles, metadata and whom a document addresses: what stands before its first numbered heading
 * or paragraph. */
#include "head.h"
#include "lines.h"

/* A line of the head, S, whose title goes on on the next one: 安澜县青澜镇 / 2023年…总结, …法治政府建设 / 年度报告. */
static bool begins_title(unsigned cues, unsigned below, struct str s)
{
	enum { REST_BYTES = 36 };       /* 推进情况的年度工作报告 */
	bool year = s.n && s.s[0] >= '1' && s.s[0] <= '2';

	if (!(below & CUE_TITLE_END))
		return false;
	return (cues & CUE_PLACE && (year || str_starts(s, STR("二")))) || (cues & CUE_BEGUN && !year && s.n <= REST_BYTES);
}

/* Which of the short lines of the head are titles. A title may stand on several
 * lines, and twice (of the page and of the document). */
void head_settle(struct outline *o)
{
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < o->nheads && first == SIZE_MAX; i++)
		if (outline_is_title(o->cues[i]))
			first = i;
	if (first == SIZE_MAX)
		for (size_t i = 0; i < o->nheads && first == SIZE_MAX; i++)
			if (!(o->cues[i] & CUE_UNIT) || i + 1 == o->nheads)
				first = i;
	for (size_t i = 0; i < o->nheads; i++) {
		struct segment *s = &o->tree->items[o->heads[i]];
		bool next = i + 1 < o->nheads && o->heads[i + 1] == o->heads[i] + 1;
		bool before_title = next && (outline_is_title(o->cues[i + 1]) || i + 1 == first);
		bool named = next && o->cues[i + 1] & CUE_SUBTITLE;
		/* …人民政府 / 关于…的报告 on two lines, whatever the first ends with */
		bool makes = next && i != first && str_starts(outline_str(o, s[1].at.b, s[1].at.e), STR("关于"));
		bool begins = next && begins_title(o->cues[i], o->cues[i + 1], outline_str(o, s[1].at.b, s[1].at.e));
		if (i == first || makes || begins || outline_is_title(o->cues[i]) || named || o->cues[i] & CUE_SUBTITLE
		    || ((o->cues[i] & CUE_UNIT) && before_title))
			s->kind = SEGMENT_TITLE;
		else if (o->cues[i] & CUE_UNIT)
			s->kind = SEGMENT_META;
		else
			s->kind = i < first ? SEGMENT_FURNITURE : SEGMENT_META;
	}
	o->nheads = 0;
}

/* Metadata on one line with wide spaces between: 〔2021〕4号     签发人：… */
static bool meta_parts(struct outline *o, const struct line *l)
{
	uint32_t parts[8][2];
	size_t n = 0;
	uint32_t b = l->b;

	if (outline_runs_on(o, l))
		return false;
	for (uint32_t i = l->b; i <= l->e && n < 8;) {
		uint32_t k = i < l->e ? scan_skip(o->text, i, l->e) - i : 0;
		bool wide = k >= 3 || i == l->e;
		if (wide && i > b) {
			parts[n][0] = b;
			parts[n++][1] = i;
			b = i + k;
		}
		i += k ? k : 1;
	}
	for (size_t i = 0; i < n; i++) {
		struct str s = outline_str(o, parts[i][0], parts[i][1]);
		if (!line_is_docno(s) && !line_is_date(s) && !(cues_of(o->rules->cues, s) & CUE_META))
			return false;
	}
	o->metas += n > 0;
	for (size_t i = 0; i < n; i++) {
		o->numbered |= line_is_docno(outline_str(o, parts[i][0], parts[i][1]));
		tree_plain(o->tree, SEGMENT_META, parts[i][0], parts[i][1]);
	}
	return n > 0;
}

/* 共受理案件292件。其中： a sentence that goes on, or one that counts something. */
static bool is_sentence(struct str s)
{
	static const char *const units[] = {"件", "起", "个", "项", "次", "人", "名", "元", "家", "%", NULL};

	if (str_find(s, STR("。"), 0) != SIZE_MAX || str_find(s, STR("；"), 0) != SIZE_MAX)
		return true;
	for (size_t i = 0; i + 1 < s.n; i++)
		for (int k = 0; s.s[i] >= '0' && s.s[i] <= '9' && units[k]; k++)
			if (str_starts(str_sub(s, i + 1, s.n), str_of(units[k])))
				return true;
	return false;
}

static bool is_addressee(const struct outline *o, struct str s, unsigned cues, const struct line *next)
{
	if (!line_ends_with_colon(s) || s.n < 7 || s.n > SHORT_BYTES || cues & CUE_LEAD || is_sentence(s))
		return false;
	/* a covering letter has a number, but no title */
	struct str name = str_sub(s, 0, s.n - (str_ends(s, STR("：")) ? 3 : 1));
	unsigned whom = cues_of(o->rules->cues, name);
	/* nor has a text that was copied without it: 各位代表：, 市委、市政府： above a paragraph */
	bool text = next && (outline_has_stop(o, next) || cues_of(o->rules->cues, outline_str(o, next->b, next->e)) & CUE_LEAD);
	bool opens = text && (whom & (CUE_PERSONS | CUE_UNIT) || o->metas > 1);
	return o->nheads || opens || ((o->numbered || o->metas > 1) && whom & CUE_UNIT);
}

/* An addressee whose line went on: 市政府：2022年，… Returns where it ends, or B. */
uint32_t head_addressee(const struct outline *o, const struct line *l)
{
	for (uint32_t i = l->b; i < l->e && i < l->b + 90; i++) {
		uint32_t k = str_starts(outline_str(o, i, l->e), STR("：")) ? 3 : o->text.s[i] == ':';
		if (k) {
			unsigned cues = cues_of(o->rules->cues, outline_str(o, l->b, i));
			bool all = str_starts(outline_str(o, l->b, i), STR("各"));
			return (cues & (CUE_UNIT | CUE_PERSONS) || all) && !(cues & CUE_LEAD) ? i + k : l->b;
		}
	}
	return l->b;
}

/* 二、 stands somewhere behind a stop of the line. */
static bool has_second(const struct outline *o, const struct line *l, const struct mark *first)
{
	struct mark m;

	for (uint32_t i = l->stop; i < l->stops; i++) {
		uint32_t at = scan_skip(o->text, o->scan->stops[i].end, l->e);
		const char *p = o->text.s + at;
		if (o->scan->stops[i].may && marks_may(o->rules->marks, p, l->e - at)
		    && marks_match(o->rules->marks, p, l->e - at, &m) && m.family == first->family && m.number == 2)
			return true;
	}
	return false;
}

/* Whom a title's line may go on to address: 同志们; behind a space 各县（区）人民政府, 各部门. */
static bool addresses(const struct outline *o, struct str s)
{
	unsigned cues = cues_of(o->rules->cues, s);

	return cues & CUE_PERSONS || (s.s[0] == ' ' && !(cues & CUE_LEAD) && str_starts(str_trim(s), STR("各")));
}

/* A title whose line went on with whom it addresses or with the first mark: …的讲话同志们：,
 * …工作总结一、…. Returns where it ends, or B. */
static uint32_t title_before(const struct outline *o, const struct line *l)
{
	uint32_t e = l->e - l->b > SHORT_BYTES ? l->b + SHORT_BYTES : l->e, colon = l->b, comma = colon;
	struct mark m;

	while (comma < e && o->text.s[comma] != ',' && !str_starts(outline_str(o, comma, l->e), STR("，"))
	       && !str_starts(outline_str(o, comma, l->e), STR("。")))
		comma++;
	while (colon < e && o->text.s[colon] != ':' && !str_starts(outline_str(o, colon, l->e), STR("：")))
		colon++;
	for (uint32_t i = l->b + 1; i < e; i++) {
		if (!utf8_at(o->text, i))
			continue;
		const char *p = o->text.s + i;
		/* whatever it ends with: 2023年依法治镇工作一、…。二、… */
		if (i < comma && marks_may(o->rules->marks, p, l->e - i) && marks_match(o->rules->marks, p, l->e - i, &m)
		    && m.number == 1 && m.level == 1 && !m.item && has_second(o, l, &m))
			return i;
		if (!(cues_of(o->rules->cues, outline_str(o, l->b, i)) & CUE_TITLE_END))
			continue;
		if ((marks_may(o->rules->marks, p, l->e - i) && marks_match(o->rules->marks, p, l->e - i, &m)
		     && m.number == 1 && (m.level == 1 || m.item))
		    || (i < colon && colon < e && addresses(o, outline_str(o, i, colon))))
			return i;
	}
	return l->b;
}

/* A title whose line went on: …情况报告2023年，… Returns where it ends, or B. */
uint32_t head_title(const struct outline *o, const struct line *l)
{
	uint32_t digits = 0, e = title_before(o, l);

	if (e > l->b)
		return e;

	for (uint32_t i = l->b; i < l->e && i < l->b + SHORT_BYTES; i++) {
		char c = o->text.s[i];
		if (c == ',' || (l->e - i >= 3 && (memcmp(o->text.s + i, "，", 3) == 0
				|| memcmp(o->text.s + i, "。", 3) == 0)))
			break;
		digits = c >= '0' && c <= '9' ? digits + 1 : 0;
		/* 关于2023年…的报告2023年，…: the last year behind a title's end */
		if (digits == 4 && i - 3 > l->b && cues_of(o->rules->cues, outline_str(o, l->b, i - 3)) & CUE_TITLE_END)
			e = i - 3;
	}
	return e;
}

/* Who speaks, below ——…年…月…日在…会议上: 自治区主席 某某某. */
static bool is_speaker(const struct outline *o, struct str s)
{
	enum { SPEAKER_BYTES = 75 };
	const struct segment *last = o->nheads && o->tree->n ? &o->tree->items[o->tree->n - 1] : NULL;

	if (!last || s.n > SPEAKER_BYTES || !(o->cues[o->nheads - 1] & CUE_SUBTITLE) || o->heads[o->nheads - 1] + 1 != o->tree->n)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] >= '0' && s.s[i] <= '9')
			return false;
	struct str sub = outline_str(o, last->at.b, last->at.e);
	return str_ends(sub, STR("上")) || str_ends(sub, STR("会议"));
}

/* 时间：2025-12-23 [打印] [关闭]12月17日，县人大…: where the buttons of the page end before which the text starts; B
 * where there are none. */
static uint32_t buttons_end(const struct outline *o, const struct line *l)
{
	enum { LOOKED_AT = 200 };
	uint32_t e = l->b, open = 0;

	for (uint32_t i = l->b; i < l->e && i < l->b + LOOKED_AT; i++) {
		size_t k = o->text.s[i] == '[' || o->text.s[i] == ']' ? 1 : 3;
		struct str at = outline_str(o, i, l->e);
		if (o->text.s[i] == '[' || str_starts(at, STR("【")))
			open = i + (uint32_t)k;
		else if (open && (o->text.s[i] == ']' || str_starts(at, STR("】")))
			 && cues_of(o->rules->cues, outline_str(o, open, i)) & CUE_FURNITURE)
			e = i + (uint32_t)k;
		else if (str_starts(at, STR("。")))
			break;
	}
	return e;
}

/* One line of the head; true where it belongs to the body instead. */
bool head_line(struct outline *o, struct line *l, const struct line *next)
{
	struct mark m;
	size_t glued = cues_glued(o->rules->cues, outline_str(o, l->b, l->e));

	if (glued) {
		struct str piece = str_trim(outline_str(o, l->b, l->b + (uint32_t)glued));
		outline_furniture(o, l->b, l->b + (uint32_t)piece.n);
		l->b = scan_skip(o->text, l->b + (uint32_t)glued, l->e);
		if (l->b == l->e)
			return false;
	}
	struct str s = outline_str(o, l->b, l->e);
	unsigned cues = cues_of(o->rules->cues, s);
	bool greets = !o->titled && s.n <= GREETING_BYTES;      /* 欢迎光临…网！ 今天是 */
	if (cues & CUE_FURNITURE && (greets || !outline_runs_on(o, l)) && !(cues & CUE_META && l->cells)) {
		outline_furniture(o, l->b, l->e);
		return false;
	}
	o->open_label = false;
	if (meta_parts(o, l))
		return false;
	uint32_t buttons = outline_runs_on(o, l) ? buttons_end(o, l) : l->b;
	if (buttons > l->b) {
		tree_plain(o->tree, cues & CUE_META ? SEGMENT_META : SEGMENT_FURNITURE, l->b, buttons);
		l->b = scan_skip(o->text, buttons, l->e);
		return true;
	}
	bool value = o->open_meta && next && l->cells == 0
		&& cues_of(o->rules->cues, outline_str(o, next->b, next->e)) & (CUE_META | CUE_FURNITURE);
	o->open_meta = cues & CUE_META && line_ends_with_colon(s);
	if ((cues & CUE_META || value) && !outline_runs_on(o, l)) {
		o->metas++;
		tree_plain(o->tree, SEGMENT_META, l->b, l->e);
		return false;
	}
	if (line_is_rule(s)) {
		outline_furniture(o, l->b, l->e);
		return false;
	}
	if (l->cells) {
		/* 中国政府网|繁体|无障碍 above the title: one row is a bar of links, no table */
		if (o->titled || s.n > HEADING_BYTES || (next && next->cells) || is_sentence(s))
			return true;
		outline_furniture(o, l->b, l->e);
		return false;
	}
	if (is_addressee(o, s, cues, next) && !outline_mark(o, l, &m)) {
		tree_plain(o->tree, SEGMENT_ADDRESSEE, l->b, l->e);
		o->addressed = true;
		return false;
	}
	if (outline_mark(o, l, &m) || outline_has_stop(o, l) || s.n > SHORT_BYTES || o->nheads == HEAD_LINES)
		return true;
	if (cues & CUE_CAPTION && !outline_is_title(cues)) {
		tree_plain(o->tree, SEGMENT_CAPTION, l->b, l->e);
		return false;
	}
	if ((line_is_bracketed(s) && o->nheads) || (line_starts_dated(s) && !outline_is_title(cues))
	    || (o->titled && line_is_month(s)) || (is_speaker(o, s) && !outline_is_title(cues))) {
		tree_plain(o->tree, SEGMENT_META, l->b, l->e);
		return false;
	}
	/* behind an addressee nothing is a title; nor is …报告如下：, nor the first heading of the body */
	if (o->addressed || (cues & CUE_LEAD && line_ends_with_colon(s) && (o->titled || str_starts(s, STR("现"))))
	    || (o->titled && line_goes_on(s)))
		return true;
	/* a headline's second line, above 本报讯 */
	bool story = next && cues_of(o->rules->cues, outline_str(o, next->b, next->e < next->b + 60 ? next->e : next->b + 60)) & CUE_DATELINE;
	if (o->titled && !story && !outline_is_title(cues) && !(cues & (CUE_UNIT | CUE_SUBTITLE)) && s.n <= HEADING_BYTES && next
	    && (outline_has_stop(o, next) || next->e - next->b > SHORT_BYTES))
		return true;
	o->titled |= outline_is_title(cues);
	o->cues[o->nheads] = cues;
	o->heads[o->nheads++] = o->tree->n;
	tree_plain(o->tree, SEGMENT_TITLE, l->b, l->e);
	return false;
}
