"""Shows the outline of each record of a JSON stream: kind, level, mark, parent, text,
then (with --sentences) its sentences."""
import json
import sys

for line in sys.stdin:
    record = json.loads(line)
    if 'segments' not in record:
        continue
    text = record['text'].encode()
    cut = lambda at: text[at[0]:at[1]].decode().replace('\n', '/').replace('\t', '|')
    for i, s in enumerate(record['segments']):
        print(i, s['kind'], s['level'], s['mark'] or '-', s['up'], cut(s['at']))
        if '--sentences' in sys.argv:
            for b, e, segment in record['sentences']:
                if segment == i:
                    print('   ', cut([b, e]))
