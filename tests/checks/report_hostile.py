#!/usr/bin/env python3
"""report_hostile: a stream whose every string means harm to a page.

    report_hostile.py FILE"""

import json
import subprocess
import sys

TAGS = '</script><script>HARM()</script><img src=x onerror="HARM()"><!--<script>\'";]]>&lt;'
BIDI = '\u202e\u2066\u0000\u0007\u200f'
EVIL = TAGS + BIDI
LONG = 'W' * 5000


def span(text, words, start=0):
    b = text.encode().index(words.encode(), start)
    return [b, b + len(words.encode())]


def about(value):
    return {'value': value, 'at': None}


def main():
    text = EVIL + '\n一、' + EVIL + LONG + '\n全年办理案件1535件' + EVIL + '，办结64%' + LONG + '。\n' + '\t'.join([EVIL] * 3) + '\n'
    first, second = span(text, '1535件'), span(text, '64%')
    lines, at = [], 0
    for line in text.split('\n')[:-1]:
        n = len(line.encode())
        lines.append([at, at + n])
        at += n + 1
    kinds = ['title', 'heading', 'paragraph', 'table']
    fact = {'at': first, 'kind': 'count', 'value': 1535, 'high': None, 'digits': '1535', 'scale': 0, 'unit': '件' + EVIL, 'bound': 'exact',
            'change': 'level', 'modality': 'actual', 'measure': EVIL, 'measure_at': None, 'indicator': 'legal_aid.cases', 'scope': None,
            'period': '2023', 'segment': 2, 'rule': EVIL}
    rate = dict(fact, at=second, kind='percent', value=64, digits='64', unit='%', modality='target', indicator=EVIL, scope=EVIL, period=EVIL)
    record = {
        'doc': {'path': EVIL + LONG, 'member': EVIL, 'url': 'javascript:HARM()', 'id': '0', 'type': 'application/pdf', 'charset': EVIL,
                'charset_by': 'given', 'bytes': 1, 'replaced': 0, 'retrieved': EVIL, 'fingerprint': EVIL, 'pages': [0, 5]},
        'text': text,
        'segments': [{'at': r, 'kind': k, 'level': int(k == 'heading'), 'mark': None, 'up': -1 if i < 2 else 1} for i, (r, k) in enumerate(zip(lines, kinds))],
        'sentences': [[r[0], r[1], i] for i, r in enumerate(lines)],
        'about': {'genre': about(EVIL), 'issuer': about(EVIL), 'subject': about(EVIL), 'number': about(EVIL), 'written': about(EVIL),
                  'published': about(EVIL), 'title': about(EVIL + LONG), 'signer': about(EVIL), 'addressee': about(EVIL),
                  'period': {'value': '2023', 'start': '2023-01-01', 'end': '2023-12-31', 'part_year': False, 'at': None},
                  'region': {'code': EVIL, 'name': EVIL + LONG, 'level': EVIL, 'at': None}},
        'labels': [{'topic': EVIL, 'role': EVIL, 'score': 1.0} for _ in lines],
        'facts': [fact, rate],
        'findings': [{'kind': EVIL, 'holds': 'no', 'stated': EVIL, 'computed': EVIL, 'gap': EVIL, 'facts': [0, 1], 'bases': EVIL,
                      'message': {'zh': EVIL, 'en': EVIL}}],
        'problems': [{'filter': EVIL, 'code': EVIL, 'lost': True, 'message': EVIL + LONG, 'at': None}],
    }
    lines = [{'gongwen': 1, 'via': []}, record, {'end': 1, 'failed': 1, 'read': 1}]
    data = ''.join(json.dumps(x, ensure_ascii=True) + '\n' for x in lines)
    with open(sys.argv[1], 'wb') as out:
        # 1: the document has lost content, as it says
        sys.exit(subprocess.run(['fromjson'], input=data.encode(), stdout=out).returncode != 1)


if __name__ == '__main__':
    main()
