"""dta FILE.dta FILE.csv: reads a file of Stata (format 118) by its own specification, and prints each way in
which it is not the CSV file beside it. Nothing of libreadstat is used."""
import csv, re, struct, sys

data = open(sys.argv[1], 'rb').read()

def part(name):
    a, b = data.index(b'<%s>' % name) + len(name) + 2, data.index(b'</%s>' % name)
    return data[a:b]

assert part(b'release') == b'118' and part(b'byteorder') == b'LSF'
k, = struct.unpack('<H', part(b'K'))
n, = struct.unpack('<Q', part(b'N'))
types = struct.unpack('<%dH' % k, part(b'variable_types'))
fixed = lambda s, size: [s[i * size:(i + 1) * size].split(b'\0')[0].decode() for i in range(k)]
names = fixed(part(b'varnames'), 129)
labels = fixed(part(b'variable_labels'), 321)
body = part(b'data')
assert all(re.fullmatch(r'[A-Za-z_][A-Za-z0-9_]{0,31}', x) for x in names), 'names'
assert all(labels) and max(map(len, labels)) <= 80, 'labels'
header, *rows = csv.reader(open(sys.argv[2], encoding='utf-8-sig', newline=''))
if header != names:
    print('other columns')
if len(rows) != n:
    print(n, 'observations, not', len(rows))
width = sum(t if t <= 2045 else 8 for t in types)
if len(body) != n * width:
    print('other size')
at = 0
for row in rows:
    for name, t, cell in zip(names, types, row):
        if t <= 2045:
            got = body[at:at + t].split(b'\0')[0].decode()
            if got != cell:
                print(name, repr(got), 'is not', repr(cell))
            at += t
        else:
            assert t == 65526, 'a type that is no double'
            got, = struct.unpack('<d', body[at:at + 8])
            want = None if cell == '' else float({'true': 1, 'false': 0}.get(cell, cell))
            if (None if got >= 2.0 ** 1023 else got) != want:
                print(name, got, 'is not', cell)
            at += 8
