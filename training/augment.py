"""From a rendered scene to a training sample of another size, seen by another camera, in another light.

All randomness comes from a numpy Generator that the caller makes from a seed and the sample's number.
"""

import cv2
import numpy
from scenes import DEPTH_SCALE, IGNORED

MEAN = numpy.array([0.485, 0.456, 0.406], numpy.float32)
STD = numpy.array([0.229, 0.224, 0.225], numpy.float32)
MOST_ZOOM = 1.25
MOST_ROLL = numpy.radians(3)


def camera(random, height, width, zoomed):
    """A random change of camera: mirrored or not and, if it may be zoomed, zoom and roll in radians (else 1 and 0).

    All three keep the principal point in the centre of the picture, so the pixels' true depths and normals stay known
    without knowing the focal length: a zoom by s is what a camera of s times the focal length sees from the same
    place, so depth stays as it is. A shifted crop would move the horizon as a pitch does, and make normals ambiguous.
    """
    mirrored = random.random() < 0.5
    if not zoomed:
        return mirrored, 1.0, 0.0
    roll = random.uniform(-MOST_ROLL, MOST_ROLL) if random.random() < 0.3 else 0.0
    zoom = MOST_ZOOM ** random.random() if random.random() < 0.5 else 1.0
    # A rolled picture must not look over the edge of the original.
    longer = max(height, width) / min(height, width)
    return mirrored, max(zoom, numpy.cos(roll) + longer * abs(numpy.sin(roll))), roll


def view(scene, change, size):
    """A scene (image, labels, depth, normals) as another camera sees it, in another size.

    Returns image uint8 [h, w, 3], labels uint8 [h, w], metres float32 [h, w] (0 = unknown), normals float32
    [h, w, 3] of length 1 (0 = unknown).
    """
    picture, labels, depth, normals = scene
    mirrored, zoom, roll = change
    height, width = size
    # A picture is made smaller by averaging whole squares of pixels, or fine textures would flicker.
    finer = max(1, round(labels.shape[0] / (height * zoom)))
    image = _warp(picture, change, (height * finer, width * finer), cv2.INTER_LINEAR)
    if finer > 1:
        image = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    labels = _warp(labels, change, size, cv2.INTER_NEAREST)
    metres = _warp(depth, change, size, cv2.INTER_NEAREST).astype(numpy.float32) / DEPTH_SCALE
    return image, labels, metres, turn(decode(_warp(normals, change, size, cv2.INTER_NEAREST)), mirrored, roll)


def _warp(picture, change, size, interpolation):
    mirrored, zoom, roll = change
    source_height, source_width = picture.shape[:2]
    height, width = size
    # From the new picture's pixels to the old one's, about the centres of both.
    scale = source_width / (width * zoom)
    cos, sin = scale * numpy.cos(roll), scale * numpy.sin(roll)
    flip = -1 if mirrored else 1
    linear = numpy.array([[flip * cos, -flip * sin], [sin, cos]])
    centre = numpy.array([(source_width - 1) / 2, (source_height - 1) / 2])
    offset = centre - linear @ numpy.array([(width - 1) / 2, (height - 1) / 2])
    matrix = numpy.column_stack([linear, offset])
    return cv2.warpAffine(
        picture, matrix, (width, height), flags=interpolation | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )


def decode(coded):
    """Normals of their picture, uint8 [..., 3]: R = (x + 1) / 2, G = (y + 1) / 2, B = (1 - z) / 2; black: unknown."""
    normals = coded.astype(numpy.float32) * numpy.float32(2 / 255) - 1
    normals[..., 2] *= -1
    known = coded.any(-1, keepdims=True)
    length = numpy.sqrt((normals * normals).sum(-1, keepdims=True))
    return normals / length.clip(1e-6) * known


def turn(normals, mirrored, roll):
    """Normals [h, w, 3] in the changed camera: the inverse of the change that _warp makes to the pixels."""
    x, y = normals[..., 0].copy(), normals[..., 1].copy()
    if mirrored:
        x = -x
    cos, sin = numpy.float32(numpy.cos(roll)), numpy.float32(numpy.sin(roll))
    normals[..., 0] = cos * x + sin * y
    normals[..., 1] = cos * y - sin * x
    return normals


def light(image, random):
    """A random change of what the sensor makes of the same light: uint8 [h, w, 3] in, float32 0 to 255 out."""
    if random.random() < 0.2:
        image = cv2.GaussianBlur(image, (0, 0), random.uniform(0.3, 1.0))
    image = image.astype(numpy.float32)
    if random.random() < 0.8:
        grey = image @ numpy.array([0.299, 0.587, 0.114], numpy.float32)
        saturation = 0.0 if random.random() < 0.1 else random.uniform(0.5, 1.5)
        image = grey[..., None] + numpy.float32(saturation) * (image - grey[..., None])
        gain = random.uniform(0.7, 1.4) * random.uniform(0.9, 1.1, 3)
        gamma = random.uniform(0.7, 1.4)
        image = (image * (gain / 255).astype(numpy.float32)).clip(0, 1)
        image = cv2.pow(image, gamma) * numpy.float32(255)
        contrast = random.uniform(0.7, 1.3)
        image = (image - image.mean()) * numpy.float32(contrast) + image.mean()
    if random.random() < 0.3:
        image += random.standard_normal(image.shape, numpy.float32) * numpy.float32(random.uniform(0, 10))
    return image.clip(0, 255)


def normalised(image):
    """The network's input, float32 [h, w, 3], of an image of levels 0 to 255."""
    return (numpy.asarray(image, numpy.float32) / numpy.float32(255) - MEAN) / STD
