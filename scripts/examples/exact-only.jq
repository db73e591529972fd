# exact-only.jq: a stage of one's own in jq. A figure that the text gives as "over" or "about" loses
# its indicator, to see how much of a panel rests on such figures:
#
#     decode reports | segment | classify | extract | tojson | jq -c -f exact-only.jq | fromjson
if has("facts") then .facts |= map(if .bound == "exact" then . else .indicator = null end) else . end
