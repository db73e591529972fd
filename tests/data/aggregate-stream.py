"""aggregate-stream: a stream made of a few lines, for the cases of aggregate.

    D path KEY=VALUE...      a document: region, code, level, subject, period, genre, published, written,
                             fingerprint, url, lost
    F value KEY=VALUE...     a fact of it: indicator, unit, kind, bound, change, modality, scope, period, high,
                             digits, scale, role, and text, the words before the figure
    A kind holds FACT...     a finding about facts of the document, counted from 0

Words are separated by blanks; the text of the document is made of its facts' sentences.
"""
import json, sys

def days(p):
    return p and ('%s-01-01' % p[:4], '%s-12-31' % p[:4]) if len(p) == 4 else (None, None)

docs = []
for line in sys.stdin:
    words = line.split()
    if not words or line.startswith('#'):
        continue
    given = dict(w.split('=', 1) for w in words[2:] if '=' in w)
    if words[0] == 'D':
        docs.append((words[1], given, [], []))
    elif words[0] == 'F':
        docs[-1][2].append((words[1], given))
    else:
        docs[-1][3].append((words[1], words[2], [int(w) for w in words[3:]]))
print('{"gongwen":1,"via":[]}')
value = lambda x: {'value': x or None, 'at': None}
lost = 0
for path, d, facts, findings in docs:
    text, out, sentences, labels = '', [], [], []
    for k, (v, f) in enumerate(facts):
        start = len(text.encode())
        text += f.get('text', '办理')
        b = len(text.encode())
        digits = f.get('digits', v)
        text += digits + f.get('unit', '件')
        e = len(text.encode())
        text += '。'
        sentences.append([start, len(text.encode()), k])
        number = float(v) if '.' in v else int(v)
        out.append({'at': [b, e], 'kind': f.get('kind', 'count'), 'value': number,
                    'high': float(f['high']) if 'high' in f else None, 'digits': digits, 'scale': int(f.get('scale', 0)),
                    'unit': f.get('unit', '件'), 'bound': f.get('bound', 'exact'), 'change': f.get('change', 'level'),
                    'modality': f.get('modality', 'actual'), 'measure': f.get('text', '办理'), 'measure_at': None,
                    'indicator': f.get('indicator'), 'scope': f.get('scope'), 'period': f.get('period'), 'segment': k, 'rule': None})
        labels.append({'topic': None, 'role': f.get('role', 'achievement'), 'score': 1})
    period = d.get('period', '2023')
    start, end = days(period)
    record = {'doc': {'path': path, 'member': None, 'url': d.get('url'), 'id': 'i', 'type': 'text/plain', 'charset': 'utf-8', 'charset_by': 'bom',
                      'bytes': 1, 'replaced': 0, 'retrieved': None, 'fingerprint': d.get('fingerprint')},
              'text': text,
              'segments': [{'at': s[:2], 'kind': 'paragraph', 'level': 0, 'mark': None, 'up': -1} for s in sentences],
              'sentences': sentences, 'labels': labels, 'facts': out,
              'about': {'genre': value(d.get('genre', 'government_report')), 'issuer': value(None), 'subject': value(d.get('subject', 'government')),
                        'number': value(None), 'written': value(d.get('written')), 'published': value(d.get('published')), 'title': value(path),
                        'signer': value(None), 'addressee': value(None),
                        'region': {'code': d.get('code'), 'name': d.get('region', '安澜县') or None, 'level': d.get('level', 'county'), 'at': None},
                        'period': {'value': period, 'start': start, 'end': end, 'part_year': len(period) != 4, 'at': None}},
              'findings': [{'kind': k, 'holds': h, 'stated': '1', 'computed': '1', 'gap': None, 'facts': f, 'bases': None,
                            'message': {'zh': '', 'en': ''}} for k, h, f in findings]}
    print(json.dumps(record, ensure_ascii=False))
print(json.dumps({'end': len(docs), 'failed': lost, 'read': len(docs)}))
