"""A baseline JPEG encoder of the kinds that no library writes: any sampling, any marker of colours, restarts.

Plain sums of NumPy, ITU-T T.81's example tables; for small pictures.
"""

import struct

import numpy as np

QUANTISERS = np.full((8, 8), 6) + np.add.outer(np.arange(8), np.arange(8))
ZIGZAG = sorted(range(64), key=lambda i: (
    i // 8 + i % 8, i // 8 if (i // 8 + i % 8) % 2 else i % 8))
BASIS = np.array([[np.cos((2 * x + 1) * u * np.pi / 16) * (0.5 if u else 0.5**1.5) for x in range(8)] for u in range(8)])
# Every code of 8 bits but the last: simple, and complete enough.
DC_SYMBOLS = list(range(12))
AC_SYMBOLS = [0x00, 0xF0] + [run << 4 | size for size in range(1, 11) for run in range(16)]


def table(kind, symbols, bits):
    counts = [0] * 16
    counts[bits - 1] = len(symbols)
    content = bytes([kind]) + bytes(counts) + bytes(symbols)
    return b"\xff\xc4" + struct.pack(">H", len(content) + 2) + content


def code(symbols, bits, symbol):
    return format(symbols.index(symbol), f"0{bits}b")


def number(value):
    size = abs(value).bit_length()
    return size, format(value if value > 0 else value + (1 << size) - 1, f"0{size}b") if size else ""


def block(samples, previous):
    coefficients = np.rint(BASIS @ (samples - 128.0) @ BASIS.T / QUANTISERS).astype(int).reshape(-1)
    ordered = [int(coefficients[i]) for i in ZIGZAG]
    size, bits = number(ordered[0] - previous)
    text, run = code(DC_SYMBOLS, 4, size) + bits, 0
    last = max((i for i in range(1, 64) if ordered[i]), default=0)
    for value in ordered[1 : last + 1]:
        if value == 0:
            run += 1
            continue
        while run > 15:
            text += code(AC_SYMBOLS, 8, 0xF0)
            run -= 16
        size, bits = number(value)
        text += code(AC_SYMBOLS, 8, run << 4 | size) + bits
        run = 0
    return text + (code(AC_SYMBOLS, 8, 0) if last < 63 else ""), ordered[0]


def stuffed(text):
    text += "1" * (-len(text) % 8)
    return bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8)).replace(b"\xff", b"\xff\0")


def encode(planes, factors, ids=None, jfif=False, adobe=None, restart=0):
    """A JPEG of planes of the same size, each sampled (across, down) times where the most is taken as a whole."""
    height, width = planes[0].shape
    across, down = max(f[0] for f in factors), max(f[1] for f in factors)
    columns, rows = -(-width // (8 * across)), -(-height // (8 * down))
    sampled = []
    for plane, (h, v) in zip(planes, factors):
        padded = np.pad(plane.astype(float), ((0, rows * 8 * down - height), (0, columns * 8 * across - width)), "edge")
        y = np.arange(rows * 8 * v) * down // v
        x = np.arange(columns * 8 * h) * across // h
        sampled.append(padded[np.ix_(y, x)])
    ids = ids or bytes(range(1, len(planes) + 1))
    out = b"\xff\xd8"
    if jfif:
        out += b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    if adobe is not None:
        out += b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0" + bytes([adobe])
    out += b"\xff\xdb\0\x43\0" + bytes(int(QUANTISERS.reshape(-1)[i]) for i in ZIGZAG)
    frame = struct.pack(">BHHB", 8, height, width, len(planes))
    frame += b"".join(bytes([ids[i], h << 4 | v, 0]) for i, (h, v) in enumerate(factors))
    out += b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame
    out += table(0, DC_SYMBOLS, 4) + table(0x10, AC_SYMBOLS, 8)
    if restart:
        out += struct.pack(">BBHH", 0xFF, 0xDD, 4, restart)
    scan = bytes([len(planes)]) + b"".join(bytes([i, 0]) for i in ids) + b"\0\x3f\0"
    out += b"\xff\xda" + struct.pack(">H", len(scan) + 2) + scan
    text, previous = "", [0] * len(planes)
    for unit in range(rows * columns):
        if restart and unit and unit % restart == 0:
            out += stuffed(text) + bytes([0xFF, 0xD0 + (unit // restart - 1) % 8])
            text, previous = "", [0] * len(planes)
        for c, (h, v) in enumerate(factors):
            for y in range(v):
                for x in range(h):
                    top = (unit // columns * v + y) * 8
                    left = (unit % columns * h + x) * 8
                    bits, previous[c] = block(sampled[c][top : top + 8, left : left + 8], previous[c])
                    text += bits
    return out + stuffed(text) + b"\xff\xd9"
