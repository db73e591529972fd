/* views: the common questions, as views of the database. */
#include "views.h"

#include <stddef.h>

const char *const views[] = {
	/* each chosen figure with its label, unit, sentence and address */
	"CREATE VIEW figures AS SELECT p.region_code, p.region, p.subject, p.period, p.indicator, c.label, p.value, p.high, "
	"p.bound, p.unit, p.base, p.nature, p.department, f.evidence, f.url, f.doc_key, p.fact_id FROM panel_long p "
	"JOIN codebook c USING (indicator) JOIN facts f ON f.rowid = (SELECT min(rowid) FROM facts WHERE fact_id = p.fact_id)",
	/* figures that contradict each other, the largest first, unless somebody has looked */
	"CREATE VIEW contradictions AS SELECT n.region, n.subject, n.period, n.kind, n.stated, n.computed, n.gap, n.message_zh, "
	"n.message_en, n.url, n.finding_id FROM findings n WHERE n.holds = 'no' AND n.verdict IS NOT 'wrong'",
	/* what was promised and what became of it, with both sentences */
	"CREATE VIEW promises AS SELECT t.region, t.subject, c.label, t.made, t.period, t.change, t.aim, t.target, t.unit, t.result, t.why, "
	"t.reached, t.before, t.below_reached, p.evidence AS promised_in, r.evidence AS reached_in FROM targets t "
	"JOIN codebook c USING (indicator) "
	"LEFT JOIN facts p ON p.rowid = (SELECT min(rowid) FROM facts WHERE fact_id = t.fact_id) "
	"LEFT JOIN facts r ON r.rowid = (SELECT min(rowid) FROM facts WHERE fact_id = t.reached_fact_id)",
	/* how a figure moved, where years can be compared */
	"CREATE VIEW moves AS SELECT h.region, h.subject, c.label, h.previous_period, h.previous, h.period, h.value, h.unit, "
	"h.difference, h.percent, h.direction, h.breaks FROM changes h JOIN codebook c USING (indicator) WHERE h.comparable",
	/* indicators without a name yet: what is counted most often and fits none */
	"CREATE VIEW open_measures AS SELECT measure, unit, count(*) AS facts, count(DISTINCT doc_key) AS documents, "
	"min(evidence) AS example FROM facts WHERE indicator IS NULL AND measure IS NOT NULL GROUP BY measure, unit",
	/* figures by words of their sentence: SELECT … FROM found WHERE words MATCH '复议' */
	"CREATE VIEW found AS SELECT s.search AS words, f.* FROM search s JOIN search_rows r ON r.first = s.rowid "
	"JOIN facts f ON f.rowid BETWEEN r.first AND r.last",
	NULL
};
