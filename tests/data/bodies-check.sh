#!/bin/bash
# bodies-check: is the maker of a report read whole from its title? Each body of bodies.txt stands in titles of
# eight forms, of a county, a district, a city and a prefecture; issuer, subject and region must be right in all.
#
#   tests/data/bodies-check.sh
. "$(dirname "$0")/common" || exit 2
grep -v '^#' tests/data/bodies.txt | tr -s ' ' '\n' | awk -v want="$dir/want" '
BEGIN {
	n = split("肥西县 340123 渭滨区 610302 曲阜市 370881 赤峰市 150400 大理白族自治州 532900", p, " ")
	f = split("%s%s2023年法治政府建设情况报告 %s%s2022年度法治政府建设工作报告 %s%s关于2021年度法治政府建设情况的报告 " \
		"%s%s2020年法治政府建设工作总结 2023年度%s%s法治政府建设年度报告 %s%s2024年度推进法治政府建设工作情况报告 " \
		"%s%s：2022年法治政府建设情况报告 2022年度法治政府建设情况报告（%s%s）", form, " ")
}
$0 != "" {
	k = NR % (n / 2)
	for (i = 1; i <= f; i++) {
		title = sprintf(form[i], p[2 * k + 1], $0)
		printf "{\"text\":\"%s\\n\\n一、主要做法\\n办理案件5件。\\n\"}\n", title
		print title "\t" p[2 * k + 1] $0 "\t" $0 "\t" p[2 * k + 2] > want
	}
}' > "$dir/titles.jsonl"
bin/decode --text text "$dir/titles.jsonl" | bin/segment | bin/classify | bin/tojson \
	| jq -r 'select(.text) | [(.text | split("\n")[0]), .about.issuer.value, .about.subject.value, .about.region.code] | @tsv' \
	> "$dir/got" || exit 1
same bodies 400
