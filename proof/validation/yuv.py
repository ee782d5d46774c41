"""Golden colours made by OpenCV (4.x): limited-range BT.601 to RGB and back.

    python3 proof/validation/yuv.py hydranet/src/test/resources/golden/yuv.txt

A line holds six numbers: Y, Cb, Cr, then OpenCV's R, G, B for `yuv`; R, G, B, then Y, Cb, Cr for `rgb`.
"""

import itertools
import sys

import cv2
import numpy

# From black on: below it OpenCV takes luma for black, and we extend the formula, as ffmpeg does.
LEVELS = (16, 41, 66, 90, 128, 167, 200, 235, 255)


def yuv_to_rgb(y, cb, cr):
    return cv2.cvtColor(numpy.array([[y, y], [y, y], [cb, cr]], numpy.uint8), cv2.COLOR_YUV2RGB_I420)[0, 0]


def rgb_to_yuv(*colour):
    picture = numpy.full((2, 2, 3), colour, numpy.uint8)
    return cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420).ravel()[[0, 4, 5]]


with open(sys.argv[1], "w", encoding="ascii") as out:
    for name, convert in (("yuv", yuv_to_rgb), ("rgb", rgb_to_yuv)):
        for colour in itertools.product(LEVELS, repeat=3):
            print(name, *colour, *convert(*colour), file=out)
