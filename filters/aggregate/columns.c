#include "columns.h"
#include "fact.h"

#include <string.h>

const char *const column_types[] = {"string", "integer", "number", "boolean", "date"};
/* numbers keep integers exact and everything comparable; dates are ISO 8601 text */
const char *const column_sql[] = {"TEXT", "INTEGER", "NUMERIC", "BOOLEAN", "TEXT"};

static const struct column documents_columns[] = {
	{"doc_key", COLUMN_STRING, "identity of the document: hash of path, member and url", NULL},
	{"path", COLUMN_STRING, "path as given to decode", NULL},
	{"member", COLUMN_STRING, "member inside an archive", NULL},
	{"url", COLUMN_STRING, "address the document came from", NULL},
	{"id", COLUMN_STRING, "version: XXH3-128 of the input bytes", NULL},
	{"type", COLUMN_STRING, "media type", NULL},
	{"charset", COLUMN_STRING, "WHATWG name of the character encoding", NULL},
	{"charset_by", COLUMN_STRING, "what decided the charset: bom, http, meta, detected, given, assumed", NULL},
	{"bytes", COLUMN_INTEGER, "size of the input", NULL},
	{"replaced", COLUMN_INTEGER, "malformed sequences that became U+FFFD", NULL},
	{"fingerprint", COLUMN_STRING, "of the text, for near-duplicates", NULL},
	{"genre", COLUMN_STRING, "government_report, department_report, …", NULL},
	{"title", COLUMN_STRING, "title", NULL},
	{"issuer", COLUMN_STRING, "who issued it", NULL},
	{"subject", COLUMN_STRING, "whose report it is: government, or the department by name", NULL},
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"level", COLUMN_STRING, "nation, province, prefecture, county, township, zone", NULL},
	{"period", COLUMN_STRING, "period of the report", NULL},
	{"period_start", COLUMN_DATE, "its first day", NULL},
	{"period_end", COLUMN_DATE, "its last day", NULL},
	{"part_year", COLUMN_BOOLEAN, "the period does not cover whole years", NULL},
	{"number", COLUMN_STRING, "document number (发文字号)", NULL},
	{"written", COLUMN_STRING, "date of writing (成文日期)", NULL},
	{"published", COLUMN_STRING, "date of publication", NULL},
	{"signer", COLUMN_STRING, "signer (签发人)", NULL},
	{"addressee", COLUMN_STRING, "addressee (主送机关)", NULL},
	{"segments", COLUMN_INTEGER, "number of segments", NULL},
	{"facts", COLUMN_INTEGER, "number of facts", NULL},
	{"findings", COLUMN_INTEGER, "number of findings", NULL},
	{"problems", COLUMN_INTEGER, "number of problems", NULL},
	{"lost", COLUMN_BOOLEAN, "content was lost", NULL},
};

static const struct column facts_columns[] = {
	{"fact_id", COLUMN_STRING, "hash of the normalised text and the range: stable when a page is crawled again", NULL},
	{"doc_key", COLUMN_STRING, "the document", NULL},
	{"url", COLUMN_STRING, "its address", NULL},
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"subject", COLUMN_STRING, "whose report it is", NULL},
	{"period", COLUMN_STRING, "period of the figure", NULL},
	{"period_start", COLUMN_DATE, "its first day", NULL},
	{"period_end", COLUMN_DATE, "its last day", NULL},
	{"indicator", COLUMN_STRING, "id of the codebook; a|b where the text gives one figure for two", NULL},
	{"label", COLUMN_STRING, "its Chinese label", NULL},
	{"value", COLUMN_NUMBER, "exact value in the base unit", NULL},
	{"high", COLUMN_NUMBER, "upper end of a range", NULL},
	{"digits", COLUMN_STRING, "mantissa as written", NULL},
	{"unit", COLUMN_STRING, "unit or measure word", NULL},
	{"kind", COLUMN_STRING, "count, money, percent, points, ratio, rank, duration, measure", fact_kinds},
	{"bound", COLUMN_STRING, "exact, about, over, under", fact_bounds},
	{"change", COLUMN_STRING, "level, up, down, above, below", fact_changes},
	{"modality", COLUMN_STRING, "actual, target, reference", fact_modalities},
	{"measure", COLUMN_STRING, "the words that name what is counted", NULL},
	{"scope", COLUMN_STRING, "whose figure, empty for the report's own subject", NULL},
	{"topic", COLUMN_STRING, "topic of its segment", NULL},
	{"role", COLUMN_STRING, "role of its segment", NULL},
	{"evidence", COLUMN_STRING, "the sentence it stands in", NULL},
	{"before", COLUMN_STRING, "the sentence before", NULL},
	{"after", COLUMN_STRING, "the sentence behind", NULL},
	{"begin", COLUMN_INTEGER, "first byte of the expression in the text", NULL},
	{"end", COLUMN_INTEGER, "first byte behind it", NULL},
	{"rule", COLUMN_STRING, "the rule that decided the indicator", NULL},
	{"verdict", COLUMN_STRING, "right or wrong, where somebody checked it", NULL},
	{"corrected", COLUMN_NUMBER, "what it should be, by that verdict", NULL},
};

static const char *const panel_natures[] = {"flow", "stock", "cumulative", "rate", "rank", NULL};

static const struct column panel_long_columns[] = {
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"subject", COLUMN_STRING, "whose report it is", NULL},
	{"period", COLUMN_STRING, "period of the figure", NULL},
	{"period_start", COLUMN_DATE, "its first day", NULL},
	{"period_end", COLUMN_DATE, "its last day", NULL},
	{"indicator", COLUMN_STRING, "id of the codebook", NULL},
	{"value", COLUMN_NUMBER, "chosen value", NULL},
	{"high", COLUMN_NUMBER, "upper end of a range", NULL},
	{"bound", COLUMN_STRING, "exact, about, over, under", fact_bounds},
	{"base", COLUMN_STRING, "what a rate refers to, where the text says it", NULL},
	{"candidates", COLUMN_INTEGER, "further figures that claimed this cell", NULL},
	{"fact_id", COLUMN_STRING, "the chosen fact", NULL},
	{"unit", COLUMN_STRING, "unit or measure word", NULL},
	{"nature", COLUMN_STRING, "flow, stock, cumulative, rate, rank; empty where nobody says", panel_natures},
	{"department", COLUMN_STRING, "the department whose figure fills its region's cell", NULL},
	{"corrected", COLUMN_BOOLEAN, "the value is a verdict's, not the text's", NULL},
};

static const struct column panel_columns[] = {
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"subject", COLUMN_STRING, "whose report it is", NULL},
	{"period", COLUMN_STRING, "full year", NULL},
	{"bounded_columns", COLUMN_STRING, "columns that hold no exact figure, as column:about, :over, :under, :range", NULL},
	{"department_columns", COLUMN_STRING, "columns that a department's figure fills", NULL},
};

static const struct column findings_columns[] = {
	{"finding_id", COLUMN_STRING, "hash of the kind and the facts", NULL},
	{"doc_key", COLUMN_STRING, "the document", NULL},
	{"url", COLUMN_STRING, "its address", NULL},
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"subject", COLUMN_STRING, "whose report it is", NULL},
	{"period", COLUMN_STRING, "period of the report", NULL},
	{"kind", COLUMN_STRING, "rate, sum, list, difference, growth, subset, grim, conflict, target", NULL},
	{"holds", COLUMN_STRING, "yes, rounding, no, unclear", NULL},
	{"stated", COLUMN_STRING, "the figure as stated", NULL},
	{"computed", COLUMN_STRING, "what comes out", NULL},
	{"gap", COLUMN_STRING, "the distance between both", NULL},
	{"facts", COLUMN_STRING, "fact_ids that take part, separated by spaces", NULL},
	{"bases", COLUMN_STRING, "bases that were tried", NULL},
	{"message_zh", COLUMN_STRING, "one sentence in Chinese", NULL},
	{"message_en", COLUMN_STRING, "one sentence in English", NULL},
	{"verdict", COLUMN_STRING, "right or wrong, where somebody checked it", NULL},
};

static const struct column problems_columns[] = {
	{"doc_key", COLUMN_STRING, "the document", NULL},
	{"path", COLUMN_STRING, "its path", NULL},
	{"filter", COLUMN_STRING, "who met the problem", NULL},
	{"code", COLUMN_STRING, "what kind it is", NULL},
	{"lost", COLUMN_BOOLEAN, "content was lost", NULL},
	{"message", COLUMN_STRING, "in words", NULL},
	{"begin", COLUMN_INTEGER, "first byte in the text, where it has a place", NULL},
	{"end", COLUMN_INTEGER, "first byte behind it", NULL},
};

static const struct column codebook_columns[] = {
	{"indicator", COLUMN_STRING, "id", NULL},
	{"column", COLUMN_STRING, "its column in panel.csv", NULL},
	{"label", COLUMN_STRING, "Chinese label", NULL},
	{"topic", COLUMN_STRING, "topic", NULL},
	{"unit_kind", COLUMN_STRING, "kind of figure", NULL},
	{"unit", COLUMN_STRING, "usual units", NULL},
	{"definition", COLUMN_STRING, "what counts and what does not", NULL},
	{"part_of", COLUMN_STRING, "the total it is a part of", NULL},
	{"rate_of", COLUMN_STRING, "numerator/denominator", NULL},
	{"family", COLUMN_STRING, "figures of one caseload", NULL},
	{"documents", COLUMN_INTEGER, "documents with a figure of it", NULL},
	{"values", COLUMN_INTEGER, "cells of panel_long that hold it", NULL},
	{"nature", COLUMN_STRING, "flow, stock, cumulative, rate, rank; empty where the wording decides", panel_natures},
	{"wanted", COLUMN_STRING, "less, where a smaller figure is the aim", NULL},
	{"years", COLUMN_INTEGER, "of the cells those of full years", NULL},
	{"first_year", COLUMN_INTEGER, "first full year with a cell", NULL},
	{"last_year", COLUMN_INTEGER, "last full year with a cell", NULL},
	{"bounded", COLUMN_NUMBER, "percent of the cells that have a bound or a range", NULL},
	{"label_en", COLUMN_STRING, "English label", NULL},
};

#define COLUMNS(x) .columns = x, .n = sizeof x / sizeof *x

const struct dataset_table tables[TABLES] = {
	[TABLE_DOCUMENTS] = {
		.name = "documents", .title = "one row a document",
		COLUMNS(documents_columns),
		.key = {"doc_key"},
	},
	[TABLE_FACTS] = {
		.name = "facts", .title = "one row a quantity, with the sentence that proves it",
		COLUMNS(facts_columns),
		.key = {"doc_key", "fact_id"},
		.links = {{"doc_key", TABLE_DOCUMENTS, "doc_key"}},
		.indexes = {"fact_id", "indicator", "region_code"},
	},
	[TABLE_PANEL_LONG] = {
		.name = "panel_long", .title = "one value a cell: region, subject, period, indicator",
		COLUMNS(panel_long_columns),
		.key = {"region_code", "region", "subject", "period", "period_end", "indicator"},
		.links = {{"indicator", TABLE_CODEBOOK, "indicator"}},
		.indexes = {"indicator"},
	},
	[TABLE_PANEL] = {
		.name = "panel", .title = "region and year in rows, indicators in columns; full years only",
		COLUMNS(panel_columns),
		.key = {"region_code", "region", "subject", "period"},
	},
	[TABLE_FINDINGS] = {
		.name = "findings", .title = "figures of a document recomputed from one another",
		COLUMNS(findings_columns),
		.key = {"doc_key", "finding_id"},
		.links = {{"doc_key", TABLE_DOCUMENTS, "doc_key"}},
		.indexes = {"holds"},
	},
	[TABLE_PROBLEMS] = {
		.name = "problems", .title = "what could not be read or understood",
		COLUMNS(problems_columns),
		.links = {{"doc_key", TABLE_DOCUMENTS, "doc_key"}},
	},
	[TABLE_CODEBOOK] = {
		.name = "codebook", .title = "the indicators: what each counts",
		COLUMNS(codebook_columns),
		.key = {"indicator"},
	},
	[TABLE_CHANGES] = {
		.name = "changes", .title = "each figure against the year before, or why they cannot be compared",
		COLUMNS(changes_columns),
		.links = {{"indicator", TABLE_CODEBOOK, "indicator"}},
		.indexes = {"indicator", "region_code"},
	},
	[TABLE_TARGETS] = {
		.name = "targets", .title = "promises and what became of them",
		COLUMNS(targets_columns),
		.links = {{"indicator", TABLE_CODEBOOK, "indicator"}},
		.indexes = {"indicator", "region_code"},
	},
	[TABLE_COVERAGE] = {
		.name = "coverage", .title = "of what a report speaks, by topic, and of what the last one did",
		COLUMNS(coverage_columns),
		.indexes = {"region_code"},
	},
	[TABLE_RANKS] = {
		.name = "ranks", .title = "n of N among regions of one level in one year, none under ten",
		COLUMNS(ranks_columns),
		.links = {{"indicator", TABLE_CODEBOOK, "indicator"}},
		.indexes = {"indicator", "region_code"},
	},
	[TABLE_CONFLICTS] = {
		.name = "conflicts", .title = "documents that give one cell different figures",
		COLUMNS(conflicts_columns),
		.links = {{"indicator", TABLE_CODEBOOK, "indicator"}, {"doc_key", TABLE_DOCUMENTS, "doc_key"}},
		.indexes = {"indicator"},
	},
	[TABLE_CANDIDATES] = {
		.name = "candidates", .title = "figures that a cell did not take",
		COLUMNS(candidates_columns),
		.links = {{"indicator", TABLE_CODEBOOK, "indicator"}, {"doc_key", TABLE_DOCUMENTS, "doc_key"}},
		.indexes = {"chosen_fact_id"},
	},
	[TABLE_OUTLIERS] = {
		.name = "outliers", .title = "figures that are worth a second look",
		COLUMNS(outliers_columns),
		.links = {{"indicator", TABLE_CODEBOOK, "indicator"}},
		.indexes = {"indicator"},
	},
	[TABLE_DUPLICATES] = {
		.name = "duplicates", .title = "near-duplicates: one document is chosen, all are listed",
		COLUMNS(duplicates_columns),
		.key = {"doc_key"},
		.links = {{"doc_key", TABLE_DOCUMENTS, "doc_key"}},
	},
	[TABLE_PUBLICATION] = {
		.name = "publication", .title = "when reports came out, and which of those expected are not there",
		COLUMNS(publication_columns),
		.indexes = {"region_code"},
	},
	[TABLE_BREAKS] = {
		.name = "breaks", .title = "where series are cut: laws and boundaries",
		COLUMNS(breaks_columns),
		.key = {"break_id"},
	},
	[TABLE_VERDICTS] = {
		.name = "verdicts", .title = "what people found when they checked",
		COLUMNS(verdicts_columns),
		.key = {"id"},
	},
};

bool column_is_required(const struct dataset_table *t, const char *name)
{
	for (size_t i = 0; i < KEYS_OF_TABLE && t->key[i]; i++)
		if (strcmp(t->key[i], name) == 0)
			return strcmp(name, "region_code") != 0;
	return false;
}
