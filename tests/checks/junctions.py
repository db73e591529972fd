"""junctions: what audit says over pairs of phrases that do not belong together.

    junctions.py N

Prints ok or not ok for each sign that joins the two."""

import json
import os
import random
import subprocess
import sys
import tempfile

STAGES = (['decode', '--text', 'text'], ['segment'], ['classify'], ['extract'], ['audit'], ['tojson'])


def accused(texts):
    """For each text the findings that accuse."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'texts.jsonl')
        with open(path, 'w', encoding='utf-8') as file:
            for text in texts:
                report = f'安澜县2023年法治政府建设情况报告\n\n一、工作开展情况\n\n{text}。\n'
                file.write(json.dumps({'text': report}, ensure_ascii=False) + '\n')
        data = b''
        for name, *options in STAGES:
            command = [os.path.join('bin', name), *options] + ([path] if name == 'decode' else [])
            data = subprocess.run(command, input=data, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    documents = [d for d in map(json.loads, data.decode().splitlines()) if 'text' in d]
    if len(documents) != len(texts):
        sys.exit(f'not ok junctions: {len(documents)} documents of {len(texts)}')
    return [[f['message']['zh'] for f in d['findings'] if f['holds'] == 'no'] for d in documents]


def families(names):
    """What a phrase is about: review, litigation. Two of one family may well contradict each other."""
    return {name.split('.')[0] for name in names.split() if name != '-'}


def main():
    count = int(sys.argv[1])
    with open('tests/cases/extract/phrases/phrases.tsv', encoding='utf-8') as file:
        lines = [line.rstrip('\n').split('\t') for line in file if line.strip()]
    alone = accused([phrase for phrase, _ in lines])
    phrases = [(phrase, families(names)) for (phrase, names), found in zip(lines, alone) if not found]
    draw = random.Random(20231)
    for sign in '，；。':
        texts = []
        while len(texts) < count:
            (a, its), (b, others) = draw.choice(phrases), draw.choice(phrases)
            if not its & others:
                texts.append(a + sign + b)
        wrong = [(text, found) for text, found in zip(texts, accused(texts)) if found]
        for text, found in wrong[:5]:
            print(f'# {text}: {found[0]}')
        print(f'{"not ok" if wrong else "ok"} junctions of {count} pairs joined by {sign}: {len(wrong)} accused')


main()
