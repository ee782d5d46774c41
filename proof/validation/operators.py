"""Golden tensors of single operators, made by PyTorch (1.13 or 2.x).

    python3 proof/validation/operators.py engine/src/test/resources/golden/operators.safetensors

A case is one line of "key=value" words in the file's metadata, by the case's name; its inputs and parameters come from
the seeded generator, so that the file holds the expected outputs alone. They are computed in float64 and rounded once,
but for what is not arithmetic: in nearest-neighbour upsampling PyTorch's float32 coordinates are the definition.
"""

import itertools
import math
import sys

import numpy
import torch
import torch.nn.functional as F

import seeded
import tensorfile

SEED = 0
CHANNELS = itertools.cycle([1, 3, 5, 7, 8, 9, 15, 16, 17, 24, 31, 33])
PLANES = itertools.cycle([(7, 9), (5, 11), (8, 8), (13, 6), (9, 17), (11, 5)])
BATCHES = itertools.cycle([1, 2, 1, 3])
SPECIAL = [math.nan, math.inf, -math.inf, -0.0, 1e-40]


def main(path):
    tensors, metadata = {}, {}
    for kind, fields, inputs in cases():
        name = f"{kind.lower()}.{sum(key.startswith(kind.lower() + '.') for key in tensors):03}"
        values = fields.get("values", "uniform")
        words = {"kind": kind, **fields, "inputs": ",".join(size(shape) for shape in inputs), "values": values}
        metadata[name] = " ".join(f"{key}={value}" for key, value in words.items())
        operands = [fill(values, f"{name}.input{i}", shape) for i, shape in enumerate(inputs)]
        tensors[name] = OPERATORS[kind](name, fields, *operands).to(torch.float32).numpy()
    tensorfile.write(path, tensors, metadata)
    print(f"{len(tensors)} cases, {sum(tensor.nbytes for tensor in tensors.values())} bytes")


def fill(values, name, shape):
    """An input: uniform in [-1, 1); eight times that; integers from -4 to 3; or now and then a special value."""
    x = seeded.uniform(name, shape, SEED)
    if values == "uniform":
        return torch.from_numpy(x)
    x = x * numpy.float32(8)
    if values == "ties":
        x = numpy.floor(x / 2)
    if values == "special":
        flat = x.reshape(-1)
        for i in range(3, flat.size, 7):
            flat[i] = SPECIAL[i // 7 % len(SPECIAL)]
    return torch.from_numpy(x)


def parameter(name, kind, *shape):
    return torch.from_numpy(seeded.parameter(f"{name}.{kind}", shape, SEED))


# The operators, as PyTorch computes them.


def conv2d(name, f, x):
    weight = parameter(name, "weight", f["out"], f["in"] // f["groups"], *f["kernel"])
    bias = parameter(name, "bias", f["out"]).double() if f["bias"] else None
    return F.conv2d(x.double(), weight.double(), bias, f["stride"], f["padding"], f["dilation"], f["groups"])


def batch_norm(name, f, x):
    weight, bias, mean, var = (
        parameter(name, kind, f["channels"]) for kind in ("weight", "bias", "running_mean", "running_var")
    )
    if f["stats"] == "constant":
        var = var * 0
    elif f["stats"] == "wide":
        var = var * 2.0**60
    elif f["stats"] == "far":
        mean = mean + 2.0**14
    elif f["stats"] == "negative":
        weight = -weight
    elif f["stats"] == "dead":
        weight = weight * 0
    return F.batch_norm(
        x.double(), mean.double(), var.double(), weight.double(), bias.double(), eps=f["eps"]
    )


def upsample(name, f, x, like=None):
    mode = "nearest" if f["mode"] == "nearest" else "bilinear"
    x = x if mode == "nearest" else x.double()
    align = None if mode == "nearest" else f["mode"] == "bilinear_align_corners"
    if f["target"] == "by":
        factor = tuple(float(extent) for extent in f["size"])
        return F.interpolate(x, scale_factor=factor, mode=mode, align_corners=align)
    target = f["size"] if f["target"] == "to" else like.shape[2:]
    return F.interpolate(x, size=tuple(target), mode=mode, align_corners=align)


def linear(name, f, x):
    weight = parameter(name, "weight", f["out"], f["in"])
    bias = parameter(name, "bias", f["out"]).double() if f["bias"] else None
    return F.linear(x.double(), weight.double(), bias)


OPERATORS = {
    "Conv2d": conv2d,
    "BatchNorm": batch_norm,
    "ReLU": lambda name, f, x: F.relu(x),
    "ReLU6": lambda name, f, x: F.relu6(x),
    "Add": lambda name, f, x, y: x + y,
    "Concat": lambda name, f, *xs: torch.cat(xs, 1),
    "MaxPool2d": lambda name, f, x: F.max_pool2d(x, f["kernel"], f["stride"], f["padding"]),
    "AvgPool2d": lambda name, f, x: F.avg_pool2d(
        x.double(), f["kernel"], f["stride"], f["padding"], count_include_pad=f["count_include_pad"]
    ),
    "GlobalAvgPool": lambda name, f, x: F.adaptive_avg_pool2d(x.double(), 1),
    "Upsample": upsample,
    "Softmax": lambda name, f, x: F.softmax(x.double(), 1),
    "ArgMax": lambda name, f, x: x.argmax(1, keepdim=True),
    "Flatten": lambda name, f, x: x.flatten(1),
    "Linear": linear,
}


# The cases.


class Extents(tuple):
    """Height and width, or a whole shape, printed as 3x5."""

    def __str__(self):
        return size(self)


def size(extents):
    return "x".join(str(extent) for extent in extents)


def pair(value):
    return Extents(value if isinstance(value, tuple) else (value, value))


def conv(cin, cout, kernel, plane, batch=1, stride=1, padding=0, dilation=1, groups=1, bias=False, **more):
    fields = {
        "in": cin,
        "out": cout,
        "kernel": pair(kernel),
        "stride": pair(stride),
        "padding": pair(padding),
        "dilation": pair(dilation),
        "groups": groups,
        "bias": bias,
    }
    return "Conv2d", {**fields, **more}, [(batch, cin, *plane)]


def pool(kind, kernel, shape, stride=1, padding=0, **more):
    return kind, {"kernel": pair(kernel), "stride": pair(stride), "padding": pair(padding), **more}, [shape]


def image():
    """The next shape of batch, channels and plane."""
    return next(BATCHES), next(CHANNELS), *next(PLANES)


def cases():
    yield from convolutions()
    yield from element_wise()
    yield from pools()
    yield from upsamples()
    yield from classifiers()


def convolutions():
    # Every kernel with every stride, without padding and with that of half the kernel.
    biases = itertools.cycle([False, True, True])
    for kernel in [1, 2, 3, 5, 7, (1, 3), (3, 1), (2, 5), (7, 1)]:
        half = tuple(extent // 2 for extent in pair(kernel))
        for padding in sorted({(0, 0), half}):
            for stride in [1, 2, (3, 1)]:
                plane = next(PLANES)
                plane = tuple(max(have, need) for have, need in zip(plane, pair(kernel)))
                yield conv(
                    next(CHANNELS), next(CHANNELS), kernel, plane, next(BATCHES), stride, padding, bias=next(biases)
                )
    for kernel, dilation, padding in [(3, 2, 2), (3, 3, 0), ((3, 5), (2, 1), (2, 2)), (2, (1, 3), 1), (5, 2, 4)]:
        yield conv(5, 9, kernel, (11, 13), 2, padding=padding, dilation=dilation, bias=True)
    # Depthwise, grouped, and with more outputs than inputs a group.
    for channels in [1, 3, 5, 7, 8, 9, 15, 16, 17, 24, 31, 33]:
        yield conv(channels, channels, 3, next(PLANES), next(BATCHES), 1, 1, groups=channels)
        yield conv(channels, channels, 3, next(PLANES), next(BATCHES), 2, 1, groups=channels, bias=True)
    yield conv(17, 17, 5, (9, 7), 2, 2, 2, groups=17)
    yield conv(24, 24, 1, (5, 7), 2, groups=24)
    yield conv(33, 33, (3, 5), (6, 8), 1, 1, (1, 2), dilation=(2, 1), groups=33, bias=True)
    for cin, cout, groups in [(8, 16, 2), (9, 15, 3), (24, 24, 4), (34, 17, 17), (5, 15, 5), (16, 32, 16), (3, 9, 3)]:
        yield conv(cin, cout, 3, next(PLANES), next(BATCHES), 1, 1, groups=groups, bias=True)
    yield conv(24, 16, 1, (5, 7), groups=8)
    # Matrix products on both sides of the lane counts.
    for cin, cout in [(1, 1), (3, 5), (7, 8), (8, 7), (9, 15), (15, 16), (16, 17), (17, 31), (24, 33), (31, 24)]:
        yield conv(cin, cout, 1, next(PLANES), next(BATCHES))
    yield conv(64, 40, 1, (1, 1), 3, bias=True)
    yield conv(960, 16, 1, (3, 5))
    yield conv(256, 6, 3, (5, 7), 1, 1, 1, bias=True)
    # Kernels larger than the image.
    for kernel, plane in [(3, (1, 1)), (5, (2, 3)), (7, (1, 1)), ((7, 1), (2, 9))]:
        padding = tuple(extent // 2 for extent in pair(kernel))
        yield conv(5, 8, kernel, plane, 2, 1, padding, bias=True)
        yield conv(8, 8, kernel, plane, 1, 2, padding, groups=8)
    for groups, kernel, padding in [(1, 1, 0), (9, 3, 1), (1, 3, 1)]:
        yield conv(9, 9, kernel, (7, 9), 1, 1, padding, groups=groups, values="special")


def element_wise():
    for stats, eps in itertools.product(["usual", "constant", "wide", "far", "negative", "dead"], [1e-5, 1e-3]):
        shape = image()
        yield "BatchNorm", {"channels": shape[1], "eps": eps, "stats": stats}, [shape]
    yield "BatchNorm", {"channels": 17, "eps": 1e-5, "stats": "usual", "values": "special"}, [(2, 17, 5, 7)]
    for kind, values in itertools.product(["ReLU", "ReLU6"], ["uniform", "wide", "special"]):
        yield kind, {"values": values}, [image()]
    for values in ["uniform", "wide", "special"]:
        yield "Add", {"values": values}, [image()] * 2 if values == "uniform" else [(2, 17, 5, 7)] * 2
    for channels in [(1, 1), (3, 5), (16, 8, 1), (7, 9, 15, 17), (24,)]:
        batch, plane = next(BATCHES), next(PLANES)
        yield "Concat", {}, [(batch, count, *plane) for count in channels]


def pools():
    for plane in [(1, 1), (2, 3), (7, 9), (13, 6)]:
        yield pool("MaxPool2d", 5, (next(BATCHES), next(CHANNELS), *plane), 1, 2)
    for kernel, stride, padding in [(3, 2, 1), (2, 2, 0), (2, 1, 1), ((3, 1), (1, 2), (1, 0)), (1, 3, 0), ((2, 5), 1, (1, 2))]:
        yield pool("MaxPool2d", kernel, image(), stride, padding)
    for kernel, padding in [(5, 2), (3, 1), (2, 0)]:
        yield pool("MaxPool2d", kernel, (1, 9, 8, 9), 1, padding, values="special")
    yield pool("MaxPool2d", 5, (1, 3, 7, 7), 1, 2, values="ties")
    for kernel, stride, padding in [(2, 2, 0), (3, 1, 1), (3, 2, 1), ((5, 2), (1, 3), (2, 1))]:
        for count in [True, False]:
            yield pool("AvgPool2d", kernel, image(), stride, padding, count_include_pad=count)
    yield pool("AvgPool2d", 3, (1, 5, 7, 9), 1, 1, count_include_pad=False, values="special")
    for shape in [(1, 1, 1, 1), (2, 17, 7, 7), (3, 33, 5, 11), (1, 8, 31, 33)]:
        yield "GlobalAvgPool", {}, [shape]


def upsamples():
    for mode in ["nearest", "bilinear", "bilinear_align_corners"]:
        for plane, target in [
            ((4, 5), (7, 10)),
            ((6, 5), (13, 9)),
            ((3, 4), (9, 23)),
            ((12, 39), (24, 77)),
            ((1, 1), (5, 3)),
            ((5, 7), (1, 1)),
            ((9, 13), (4, 5)),
            ((7, 5), (7, 5)),
            ((5, 9), (11, 1)),
        ]:
            channels = 3 if target[1] > 50 else next(CHANNELS)
            yield "Upsample", {"mode": mode, "target": "to", "size": pair(target)}, [(next(BATCHES), channels, *plane)]
        for factor in [2, (3, 1)]:
            yield "Upsample", {"mode": mode, "target": "by", "size": pair(factor)}, [image()]
        yield "Upsample", {"mode": mode, "target": "like"}, [(2, 17, 4, 5), (1, 3, 7, 9)]
        for target in [(9, 12), (6, 7)]:
            yield "Upsample", {"mode": mode, "target": "to", "size": pair(target), "values": "special"}, [(1, 5, 6, 7)]


def classifiers():
    for values, shape in [
        ("uniform", (2, 10)),
        ("wide", (3, 33)),
        ("wide", (2, 6, 5, 7)),
        ("uniform", (1, 1, 3, 3)),
        ("special", (9, 6)),
    ]:
        yield "Softmax", {"values": values}, [shape]
    for values, shape in [
        ("uniform", (2, 46, 5, 7)),
        ("ties", (3, 40, 6, 5)),
        ("special", (1, 17, 7, 9)),
        ("ties", (5, 9)),
        ("uniform", (2, 1, 3, 3)),
    ]:
        yield "ArgMax", {"values": values}, [shape]
    for shape in [(2, 5, 1, 1), (3, 7, 2, 3)]:
        yield "Flatten", {}, [shape]
    for cin, cout, batch, bias in [(1, 1, 1, True), (33, 17, 3, False), (17, 33, 2, True), (1280, 10, 1, True)]:
        yield "Linear", {"in": cin, "out": cout, "bias": bias}, [(batch, cin)]


if __name__ == "__main__":
    main(sys.argv[1])
