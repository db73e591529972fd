"""stream: MessagePack as Python values, with nothing but Python.

Numbers, None, bool, list stand for themselves; a string is Str (bytes: it may be
no UTF-8), bytes are Bin, a map is Map (a list of pairs: keys may come twice), an
ext value Ext(type, bytes), and a sealed value Sealed(value)."""

import struct


class Str(bytes):
    pass


class Bin(bytes):
    pass


class Map(list):
    def get(self, name):
        return next((v for k, v in self if k == name), None)


class Ext:
    def __init__(self, kind, data):
        self.kind, self.data = kind, data


class Raw:
    """Bytes that go out as they are; only for pack."""
    def __init__(self, data):
        self.data = data


class Sealed:
    def __init__(self, value):
        self.value = value


def read(b, p=0):
    """(value, position behind it); IndexError, struct.error or ValueError where it is damaged."""
    t = b[p]
    p += 1

    def take(form):
        return struct.unpack_from('>' + form, b, p)[0], p + struct.calcsize(form)

    def cut(n, p):
        if p + n > len(b):
            raise IndexError
        return bytes(b[p:p + n]), p + n

    def many(n, p):
        out = []
        for _ in range(n):
            v, p = read(b, p)
            out.append(v)
        return out, p

    def pairs(n, p):
        flat, p = many(2 * n, p)
        return Map([(flat[i], flat[i + 1]) for i in range(0, len(flat), 2)]), p

    if t <= 0x7f:
        return t, p
    if t >= 0xe0:
        return t - 256, p
    if t <= 0x8f:
        return pairs(t & 15, p)
    if t <= 0x9f:
        return many(t & 15, p)
    if t <= 0xbf:
        s, p = cut(t & 31, p)
        return Str(s), p
    if t in (0xc0, 0xc2, 0xc3):
        return {0xc0: None, 0xc2: False, 0xc3: True}[t], p
    if t in (0xc4, 0xc5, 0xc6, 0xd9, 0xda, 0xdb):
        n, p = take('BHI'[t - (0xc4 if t < 0xd0 else 0xd9)])
        s, p = cut(n, p)
        return (Bin if t < 0xd0 else Str)(s), p
    if 0xc7 <= t <= 0xc9 or 0xd4 <= t <= 0xd8:
        if t >= 0xd4:
            n = 1 << (t - 0xd4)
        else:
            n, p = take('BHI'[t - 0xc7])
        kind, p = take('b')
        s, p = cut(n, p)
        if kind != 1:
            return Ext(kind, s), p
        try:
            v, end = read(s)
        except (IndexError, struct.error, ValueError):
            return Ext(kind, s), p
        return (Sealed(v) if end == len(s) else Ext(kind, s)), p
    if t in (0xca, 0xcb):
        return take('fd'[t - 0xca])
    if 0xcc <= t <= 0xcf:
        return take('BHIQ'[t - 0xcc])
    if 0xd0 <= t <= 0xd3:
        return take('bhiq'[t - 0xd0])
    if t in (0xdc, 0xdd):
        n, p = take('HI'[t - 0xdc])
        return many(n, p)
    if t in (0xde, 0xdf):
        n, p = take('HI'[t - 0xde])
        return pairs(n, p)
    raise ValueError('byte 0xc1')


def read_all(b):
    p, out = 0, []
    while p < len(b):
        v, p = read(b, p)
        out.append(v)
    return out


def sized(n, short, base, forms):
    """The head of N items: one byte where SHORT allows, else a length in the least of FORMS."""
    if short and n < short[1]:
        return bytes([short[0] | n])
    for form, code in zip(forms, range(base, base + len(forms))):
        if n < 1 << 8 * struct.calcsize(form):
            return bytes([code]) + struct.pack('>' + form, n)
    raise OverflowError


def integer(v):
    if 0 <= v < 128 or -32 <= v < 0:
        return bytes([v & 255])
    if v >= 0:
        return sized(v, None, 0xcc, 'BHIQ')
    form = next(f for f in 'bhiq' if v >= -(1 << 8 * struct.calcsize(f) - 1))
    return bytes([0xd0 + 'bhiq'.index(form)]) + struct.pack('>' + form, v)


def pack(v):
    if v is None or isinstance(v, bool):
        return b'\xc0' if v is None else b'\xc3' if v else b'\xc2'
    if isinstance(v, int):
        return integer(v)
    if isinstance(v, float):
        return b'\xcb' + struct.pack('>d', v)
    if isinstance(v, Str):
        return sized(len(v), (0xa0, 32), 0xd9, 'BHI') + v
    if isinstance(v, Bin):
        return sized(len(v), None, 0xc4, 'BHI') + v
    if isinstance(v, Map):
        return sized(len(v), (0x80, 16), 0xde, 'HI') + b''.join(pack(k) + pack(w) for k, w in v)
    if isinstance(v, list):
        return sized(len(v), (0x90, 16), 0xdc, 'HI') + b''.join(map(pack, v))
    if isinstance(v, Raw):
        return v.data
    if isinstance(v, Sealed):
        v = Ext(1, pack(v.value))
    return sized(len(v.data), None, 0xc7, 'BHI') + struct.pack('b', v.kind) + v.data


def strings(v):
    """Every string in a value, keys included."""
    if isinstance(v, Str):
        yield v
    elif isinstance(v, Sealed):
        yield from strings(v.value)
    elif isinstance(v, Map):
        for pair in v:
            for x in pair:
                yield from strings(x)
    elif isinstance(v, list):
        for x in v:
            yield from strings(x)
