#!/usr/bin/env python3
"""report: looks at pages in headless Chromium as a reader would.

    report.py FOLDER

FOLDER holds the streams and pages that report.sh made: samples, many, page.html,
dataset.samples, dataset.many."""

import csv
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(__file__))
from browser import Browser, find         # noqa: E402
from report_index import rows, unpack     # noqa: E402

work = sys.argv[1]
here = lambda name: os.path.join(work, name)
b = Browser(find())


def check(name, why):
    print('not ok %s: %s' % (name, str(why)[:300]) if why else 'ok ' + name, flush=True)


def trial(name):
    """What fails in a test is its result; the tests behind it still run."""
    def run(test):
        try:
            check(name, test())
        except Exception as e:                  # noqa: B902
            check(name, '%s: %s' % (type(e).__name__, e))
        complaints = b.complaints()
        if complaints:
            check(name + ': console', complaints[0])
    return run


def make(name, stream, *options):
    with open(here(stream), 'rb') as source, open(here(name), 'wb') as out:
        done = subprocess.run(['report', '-q', *options], stdin=source, stdout=out, stderr=subprocess.PIPE)
        if done.returncode not in (0, 1):
            raise RuntimeError('report: ' + done.stderr.decode(errors='replace'))
    return here(name)


def click(selector):
    """A click of the mouse in the middle of an element."""
    box = b.js('''(() => { const e = document.querySelector(%r); e.scrollIntoView({block: 'center', inline: 'center'});
        const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })()''' % selector)
    for kind in ('mousePressed', 'mouseReleased'):
        b.call('Input.dispatchMouseEvent', type=kind, x=box[0], y=box[1], button='left', clickCount=1)


def choose(selector, value):
    b.js('(() => { const e = document.querySelector(%r); e.value = %r; e.dispatchEvent(new Event(e.tagName === "SELECT" ? "change" : "input")); })()' % (selector, value))


page = here('page.html')
facts = {r['fact_id']: r for r in rows(here('dataset.samples'), 'facts')}
findings = list(rows(here('dataset.samples'), 'findings'))
SHOWN = 'document.getElementById("evidence").open && document.getElementById("evidence").dataset.shown'
COLUMN = '[...document.querySelectorAll("tbody tr")].map(r => r.children[%d].textContent)'
b.size(1280, 900)


@trial('overview counts what the dataset has')
def _():
    b.open(page)
    want = {'documents': len(list(rows(here('dataset.samples'), 'documents'))), 'facts': len(facts), 'findings': len(findings),
            'cells': len(list(rows(here('dataset.samples'), 'panel_long')))}
    got = {k: int(b.js('document.querySelector(".tiles .%s dd").textContent' % k).replace(',', '')) for k in want}
    return got != want and '%s, not %s' % (got, want)


@trial('a click on a number shows the marked sentence')
def _():
    b.open(page, '#panel')
    click('td a.figure')
    b.wait(SHOWN)
    body = unpack(page)
    place = b.js('document.querySelector("td a.figure").dataset.fact')
    key = b.js('document.querySelector("td a.figure").dataset.document')
    at = [d['key'] for d in body['index']['documents']].index(key)
    fact = body['body-%d' % at]['facts'][int(place)]
    mark = b.js('document.querySelector("#evidence mark").textContent')
    proof = b.js('document.querySelector("#evidence .proof").textContent')
    if mark != body['body-%d' % at]['text'][fact[1]:fact[2]]:
        return 'marked is ' + mark
    return proof.strip() != facts[fact[0]]['evidence'].strip() and 'the sentence is ' + proof


@trial('Escape closes it and the focus is back')
def _():
    b.key('Escape', 27)
    b.wait('!document.getElementById("evidence").open')
    b.wait('document.activeElement === document.querySelector("td a.figure") && !location.hash.includes("fact=")', 'the focus')


@trial('the keyboard opens a figure')
def _():
    b.open(page, '#panel')
    b.key('Tab', 9)
    if b.js('document.activeElement.className') != 'skip':
        return 'the first stop is no skip link'
    b.key('Enter', 13, '\r')
    if b.js('document.activeElement.id') != 'main':
        return 'it does not skip'
    for _ in range(60):
        b.key('Tab', 9)
        if b.js('document.activeElement.classList.contains("figure")'):
            break
    b.key('Enter', 13, '\r')
    b.wait(SHOWN)
    b.key('Escape', 27)


@trial('filters')
def _():
    b.open(page, '#panel')
    everything = b.js('document.querySelectorAll("tbody tr").length')
    choose('.filters input[type=search]', '巴南')
    b.wait('document.querySelectorAll("tbody tr").length < %d' % everything)
    if not all('巴南' in x for x in b.js(COLUMN % 0)):
        return 'other regions are left'
    choose('.filters label:nth-of-type(2) select', 'government')
    if b.js(COLUMN % 2) != ['2020']:
        return b.js(COLUMN % 2)
    choose('.filters label:nth-of-type(5) select', 'legal_services')
    labels = b.js('[...document.querySelectorAll("thead th")].slice(3).map(x => x.title.split(" ")[0])')
    topics = {r['indicator']: r['topic'] for r in rows(here('dataset.samples'), 'codebook')}
    return [x for x in labels if topics[x] != 'legal_services'] or not labels


@trial('marks can be looked for; a place goes with the reader, and the view stays when a figure is opened')
def _():
    b.open(page, '#panel')
    choose('.filters label:nth-of-type(6) select', 'audit')
    marked = b.js('[...document.querySelectorAll("td a.figure sup")].map(x => x.textContent)')
    if not marked or not all('！' in m for m in marked) or len(marked) != b.js('document.querySelectorAll("td a.figure").length'):
        return marked
    choose('.filters input[type=search]', '安澜')
    b.wait('location.hash.includes("region")')
    b.js('document.querySelector("table").dataset.kept = "1"')
    click('td a.figure')
    b.wait(SHOWN)
    b.key('Escape', 27)
    b.wait('!location.hash.includes("fact=")')
    if not b.js('document.querySelector("table").dataset.kept'):
        return 'the view was made anew'
    click('#views a[data-view=findings]')
    b.wait('document.documentElement.dataset.ready === "findings"')
    return b.js('document.querySelector(".filters input[type=search]").value') != '安澜'


@trial('sorts')
def _():
    b.open(page, '#panel&columns=legal_aid.cases')
    values = lambda: [int(x) for x in b.js('[...document.querySelectorAll("td a.figure")].map(a => a.firstChild.textContent)')]
    click('thead th:nth-child(4) button')
    falling = values()
    click('thead th:nth-child(4) button')
    rising = values()
    if falling != sorted(falling, reverse=True) or rising != sorted(rising) or len(set(rising)) < 3:
        return '%s, %s' % (falling, rising)
    return b.js('document.querySelector("thead th:nth-child(4)").getAttribute("aria-sort")') != 'ascending'


@trial('the language changes and stays')
def _():
    b.open(page, '#panel&lang=zh')
    if b.js('document.querySelector("h1").textContent') != '面板':
        return 'does not begin in Chinese'
    click('#language')
    b.wait('document.documentElement.lang === "en" && document.documentElement.dataset.ready')
    b.js('location.hash = "#coverage"')
    b.wait('document.documentElement.dataset.ready === "coverage"')
    text = b.js('document.querySelector("h1").textContent + document.querySelector(".hint").textContent')
    click('#language')
    b.wait('document.documentElement.lang === "zh-CN"')
    return 'Coverage' not in text or any('\u4e00' <= c <= '\u9fff' for c in text)


@trial('every word has both languages')
def _():
    return b.js('Object.entries(G.data.words).filter(([k, v]) => !v[0] || !v[1]).map(x => x[0]).join(" ")')


@trial('a deep link to a figure, also after a rebuild with other documents')
def _():
    one = next(r for r in facts.values() if r['indicator'] == 'legal_aid.recovered_amount')
    link = '#document=%(doc_key)s&fact=%(doc_key)s.%(fact_id)s' % one
    with open(here('grown'), 'wb') as out:
        for name in ('many', 'samples'):
            with open(here(name), 'rb') as part:
                out.write(part.read())
    for name in (page, make('grown.html', 'grown')):
        b.open(name, link)
        b.wait(SHOWN)
        shown = b.js('document.querySelector("#evidence .proof").textContent')
        if shown.strip() != one['evidence'].strip() or not b.js('document.getElementById(%r).classList.contains("asked")' % one['fact_id']):
            return shown
    b.open(page, '#document=d0000000000000000')
    return '本页没有' not in b.js('document.getElementById("main").textContent')


@trial('an indicator: lines break, bars, a table')
def _():
    b.open(page, '#indicator=legal_aid.cases&year=2023')
    b.wait('G.charts.length === 2')
    line = b.js('''(() => { const c = G.charts[0]; return {years: c.data.labels, gaps: c.data.datasets.some(d => d.data.includes(null)),
        joins: c.data.datasets.some(d => d.spanGaps), drawn: c.canvas.width > 0 && c.canvas.getContext('2d').getImageData(0, 0, c.canvas.width, c.canvas.height).data.some(x => x)}; })()''')
    want = {'years': ['2020', '2021', '2022', '2023'], 'gaps': True, 'joins': False, 'drawn': True}
    return line != want and line


@trial('ranks are those of the dataset')
def _():
    b.open(make('many.html', 'many'), '#indicator=legal_aid.cases')
    ranks = list(rows(here('dataset.many'), 'ranks'))
    groups = {(r['indicator'], r['period']) for r in ranks}
    if len(groups) < 5:
        return 'the dataset has but %d groups' % len(groups)
    for indicator, year in sorted(groups):
        want = sorted([r['region'], r['subject'], int(r['rank']), int(r['of'])] for r in ranks if (r['indicator'], r['period']) == (indicator, year))
        got = sorted(b.js('[...G.ranks(G.indicatorOf.get(%r), %r)].map(([c, r]) => [G.data.series[c.series].region, G.data.series[c.series].subject, ...r])' % (indicator, year)))
        if got != want:
            return '%s %s: %s, not %s' % (indicator, year, got[:2], want[:2])
    return not b.js('document.body.textContent.includes("/")')


@trial('findings: the sentences, and the order by gap')
def _():
    b.open(page, '#findings&holds=no')
    want = [r for r in findings if r['holds'] == 'no']
    if b.js('document.querySelectorAll("article.card").length') != len(want) or want[0]['message_zh'] not in b.js('document.querySelector(".card").textContent'):
        return 'other findings'
    b.wait('document.querySelectorAll(".card mark").length > 0')
    words = b.js('[...document.querySelectorAll(".card:first-of-type mark")].map(m => m.textContent)')
    if len(words) != len(want[0]['facts'].split()):
        return words
    b.open(page, '#findings&holds=all&by=gap')
    gaps = b.js('[...document.querySelectorAll(".card")].map(c => c.querySelector(".gap")).filter(Boolean).map(g => parseFloat(g.textContent.replace(/[^0-9.]/g, "")))')
    return gaps != sorted(gaps, reverse=True) or len(gaps) < 5


@trial('verdicts are shown, and correct a cell')
def _():
    one = next(r for r in rows(here('dataset.samples'), 'panel_long') if r['indicator'] == 'legal_aid.cases')
    finding = next(r for r in findings if r['holds'] == 'no')
    with open(here('verdicts'), 'w', encoding='utf-8') as out:
        out.write('id\tverdict\tvalue\twho\twhen\tnote\n%s\twrong\t4242\t林\t2025-01-02\t<b>typo</b>\n%s\tright\t\t林\t\t\n' % (one['fact_id'], finding['finding_id']))
    name = make('verdicts.html', 'samples', '-r', 'verdicts.tsv=' + here('verdicts'))
    b.open(name, '#panel&columns=legal_aid.cases')
    if not b.js('[...document.querySelectorAll("td a.figure")].some(a => a.textContent === "4242✎")'):
        return b.js('[...document.querySelectorAll("td a.figure")].map(a => a.textContent).join()')
    b.open(name, '#findings&holds=no&checked=yes')
    return '无误' not in b.js('document.querySelector(".card .verdict").textContent')


@trial('the document tells topics, targets, others and findings apart')
def _():
    key = next(r['doc_key'] for r in findings if r['holds'] == 'no')
    b.open(page, '#document=' + key)
    want = sum(r['doc_key'] == key for r in facts.values())
    kinds = b.js('[".fact[id]", ".fact[id].target", ".fact[id].other", ".fact[id].found-no", ".notes .finding.no"].map(s => document.querySelectorAll(s).length)')
    if kinds[0] != want or not all(kinds):
        return '%s of %d' % (kinds, want)
    text = b.js('G.body(%d).then(x => x.text)' % b.js('G.documentOf.get(%r)' % key))
    shown = b.js('[...document.querySelectorAll(".segment")].map(e => e.textContent).join("")')
    squeeze = lambda s: ''.join(s.split())
    return squeeze(shown) != squeeze(text) and 'the text is not whole: %d of %d characters' % (len(squeeze(shown)), len(squeeze(text)))


@trial('a page of a PDF, and only addresses of the web are links')
def _():
    lines = subprocess.run(['tojson'], stdin=open(here('first'), 'rb'), stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    items = [json.loads(line) for line in lines]
    docs = [x for x in items if 'doc' in x]
    docs[0]['doc'].update(url='https://example.org/a.pdf', type='application/pdf', pages=[0, docs[0]['facts'][0]['at'][0]])
    docs[1]['doc'].update(url='javascript:1')
    with open(here('pages'), 'wb') as out:
        subprocess.run(['fromjson'], input=''.join(json.dumps(x) + '\n' for x in items).encode(), stdout=out, check=True)
    name = make('pages.html', 'pages')
    for d in unpack(name)['index']['documents']:
        b.open(name, '#overview&fact=%s.0' % d['key'])
        b.wait(SHOWN)
        link = b.js('[...document.querySelectorAll("#evidence .source a")].map(a => a.href + " " + a.rel).join()')
        text = b.js('document.querySelector("#evidence .source").textContent')
        if d['url'].startswith('https'):
            if link != 'https://example.org/a.pdf#page=2 noopener noreferrer' or '第 2 页' not in text:
                return link + ' ' + text
        elif link or 'javascript:1' not in text:
            return link + ' ' + text


@trial('coverage says 未检出')
def _():
    b.open(page, '#coverage')
    return '未检出' not in b.js('document.querySelector("td .absent").title')


@trial('CSV of the table in view')
def _():
    b.call('Browser.setDownloadBehavior', behavior='allow', downloadPath=work)
    b.open(page, '#panel&columns=legal_aid.cases,legal_aid.recovered_amount&region=500113')
    click('.csv')
    until = time.time() + 20
    while not os.path.exists(here('panel.csv')) and time.time() < until:
        time.sleep(0.05)
    time.sleep(0.2)
    with open(here('panel.csv'), encoding='utf-8-sig', newline='') as table:
        got = list(csv.reader(table))[1:]
    return sorted(got) != [['重庆市巴南区', '司法局', '2023', '1535', '11524700'], ['重庆市巴南区', '本级政府', '2020', '1207', '17693500']] and got


@trial('a phone: nothing is wider than the screen')
def _():
    key = facts[next(iter(facts))]['doc_key']
    b.size(360, 740, True)
    for view in ('#overview', '#panel', '#indicator=legal_aid.cases', '#findings', '#coverage', '#targets', '#document=' + key,
                 '#panel&fact=%s.0' % key, '#overview&lang=en', '#targets&lang=en'):
        b.open(page, view)
        wide = b.js('document.documentElement.scrollWidth')
        if wide > 360:
            return '%s is %d wide' % (view, wide)
    b.size(1280, 900)


@trial('on paper: no controls, all rows')
def _():
    b.open(here('many.html'), '#panel')
    before = b.js('document.querySelectorAll("tbody tr").length')
    b.call('Emulation.setEmulatedMedia', media='print')
    b.js('dispatchEvent(new Event("beforeprint"))')
    hidden = b.js('["nav", ".filters", ".csv"].every(s => getComputedStyle(document.querySelector(s)).display === "none")')
    after = b.js('document.querySelectorAll("tbody tr").length')
    marks = b.js('document.querySelectorAll("td sup").length')
    b.call('Emulation.setEmulatedMedia', media='')
    return (not hidden or after < before or not marks) and '%s %d %d %d' % (hidden, before, after, marks)


@trial('dark and light')
def _():
    shades = []
    for scheme in ('light', 'dark'):
        b.call('Emulation.setEmulatedMedia', features=[{'name': 'prefers-color-scheme', 'value': scheme}])
        b.open(page, '#overview')
        shades.append(sum(map(int, b.js('getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).slice(0, 3).join()').split(','))))
    b.call('Emulation.setEmulatedMedia', features=[])
    return not shades[0] > 600 > 200 > shades[1] and shades


@trial('every control has a name')
def _():
    for view in ('#panel', '#indicator=legal_aid.cases', '#findings', '#targets', '#coverage'):
        b.open(page, view)
        for node in b.call('Accessibility.getFullAXTree')['nodes']:
            role = node.get('role', {}).get('value')
            if not node.get('ignored') and role in ('button', 'link', 'searchbox', 'textbox', 'combobox', 'checkbox', 'dialog', 'img', 'region') \
                    and not node.get('name', {}).get('value'):
                return '%s: a %s without a name' % (view, role)


@trial('without the chart library')
def _():
    b.open(make('plain.html', 'samples', '-r', 'chart.min.js=/dev/null'), '#indicator=legal_aid.cases')
    return b.js('document.querySelectorAll("canvas").length') or not b.js('document.querySelectorAll("td a.figure").length')


@trial('too many documents and too many texts')
def _():
    b.open(make('counts.html', 'samples', '--max-documents', '3'))
    if 'gongwen.sqlite' not in b.js('document.querySelector(".note").textContent') or b.js('document.querySelector(".tiles .facts dd").textContent') != str(len(facts)):
        return 'does not say so'
    b.open(make('few.html', 'samples', '--max-texts', '1'), '#panel')
    click('td a.figure')
    b.wait(SHOWN)
    return 'gongwen.sqlite' not in b.js('document.getElementById("evidence").textContent')


@trial('a hostile document does no harm')
def _():
    subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), 'report_hostile.py'), here('hostile')], check=True)
    hostile = make('hostile.html', 'hostile')
    with open(hostile, encoding='utf-8') as source:
        if 'HARM' in source.read():
            return 'its words stand in the page'
    key = unpack(hostile)['index']['documents'][0]['key']
    b.size(360, 740, True)
    for view in ('#overview', '#panel', '#indicator', '#findings', '#findings&holds=all', '#coverage', '#targets', '#document=' + key,
                 '#panel&fact=%s.0' % key, '#panel&fact=%s.1' % key, '#indicator=%3Cimg%20src%3Dx%20onerror%3DHARM()%3E'):
        b.open(hostile, view)
        harm = b.js('''[typeof HARM, window.harm, document.querySelectorAll('main img, main iframe, main script, main svg, dialog img, dialog script').length,
            [...document.querySelectorAll('a[href]')].filter(a => /^(javascript|data|vbscript):/i.test(a.href)).length,
            [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => /^on/.test(a.name))).length,
            /[\\u202a-\\u202e\\u2066-\\u2069\\u0000]/.test(document.documentElement.textContent.replace(/[A-Za-z0-9+/=]{200,}/g, '')) && /[\\u202a-\\u202e\\u2066-\\u2069\\u0000]/.test(document.getElementById('main').textContent + document.getElementById('evidence').textContent)]''')
        if harm != ['undefined', None, 0, 0, 0, False]:
            return '%s: %s' % (view, harm)
        if b.js('document.documentElement.scrollWidth') > 360:
            return '%s is %d wide' % (view, b.js('document.documentElement.scrollWidth'))
        b.js('new Promise(r => setTimeout(r, 50))')
    b.open(hostile, '#document=' + key)
    if 'U+202E' not in b.js('document.querySelector("article.text").textContent'):
        return 'the mark is not shown'
    b.size(1280, 900)


@trial('the policy holds even where a script tries')
def _():
    b.open(page)
    tried = b.js('''(async () => {
        const out = [];
        try { document.body.innerHTML += '<img src=x>'; out.push('innerHTML'); } catch { }
        try { eval('1'); out.push('eval'); } catch { }
        await fetch('https://example.org/').then(() => out.push('fetch'), () => 0);
        const i = document.createElement('img');
        await new Promise(done => { i.onload = i.onerror = done; i.src = 'https://example.org/x.png'; setTimeout(done, 300); });
        return out; })()''')
    blocked = [c for c in b.complaints() if 'Content Security Policy' in c or 'Trusted' in c or 'TrustedHTML' in c]
    return tried or len(blocked) < 2 and 'only %s' % blocked


check('no request left the pages', ' '.join(sorted({u for u in b.requests() if not u.startswith(('file://' + work, 'blob:', 'about:')) and 'example.org' not in u})))
b.close()
