"""peers: what others use for such work, beside gongwen on the same reports. Each is left out with a word where it
is not installed; Recognizers-Text is fetched by npm for the run, and kept nowhere."""

import os
import shutil
import subprocess
import sys

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
RECOGNIZERS = '@microsoft/recognizers-text-suite@1.3.1'


def recognizers(folder):
    """The folder of Recognizers-Text, or why there is none."""
    if not (shutil.which('npm') and shutil.which('node')):
        return None, 'npm is not installed'
    modules = os.path.join(folder, 'modules')
    os.makedirs(modules, exist_ok=True)
    with open(os.path.join(modules, 'package.json'), 'w') as f:
        f.write('{"private":true}')
    try:
        done = subprocess.run(['npm', 'install', '--silent', '--no-audit', '--no-fund', '--fetch-retries=0', RECOGNIZERS],
                              cwd=modules, timeout=120, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return None, 'npm cannot fetch it'
    return (modules, '') if done.returncode == 0 else (None, 'npm cannot fetch it')


def peers(folder, names, chain, tojson):
    """Yields (what, measure function or None, bytes of GB18030 text, why there is none). NAMES are reports in UTF-8 or
    GB18030, CHAIN the filters from decode to extract as commands without their operands."""
    size = sum(len(text_of(name).encode('gb18030')) for name in names)
    ours = [chain[0] + ['-q'] + names] + chain[1:]
    lines = os.path.join(folder, 'peers.jsonl')
    measure.run(ours + [tojson], target=lines)
    yield 'decode \\| segment \\| classify \\| extract', lambda: measure.run(ours).cpu, size, ''
    script = [sys.executable, os.path.join(HERE, 'indicators.py')] + names
    yield '30 patterns in a Python script (`re`)', lambda: measure.run([script]).cpu, size, ''
    for command, what in ((['jq', '-c', '.'], '`jq -c .` over what `tojson` writes of it'),
                          (['mlr', '--ijsonl', '--ojsonl', 'cat'], 'Miller, `mlr --jsonl cat`, over the same')):
        if shutil.which(command[0]):
            yield what, lambda: measure.run([command], lines).cpu, size, ''
        else:
            yield what, None, size, '%s is not installed' % command[0]
    modules, why = recognizers(folder)
    what = 'Recognizers-Text, the numbers of one report'
    if not modules:
        yield what, None, size, why
        return
    one, empty = os.path.join(folder, 'one.txt'), os.path.join(folder, 'empty.txt')
    text = text_of(names[0])
    for path, content in ((one, text), (empty, '')):
        with open(path, 'w', encoding='utf-8') as f:
            f.write(content)
    command = ['node', os.path.join(HERE, 'recognize.js'), modules]
    # without its start, which is long
    yield what, lambda: measure.run([command + [one]]).cpu - measure.run([command + [empty]]).cpu, len(text.encode('gb18030')), ''


def text_of(name):
    data = open(name, 'rb').read()
    try:
        return data.decode('utf-8')
    except UnicodeDecodeError:
        return data.decode('gb18030')
