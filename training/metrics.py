"""Scores of a network on scenes: the same definitions as those of `hydranet eval`, over all pixels of all images."""

import numpy
import torch
from torch.nn import functional


class Scores:
    """Sums up predictions; each task is scored where it was predicted and is known."""

    def __init__(self, classes):
        self.confusion = torch.zeros(classes, classes, dtype=torch.int64)  # [true, predicted]
        self.relative = []
        self.angles = []

    def add(self, predicted, labels, metres, normals):
        """predicted: {task: head's output [N, C, h, w]}; labels, metres [N, H, W]; normals [N, 3, H, W]."""
        size = labels.shape[1:]
        full = {task: resize(output.float(), size) for task, output in predicted.items()}
        if "segm" in full:
            classes = len(self.confusion)
            known = labels < classes
            pairs = labels[known] * classes + full["segm"].argmax(1)[known]
            self.confusion += torch.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
        if "depth" in full:
            known = metres > 0
            true = metres[known]
            self.relative.append(((full["depth"][:, 0].abs()[known] - true).abs() / true).numpy())
        if "normal" in full:
            known = (normals != 0).any(1)
            cosine = functional.cosine_similarity(full["normal"], normals, dim=1)[known]
            self.angles.append(torch.rad2deg(torch.arccos(cosine.clamp(-1, 1))).numpy())

    def result(self):
        """{name: number}, only of tasks that were predicted. A class that occurs nowhere has no IoU."""
        result = {}
        if self.confusion.sum() > 0:
            hits = self.confusion.diag().double()
            union = self.confusion.sum(0) + self.confusion.sum(1) - hits
            iou = hits[union > 0] / union[union > 0]
            result["miou"] = iou.mean().item()
            result["iou"] = [h / u if u > 0 else None for h, u in zip(hits.tolist(), union.tolist())]
        if self.relative:
            result["abs_rel"] = float(numpy.concatenate(self.relative).mean(dtype=numpy.float64))
        if self.angles:
            angles = numpy.concatenate(self.angles)
            result["normal_median"] = float(numpy.median(angles))
            result["normal_mean"] = float(angles.mean(dtype=numpy.float64))
        return result


def resize(output, size):
    """As the library resizes its heads: bicubic, a = -0.75, half-pixel centres."""
    return functional.interpolate(output, size, mode="bicubic", align_corners=False)
