"""A writer of ONNX models: protobuf messages of the given values, right or wrong."""

import struct

FLOAT, UINT8, INT64, STRING, BOOL, FLOAT16, COMPLEX = 1, 2, 7, 8, 9, 10, 14


def varint(number):
    """A whole number, seven bits a byte; a negative one takes ten."""
    number &= 2**64 - 1
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def real(field, value):
    return varint(field << 3 | 5) + struct.pack("<f", value)


def block(field, content):
    """Bytes, a string or a message."""
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def tensor(name, dims, floats=None, kind=FLOAT, raw=None, external=None, more=b""):
    """TensorProto; its numbers as packed floats, as bytes, or in a file."""
    out = b"".join(number(1, dim) for dim in dims) + number(2, kind) + block(8, name)
    if floats is not None:
        out += block(4, struct.pack(f"<{len(floats)}f", *floats))
    if raw is not None:
        out += block(9, raw)
    if external is not None:
        out += b"".join(block(13, block(1, key) + block(2, str(value))) for key, value in external.items()) + number(14, 1)
    return out + more


def ints(name, *numbers):
    """A tensor of rank 1 of int64."""
    return tensor(name, [len(numbers)], kind=INT64, raw=struct.pack(f"<{len(numbers)}q", *numbers))


def attribute(name, value, kind=None):
    """AttributeProto of an int, a float, a string, a list of ints, a tensor (bytes), or a graph (a tuple of bytes)."""
    out = block(1, name)
    if isinstance(value, bool) or isinstance(value, int):
        return out + number(3, value) + number(20, 2 if kind is None else kind)
    if isinstance(value, float):
        return out + real(2, value) + number(20, 1 if kind is None else kind)
    if isinstance(value, str):
        return out + block(4, value) + number(20, 3 if kind is None else kind)
    if isinstance(value, list):
        return out + b"".join(number(8, v) for v in value) + number(20, 7 if kind is None else kind)
    if isinstance(value, tuple):
        return out + block(6, value[0]) + number(20, 5 if kind is None else kind)
    return out + block(5, value) + number(20, 4 if kind is None else kind)


def node(operator, inputs, outputs, name="", domain="", **attributes):
    """NodeProto."""
    return (b"".join(block(1, v) for v in inputs) + b"".join(block(2, v) for v in outputs)
            + (block(3, name) if name else b"") + block(4, operator) + (block(7, domain) if domain else b"")
            + b"".join(block(5, attribute(k, v)) for k, v in attributes.items()))


def with_attribute(node, name, value, kind=None):
    """The node with an attribute of any type."""
    return node + block(5, attribute(name, value, kind))


def value(name, dims=(1, 3, 8, 8), kind=FLOAT):
    """ValueInfoProto; a string stands for an open extent."""
    shape = b"".join(block(1, block(2, dim) if isinstance(dim, str) else number(1, dim)) for dim in dims)
    return block(1, name) + block(2, block(1, number(1, kind) + block(2, shape)))


def graph(nodes, tensors=(), inputs=None, outputs=("y",), more=b""):
    """GraphProto."""
    inputs = [value("x")] if inputs is None else inputs
    return (b"".join(block(1, n) for n in nodes) + block(2, "g") + b"".join(block(5, t) for t in tensors)
            + b"".join(block(11, i) for i in inputs) + b"".join(block(12, value(o, ())) for o in outputs) + more)


def model(graph, opset=17, more=b"", versions=None):
    """ModelProto."""
    versions = [block(8, number(2, opset))] if versions is None else versions
    return number(1, 8) + block(7, graph) + b"".join(versions) + more
