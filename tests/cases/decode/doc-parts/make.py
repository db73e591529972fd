"""Compound files ([MS-CFB]) with Word documents ([MS-DOC]) in them, as Word may write them and LibreOffice does not."""
import struct

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(path, streams):
    """A file of sectors: the FAT, the directory, then the streams, none of which is a small one."""
    body, chain, entries = b'', [FAT], []

    def put(data):
        nonlocal body
        first, n = len(chain), max(1, -(-len(data) // 512))
        body += data.ljust(512 * n, b'\0')
        chain.extend(list(range(first + 1, first + n)) + [END])
        return first

    def entry(name, kind, first, size):
        raw = name.encode('utf-16-le') + b'\0\0'
        return raw.ljust(64, b'\0') + struct.pack('<HBB', len(raw), kind, 1) + struct.pack('<III', FREE, FREE, FREE) + bytes(36) + struct.pack('<IQ', first, size)

    directory = put(bytes(512 * (1 + len(streams) // 4)))
    entries.append(entry('Root Entry', 5, END, 0))
    for name, data in streams.items():
        entries.append(entry(name, 2, put(data), len(data)))
    table = b''.join(entries)
    body = table.ljust(512 * (1 + len(streams) // 4), b'\0') + body[512 * (1 + len(streams) // 4):]
    head = b'\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1' + bytes(16) + struct.pack('<HHHHH', 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    # no small streams: the size below which a stream is one is 0
    head += struct.pack('<9I', 0, 1, directory, 0, 0, END, 0, END, 0) + struct.pack('<109I', *([0] + [FREE] * 108))
    open(path, 'wb').write(head + struct.pack('<128I', *(chain + [FREE] * (128 - len(chain)))) + body)


def document(pieces, notes=0, magic=0xA5EC, flags=0):
    """Streams of a DOC. PIECES are bytes (one a character, Windows-1252) or text; the last NOTES characters are notes."""
    text, starts, places = b'', [0], b''
    for piece in pieces:
        packed = isinstance(piece, bytes)
        data = piece if packed else piece.encode('utf-16-le')
        text += bytes(len(text) % 2)
        at = 0x400 + len(text)
        starts.append(starts[-1] + len(data) // (1 if packed else 2))
        places += struct.pack('<HIH', 0, 2 * at | 0x40000000 if packed else at, 0)
        text += data
    plc = struct.pack('<%dI' % len(starts), *starts) + places
    clx = b'\x01\x02\x00\xff\xff' + b'\x02' + struct.pack('<I', len(plc)) + plc
    fib = bytearray(0x400)
    struct.pack_into('<H', fib, 0, magic)
    struct.pack_into('<H', fib, 0x0A, flags)
    struct.pack_into('<II', fib, 0x4C, starts[-1] - notes, notes)
    struct.pack_into('<II', fib, 0x1A2, 0, len(clx))
    return {'WordDocument': bytes(fib) + text, '1Table' if flags & 0x200 else '0Table': clx}


WORDS = ['关于𠮷县的报告\r', b'\x93quoted\x94 \x91it\x92s\x91 \x85 \x80\xa5\r', '办理案件', b'\x13 PAGEREF a \\h \x1460\x15', '件（不\x1e折）。\r',
         '\x13 TOC \x13 PAGE \x14 7\x15\x14目录\x15。\r', '一\x07二\x07\x07', '批注：注一。\r']
compound('pieces.doc', document(WORDS, len(WORDS[-1])))
compound('table1.doc', document(['正文一。\r'], flags=0x200))
compound('encrypted.doc', document(['x\r'], flags=0x100))
compound('word95.doc', document(['x\r'], magic=0xA5DC))
compound('headless.doc', document(['x\r'], magic=0))
lost = document(['x\r'])
lost['0Table'] = b''
compound('no-pieces.doc', lost)
compound('table.xls', {'Workbook': b'x' * 40})
compound('locked.docx', {'EncryptedPackage': b'x' * 40, 'EncryptionInfo': b'y'})
compound('other.msg', {'__properties': b'x'})
open('cut.doc', 'wb').write(open('pieces.doc', 'rb').read()[:600])
