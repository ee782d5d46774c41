"""What segmentations, depths and normals are worth, computed with NumPy.

    python3 proof/validation/metrics.py golden hydranet/src/test/resources/golden/metrics

writes pictures of ground truth for two small images into that folder, and beside them scores.safetensors: what some
network might have predicted, and the scores of both images together.

    bin/hydranet predict DATA/images --weights W.safetensors --raw --out RAW
    bin/hydranet eval --data DATA --weights W.safetensors --json >scores.json
    python3 proof/validation/metrics.py check DATA RAW scores.json

computes the scores of a data set (docs/data.md) anew from what the network predicted, and compares; exits 1 where one
is another.
"""

import json
import math
import pathlib
import sys

import cv2
import numpy
from PIL import Image

import seeded
import tensorfile

IGNORED = 255
ANGLES = (11.25, 22.5, 30)
ANGLE_ERROR = 0.001  # of the median: hydranet counts angles in bins
ROUNDING = 1e-6

SIZES = [(23, 31), (17, 40)]
CLASSES = 7  # of which 5 is never met, and 6 is predicted but never true
SCALE = 256


def segmentation(truth, predicted, classes):
    """Truth and prediction: one-dimensional arrays of the pixels of all images."""
    counted = truth != IGNORED
    truth, predicted = truth[counted], predicted[counted]
    ious = []
    for c in range(classes):
        union = numpy.count_nonzero((truth == c) | (predicted == c))
        ious.append(numpy.count_nonzero((truth == c) & (predicted == c)) / union if union else math.nan)
    return {"pixels": len(truth), "meanIou": numpy.nanmean(ious), "pixelAccuracy": numpy.mean(truth == predicted), "ious": ious}


def depth(truth, predicted):
    """The same, in metres."""
    known = truth > 0
    truth = truth[known].astype(numpy.float64)
    predicted = numpy.maximum(predicted[known].astype(numpy.float64), 0.001)
    ratio = numpy.maximum(truth / predicted, predicted / truth)
    return {
        "pixels": len(truth),
        "rmse": numpy.sqrt(numpy.mean((truth - predicted) ** 2)),
        "rmseLog": numpy.sqrt(numpy.mean((numpy.log(truth) - numpy.log(predicted)) ** 2)),
        "absRel": numpy.mean(numpy.abs(truth - predicted) / truth),
        **{f"delta{k}": numpy.mean(ratio < 1.25**k) for k in (1, 2, 3)},
    }


def normals(truth, predicted):
    """The same, [pixels, 3]."""
    known = (truth != 0).any(1)
    truth, predicted = truth[known].astype(numpy.float64), predicted[known].astype(numpy.float64)
    with numpy.errstate(invalid="ignore"):
        cosines = (truth * predicted).sum(1) / numpy.linalg.norm(truth, axis=1) / numpy.linalg.norm(predicted, axis=1)
    angles = numpy.degrees(numpy.arccos(numpy.clip(cosines, -1, 1)))
    angles[numpy.isnan(angles)] = 180
    return {
        "pixels": len(angles),
        "mean": angles.mean(),
        "median": numpy.median(angles),
        **{f"under{angle:g}": numpy.mean(angles < angle) for angle in ANGLES},
    }


def read_labels(path):
    return numpy.asarray(Image.open(path)).astype(int)


def read_depth(path, scale):
    return (cv2.imread(str(path), cv2.IMREAD_UNCHANGED) / scale).astype(numpy.float32)


def read_normals(path):
    rgb = numpy.asarray(Image.open(path)).astype(numpy.float64)
    vectors = rgb / 255 * [2, 2, -2] + [-1, -1, 1]
    vectors[(rgb == 0).all(2)] = 0
    return vectors


def golden(folder):
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {}
    truths, predictions = {}, {}

    def keep(task, truth, predicted):
        truths.setdefault(task, []).append(truth)
        predictions.setdefault(task, []).append(predicted)

    def random(name, *shape):
        return seeded.uniform(f"{name} {i}", shape, 5).astype(numpy.float64)

    for i, (h, w) in enumerate(SIZES):
        labels = ((random("label", h, w) + 1) * 2.5).astype(numpy.uint8)
        guesses = ((random("guess", h, w) + 1) * 3).astype(numpy.uint8)
        guesses[guesses == 5] = 6
        predicted = numpy.where(random("hit", h, w) < 0.4, labels, guesses)
        labels[random("ignored", h, w) < -0.8] = IGNORED
        picture = Image.fromarray(labels, "L")
        if i == 1:
            picture = Image.fromarray(labels, "P")
            picture.putpalette([255 - v // 3 for v in range(768)])
        picture.save(folder / f"labels-{i}.png")
        tensors[f"segm {i}"] = predicted.astype(numpy.float32)
        keep("segm", read_labels(folder / f"labels-{i}.png").ravel(), predicted.ravel())

        levels = numpy.exp(8 + 3 * random("depth", h, w)).astype(numpy.uint16)
        levels[random("unknown", h, w) < -0.7] = 0
        cv2.imwrite(str(folder / f"depth-{i}.png"), levels)
        metres = (levels / SCALE * numpy.exp(0.5 * random("factor", h, w))).astype(numpy.float32)
        metres[random("none", h, w) > 0.98] = 0
        tensors[f"depth {i}"] = metres
        keep("depth", read_depth(folder / f"depth-{i}.png", SCALE).ravel(), metres.ravel())

        vectors = random("vector", h, w, 3)
        vectors[..., 2] = -abs(vectors[..., 2]) - 0.01
        vectors /= numpy.linalg.norm(vectors, axis=2, keepdims=True)
        rgb = numpy.rint((vectors * [1, 1, -1] + 1) / 2 * 255).astype(numpy.uint8)
        rgb[random("no normal", h, w) < -0.75] = 0
        Image.fromarray(rgb).save(folder / f"normals-{i}.png")
        truth = read_normals(folder / f"normals-{i}.png")
        off = 0.8 * random("off", h, w, 1) ** 2 * random("where", h, w, 3)
        predicted = vectors + off
        predicted /= numpy.linalg.norm(predicted, axis=2, keepdims=True)
        predicted[0, :3] = truth[0, :3]
        predicted[1, :3] = -truth[1, :3]
        predicted[2, :3] = numpy.nan
        predicted = predicted.astype(numpy.float32)
        tensors[f"normal {i}"] = predicted.transpose(2, 0, 1)
        keep("normal", truth.reshape(-1, 3), predicted.reshape(-1, 3))

    def pooled(task):
        return numpy.concatenate(truths[task]), numpy.concatenate(predictions[task])

    for task, scores in (
        ("segm", segmentation(*pooled("segm"), CLASSES)),
        ("depth", depth(*pooled("depth"))),
        ("normal", normals(*pooled("normal"))),
    ):
        for name, value in scores.items():
            tensors[f"{task} {name}"] = numpy.atleast_1d(numpy.array(value, numpy.float64))
    tensorfile.write(folder / "scores.safetensors", tensors)


def check(data, raw, found):
    """Compares with the scores in a file; tells whether they are the same."""
    description = data / "dataset.json"
    scale = json.loads(description.read_text()).get("depthScale", SCALE) if description.exists() else SCALE
    truths = {"segm": [], "depth": [], "normal": []}
    predictions = {"segm": [], "depth": [], "normal": []}
    readers = {
        "segm": ("labels", lambda path: read_labels(path).ravel()),
        "depth": ("depth", lambda path: read_depth(path, scale).ravel()),
        "normal": ("normals", lambda path: read_normals(path).reshape(-1, 3)),
    }
    classes = 0
    for image in sorted((data / "images").iterdir()):
        heads = tensorfile.read(raw / f"{image.stem}.safetensors")
        for task, (folder, read) in readers.items():
            truth = data / folder / f"{image.stem}.png"
            if truth.exists() and f"{task}_full" in heads:
                head = heads[f"{task}_full"][0]  # [channels, height, width]
                if task == "segm":
                    classes = len(head)
                    predicted = head.argmax(0).ravel()
                elif task == "depth":
                    predicted = numpy.abs(head).ravel()
                else:
                    predicted = head.reshape(3, -1).T
                truths[task].append(read(truth))
                predictions[task].append(predicted)

    same = True
    for task, measure in (
        ("segm", lambda t, p: segmentation(t, p, classes)),
        ("depth", depth),
        ("normal", normals),
    ):
        if not truths[task]:
            continue
        expected = measure(numpy.concatenate(truths[task]), numpy.concatenate(predictions[task]))
        for c, iou in enumerate(expected.pop("ious", [])):
            expected[f"iou {c}"] = iou
        for name, value in expected.items():
            if name.startswith("iou "):
                other = found[task]["classes"][int(name[4:])]["iou"]
            else:
                other = found[task][name]
            other = math.nan if other is None else other
            allowed = ANGLE_ERROR if name == "median" else ROUNDING * max(abs(value), 1)
            wrong = not (abs(value - other) <= allowed or math.isnan(value) and math.isnan(other))
            same &= not wrong
            print(f"{task:7} {name:14} {value:16.9f} {other:16.9f}{'  DIFFERS' if wrong else ''}")
    return same


def main(command, *arguments):
    if command == "golden":
        golden(pathlib.Path(arguments[0]))
    else:
        data, raw, scores = map(pathlib.Path, arguments)
        if not check(data, raw, json.loads(scores.read_text())):
            sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
