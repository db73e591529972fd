"""pages: what decode makes of web pages, beside what was made of them by hand.

    pages.py DIR [-v] [--least F1] [--readability FOLDER] [--json TRUTH]

DIR holds NAME.html with its truth NAME.txt: the title and the report, a line for each paragraph or table row
(cells separated by tabs), and NAME.head: lines `name<TAB>value` that the record's head must hold. --json reads
the truth {name: {"content": ...}} of a fetched benchmark instead; there the title does not count.

F1 is over characters: the longest common subsequence of both texts without white space, against their lengths.
A page's paragraphs are the truth's lines that decode has as lines, and the other way round, likewise as F1.
FOLDER has Mozilla's readability and jsdom among its node_modules: then it reads the same pages in the same run."""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))


def fold(s):
    """S without white space and without what no reader sees."""
    return re.sub(r'[\s\u200b-\u200f\ufeff\u00ad]+', '', s)


def common(a, b):
    """Length of the longest common subsequence, by bits (Hyyrö 2004)."""
    places = {}
    for i, c in enumerate(a):
        places[c] = places.get(c, 0) | 1 << i
    all_bits = (1 << len(a)) - 1
    v = all_bits
    for c in b:
        u = v & places.get(c, 0)
        v = ((v + u) | (v - u)) & all_bits
    return len(a) - bin(v).count('1')


def f1(same, a, b):
    return 2 * same / (a + b) if a + b else 1.0


def text_f1(truth, got):
    a, b = fold(truth), fold(got)
    # what both begin and end with is common, and most of most pages
    lead = len(os.path.commonprefix([a, b]))
    tail = len(os.path.commonprefix([a[lead:][::-1], b[lead:][::-1]]))
    same = lead + tail + common(a[lead:len(a) - tail], b[lead:len(b) - tail])
    return f1(same, len(a), len(b))


def lines_of(s):
    return [line for line in ('\t'.join(re.sub(r'\s+', ' ', c).strip() for c in l.split('\t')) for l in s.split('\n')) if line.strip()]


def lines_f1(truth, got):
    a, b = lines_of(truth), lines_of(got)
    left, same = list(b), 0
    for line in a:
        if line in left:
            left.remove(line)
            same += 1
    return f1(same, len(a), len(b))


def without_title(text, title):
    """TEXT without its first line where that is the page's title."""
    first, _, rest = text.lstrip().partition('\n')
    return rest if title and fold(first) and (fold(first) in fold(title) or fold(title) in fold(first)) else text


def decode(folder, names):
    """Text, head, title and charset of each page, by one run of the program."""
    paths = '\n'.join(os.path.join(folder, n + '.html') for n in names) + '\n'
    stream = subprocess.run([os.path.join(TOP, 'bin/decode'), '-q', '--files-from', '-'], input=paths.encode(),
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    shown = subprocess.run([os.path.join(TOP, 'bin/tojson')], input=stream.stdout, stdout=subprocess.PIPE, check=True)
    found = {}
    for line in shown.stdout.splitlines():
        record = json.loads(line)
        if 'doc' in record:
            name = os.path.splitext(os.path.basename(record['doc']['path']))[0]
            head = record.get('head') or []
            found[name] = (record.get('text') or '', head, next((v for n, v in head if n == 'title'), ''),
                           record['doc'].get('charset') or 'utf-8')
    return found


def readability(folder, names, modules, ours):
    """Text and title of each page by Mozilla's readability.js, {} where it does not run. It is told the charset
    that decode found: finding that is no part of its work."""
    script = os.path.join(HERE, 'readability.mjs')
    asked = ''.join('%s\t%s\n' % (ours[n][3], os.path.join(folder, n + '.html')) for n in names if n in ours)
    run = subprocess.run(['node', script, modules], input=asked.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if run.returncode:
        print('skip readability: %s' % run.stderr.decode(errors='replace').strip().split('\n')[-1][:200])
        return {}
    return {os.path.splitext(os.path.basename(r['path']))[0]: (r['text'], r['title'])
            for r in map(json.loads, run.stdout.decode().splitlines())}


def missing(folder, name, head):
    """The pairs of NAME.head that the head lacks."""
    path = os.path.join(folder, name + '.head')
    if not os.path.exists(path):
        return [], 0
    wanted = [tuple(line.rstrip('\n').split('\t')) for line in open(path, encoding='utf-8') if line.strip()]
    have = {(n, fold(v)) for n, v in head}
    return [p for p in wanted if (p[0], fold(p[1])) not in have], len(wanted)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('folder')
    ap.add_argument('-v', action='store_true', help='a line for each page')
    ap.add_argument('--least', type=float, default=0, metavar='F1', help='of the mean, or the check fails')
    ap.add_argument('--worst', type=float, default=0, metavar='F1', help='of each page, or the check fails')
    ap.add_argument('--lines', type=float, default=0, metavar='F1', help='mean over paragraphs, or the check fails')
    ap.add_argument('--readability', metavar='FOLDER')
    ap.add_argument('--json', metavar='TRUTH')
    args = ap.parse_args()

    if args.json:
        truths = {n: v['content'] for n, v in json.load(open(args.json, encoding='utf-8')).items()}
        names = sorted(n for n in truths if os.path.exists(os.path.join(args.folder, n + '.html')))
    else:
        names = sorted(n[:-5] for n in os.listdir(args.folder) if n.endswith('.html'))
        truths = {n: open(os.path.join(args.folder, n + '.txt'), encoding='utf-8').read() for n in names}
    ours = decode(args.folder, names)
    theirs = readability(args.folder, names, args.readability, ours) if args.readability else {}

    scores, paragraphs, others, lacking, pairs = [], [], [], [], 0
    for name in names:
        text, head, title, _ = ours.get(name, ('', [], '', ''))
        truth = truths[name]
        if args.json:
            text = max(text, without_title(text, title), key=lambda t: text_f1(truth, t))
        scores.append(text_f1(truth, text))
        paragraphs.append(lines_f1(truth, text))
        lacks, n = missing(args.folder, name, head)
        lacking += [(name, p) for p in lacks]
        pairs += n
        line = '%.4f %.4f' % (scores[-1], paragraphs[-1])
        if theirs:
            other, their_title = theirs.get(name, ('', ''))
            # a title that it keeps apart counts as found
            choices = [other, their_title + '\n' + other, without_title(other, their_title)]
            others.append(max(text_f1(truth, t) for t in choices))
            line += ' readability %.4f' % others[-1]
        if args.v:
            print('%s %s%s' % (line, name, ''.join('; lacks %s' % '='.join(p) for p in lacks)))

    mean = statistics.mean(scores)
    summary = '%d pages, F1 over characters %.4f (worst %.4f), over paragraphs %.4f' % (
        len(names), mean, min(scores), statistics.mean(paragraphs))
    if others:
        summary += '; readability.js %.4f (worst %.4f)' % (statistics.mean(others), min(others))
    print(summary)

    def check(what, ok, why):
        print('ok %s' % what if ok else 'not ok %s: %s' % (what, why))
        return ok

    if args.json:
        return 0
    good = check('content of pages', mean >= args.least, 'mean F1 %.4f, less than %.2f' % (mean, args.least))
    for name, score in zip(names, scores):
        good &= check('content of %s' % name, score >= args.worst, 'F1 %.4f, less than %.2f' % (score, args.worst))
    good &= check('paragraphs of pages', statistics.mean(paragraphs) >= args.lines, 'mean F1 %.4f, less than %.2f' % (
        statistics.mean(paragraphs), args.lines))
    good &= check('heads of pages (%d pairs)' % pairs, not lacking, '; '.join('%s lacks %s' % (n, '='.join(p)) for n, p in lacking[:8]))
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
