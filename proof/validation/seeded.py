"""Tensors from a seed, the same in Java (dev.hydranet.engine.testing.SeededTensors), so that only results are committed.

Element i of the tensor called name is the splitmix64 hash of i + 1 steps from FNV-1a(name) XOR seed
(https://prng.di.unimi.it/splitmix64.c, http://www.isthe.com/chongo/tech/comp/fnv/): every tensor has its own
stream, and any element can be made without those before it.
"""

import math

import numpy


def uniform(name, shape, seed):
    """float32 numbers in [-1, 1), multiples of 2^-23."""
    count = math.prod(shape)
    with numpy.errstate(over="ignore"):
        z = numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
        z += numpy.uint64(_fnv1a(name) ^ seed)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z ^= z >> numpy.uint64(31)
    top = (z >> numpy.uint64(40)).astype(numpy.float64)
    return (top * 2.0**-23 - 1).astype(numpy.float32).reshape(shape)


def parameter(name, shape, seed):
    """A parameter or running statistic by the last part of its name, of a size that keeps signals alive:

    convolution and linear weights have variance 2/3 / fan-in; a batch-norm's scale is 3/2 +- 1/2, its variance 1 +- 1/2,
    biases and means are 0 +- 1/2. Then a HydraNet clips some of its values at ReLU6's both ends, in every layer.
    """
    u = uniform(name, shape, seed).astype(numpy.float64)
    kind = name.rpartition(".")[2]
    if kind == "weight" and len(shape) > 1:
        value = u * math.sqrt(2 / math.prod(shape[1:]))
    elif kind == "weight":
        value = 1.5 + 0.5 * u
    elif kind == "running_var":
        value = 1 + 0.5 * u
    elif kind in ("bias", "running_mean"):
        value = 0.5 * u
    else:
        raise ValueError(f"{name}: expected weight, bias, running_mean or running_var")
    return value.astype(numpy.float32)


def picture(name, shape, seed):
    """Something like a normalised picture, NCHW: blocks of 16x16 pixels with noise on them."""
    n, channels, height, width = shape
    blocks = uniform(f"{name}.blocks", (n, channels, -(-height // 16), -(-width // 16)), seed).astype(numpy.float64)
    blocks = blocks.repeat(16, axis=2).repeat(16, axis=3)[:, :, :height, :width]
    return (1.5 * blocks + 0.25 * uniform(name, shape, seed)).astype(numpy.float32)


def parameters(shapes, seed):
    """{name: array} for {name: shape}; counters (num_batches_tracked) are left out."""
    return {
        name: parameter(name, tuple(shape), seed)
        for name, shape in shapes.items()
        if not name.endswith("num_batches_tracked")
    }


def _fnv1a(name):
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value
