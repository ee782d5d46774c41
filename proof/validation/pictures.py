"""Pictures of every kind that people bring, and the numbers that Pillow, OpenCV or NumPy find in them.

    python3 proof/validation/pictures.py hydranet/src/test/resources/golden/pictures

writes one zip file a suite: each picture under its name, and beside it either NAME.ppm, its RGB numbers upright and
without a colour profile, or NAME.txt, words of the message that refuses it. Pillow's numbers count where Pillow reads
a picture; where it does not, or clips 16 bits of grey, the numbers that were written do. Needs Pillow 9.4 with WebP,
NumPy, and OpenCV for what the first two do not write. JPEG and WebP encoders differ between versions: making the files
again gives other bytes, and the numbers that go with them.
"""

import io
import pathlib
import struct
import sys
import zipfile
import zlib

import cv2
import numpy as np
from PIL import Image, ImageOps

import jpegwriter

RNG = np.random.default_rng(7)
SUITES = {}


def photo(width, height, noise=6):
    y, x = np.mgrid[0:height, 0:width].astype(float)
    a = np.stack(
        [128 + 100 * np.sin(x / 9 + y / 17), 128 + 90 * np.cos(x / 5 - y / 7), 128 + 80 * np.sin(x * y / 300)], -1)
    a += RNG.normal(0, noise, a.shape)
    a[height // 4 : height // 2, width // 3 : width // 2] = [250, 20, 30]
    return Image.fromarray(a.clip(0, 255).astype(np.uint8))


PHOTO = photo(29, 21)
GREY = PHOTO.convert("L")


def add(path, data, rgb=None):
    """A picture, and its numbers: those given, or Pillow's."""
    if rgb is None:
        rgb = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
    rgb = np.asarray(rgb).astype(np.uint8)
    if rgb.ndim == 2:
        rgb = np.stack([rgb] * 3, -1)
    suite, name = path.split("/")
    files = SUITES.setdefault(suite, {})
    assert name not in files, path
    files[name] = data
    files[name + ".ppm"] = b"P6\n%d %d\n255\n" % (rgb.shape[1], rgb.shape[0]) + rgb.tobytes()


def refused(path, data, words):
    suite, name = path.split("/")
    SUITES.setdefault(suite, {})[name] = data
    SUITES[suite][name + ".txt"] = words.encode()


def encoded(image, format, **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def pillow(path, image, format, **options):
    add(path, encoded(image, format, **options))


def upright(a, orientation):
    """What EXIF's orientation means, after the standard's table: where row 0 and column 0 are to be seen."""
    return {
        1: a, 2: a[:, ::-1], 3: a[::-1, ::-1], 4: a[::-1], 5: a.transpose(1, 0, 2), 6: a[::-1].transpose(1, 0, 2),
        7: a[::-1, ::-1].transpose(1, 0, 2), 8: a[:, ::-1].transpose(1, 0, 2)}[orientation]


# --- JPEG ----------------------------------------------------------------------------------------------------

def segment(marker, content, length=None):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2 if length is None else length) + content


def after_soi(jpeg, more):
    return jpeg[:2] + more + jpeg[2:]


def without(jpeg, marker):
    """A JPEG without its segments of a marker."""
    out, at = jpeg[:2], 2
    while jpeg[at + 1] != 0xDA:
        size = struct.unpack_from(">H", jpeg, at + 2)[0] + 2
        if jpeg[at + 1] != marker:
            out += jpeg[at : at + size]
        at += size
    return out + jpeg[at:]


def jpegs():
    for quality in 30, 92:
        for sampling, name in enumerate(("444", "422", "420")):
            pillow(f"jpeg/{name}-{quality}.jpg", PHOTO, "JPEG", quality=quality, subsampling=sampling)
            pillow(f"jpeg/{name}-{quality}-progressive.jpg", PHOTO, "JPEG", quality=quality, subsampling=sampling,
                   progressive=True)
    for width, height in (1, 1), (2, 1), (1, 2), (3, 3), (7, 9), (8, 8), (9, 8), (16, 17), (17, 16), (33, 15):
        for sampling in 1, 2:
            pillow(f"jpeg/{width}x{height}-{sampling}.jpg", photo(width, height), "JPEG", subsampling=sampling)
    pillow("jpeg/grey.jpg", GREY, "JPEG")
    pillow("jpeg/grey-progressive.jpg", GREY, "JPEG", progressive=True)
    bgr = cv2.cvtColor(np.asarray(PHOTO), cv2.COLOR_RGB2BGR)
    add("jpeg/restarts.jpg", cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_RST_INTERVAL, 2])[1].tobytes())
    # How often luma, blue and red are sampled, across and down.
    for factors in ("11,11,11", "21,11,11", "12,11,11", "22,11,11", "41,11,11", "14,11,11", "42,11,11",
                    "22,21,21", "22,12,12", "22,12,21", "11,22,22", "31,11,11", "13,11,11", "21,21,11"):
        pairs = [(int(p[0]), int(p[1])) for p in factors.split(",")]
        ycc = np.asarray(PHOTO.convert("YCbCr"))
        add(f"jpeg/sampled-{factors}.jpg", jpegwriter.encode([ycc[..., c] for c in range(3)], pairs, jfif=True))
        add(f"jpeg/sampled-{factors}-restarts.jpg",
            jpegwriter.encode([ycc[..., c] for c in range(3)], pairs, jfif=True, restart=2))
    planes = [np.asarray(PHOTO)[..., c] for c in range(3)]
    ones = [(1, 1)] * 3
    add("jpeg/rgb-by-ids.jpg", jpegwriter.encode(planes, ones, ids=b"RGB"))
    add("jpeg/rgb-by-adobe.jpg", jpegwriter.encode(planes, ones, adobe=0))
    add("jpeg/ycc-by-adobe.jpg", jpegwriter.encode(planes, ones, adobe=1))
    add("jpeg/ycc-by-ids.jpg", jpegwriter.encode(planes, ones))
    add("jpeg/ycc-by-odd-ids.jpg", jpegwriter.encode(planes, ones, ids=b"\x22\x23\x24"))
    add("jpeg/jfif-beats-adobe.jpg", jpegwriter.encode(planes, ones, jfif=True, adobe=0))
    inks = [np.asarray(PHOTO.convert("CMYK"))[..., c] for c in range(3)] + [255 - np.asarray(GREY) // 2]
    for adobe in None, 0, 2:
        add(f"jpeg/cmyk-{adobe}.jpg", jpegwriter.encode(inks, [(1, 1)] * 4, adobe=adobe))
        add(f"jpeg/cmyk-{adobe}-sampled.jpg", jpegwriter.encode(inks, [(2, 2), (1, 1), (1, 1), (2, 2)], adobe=adobe))
    pillow("jpeg/cmyk-pillow.jpg", PHOTO.convert("CMYK"), "JPEG")

    jpeg = encoded(PHOTO, "JPEG")
    frame = jpeg.index(b"\xff\xc0")
    refused("jpeg/12-bit.jpg", jpeg[: frame + 4] + b"\x0c" + jpeg[frame + 5 :], "a 12-bit JPEG")
    for marker, words in ((0xC3, "a lossless JPEG"), (0xC5, "a hierarchical JPEG"), (0xC9, "an arithmetic-coded JPEG"),
                          (0xCA, "an arithmetic-coded JPEG"), (0xCD, "an arithmetic-coded JPEG")):
        refused(f"jpeg/frame-{marker:x}.jpg", jpeg[: frame + 1] + bytes([marker]) + jpeg[frame + 2 :], words)
    refused("jpeg/cut-off.jpg", jpeg[: jpeg.index(b"\xff\xda") + 60], "premature end")
    progressive = encoded(PHOTO, "JPEG", progressive=True)
    refused("jpeg/cut-off-progressive.jpg", progressive[: len(progressive) * 2 // 3], "ends too early")


# --- PNG -----------------------------------------------------------------------------------------------------

def chunk(kind, content, crc=None):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(
        ">I", zlib.crc32(kind + content) if crc is None else crc)


def packed(values, bits):
    """Rows of samples, the first in the high bits."""
    rows = []
    for row in values.reshape(len(values), -1):
        if bits == 16:
            rows.append(row.astype(">u2").tobytes())
        else:
            per = 8 // bits
            row = np.concatenate([row, np.zeros(-len(row) % per, int)]).reshape(-1, per)
            rows.append(sum(row[:, i] << 8 - bits * (i + 1) for i in range(per)).astype(np.uint8).tobytes())
    return rows


def adam7(values, bits):
    rows = []
    for top, left, down, across in ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
                                    (1, 0, 2, 1)):
        part = values[top::down, left::across]
        if part.size:
            rows += packed(part, bits)
    return rows


def png(values, bits, colours, interlaced=False, before=b"", after=b"", end=True):
    """A PNG of samples, each row with another filter."""
    rows = adam7(values, bits) if interlaced else packed(values, bits)
    step = max(1, bits * values.shape[-1] // 8)
    data, last = b"", b""
    for i, row in enumerate(rows):
        last = last if len(last) == len(row) else bytes(len(row))
        kind = 0 if interlaced else i % 5
        left = bytes(step) + row[:-step] if len(row) > step else bytes(len(row))
        corner = bytes(step) + last[:-step] if len(row) > step else bytes(len(row))
        line = []
        for x, a, b, c in zip(row, left, last, corner):
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line.append(x - (0, a, b, (a + b) // 2, paeth)[kind] & 255)
        data += bytes([kind]) + bytes(line)
        last = row
    height, width = values.shape[:2]
    head = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, interlaced)
    pixels = zlib.compress(data)
    half = len(pixels) // 2
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + before + chunk(b"IDAT", pixels[:half])
            + chunk(b"IDAT", pixels[half:]) + after + (chunk(b"IEND", b"") if end else b""))


PALETTE = RNG.integers(0, 256, (256, 3)).astype(np.uint8)


def pngs():
    for colours, samples, depths in ((0, 1, (1, 2, 4, 8, 16)), (2, 3, (8, 16)), (3, 1, (1, 2, 4, 8)), (4, 2, (8, 16)),
                                     (6, 4, (8, 16))):
        for bits in depths:
            for interlaced in False, True:
                for transparent in (False, True) if colours in (0, 2, 3) else (False,):
                    values = RNG.integers(0, 2**bits, (13, 19, samples))
                    before = chunk(b"PLTE", PALETTE[: 2**bits].tobytes()) if colours == 3 else b""
                    if transparent:
                        key = bytes([0, 128]) if colours == 3 else struct.pack(f">{samples}H", *map(int, values[0, 0]))
                        before += chunk(b"tRNS", key)
                    if colours == 3:
                        rgb = PALETTE[values[..., 0]]
                    else:
                        rgb = values[..., :3] if samples > 2 else np.repeat(values[..., :1], 3, -1)
                        rgb = rgb >> 8 if bits == 16 else rgb * 255 // (2**bits - 1)
                    name = f"png/{colours}-{bits}{'-interlaced' * interlaced}{'-transparent' * transparent}.png"
                    add(name, png(values, bits, colours, interlaced, before), rgb)
    for width in range(1, 9):
        for height in range(1, 9):
            values = RNG.integers(0, 256, (height, width, 3))
            add(f"png/interlaced-{width}x{height}.png", png(values, 8, 2, True), values)
    values = np.arange(8).reshape(1, 8, 1)
    black = np.concatenate([PALETTE[:4], np.zeros((4, 3), np.uint8)])[None]
    add("png/short-palette.png", png(values, 4, 3, before=chunk(b"PLTE", PALETTE[:4].tobytes())), black)


# --- GIF, BMP, PNM -------------------------------------------------------------------------------------------

def gif(image, canvas, at, transparent=None, background=0, local=False):
    """An image as the only frame, somewhere on a canvas."""
    whole = encoded(image, "GIF", interlace=0)
    palette = whole[13 : 13 + 3 * (2 << (whole[10] & 7))]
    k = 13 + len(palette)
    while whole[k] == 0x21:
        k += 2
        while whole[k]:
            k += whole[k] + 1
        k += 1
    size = 0x80 | len(palette).bit_length() - 3
    size = 0x80 | (len(palette) // 3).bit_length() - 2
    control = b"" if transparent is None else b"!\xf9\x04" + struct.pack("<BHBB", 1, 0, transparent, 0) + b"\0"
    control = control[:-1] if control else control
    head = b"GIF89a" + struct.pack("<HHBBB", *canvas, 0 if local else size, background, 0)
    frame = b"," + struct.pack("<HHHHB", *at, *image.size, size if local else 0) + (palette if local else b"")
    return head + (b"" if local else palette) + control + frame + whole[k + 10 :]


def bmp(width, height, bits, compression, data, palette=b"", masks=b"", header=40, colours=0):
    body = struct.pack("<IiiHHIIiiII", header, width, height, 1, bits, compression, len(data), 2835, 2835, colours, 0)
    if header > 40:
        body += masks.ljust(16, b"\0") + b"BGRs" + bytes(header - 60)
        masks = b""
    offset = 14 + len(body) + len(masks) + len(palette)
    return b"BM" + struct.pack("<IHHI", offset + len(data), 0, 0, offset) + body + masks + palette + data


def others():
    for colours in 2, 5, 64, 256:
        pillow(f"gif/{colours}.gif", PHOTO.quantize(colours), "GIF", interlace=0)
        pillow(f"gif/{colours}-interlaced.gif", PHOTO.quantize(colours), "GIF", interlace=1)
    pillow("gif/grey.gif", GREY, "GIF")
    pillow("gif/transparent.gif", PHOTO.quantize(32), "GIF", transparency=3)
    pillow("gif/full-table.gif", photo(90, 60, 40).quantize(256), "GIF")
    pillow("gif/runs.gif", Image.new("P", (300, 200), 1), "GIF")
    pillow("gif/animation.gif", PHOTO.quantize(64), "GIF", save_all=True, append_images=[PHOTO.rotate(90).quantize(64)])
    part = photo(20, 15).quantize(16)
    for i, options in enumerate(({}, {"transparent": 5}, {"background": 3}, {"local": True},
                                 {"transparent": 5, "background": 4, "local": True})):
        add(f"gif/canvas-{i}.gif", gif(part, (40, 30), (7, 9), **options))
    add("gif/canvas-too-small.gif", gif(part, (10, 10), (0, 0)))

    for width in range(1, 9):
        pillow(f"bmp/1-bit-{width}.bmp", GREY.crop((0, 0, width, 5)).convert("1"), "BMP")
        pillow(f"bmp/24-bit-{width}.bmp", PHOTO.crop((0, 0, width, 5)), "BMP")
    pillow("bmp/grey.bmp", GREY, "BMP")
    pillow("bmp/palette.bmp", PHOTO.quantize(200), "BMP")
    words = b"".join(RNG.integers(0, 65536, 7).astype("<u2").tobytes() + b"\0\0" for _ in range(5))
    longs = RNG.integers(0, 2**32, 35).astype("<u4").tobytes()
    colours = b"".join(PALETTE[i].tobytes() + b"\0" for i in range(256))
    add("bmp/555.bmp", bmp(7, 5, 16, 0, words))
    add("bmp/565.bmp", bmp(7, 5, 16, 3, words, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F)))
    add("bmp/555-top-down.bmp", bmp(7, -5, 16, 3, words, masks=struct.pack("<III", 0x7C00, 0x3E0, 0x1F)))
    add("bmp/32.bmp", bmp(7, 5, 32, 0, longs))
    for header in 108, 124:
        for i, masks in enumerate(((0xFF0000, 0xFF00, 0xFF, 0xFF000000), (0xFF, 0xFF00, 0xFF0000, 0xFF000000))):
            add(f"bmp/32-{header}-{i}.bmp", bmp(7, 5, 32, 3, longs, masks=struct.pack("<IIII", *masks), header=header))
    add("bmp/4.bmp", bmp(7, 5, 4, 0, RNG.integers(0, 256, 20).astype(np.uint8).tobytes(), colours[:64]))
    add("bmp/4-of-5-colours.bmp",
        bmp(7, 5, 4, 0, (RNG.integers(0, 5, 20) * 17).astype(np.uint8).tobytes(), colours[:20], colours=5))
    runs = bytes([5, 3, 4, 7, 0, 0, 0, 5, 1, 2, 3, 4, 5, 0, 4, 9, 0, 0, 9, 1, 0, 0, 3, 2, 0, 6, 1, 2, 3, 4, 5, 6, 0, 1])
    add("bmp/rle8.bmp", bmp(9, 4, 8, 1, runs, colours, colours=256))
    runs = bytes([5, 0x37, 4, 0x12, 0, 0, 0, 5, 0x12, 0x34, 0x50, 0, 4, 0x9A, 0, 0, 9, 0x1F, 0, 1])
    rle4 = bmp(9, 3, 4, 2, runs, colours[:64])
    add("bmp/rle4.bmp", rle4, cv2.imdecode(np.frombuffer(rle4, np.uint8), 1)[..., ::-1])  # Pillow loses odd pixels.
    core = struct.pack("<IHHHH", 12, 9, 2, 1, 1) + bytes([10, 20, 30, 200, 100, 50])
    add("bmp/core.bmp", b"BM" + struct.pack("<IHHI", 0, 0, 0, 32) + core + bytes([0xA5, 0x80, 0, 0, 0x3C, 0x80, 0, 0]))

    pillow("pnm/binary.ppm", PHOTO, "PPM")
    pillow("pnm/binary.pgm", GREY, "PPM")
    pillow("pnm/binary.pbm", GREY.convert("1"), "PPM")
    add("pnm/plain.pbm", b"P1\n# c\n5 2\n10101\n0 1 0 1 1\n")
    add("pnm/plain.pgm", b"P2 3 2 # x\n15\n0 1 2\n3 7 15")
    add("pnm/plain.ppm", b"P3\n2 1\n100\n0 50 100 1 2 3\n")
    add("pnm/max-100.ppm", b"P6 2 2 100\n" + bytes(range(0, 96, 8)))
    values = RNG.integers(0, 65536, (4, 5, 3))
    # OpenCV's: the upper 8 of 16 bits, as for every other format.
    add("pnm/16-bit.ppm", b"P6 5 4 65535\n" + values.astype(">u2").tobytes(), values >> 8)
    add("pnm/16-bit.pgm", b"P5 5 4 65535\n" + values[..., 0].astype(">u2").tobytes(), values[..., 0] >> 8)
    add("pnm/10-bit.ppm", b"P6 5 4 1023\n" + (values >> 6).astype(">u2").tobytes())
    pam = b"P7\n# c\nWIDTH 2\nHEIGHT 1\nDEPTH %d\nMAXVAL 255\nTUPLTYPE X\nENDHDR\n"
    for depth, rgb in ((1, [[0, 1]]), (2, [[0, 2]]), (3, [[[0, 1, 2], [3, 4, 5]]]), (4, [[[0, 1, 2], [4, 5, 6]]])):
        add(f"pnm/depth-{depth}.pam", pam % depth + bytes(range(2 * depth)), np.array(rgb))


# --- WebP ----------------------------------------------------------------------------------------------------

def riff(*chunks):
    body = b"WEBP" + b"".join(k + struct.pack("<I", len(c)) + c + bytes(len(c) % 2) for k, c in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webps():
    for quality in 0, 10, 40, 75, 100:
        for method in 0, 4, 6:
            pillow(f"webp/{quality}-{method}.webp", PHOTO, "WEBP", quality=quality, method=method)
    for width in 1, 2, 15, 16, 17, 33:
        for height in 1, 2, 16, 17:
            pillow(f"webp/{width}x{height}.webp", photo(width, height), "WEBP", quality=60)
            pillow(f"webp/{width}x{height}-lossless.webp", photo(width, height), "WEBP", lossless=True)
    pillow("webp/large.webp", photo(120, 70, 20), "WEBP", quality=50)
    pillow("webp/large-lossless.webp", photo(60, 50, 2), "WEBP", lossless=True)
    for colours in 2, 4, 16, 40, 200:
        pillow(f"webp/{colours}-colours.webp", PHOTO.quantize(colours).convert("RGB"), "WEBP", lossless=True)
    rgba = np.asarray(PHOTO.convert("RGBA")).copy()
    rgba[..., 3] = np.arange(rgba.shape[1]) * 8
    alpha = Image.fromarray(rgba)
    pillow("webp/alpha.webp", alpha, "WEBP", quality=70)
    pillow("webp/alpha-exact.webp", alpha, "WEBP", quality=70, exact=True)
    pillow("webp/alpha-lossless.webp", alpha, "WEBP", lossless=True, exact=True)
    pillow("webp/animation.webp", PHOTO, "WEBP", save_all=True, append_images=[PHOTO.rotate(180)], quality=70)
    frame = encoded(photo(20, 10), "WEBP", quality=70)[12:]
    where = b"".join(struct.pack("<I", v)[:3] for v in (4, 3, 19, 9, 100)) + b"\0"
    head = b"\x02\0\0\0" + b"".join(struct.pack("<I", v)[:3] for v in (39, 29))
    add("webp/animation-on-canvas.webp", riff((b"VP8X", head), (b"ANIM", bytes(6)), (b"ANMF", where + frame)))


# --- TIFF ----------------------------------------------------------------------------------------------------

def tiff(tags, chunks, order="<"):
    """A TIFF of fields {tag: (type, numbers)} and strips, or tiles if a field says so."""
    data, offsets = b"", []
    for c in chunks:
        offsets.append(8 + len(data))
        data += c + bytes(len(c) % 2)
    tags = dict(tags)
    where, sizes = (324, 325) if 322 in tags else (273, 279)
    tags[where] = ("I", offsets)
    tags[sizes] = ("I", [len(c) for c in chunks])
    directory = 8 + len(data)
    after = directory + 6 + 12 * len(tags)
    entries, more = struct.pack(order + "H", len(tags)), b""
    for tag in sorted(tags):
        kind, numbers = tags[tag]
        numbers = list(numbers) if isinstance(numbers, (list, tuple)) else [numbers]
        value = struct.pack(order + kind * len(numbers), *numbers)
        entries += struct.pack(order + "HHI", tag, {"B": 1, "H": 3, "I": 4}[kind], len(numbers))
        if len(value) > 4:
            entries += struct.pack(order + "I", after + len(more))
            more += value + bytes(len(value) % 2)
        else:
            entries += value.ljust(4, b"\0")
    head = b"II*\0" if order == "<" else b"MM\0*"
    return head + struct.pack(order + "I", directory) + data + entries + bytes(4) + more


def fields(width, height, bits, photometric, samples=1, compression=1, **more):
    tags = {256: ("I", width), 257: ("I", height), 258: ("H", [bits] * samples), 259: ("H", compression),
            262: ("H", photometric), 277: ("H", samples), 278: ("I", height)}
    tags.update({int(tag[1:]): value for tag, value in more.items()})
    return tags


def tiffs():
    for compression in None, "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg":
        for mode in "RGB", "L", "RGBA", "LA", "P", "1", "CMYK":
            if compression == "jpeg" and mode not in ("RGB", "L"):
                continue
            image = PHOTO.quantize(40) if mode == "P" else PHOTO.convert(mode)
            pillow(f"tiff/{mode}-{compression}.tif", image, "TIFF", compression=compression)
    for compression in "group3", "group4", "tiff_ccitt":
        pillow(f"tiff/{compression}.tif", GREY.convert("1"), "TIFF", compression=compression)
    pillow("tiff/large-lzw.tif", photo(90, 60), "TIFF", compression="tiff_lzw")
    pillow("tiff/large-jpeg.tif", photo(90, 60), "TIFF", compression="jpeg")
    pillow("tiff/differences.tif", PHOTO, "TIFF", compression="tiff_lzw", tiffinfo={317: 2})
    a = np.asarray(PHOTO)
    height, width = a.shape[:2]
    for order, name in ("<", "le"), (">", "be"):
        tiles = []
        for top in range(0, height, 32):
            for left in range(0, width, 16):
                tile = np.zeros((32, 16, 3), np.uint8)
                part = a[top : top + 32, left : left + 16]
                tile[: part.shape[0], : part.shape[1]] = part
                tiles.append(zlib.compress(tile.tobytes()))
        add(f"tiff/tiles-{name}.tif", tiff(fields(width, height, 8, 2, 3, 8, t322=("I", 16), t323=("I", 32)), tiles, order), a)
        add(f"tiff/planes-{name}.tif", tiff(
            fields(width, height, 8, 2, 3, t278=("I", 10), t284=("H", 2)),
            [a[y : y + 10, :, c].tobytes() for c in range(3) for y in range(0, height, 10)], order), a)
        wide = RNG.integers(0, 65536, (11, 9, 3))
        grey = wide[..., 0]
        add(f"tiff/16-bit-{name}.tif", tiff(fields(9, 11, 16, 1), [grey.astype(order + "u2").tobytes()], order), grey >> 8)
        add(f"tiff/16-bit-from-white-{name}.tif",
            tiff(fields(9, 11, 16, 0), [grey.astype(order + "u2").tobytes()], order), 65535 - grey >> 8)
        differences = wide.copy()
        differences[:, 1:] -= wide[:, :-1]
        add(f"tiff/48-bit-differences-{name}.tif", tiff(
            fields(9, 11, 16, 2, 3, 8, t317=("H", 2)),
            [zlib.compress((differences & 65535).astype(order + "u2").tobytes())], order), wide >> 8)
        for bits in 1, 2, 4, 8:
            values = RNG.integers(0, 2**bits, (13, 19))
            rows, level = b"".join(packed(values, bits)), values * 255 // (2**bits - 1)
            colours = RNG.integers(0, 65536, (3, 2**bits))
            add(f"tiff/grey-{bits}-{name}.tif", tiff(fields(19, 13, bits, 1), [rows], order), level)
            add(f"tiff/from-white-{bits}-{name}.tif", tiff(fields(19, 13, bits, 0), [rows], order), 255 - level)
            add(f"tiff/palette-{bits}-{name}.tif",
                tiff(fields(19, 13, bits, 3, t320=("H", colours.reshape(-1).tolist())), [rows], order), colours.T[values] >> 8)
        values = RNG.integers(0, 256, (13, 19, 5)).astype(np.uint8)
        for extra in 1, 2:
            add(f"tiff/alpha-{extra}-{name}.tif",
                tiff(fields(19, 13, 8, 2, 4, t338=("H", extra)), [values[..., :4].tobytes()], order))
        add(f"tiff/five-samples-{name}.tif",
            tiff(fields(19, 13, 8, 2, 5, t338=("H", [0, 0])), [values.tobytes()], order), values[..., :3])
        bits = RNG.integers(0, 2, (13, 19))
        low = bytes(int(f"{b:08b}"[::-1], 2) for b in b"".join(packed(bits, 1)))
        add(f"tiff/low-bits-first-{name}.tif", tiff(fields(19, 13, 1, 1, t266=("H", 2)), [low], order), bits * 255)
    refused("tiff/12-bit.tif", tiff(fields(4, 2, 12, 1), [bytes(12)]), "12-bit samples")
    refused("tiff/signed.tif", tiff(fields(4, 2, 8, 1, t339=("H", 2)), [bytes(8)]), "8-bit signed samples")
    refused("tiff/signed-16.tif", tiff(fields(4, 2, 16, 2, 3, t339=("H", [2] * 3)), [bytes(48)]), "16-bit signed samples")
    refused("tiff/32-bit.tif", tiff(fields(4, 2, 32, 1), [bytes(32)]), "32-bit samples")
    refused("tiff/float.tif", encoded(Image.fromarray(RNG.random((9, 9)).astype(np.float32)), "TIFF"), "floating-point")
    refused("tiff/float-rgb.tif", tiff(fields(4, 2, 32, 2, 3, t339=("H", [3] * 3)), [bytes(96)]), "floating-point")
    refused("tiff/half.tif", tiff(fields(4, 2, 16, 1, t339=("H", 3)), [bytes(16)]), "floating-point")
    refused("tiff/double.tif", tiff(fields(4, 2, 64, 1, t339=("H", 3)), [bytes(64)]), "floating-point")
    refused("tiff/lab.tif", encoded(PHOTO.convert("LAB"), "TIFF"), "CIE L*a*b*")
    refused("tiff/ycc.tif", encoded(PHOTO.convert("YCbCr"), "TIFF"), "luma and chroma")
    refused("tiff/cmyk-jpeg.tif", encoded(PHOTO.convert("CMYK"), "TIFF", compression="jpeg"), "CMYK colours in JPEG")
    refused("tiff/cmyk-16.tif", tiff(fields(2, 2, 16, 5, 4), [bytes(32)]), "16-bit samples")
    refused("tiff/other-inks.tif", tiff(fields(2, 2, 8, 5, 4, t332=("H", 2)), [bytes(16)]), "other inks")
    refused("tiff/dng.tif", tiff(fields(2, 2, 8, 1, t50706=("B", [1, 4, 0, 0])), [bytes(4)]), "raw file")
    for compression, words in ((6, "withdrawn"), (34712, "JPEG 2000"), (34925, "LZMA"), (50000, "Zstandard"), (50001, "WebP")):
        refused(f"tiff/compression-{compression}.tif", tiff(fields(2, 2, 8, 1, 1, compression), [bytes(4)]), words)
    refused("tiff/cut-off.tif", encoded(PHOTO, "TIFF", compression="tiff_lzw")[:-500], "ends too early")


# --- EXIF ----------------------------------------------------------------------------------------------------

def exif(orientation, order=">", kind=3, count=1, before=0):
    entry = struct.pack(order + "HHI", 0x112, kind, count) + struct.pack(
        order + {1: "B", 3: "H", 4: "I"}.get(kind, "I"), orientation).ljust(4, b"\0")
    more = struct.pack(order + "HHII", 0x10F, 2, 4, 0x41414141) * before
    head = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(order + "I", 8)
    return head + struct.pack(order + "H", 1 + before) + more + entry + bytes(4)


def with_exif(format, content, prefix=None):
    """A picture of a format with EXIF in its place, and the picture's numbers as they are stored."""
    if format == "jpeg":
        plain = encoded(PHOTO, "JPEG")
        data = after_soi(plain, segment(0xE1, b"Exif\0\0" + content))
    elif format == "png":
        plain = data = encoded(PHOTO, "PNG")
        data = data[:33] + chunk(b"eXIf", (prefix or b"") + content) + data[33:]
    else:
        plain = encoded(PHOTO, "WEBP", quality=80, lossless=format == "webp-lossless")
        head = struct.pack("<I", 8) + b"".join(struct.pack("<I", v - 1)[:3] for v in PHOTO.size)
        kind, size = plain[12:16], struct.unpack_from("<I", plain, 16)[0]
        picture = plain[20 : 20 + size]
        data = riff((b"VP8X", head), (kind, picture), (b"EXIF", (prefix or b"") + content))
    return data, np.asarray(Image.open(io.BytesIO(plain)).convert("RGB"))


def exifs():
    formats = "jpeg", "png", "webp", "webp-lossless"
    for orientation in range(1, 9):
        for order, name in ("<", "le"), (">", "be"):
            for format in formats:
                data, stored = with_exif(format, exif(orientation, order))
                add(f"exif/{orientation}-{name}.{format}", data, upright(stored, orientation))
            tags = fields(*PHOTO.size, 8, 2, 3, t274=("H", orientation))
            add(f"exif/{orientation}-{name}.tif", tiff(tags, [PHOTO.tobytes()], order), upright(np.asarray(PHOTO), orientation))
    for format in formats:
        for name, content, orientation in (
                ("0", exif(0), 1), ("9", exif(9), 1), ("65535", exif(65535), 1), ("long", exif(6, kind=4), 6),
                ("byte", exif(6, kind=1), 6), ("letters", exif(6, kind=2, count=4), 1), ("two", exif(6, count=2), 1),
                ("huge", exif(6, count=2**32 - 1), 1), ("after-others", exif(6, before=20), 6), ("empty", b"", 1),
                ("cut-in-offset", exif(6)[:5], 1), ("cut-in-entry", exif(6)[:16], 1), ("no-exif", b"nothing of the kind", 1),
                ("offset-outside", b"MM\0*\xff\xff\xff\xf0" + bytes(20), 1), ("itself", b"MM\0*\0\0\0\0" + bytes(20), 1)):
            data, stored = with_exif(format, content)
            add(f"exif/{name}.{format}", data, upright(stored, orientation))
    for format in "png", "webp":
        data, stored = with_exif(format, exif(6), prefix=b"Exif\0\0")
        add(f"exif/prefix.{format}", data, upright(stored, 6))


# --- colour profiles, gamma ----------------------------------------------------------------------------------

def profile():
    """A valid RGB profile that exchanges red and blue and has gamma 1: whoever applies it is found out."""
    fixed = lambda *v: b"".join(struct.pack(">i", round(x * 65536)) for x in v)
    xyz = lambda *v: b"XYZ \0\0\0\0" + fixed(*v)
    data = {
        b"desc": b"desc\0\0\0\0\0\0\0\5swap\0" + bytes(78), b"wtpt": xyz(0.9642, 1, 0.8249), b"cprt": b"text\0\0\0\0CC0\0",
        b"rXYZ": xyz(0.1431, 0.0606, 0.7141), b"gXYZ": xyz(0.3851, 0.7169, 0.0971), b"bXYZ": xyz(0.4361, 0.2225, 0.0139),
        b"rTRC": b"curv" + bytes(8), b"gTRC": b"curv" + bytes(8), b"bTRC": b"curv" + bytes(8)}
    table, body, offset = struct.pack(">I", len(data)), b"", 132 + 12 * len(data)
    for name, content in data.items():
        content += bytes(-len(content) % 4)
        table += name + struct.pack(">II", offset + len(body), len(content))
        body += content
    head = struct.pack(">I4sI4s4s4s", 0, b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ ").ljust(36, b"\0") + b"acsp"
    head = (head.ljust(68, b"\0") + fixed(0.9642, 1, 0.8249)).ljust(128, b"\0")
    whole = head + table + body
    return struct.pack(">I", len(whole)) + whole[4:]


def profiles():
    icc = profile()
    stored = np.asarray(PHOTO)
    for format, name in ("JPEG", "jpg"), ("PNG", "png"), ("TIFF", "tif"), ("WEBP", "webp"):
        lossless = {"lossless": True} if format == "WEBP" else {}
        for kind, content in (("profile", icc), ("empty", b""), ("cut", icc[:100]), ("cut-in-header", icc[:30]),
                              ("noise", RNG.integers(0, 256, 500).astype(np.uint8).tobytes()),
                              ("wrong-size", b"\xff\xff\xff\xff" + icc[4:]), ("cmyk", icc[:16] + b"CMYK" + icc[20:]),
                              ("grey", icc[:16] + b"GRAY" + icc[20:])):
            if format == "JPEG":
                data = after_soi(encoded(PHOTO, "JPEG"), segment(0xE2, b"ICC_PROFILE\0\1\1" + content))
                plain = encoded(PHOTO, "JPEG")
                add(f"icc/{kind}.{name}", data, np.asarray(Image.open(io.BytesIO(plain))))
            elif format == "PNG":
                data = encoded(PHOTO, "PNG")
                add(f"icc/{kind}.{name}", data[:33] + chunk(b"iCCP", b"x\0\0" + zlib.compress(content)) + data[33:], stored)
                if content:
                    grey = encoded(GREY, "PNG")
                    add(f"icc/{kind}-grey.{name}",
                        grey[:33] + chunk(b"iCCP", b"x\0\0" + zlib.compress(content)) + grey[33:], np.asarray(GREY))
            elif content:
                add(f"icc/{kind}.{name}", encoded(PHOTO, format, icc_profile=content, **lossless), stored)
    jpeg = encoded(PHOTO, "JPEG")
    numbers = np.asarray(Image.open(io.BytesIO(jpeg)))
    for name, part in (("2-of-1", b"\2\1"), ("0-of-0", b"\0\0"), ("1-of-2", b"\1\2")):
        add(f"icc/part-{name}.jpg", after_soi(jpeg, segment(0xE2, b"ICC_PROFILE\0" + part + icc)), numbers)
    add("icc/no-part.jpg", after_soi(jpeg, segment(0xE2, b"ICC_PROFILE\0")), numbers)
    inks = encoded(PHOTO.convert("CMYK"), "JPEG")
    add("icc/cmyk-with-profile.jpg", after_soi(inks, segment(0xE2, b"ICC_PROFILE\0\1\1" + icc)),
        np.asarray(Image.open(io.BytesIO(inks)).convert("RGB")))
    data = encoded(PHOTO, "PNG")
    for name, more in (("gamma", chunk(b"gAMA", struct.pack(">I", 100000))), ("gamma-0", chunk(b"gAMA", bytes(4))),
                       ("chromaticities", chunk(b"cHRM", struct.pack(">8I", *range(8)))), ("srgb", chunk(b"sRGB", b"\7")),
                       ("significant-bits", chunk(b"sBIT", b"\5\6\5")), ("coding", chunk(b"cICP", b"\x0c\x10\0\1")),
                       ("background", chunk(b"bKGD", bytes([0, 255, 0, 0, 0, 0])))):
        add(f"icc/{name}.png", data[:33] + more + data[33:], stored)


# --- damaged, odd, and cut -----------------------------------------------------------------------------------

def damages():
    jpeg = encoded(PHOTO, "JPEG")
    progressive = encoded(PHOTO, "JPEG", progressive=True)
    numbers = np.asarray(Image.open(io.BytesIO(jpeg)))
    noise = RNG.integers(0, 256, 300).astype(np.uint8).tobytes().replace(b"\xff", b"\xfe")
    quantisers = jpeg.index(b"\xff\xdb")
    for name, data in (
            ("fill-bytes", jpeg[:2] + b"\xff" * 5 + jpeg[2:quantisers] + b"\xff\xff" + jpeg[quantisers:]),
            ("rubbish-between", jpeg[:quantisers] + b"\0\1\2" + jpeg[quantisers:]),
            ("no-end", jpeg[:-2]), ("after-the-end", jpeg + noise), ("two-pictures", jpeg + progressive),
            ("rubbish-before-end", jpeg[:-2] + b"\0" * 50 + jpeg[-2:]),
            ("without-jfif", without(jpeg, 0xE0)), ("short-jfif", after_soi(without(jpeg, 0xE0), segment(0xE0, b"JF"))),
            ("odd-jfif", after_soi(without(jpeg, 0xE0), segment(0xE0, b"JFIF\0\x09\x09\x07\0\0\0\0\xff\xff"))),
            ("jfif-later", jpeg[:2] + segment(0xFE, b"first") + jpeg[2:]), ("jfxx", after_soi(jpeg, segment(0xE0, b"JFXX\0\x10" + noise))),
            ("short-adobe", after_soi(jpeg, segment(0xEE, b"Adobe\0"))), ("xmp", after_soi(jpeg, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + noise))),
            ("photoshop", after_soi(jpeg, segment(0xED, b"Photoshop 3.0\0" + noise))), ("comment", after_soi(jpeg, segment(0xFE, noise))),
            ("every-app", after_soi(jpeg, b"".join(segment(0xE1 + i, noise) for i in range(13)))),
            ("empty-segments", after_soi(jpeg, b"".join(segment(0xE1 + i, b"") for i in range(13)))),
            ("length-0", after_soi(jpeg, segment(0xE5, b"", length=0))), ("length-1", after_soi(jpeg, segment(0xE5, b"", length=1))),
            ("reserved", after_soi(jpeg, segment(0xF0, noise)))):
        add(f"damaged/{name}.jpg", data, numbers)
    refused("damaged/pixels.jpg", jpeg[: jpeg.index(b"\xff\xda") + 60] + b"\xff\xd9", "premature end")

    whole = encoded(PHOTO, "PNG")
    stored = np.asarray(PHOTO)
    for name, before, after in (
            ("bad-checksum", chunk(b"tEXt", b"a\0b", crc=7) + chunk(b"gAMA", b"\0\0\0\1", crc=0), b""),
            ("bad-texts", chunk(b"zTXt", b"x\0\0" + noise) + chunk(b"iTXt", noise) + chunk(b"tEXt", noise), b""),
            ("bad-metadata", b"".join(chunk(k, noise[:5]) for k in (b"pHYs", b"tIME", b"hIST", b"sPLT", b"oFFs", b"sBIT", b"bKGD",
                                                                     b"cHRM", b"gAMA", b"sRGB", b"iCCP", b"tRNS", b"PLTE", b"acTL",
                                                                     b"fcTL", b"sTER", b"eXIf")), b""),
            ("empty-metadata", b"".join(chunk(k, b"") for k in (b"pHYs", b"tIME", b"sPLT", b"sBIT", b"bKGD", b"cHRM", b"gAMA", b"sRGB",
                                                                 b"iCCP", b"tRNS", b"tEXt", b"zTXt", b"iTXt", b"eXIf")), b""),
            ("unknown-chunks", chunk(b"quRk", noise) + chunk(b"QURK", noise), chunk(b"vpAg", noise)),
            ("twice", chunk(b"gAMA", b"\0\0\0\1") * 2 + chunk(b"iCCP", b"x\0\0") * 2, b"")):
        add(f"damaged/{name}.png", whole[:33] + before + whole[33:-12] + after + whole[-12:], stored)
    add("damaged/no-end.png", whole[:-12], stored)
    add("damaged/after-the-end.png", whole + noise, stored)
    refused("damaged/checksum-of-pixels.png", whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:], "IDAT is damaged")
    refused("damaged/cut-off.png", whole[: len(whole) // 2], "ends too early")
    for at, name, words in ((24, "depth-99", "99 bits"), (25, "colours-9", "colour type 9"), (28, "interlace-9", "interlace method 9")):
        head = bytearray(whole[16:29])
        head[at - 16] = 99 if at == 24 else 9
        refused(f"damaged/{name}.png", whole[:8] + chunk(b"IHDR", bytes(head)) + whole[33:], words)
    refused("damaged/cgbi.png", whole[:8] + chunk(b"CgBI", b"\0\0\0\0") + whole[8:], "Apple")

    picture = encoded(PHOTO, "GIF")
    rgb = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"))
    at = 13 + 3 * (2 << (picture[10] & 7))
    for name, more in (("comment", b"!\xfe\xff" + noise[:255] + b"\0"), ("application", b"!\xff\x03abc\0"), ("unknown", b"!\x77\x01a\0"),
                       ("short-control", b"!\xf9\x01\0\0")):
        add(f"damaged/{name}.gif", picture[:at] + more + picture[at:], rgb)
    add("damaged/no-end.gif", picture[:-1], rgb)
    refused("damaged/cut-off.gif", picture[: len(picture) * 2 // 3], "pixels, found")

    tags = fields(*PHOTO.size, 8, 2, 3)
    for tag, name in ((34675, "profile"), (34665, "exif"), (700, "xmp"), (33723, "iptc"), (282, "resolution"), (315, "artist"), (330, "sub")):
        broken = bytearray(tiff({**tags, tag: ("I", [2**31] * 3)}, [PHOTO.tobytes()]))
        where = bytes(broken).rindex(struct.pack("<HHI", tag, 4, 3))
        broken[where + 4 : where + 12] = b"\xff" * 8
        add(f"damaged/{name}.tif", bytes(broken), stored)

    lossy = encoded(PHOTO, "WEBP", quality=80)
    rgb = np.asarray(Image.open(io.BytesIO(lossy)).convert("RGB"))
    kind, body = lossy[12:16], lossy[20 : 20 + struct.unpack_from("<I", lossy, 16)[0]]
    head = struct.pack("<I", 0xFFFFFFFD & ~2) + b"".join(struct.pack("<I", v - 1)[:3] for v in PHOTO.size)
    add("damaged/reserved-bits.webp", riff((b"VP8X", head), (b"ICCP", noise), (kind, body), (b"EXIF", noise), (b"XMP ", noise)), rgb)
    add("damaged/size.webp", lossy[:4] + b"\xff\xff\xff\x7f" + lossy[8:], rgb)
    add("damaged/after-the-end.webp", lossy + noise, rgb)
    refused("damaged/cut-off.webp", lossy[: len(lossy) * 2 // 3], "ends too early")
    lossless = encoded(PHOTO, "WEBP", lossless=True)
    refused("damaged/cut-off-lossless.webp", lossless[: len(lossless) * 2 // 3], "ends too early")


def main(folder):
    jpegs()
    pngs()
    others()
    webps()
    tiffs()
    exifs()
    profiles()
    damages()
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for suite, files in SUITES.items():
        with zipfile.ZipFile(out / f"{suite}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        print(suite, len(files) // 2, (out / f"{suite}.zip").stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1])
