"""Small PNG files of every kind, and what the Python imaging library and NumPy make of them.

    python3 proof/validation/images.py hydranet/src/test/resources/golden/images

writes the pictures into that folder and beside them expected.safetensors: for each picture its RGB numbers,
[1, 3, H, W], and under "input NAME" the network's input. Of 16 bits the upper 8 count: the imaging library does so for
colours, but for grey it clips at 255, so there NumPy takes them.
"""

import pathlib
import sys

import cv2
import numpy
from PIL import Image

import seeded
import tensorfile

MEAN = numpy.array([0.485, 0.456, 0.406])
STD = numpy.array([0.229, 0.224, 0.225])
HEIGHT, WIDTH = 5, 7


def levels(name, components, largest):
    u = seeded.uniform(name, (HEIGHT, WIDTH, components), 3).astype(numpy.float64)
    return ((u + 1) / 2 * (largest + 1)).astype(numpy.uint16 if largest > 255 else numpy.uint8)


def network_input(rgb):
    """float32 [1, 3, H, W] of an image, uint8 [H, W, 3]."""
    return ((rgb / 255 - MEAN) / STD).transpose(2, 0, 1)[None].astype(numpy.float32)


def main(folder):
    images = pathlib.Path(folder)
    images.mkdir(parents=True, exist_ok=True)

    # All levels of each component, so that the input's arithmetic is checked for each.
    ramp = numpy.arange(256, dtype=numpy.uint8).reshape(16, 16)
    Image.fromarray(numpy.stack([ramp, ramp[::-1], ramp.T], -1)).save(images / "rgb.png")
    Image.fromarray(levels("rgba", 4, 255), "RGBA").save(images / "rgba.png")
    Image.fromarray(ramp).save(images / "grey.png")
    Image.fromarray(levels("grey-alpha", 2, 255), "LA").save(images / "grey-alpha.png")
    Image.fromarray(levels("grey-1-bit", 1, 255)[..., 0]).convert("1").save(images / "grey-1-bit.png")
    for bits in 1, 2, 4, 8:
        name = f"palette-{bits}-bit"
        picture = Image.fromarray(levels(name, 1, 2**bits - 1)[..., 0], "P")
        picture.putpalette(levels("palette", 30, 255).tobytes()[: 3 * 2**bits])
        picture.save(images / f"{name}.png", bits=bits)
    picture.save(images / "palette-transparent.png", transparency=3)
    for name, components in (("grey-16-bit", 1), ("rgb-16-bit", 3), ("rgba-16-bit", 4)):
        cv2.imwrite(str(images / f"{name}.png"), levels(name, components, 65535))

    golden = {}
    for file in sorted(images.glob("*.png")):
        if file.stem == "grey-16-bit":
            grey = levels(file.stem, 1, 65535)[..., 0] >> 8
            rgb = numpy.stack([grey] * 3, -1).astype(numpy.uint8)
        else:
            rgb = numpy.asarray(Image.open(file).convert("RGB"))
        golden[file.stem] = rgb.transpose(2, 0, 1)[None].astype(numpy.float32)
        golden["input " + file.stem] = network_input(rgb)
    tensorfile.write(images / "expected.safetensors", golden)


if __name__ == "__main__":
    main(sys.argv[1])
