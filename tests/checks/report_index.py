#!/usr/bin/env python3
"""report_index: the data of a page, and whether it is that of a dataset.

    report_index.py same PAGE PAGE          the same documents and cells
    report_index.py dataset PAGE FOLDER     the cells, ids and findings of a dataset
    report_index.py tell PAGE               counts of what it holds

Prints what differs."""

import base64
import csv
import json
import os
import re
import sys
import zlib


def unpack(path):
    """{element id: value} of a page."""
    with open(path, encoding='utf-8') as page:
        elements = re.findall(r'<script type="text/plain" id="([a-z0-9-]+)">([A-Za-z0-9+/=]*)</script>', page.read())
    return {name: json.loads(zlib.decompress(base64.b64decode(data))) for name, data in elements}


def cells_of(page):
    index = page['index']
    cells = set()
    for c in index['cells']:
        series, period = index['series'][c[0]], index['periods'][c[1]]
        fact = page['body-%d' % c[8]]['facts'][c[9]][0]
        cells.add((series[0], series[1], series[3], period[0], index['indicators'][c[2]][0], c[3], c[4] or '',
                   ['exact', 'about', 'over', 'under'][c[5]], str(c[7] - 1), fact, c[12], c[10], c[14]))
    return cells


def rows(folder, name):
    with open(os.path.join(folder, name + '.csv'), encoding='utf-8', newline='') as table:
        yield from csv.DictReader(table)


def compare(what, page, dataset):
    if page != dataset:
        print('%s: %d only in the page (%s), %d only in the dataset (%s)' % (
            what, len(page - dataset), sorted(page - dataset)[:1], len(dataset - page), sorted(dataset - page)[:1]))


def against_dataset(page, folder):
    index = page['index']
    compare('cells', cells_of(page), {
        tuple(r[k] for k in ('region_code', 'region', 'subject', 'period', 'indicator', 'value', 'high', 'bound', 'candidates', 'fact_id', 'base', 'department', 'unit'))
        for r in rows(folder, 'panel_long')})
    compare('documents', {d['key'] for d in index['documents']}, {r['doc_key'] for r in rows(folder, 'documents')})
    facts = set()
    for i, d in enumerate(index['documents']):
        body = page.get('body-%d' % i)
        for f in body['facts'] if body else []:
            facts.add((d['key'], f[0], f[4] or '', f[11] or '', (f[12] or '')))
    compare('facts', facts, {(r['doc_key'], r['fact_id'], r['value'], r['indicator'], r['scope']) for r in rows(folder, 'facts')})
    compare('findings', {(d['key'], f[0], f[1], f[2]) for d in index['documents'] for f in d['findings']},
            {(r['doc_key'], r['finding_id'], r['kind'], r['holds']) for r in rows(folder, 'findings')})
    fact_of = lambda place, fact: page['body-%d' % place]['facts'][fact][0]
    compare('disputed', {fact_of(c[8], c[9]) for c in index['cells'] if c[6] & 1}, {r['fact_id'] for r in rows(folder, 'conflicts')})
    # what the page calls missed and open the table calls not_reached and not_found
    words = {'missed': 'not_reached', 'open': 'not_found'}
    compare('targets', {(fact_of(t[9], t[10]), words.get(t[12], t[12])) for t in index['targets'] if t[3] >= 0},
            {(r['fact_id'], r['result']) for r in rows(folder, 'targets') if r['change'] == 'level'})
    compare('near-duplicates', {index['documents'][i]['key'] for i, _ in index['twins']},
            {r['doc_key'] for r in rows(folder, 'duplicates') if r['chosen'] == 'false'})
    if not index['cells']:
        print('there are no cells')


def main():
    what, first, second = (sys.argv[1:] + [''])[:3]
    if what == 'tell':
        page = unpack(first)
        index = page['index']
        print('%d documents counted, %d listed, %d texts, cells: %s, problems: %s' % (
            index['totals']['documents'], len(index['documents']), len(page) - 1, 'yes' if index['cells'] else 'no',
            [p[1] for d in index['documents'] for p in d['problems']]))
    elif what == 'same':
        a, b = unpack(first), unpack(second)
        for key in a['index']:
            if key != 'totals' and a['index'][key] != b['index'][key]:
                print(key, 'differ')
        if set(a) != set(b):
            print('not the same texts')
    else:
        against_dataset(unpack(first), second)


if __name__ == '__main__':
    main()
