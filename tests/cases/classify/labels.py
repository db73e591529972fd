"""Shows topic, role and the start of each segment of a JSON stream."""
import json
import sys

for line in sys.stdin:
    record = json.loads(line)
    if 'labels' not in record:
        continue
    text = record['text'].encode()
    for s, l in zip(record['segments'], record['labels']):
        b, e = s['at']
        print(l['topic'] or '-', l['role'], text[b:e].decode()[:24].replace('\n', '/'))
