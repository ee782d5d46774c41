"""Writers of the formats that the attack files pretend to be of; they write the given values, right or wrong."""

import json
import struct
import zlib


# --- pickles -------------------------------------------------------------------------------------------------

def text(string):
    """A string, as the BINUNICODE instruction has it."""
    data = string.encode() if isinstance(string, str) else string
    return b"X" + struct.pack("<I", len(data)) + data


def integer(value):
    """An integer of up to 2040 bits, LONG1."""
    length = (value.bit_length() + 8) // 8
    return b"\x8a" + bytes([length]) + value.to_bytes(length, "little", signed=True)


def name(path):
    """A class or function, GLOBAL."""
    module, _, attribute = path.rpartition(".")
    return b"c" + module.encode() + b"\n" + attribute.encode() + b"\n"


def items(*values):
    """A tuple."""
    return b"(" + b"".join(value(v) for v in values) + b"t"


def call(function, *arguments):
    """REDUCE."""
    return value(function) + items(*arguments) + b"R"


def mapping(pairs):
    """A dict of keys and values in the order in which they come."""
    return b"}(" + b"".join(value(k) + value(v) for k, v in pairs) + b"u"


def value(v):
    """The instructions for a Python value; bytes are instructions already."""
    if isinstance(v, bytes):
        return v
    if v is None:
        return b"N"
    if v is True or v is False:
        return b"\x88" if v else b"\x89"
    if isinstance(v, int):
        return integer(v)
    if isinstance(v, str):
        return text(v)
    if isinstance(v, tuple):
        return items(*v)
    if isinstance(v, list):
        return b"](" + b"".join(value(x) for x in v) + b"e"
    if isinstance(v, dict):
        return mapping(v.items())
    raise TypeError(v)


def pickle(v):
    """A whole pickle of protocol 2."""
    return b"\x80\x02" + value(v) + b"."


FLOATS = name("torch.FloatStorage")
REBUILD = name("torch._utils._rebuild_tensor_v2")


def storage(key="0", length=8, kind=FLOATS, location="cpu"):
    """A persistent id."""
    return items("storage", kind, key, location, length) + b"Q"


def tensor(stored=None, offset=0, size=(8,), stride=(1,), rebuild=REBUILD):
    """A strided view into a storage."""
    stored = storage() if stored is None else stored
    return call(rebuild, stored, offset, tuple(size), tuple(stride), False, call(name("collections.OrderedDict")))


# --- zip archives --------------------------------------------------------------------------------------------

class Zip:
    """A zip archive whose headers can be told to lie."""

    def __init__(self):
        self.entries = []

    def add(self, path, content, deflate=False, **lies):
        """An entry; lies replace what its headers say. Those named local_... are in the header before the content."""
        stored = content
        if deflate:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            stored = packer.compress(content) + packer.flush()
        entry = dict(
            name=path, flags=0, method=8 if deflate else 0, crc=zlib.crc32(content), size=len(content),
            stored=len(stored), offset=None, attributes=0, extra=b"", bytes=stored)
        entry.update(lies)
        for key in ("name", "flags", "crc", "size"):
            entry.setdefault("local_" + key, entry[key])
        self.entries.append(entry)
        return self

    def bytes(self, count=None, directory_size=None, directory_start=None, comment=b"", disk=0, zip64=None):
        """The archive; what the end record says can be set, and what a zip64 end record says in its place."""
        out = bytearray()
        places = []
        for e in self.entries:
            places.append(len(out) if e["offset"] is None else e["offset"])
            path = encoded(e["local_name"])
            out += struct.pack(
                "<IHHHHHIIIHH", 0x04034B50, 45, e["local_flags"], e["method"], 0, 0, e["local_crc"],
                e["stored"] & 0xFFFFFFFF, e["local_size"] & 0xFFFFFFFF, len(path), 0) + path + e["bytes"]
        start = len(out)
        for e, place in zip(self.entries, places):
            path = encoded(e["name"])
            out += struct.pack(
                "<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, e["flags"], e["method"], 0, 0, e["crc"],
                e["stored"] & 0xFFFFFFFF, e["size"] & 0xFFFFFFFF, len(path), len(e["extra"]), 0, 0, 0, e["attributes"],
                place & 0xFFFFFFFF) + path + e["extra"]
        count = len(self.entries) if count is None else count
        size = len(out) - start if directory_size is None else directory_size
        begin = start if directory_start is None else directory_start
        if zip64 is not None:
            end = len(out)
            record = dict(count=count, size=size, start=begin, at=end)
            record.update(zip64)
            out += struct.pack(
                "<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, record["count"], record["count"], record["size"],
                record["start"])
            out += struct.pack("<IIQI", 0x07064B50, 0, record["at"], 1)
        out += struct.pack(
            "<IHHHHIIH", 0x06054B50, disk, disk, count & 0xFFFF, count & 0xFFFF, size & 0xFFFFFFFF, begin & 0xFFFFFFFF,
            len(comment)) + comment
        return bytes(out)


def encoded(path):
    return path.encode() if isinstance(path, str) else path


def checkpoint(root, storages=None, deflate=False, raw=False):
    """What torch.save writes since 1.6; more can be added before its bytes are taken."""
    archive = Zip().add("archive/data.pkl", root if raw else pickle(root), deflate)
    for key, content in ({"0": struct.pack("<8f", *range(8))} if storages is None else storages).items():
        archive.add("archive/data/" + key, content)
    return archive.add("archive/version", b"3\n")


# --- PyTorch's files before 1.6 ------------------------------------------------------------------------------

MAGIC = pickle(0x1950A86A20F9469CFC6C)
SYSTEM = pickle({"protocol_version": 1001, "little_endian": True})


def legacy(root, keys=None, storages=None, magic=MAGIC, version=pickle(1001), system=SYSTEM, tail=b""):
    """Five pickles, then each storage as its number of elements and these."""
    storages = [(8, struct.pack("<8f", *range(8)))] if storages is None else storages
    keys = ["0"] if keys is None else keys
    out = magic + version + system + pickle(root) + pickle(keys)
    for length, content in storages:
        out += struct.pack("<q", length) + content
    return out + tail


def old_tensor(key="0", length=8, view=None, kind=FLOATS, **rest):
    """A tensor of such a file, whose storage may be a part of another."""
    return tensor(items("storage", kind, key, "cpu", length, view) + b"Q", **rest)


# --- safetensors ---------------------------------------------------------------------------------------------

def safetensors(header, data=b"", length=None):
    """A header (JSON text, or what becomes it) and the numbers."""
    if not isinstance(header, (str, bytes)):
        header = json.dumps(header, separators=(",", ":"), ensure_ascii=False)
    header = header.encode() if isinstance(header, str) else header
    return struct.pack("<Q", len(header) if length is None else length) + header + data


def entry(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


# --- pictures ------------------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind, content, length=None, crc=None):
    """One chunk of a PNG."""
    length = len(content) if length is None else length
    crc = zlib.crc32(kind + content) if crc is None else crc
    return struct.pack(">I", length) + kind + content + struct.pack(">I", crc)


def header(width, height, depth=8, colour=2, compression=0, filtering=0, interlace=0):
    """A PNG's first chunk."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, compression, filtering, interlace))


END = chunk(b"IEND", b"")


def png(*chunks):
    return PNG + b"".join(chunks)


def pixels(data):
    """A PNG's compressed rows."""
    return chunk(b"IDAT", zlib.compress(data, 9))


def segment(marker, content, length=None):
    """One segment of a JPEG."""
    length = len(content) + 2 if length is None else length
    return b"\xff" + bytes([marker]) + struct.pack(">H", length) + content


def exif(directory):
    """A JPEG's segment of EXIF: a big-endian TIFF whose first directory starts at 8."""
    return segment(0xE1, b"Exif\0\0MM\0\x2a\0\0\0\x08" + directory)


def gif(width, height, blocks, flags=0, palette=b""):
    return b"GIF89a" + struct.pack("<HHBBB", width, height, flags, 0, 0) + palette + blocks


def frame(left, top, width, height, code_size=2, data=b"\x02\x4c\x01\x00"):
    return b"\x2c" + struct.pack("<HHHHB", left, top, width, height, 0) + bytes([code_size]) + data


def bmp(width, height, bits=24, compression=0, colours=0, offset=54, size=40, data=b"", image_size=0):
    body = struct.pack("<IiiHHIIiiII", size, width, height, 1, bits, compression, image_size, 0, 0, colours, 0)
    return b"BM" + struct.pack("<IHHI", 14 + len(body) + len(data), 0, 0, offset) + body + data


def tiff(fields, after=0, data=b"", entries=None):
    """A little-endian TIFF of one directory at 8; fields are (tag, type, count, value)."""
    count = len(fields) if entries is None else entries
    out = b"II\x2a\0" + struct.pack("<IH", 8, count)
    for field in fields:
        out += struct.pack("<HHII", *field)
    return out + struct.pack("<I", after) + data
