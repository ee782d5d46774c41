"""Golden tensors of bicubic resizing, made by OpenCV (4.x).

    python3 proof/validation/resize.py hydranet/src/test/resources/golden/resize.safetensors

Sources come from the seeded generator, named as the results.
"""

import sys

import cv2
import numpy

import seeded
import tensorfile

SEED = 2
SIZES = [
    ((1, 1), (1, 1)),
    ((1, 1), (4, 3)),
    ((1, 2), (1, 5)),
    ((1, 9), (3, 40)),
    ((9, 1), (33, 2)),
    ((2, 2), (7, 7)),
    ((3, 4), (12, 16)),
    ((5, 7), (5, 7)),
    ((5, 7), (13, 33)),
    ((8, 17), (31, 24)),
    ((16, 12), (15, 12)),
    ((33, 13), (7, 5)),
    ((64, 48), (1, 1)),
]
STREET = ((93, 307), (370, 1226))


def resize(source, size):
    """[C, h, w] to [C, H, W]."""
    height, width = size
    result = cv2.resize(source.transpose(1, 2, 0), (width, height), interpolation=cv2.INTER_CUBIC)
    return result.reshape(height, width, -1).transpose(2, 0, 1)


def main(path):
    golden = {}
    for (h, w), (height, width) in SIZES:
        name = f"{h}x{w} to {height}x{width}"
        golden[name] = resize(seeded.uniform(name, (3, h, w), SEED), (height, width))[None]

    # A whole result would be 72 MB: every 23rd row and 61st column of it, and the labels of some rows.
    source = seeded.uniform("street", (40, *STREET[0]), SEED) * numpy.float32(10)
    logits = resize(source, STREET[1])
    golden["street logits"] = logits[None, :, ::23, ::61]
    rows = logits[:, [0, 1, 2, 184, 369]]
    golden["street labels"] = rows.argmax(0).astype(numpy.float32)
    top = numpy.sort(rows, 0)
    golden["street margins"] = top[-1] - top[-2]

    tensorfile.write(path, golden)


if __name__ == "__main__":
    main(sys.argv[1])
