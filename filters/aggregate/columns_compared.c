/* The columns of the tables that compare. */
#include "columns.h"
#include "fact.h"

static const char *const directions[] = {"up", "down", "same", "unknown", NULL};
static const char *const change_whys[] = {"gap", "not_found", "not_found_before", "no_level",
	"no_level_before", "part_year", "other_period", "department", "nature", "unit", "base", "boundary", "bound", NULL};
static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const aims[] = {"at_least", "at_most", NULL};
static const char *const results[] = {"reached", "not_reached", "not_found", "unclear", NULL};
static const char *const target_whys[] = {"no_report", "not_found", "no_level", "no_level_before",
	"department", "nature", "unit", "base", "boundary", "bound", NULL};
static const char *const target_changes[] = {"level", "up", "down", NULL};
static const char *const natures[] = {"flow", "stock", "cumulative", "rate", "rank", NULL};
static const char *const other_is[] = {"stated", "quoted", "department", "duplicate", NULL};
static const char *const candidate_whys[] = {"department", "other_report", "nature", "not_achievement",
	"bound", "same", "order", NULL};
static const char *const outlier_kinds[] = {"jump", "group", "over_100", NULL};
static const char *const date_is[] = {"published", "written", NULL};
static const char *const break_kinds[] = {"law", "boundary", NULL};
static const char *const verdict_names[] = {"right", "wrong", NULL};

const struct column changes_columns[23] = {
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"subject", COLUMN_STRING, "whose report it is", NULL},
	{"indicator", COLUMN_STRING, "id of the codebook", NULL},
	{"period", COLUMN_STRING, "period of the figure", NULL},
	{"value", COLUMN_NUMBER, "the figure; empty where it was not found", NULL},
	{"bound", COLUMN_STRING, "exact, about, over, under", fact_bounds},
	{"previous_period", COLUMN_STRING, "the year it is held against", NULL},
	{"previous", COLUMN_NUMBER, "the figure of that year", NULL},
	{"previous_bound", COLUMN_STRING, "exact, about, over, under", fact_bounds},
	{"unit", COLUMN_STRING, "unit or measure word", NULL},
	{"difference", COLUMN_NUMBER, "value less previous; of rates in percentage points", NULL},
	{"percent", COLUMN_NUMBER, "difference in percent of previous, to two digits; empty for rates and ranks", NULL},
	{"direction", COLUMN_STRING, "up, down, same; unknown where a bound leaves it open", directions},
	{"comparable", COLUMN_BOOLEAN, "the difference means something", NULL},
	{"why", COLUMN_STRING, "why it is not comparable", change_whys},
	{"breaks", COLUMN_STRING, "ids of breaks between both, separated by spaces", NULL},
	{"base", COLUMN_STRING, "what both rates are of, where both say it", NULL},
	{"stated", COLUMN_NUMBER, "the change that the later report states, down as a negative number", NULL},
	{"stated_unit", COLUMN_STRING, "its unit: %, 百分点, or that of the figure", NULL},
	{"agrees", COLUMN_STRING, "the stated change is what comes out: yes, no, or empty where that cannot be told", yes_no},
	{"fact_id", COLUMN_STRING, "the figure", NULL},
	{"previous_fact_id", COLUMN_STRING, "the one before", NULL},
};

const struct column targets_columns[21] = {
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"subject", COLUMN_STRING, "whose report it is", NULL},
	{"indicator", COLUMN_STRING, "id of the codebook", NULL},
	{"made", COLUMN_STRING, "period of the report that promises", NULL},
	{"period", COLUMN_STRING, "period it promises for", NULL},
	{"target", COLUMN_NUMBER, "what is promised; a fall as a negative number", NULL},
	{"high", COLUMN_NUMBER, "upper end of a range", NULL},
	{"unit", COLUMN_STRING, "unit or measure word", NULL},
	{"aim", COLUMN_STRING, "at_least or at_most", aims},
	{"result", COLUMN_STRING, "reached, not_reached, not_found, unclear", results},
	{"why", COLUMN_STRING, "why it was not found or is unclear", target_whys},
	{"reached", COLUMN_NUMBER, "the figure of that period, or the growth that came out", NULL},
	{"reached_bound", COLUMN_STRING, "exact, about, over, under", fact_bounds},
	{"before", COLUMN_NUMBER, "the figure when it was promised", NULL},
	{"before_bound", COLUMN_STRING, "exact, about, over, under", fact_bounds},
	{"below_reached", COLUMN_BOOLEAN, "it asks for less than there was already", NULL},
	{"fact_id", COLUMN_STRING, "the promise", NULL},
	{"reached_fact_id", COLUMN_STRING, "the figure of that period", NULL},
	{"before_fact_id", COLUMN_STRING, "the figure when it was promised", NULL},
	{"change", COLUMN_STRING, "level: the figure itself is promised; up, down: its growth against the year before", target_changes},
};

const struct column coverage_columns[13] = {
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"subject", COLUMN_STRING, "whose report it is", NULL},
	{"period", COLUMN_STRING, "period of the report", NULL},
	{"topic", COLUMN_STRING, "topic", NULL},
	{"indicators", COLUMN_INTEGER, "indicators that the catalogue has of it", NULL},
	{"found", COLUMN_INTEGER, "of these found in the report", NULL},
	{"found_list", COLUMN_STRING, "their ids, separated by spaces", NULL},
	{"compared_with", COLUMN_STRING, "the year before, where its report is there", NULL},
	{"not_found", COLUMN_INTEGER, "found in that report, not in this one (未检出: which does not say that it is not published)", NULL},
	{"not_found_list", COLUMN_STRING, "their ids", NULL},
	{"new", COLUMN_INTEGER, "found in this report, not in that one", NULL},
	{"new_list", COLUMN_STRING, "their ids", NULL},
};

const struct column ranks_columns[17] = {
	{"indicator", COLUMN_STRING, "id of the codebook", NULL},
	{"period", COLUMN_STRING, "full year", NULL},
	{"level", COLUMN_STRING, "level of the regions that are ranked", NULL},
	{"subject", COLUMN_STRING, "whose reports", NULL},
	{"nature", COLUMN_STRING, "flow, stock, cumulative, rate, rank", natures},
	{"base", COLUMN_STRING, "what the rates are of, where the text says it", NULL},
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"value", COLUMN_NUMBER, "the figure", NULL},
	{"unit", COLUMN_STRING, "unit or measure word: things and times (人次) are ranked apart", NULL},
	{"rank", COLUMN_INTEGER, "place, 1 is the largest; equal figures share it", NULL},
	{"of", COLUMN_INTEGER, "regions that are ranked: ten at least", NULL},
	{"department", COLUMN_STRING, "the department whose figure it is", NULL},
	{"fact_id", COLUMN_STRING, "the figure", NULL},
	{"province", COLUMN_STRING, "code of the region's province, where ten of its regions or more are ranked", NULL},
	{"province_rank", COLUMN_INTEGER, "place among the ranked regions of the province", NULL},
	{"province_of", COLUMN_INTEGER, "how many these are: ten at least", NULL},
};

const struct column conflicts_columns[16] = {
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"subject", COLUMN_STRING, "whose report it is", NULL},
	{"period", COLUMN_STRING, "period of the figure", NULL},
	{"indicator", COLUMN_STRING, "id of the codebook", NULL},
	{"value", COLUMN_NUMBER, "the chosen figure", NULL},
	{"bound", COLUMN_STRING, "exact, about, over, under", fact_bounds},
	{"other_value", COLUMN_NUMBER, "what another document says", NULL},
	{"other_bound", COLUMN_STRING, "exact, about, over, under", fact_bounds},
	{"difference", COLUMN_NUMBER, "other_value less value", NULL},
	{"other_is", COLUMN_STRING, "stated as its own, quoted by a later report, of a department, in a near-duplicate", other_is},
	{"other_made", COLUMN_STRING, "period of the other report", NULL},
	{"fact_id", COLUMN_STRING, "the chosen figure", NULL},
	{"doc_key", COLUMN_STRING, "its document", NULL},
	{"other_fact_id", COLUMN_STRING, "the other figure", NULL},
	{"other_doc_key", COLUMN_STRING, "its document", NULL},
};

const struct column candidates_columns[14] = {
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"subject", COLUMN_STRING, "whose report it is", NULL},
	{"period", COLUMN_STRING, "period of the figure", NULL},
	{"indicator", COLUMN_STRING, "id of the codebook", NULL},
	{"value", COLUMN_NUMBER, "the figure", NULL},
	{"high", COLUMN_NUMBER, "upper end of a range", NULL},
	{"bound", COLUMN_STRING, "exact, about, over, under", fact_bounds},
	{"unit", COLUMN_STRING, "unit or measure word", NULL},
	{"why", COLUMN_STRING, "why it was not chosen", candidate_whys},
	{"department", COLUMN_STRING, "the department whose figure it is", NULL},
	{"doc_key", COLUMN_STRING, "its document", NULL},
	{"fact_id", COLUMN_STRING, "the figure", NULL},
	{"chosen_fact_id", COLUMN_STRING, "the one that was chosen", NULL},
};

const struct column outliers_columns[9] = {
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"subject", COLUMN_STRING, "whose report it is", NULL},
	{"period", COLUMN_STRING, "period of the figure", NULL},
	{"indicator", COLUMN_STRING, "id of the codebook", NULL},
	{"kind", COLUMN_STRING, "jump, group, over_100", outlier_kinds},
	{"value", COLUMN_NUMBER, "the figure", NULL},
	{"against", COLUMN_NUMBER, "the year before, the middle of the group, 100", NULL},
	{"fact_id", COLUMN_STRING, "the figure", NULL},
};

const struct column duplicates_columns[7] = {
	{"chosen_key", COLUMN_STRING, "doc_key of the document that was chosen", NULL},
	{"doc_key", COLUMN_STRING, "the document", NULL},
	{"path", COLUMN_STRING, "its path", NULL},
	{"url", COLUMN_STRING, "its address", NULL},
	{"chosen", COLUMN_BOOLEAN, "this is the one whose figures count", NULL},
	{"distance", COLUMN_INTEGER, "bits in which the fingerprints differ, of 64", NULL},
	{"facts", COLUMN_INTEGER, "number of facts", NULL},
};

const struct column publication_columns[11] = {
	{"region_code", COLUMN_STRING, "GB/T 2260 code, six digits", NULL},
	{"region", COLUMN_STRING, "full path of the division", NULL},
	{"subject", COLUMN_STRING, "whose report it is", NULL},
	{"year", COLUMN_INTEGER, "year that is reported", NULL},
	{"expected", COLUMN_BOOLEAN, "expected.tsv names it", NULL},
	{"found", COLUMN_BOOLEAN, "it is in this corpus", NULL},
	{"doc_key", COLUMN_STRING, "the document", NULL},
	{"date", COLUMN_STRING, "when it was published, else written", NULL},
	{"date_is", COLUMN_STRING, "published or written", date_is},
	{"deadline", COLUMN_DATE, "last day in time", NULL},
	{"days_late", COLUMN_INTEGER, "days from the deadline to the date; negative: before it", NULL},
};

const struct column breaks_columns[7] = {
	{"break_id", COLUMN_STRING, "id", NULL},
	{"kind", COLUMN_STRING, "law or boundary", break_kinds},
	{"date", COLUMN_DATE, "first day of the new state", NULL},
	{"region", COLUMN_STRING, "codes of the regions, or their beginnings, separated by |; empty: all", NULL},
	{"indicators", COLUMN_STRING, "indicators (review.*) and topics, separated by |; empty: all", NULL},
	{"title", COLUMN_STRING, "what changed", NULL},
	{"source", COLUMN_STRING, "where that stands", NULL},
};

const struct column verdicts_columns[7] = {
	{"id", COLUMN_STRING, "fact_id or finding_id", NULL},
	{"verdict", COLUMN_STRING, "right or wrong", verdict_names},
	{"value", COLUMN_NUMBER, "what it should be", NULL},
	{"who", COLUMN_STRING, "who says so", NULL},
	{"when", COLUMN_STRING, "when", NULL},
	{"note", COLUMN_STRING, "why", NULL},
	{"met", COLUMN_BOOLEAN, "the dataset has that id", NULL},
};
