#!/usr/bin/env python3
"""labels.py: a stage of one's own in Python, in the place of classify's topics. It reads and
writes JSON lines; tojson and fromjson stand around it:

    decode reports | segment | classify | tojson | python3 labels.py | fromjson | extract

The classifier here is a toy: a segment takes the topic of the segment before it where it names
none of these words itself. Put yours in its place; what it does not touch goes through."""

import json
import sys

WORDS = {'legal_aid': ['法律援助'], 'review': ['行政复议'], 'litigation': ['行政诉讼', '出庭'], 'mediation': ['人民调解', '调解案件']}


def label(record):
    text, topic = record['text'].encode('utf-8'), None
    for segment, mark in zip(record['segments'], record['labels']):
        begin, end = segment['at']
        words = text[begin:end].decode('utf-8', 'replace')
        for name, hints in WORDS.items():
            if any(hint in words for hint in hints):
                topic = name
        if segment['kind'] == 'heading' and segment['level'] == 1:
            topic = None
        if segment['kind'] in ('paragraph', 'heading') and mark['role'] != 'furniture' and topic:
            mark['topic'] = topic


for line in sys.stdin:
    record = json.loads(line)
    if 'labels' in record:
        label(record)
    # what came in one line leaves in one line; ASCII escapes are as good as the characters
    print(json.dumps(record, ensure_ascii=False, separators=(',', ':')))
