"""mutants: what is done to texts, streams, tables and JSON lines."""

import copy
import random

from stream import Bin, Ext, Map, Sealed, Str, pack

NUMBERS = [-1, 0, 1, 2, 3, 7, 63, 127, 128, 255, 256, 4096, 65535, 1 << 31, (1 << 32) - 2, (1 << 32) - 1, 1 << 32, (1 << 53) + 1,
           (1 << 63) - 1, 1 << 63, (1 << 64) - 1, -2, -128, -(1 << 31), -(1 << 63)]
FLOATS = [0.0, -0.0, 0.1, 1e308, -1e308, 5e-324, float('inf'), float('-inf'), float('nan'), 1e15, 123456.789, 1e22]
WORDS = ['', ' ', '\n', '\t', '\0', '"', "'", '=1+1', '-', ',', '%', '%s%n', '../..', 'yes', 'count', 'percent', 'level', 'paragraph', 'heading',
         'rate', '2023', '2023-H1', '2023/..', '2023-13', '9999-99-99', '370000', 'null', '一', '一、', '1.', '件', '万元', '％', '﻿', ' ', '𠀀', '0' * 40,
         '9' * 25, '-9223372036854775808', '1e400', '件' * 400, 'a' * 70000]
BYTES = [b'\xff', b'\x80', b'\xe4', b'\xe4\xb8', b'\xed\xa0\x80', b'\xc0\xaf', b'\xf4\x90\x80\x80', b'\xf0\x9f\x98', b'\xe4\xbb\xb6\xe4', b'\x1b[31m']
# what a report's numbers, headings and dates are made of
PIECES = ('一 二 十 百 千 万 亿 零 〇 两 几 多 余 半 廿 0 1 2 3 5 8 9 00 . , ， 、 。 ； ： （ ） ( ) % ％ 个百分点 件 起 人次 万元 亿元 元 公里 平方米 家 名 年 月 日 季度 '
          '上半年 第 第一 之 分 至 到 - — ~ ～ 约 近 超过 不少于 以上 以下 左右 同比 增长 下降 比上年 翻番 其中 分别 共 占 率 为 达 和 与 及 的 全市 全县 '
          '一、 （一） 1. 一是 二要 ① 《 》 “ ” 〔2023〕 号 行政复议 案件 办理 法律援助 法治政府建设 报告 人民政府 特此报告 附件 \n \n\n \t 　 \u200b').split(' ')
PATTERNS = ['(', '[', '(a+)+$', '(一*)*(一*)*$', '(?:.*.*)*#', '(?R)', '(?<n>x)(?<n>y)', '\\C', '\\', '(?=', '{', '一{0,65535}', '((((((((((#))))))))))', '(*UTF)x', '\\Q#',
            '(?C1)#', '(*ACCEPT)', '(.+)+(.+)+(.+)+~', '(?1)#()', '\\K#', '^', '$', '', '.*', '(?s).*', '(\\d+)*@', '|', '#|#|', '(?i)A', '\\p{Han}+#', '\\x{110000}']


def some_bytes(r, n):
    return bytes(r.randrange(256) for _ in range(n))


def flip(r, data, times=None):
    """Mutates bytes: flips, cuts, insertions, doubled and moved pieces."""
    b = bytearray(data)
    for _ in range(times or r.choice((1, 1, 1, 2, 4, 16))):
        n = len(b)
        at, k = r.randrange(n + 1), r.choice((1, 1, 2, 3, 6, 40))
        way = r.randrange(8)
        if way == 0 and n:
            b[at % n] ^= 1 << r.randrange(8)
        elif way == 1 and n:
            b[at % n] = r.choice((0, 0xff, 0x80, 0xc1, 0x0a, 0x22, r.randrange(256)))
        elif way == 2:
            del b[at:at + k]
        elif way == 3:
            b[at:at] = some_bytes(r, k)
        elif way == 4:
            b[at:at] = b[at:at + k] * r.choice((1, 2, 30))
        elif way == 5:
            b[at:at] = r.choice(BYTES)
        elif way == 6 and r.random() < 0.2:
            del b[at:]
        elif way == 7 and n:
            other = r.randrange(n)
            b[at:at + k] = b[other:other + k]
    return bytes(b)


def text(r, data):
    """Mutates a text by the character, with pieces that mean something."""
    s = data.decode(errors='replace')
    for _ in range(r.choice((1, 2, 4, 8, 30))):
        at, k = r.randrange(len(s) + 1), r.choice((0, 1, 1, 2, 5, 30))
        new = ''.join(r.choice(PIECES) for _ in range(r.choice((0, 1, 2, 3, 8))))
        if r.random() < 0.05:
            new = (new or r.choice(PIECES)) * r.choice((20, 300))
        s = s[:at] + new + s[at + k:]
    return s.encode()


def page(r, data):
    """Mutates a page: tags, entities, comments, nesting."""
    parts = [b'<', b'>', b'</div>', b'<div>', b'<table><tr><td>', b'</table>', b'<td colspan=99999 rowspan=70000>', b'<script>', b'</script>', b'<!--', b'-->',
             b'&#xD800;', b'&#x110000;', b'&nbsp;', b'&#0;', b'<![CDATA[', b'<meta charset=gbk>', b'<meta charset=utf-16>', b'<br>' * 50, b'<li>',
             b'<b>' * 600, b'<a href=x>', b'<p', b'"', b'<style>', b'<template>', b'<svg><title>', b'<select><option>', b'<frameset><frame src=a>', b'<plaintext>']
    b = bytearray(data)
    for _ in range(r.choice((1, 2, 4, 10))):
        at, k = r.randrange(len(b) + 1), r.choice((0, 0, 1, 5))
        b[at:at + k] = r.choice(parts)
    return bytes(b)


def anything(r):
    """A value that nobody expected."""
    way = r.randrange(12)
    if way < 4:
        return r.choice(NUMBERS)
    if way == 4:
        return r.choice(FLOATS)
    if way < 7:
        return Str(r.choice(WORDS).encode())
    if way == 7:
        return Str(r.choice(BYTES))
    return r.choice((None, True, False, [], Map(), [[]], Map([(Str(b'value'), None)]), [0, 0], [5, 2], [0, 1 << 32], [-1, 4], Bin(b'\xff'),
                     Ext(5, b'x'), Ext(1, b''), Ext(1, b'\xc1'), Ext(1, b'\x01\x02'), Ext(1, b'\x91'), Ext(1, b'\xdd\xff\xff\xff\xff'), Sealed([]), Sealed(Sealed(1)),
                     nested(r.choice((10, 31, 40, 200))), [0] * 1000, Map([(Str(b'k%d' % i), i) for i in range(300)])))


def nested(n):
    v = 1
    for i in range(n):
        v = [v] if i % 2 else Map([(Str(b'a'), v)])
    return v


def places(v, out):
    """Every (container, index) in a value; an index of a map is (position, 0 or 1)."""
    if isinstance(v, Sealed):
        places(v.value, out)
    elif isinstance(v, Map):
        for i, (_, w) in enumerate(v):
            out.append((v, i))
            places(w, out)
    elif isinstance(v, list):
        for i, w in enumerate(v):
            out.append((v, i))
            places(w, out)


def get(box, i):
    return box[i][1] if isinstance(box, Map) else box[i]


def put(box, i, v):
    box[i] = (box[i][0], v) if isinstance(box, Map) else v


def value(r, v):
    """Mutates a small thing a little."""
    if isinstance(v, bool) or v is None:
        return r.choice((True, False, None, 0, Str(b'')))
    if isinstance(v, int):
        return r.choice((v + 1, v - 1, v * 2, -v, v + r.choice((2, 3, 100)), r.choice(NUMBERS))) if -(1 << 62) < v < 1 << 62 else 0
    if isinstance(v, float):
        return r.choice(FLOATS)
    if isinstance(v, Str):
        return Str(r.choice((flip, text))(r, v) if r.random() < 0.7 else r.choice(WORDS).encode())
    if isinstance(v, list) and len(v) == 2 and not isinstance(v, Map) and all(isinstance(x, int) for x in v):
        b, e = v
        return r.choice(([e, b], [b + 1, e], [b, e - 1], [b, e + 1], [b - 1, e], [b, b], [e, e], [b, e + 1000000], [0, e], [b, b + 3]))
    return anything(r)


def edit(r, box, i):
    way = r.randrange(10)
    v = get(box, i)
    if way < 4:
        put(box, i, value(r, v))
    elif way == 4:
        put(box, i, anything(r))
    elif way == 5:
        del box[i]
    elif way == 6:
        box.insert(r.randrange(len(box) + 1), box[i])
    elif way == 7:
        j = r.randrange(len(box))
        box[i], box[j] = box[j], box[i]
    elif way == 8 and isinstance(box, Map):
        name = r.choice((Str(b''), Str(b'\xff'), Str(b'at'), Str(b'value'), box[r.randrange(len(box))][0], 1))
        box[i] = (name, v)
    elif isinstance(v, list) and v and not isinstance(v, Map):
        put(box, i, r.choice((v[::-1], v * 2, v[:-1], v + [anything(r)], v * (1 + 3000 // len(v)))))
    elif isinstance(v, Sealed):
        raw = pack(v.value)
        put(box, i, r.choice((v.value, Sealed(v), Ext(1, raw[:-1]), Ext(1, raw + b'\xc0'), Ext(1, raw + raw), Ext(2, raw), Ext(1, flip(r, raw)))))


def stream(r, items):
    """Mutates a stream's values, by structure: framing stays whole."""
    items = copy.deepcopy(items)
    for _ in range(r.choice((1, 1, 1, 2, 5))):
        record = r.choice(items[1:-1]) if len(items) > 2 and r.random() < 0.95 else r.choice(items)
        found = []
        places(record, found)
        if not found:
            continue
        # keys of the top level as likely as all that is within one of them
        box, i = r.choice(found) if r.random() < 0.8 else (record, r.randrange(len(record)))
        if r.random() < 0.5 and isinstance(get(box, i), (Sealed, Map, list)):
            inner = []
            places(get(box, i), inner)
            box, i = r.choice(inner) if inner else (box, i)
        edit(r, box, i)
    if r.random() < 0.01:
        items[1:-1] = [Map(list(items[1]) + [(Str(b'x_%d' % k), k) for k in range(r.choice((100, 4096, 100000)))])]
    return items


def table(r, data):
    """Mutates a table: few rows are left, so that what is changed counts."""
    lines = [x for x in data.split(b'\n') if x and not x.startswith(b'#')]
    head, rows = lines[0], lines[1:]
    if r.random() < 0.8 and len(rows) > 60:
        at = r.randrange(len(rows) - 40)
        rows = rows[at:at + 40]
    for _ in range(r.choice((1, 1, 2, 6))):
        if not rows:
            break
        i = r.randrange(len(rows))
        cells = rows[i].split(b'\t')
        j = r.randrange(len(cells))
        way = r.randrange(9)
        if way < 3:
            cells[j] = r.choice(WORDS + PATTERNS + PATTERNS).encode() if r.random() < 0.9 else r.choice(BYTES)
        elif way == 3:
            cells[j] = str(r.choice(NUMBERS)).encode()
        elif way == 4:
            cells[j] = flip(r, cells[j])
        elif way == 5:
            k = r.randrange(len(cells))
            cells[j], cells[k] = cells[k], cells[j]
        elif way == 6:
            cells = cells[:j] if r.random() < 0.5 else cells + [b'x']
        elif way == 7:
            rows.insert(r.randrange(len(rows) + 1), rows[i])
        else:
            head = flip(r, head, 1) if r.random() < 0.2 else head
        rows[i] = b'\t'.join(cells)
    if r.random() < 0.03:
        rows = []
    return b'\n'.join([head] + rows) + r.choice((b'\n', b'', b'\r\n', b'\n#', b'\n\t\t\n'))


def json_lines(r, data):
    """Mutates JSON by the piece."""
    parts = [b'{', b'}', b'[', b']', b'[' * 50, b'{"a":' * 50, b'"', b':', b',', b'null', b'true', b'-', b'1e400', b'-0', b'0.1', b'1E-400', b'18446744073709551616',
             b'18446744073709551615', b'-9223372036854775809', b'"\\ud800"', b'"\\u0000"', b'"\\ud83d\\ude00"', b'{"$bin":"AAA"}', b'{"$bin":"A==="}', b'{"$bin":1}',
             b'{"$ext":[1,"kA=="]}', b'{"$ext":[1,"kQ=="]}', b'{"$ext":[200,""]}', b'{"$ext":[]}', b'{"$msgpack":""}', b'{"$msgpack":"kQ=="}', b'{"$msgpack":"wcE="}',
             b'{"$msgpack":"3f////8="}', b'"$sealed":["text"],', b'"$plain":["facts","about"],', b'"$plain":{},', b'"$x":1,', b'"lost":true', b'\xff', b'\n', b'/*', b'NaN']
    b = bytearray(data)
    for _ in range(r.choice((1, 1, 2, 5))):
        at = r.randrange(len(b) + 1)
        if r.random() < 0.6:            # where a value may stand
            found = b.find(b':', at)
            at = found + 1 if found >= 0 else at
        end = at
        if r.random() < 0.5:
            ends = [e for e in (b.find(b',', at), b.find(b'}', at)) if e >= 0]
            end = min(ends) if ends else at
        b[at:end] = r.choice(parts)
    return bytes(b)


def source(seed):
    return random.Random(seed)
