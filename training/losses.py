"""What each task is punished for; pixels without ground truth are left out."""

import torch
from scenes import IGNORED
from torch.nn import functional


def cross_entropy(logits, labels):
    """logits [N, C, H, W]; labels [N, H, W] int64, IGNORED where unknown."""
    total = functional.cross_entropy(logits, labels, ignore_index=IGNORED, reduction="sum")
    return total / (labels != IGNORED).sum().clamp(min=1)


def inverse_huber(error):
    """The mean berHu of errors e (arXiv 1606.00373): |e| up to c, (e^2 + c^2) / 2c above; c: a fifth of the largest."""
    size = error.abs()
    c = (size.detach().max() / 5).clamp(min=1e-6)
    return torch.where(size <= c, size, (size * size + c * c) / (2 * c)).mean()


def depth(predicted, metres):
    """predicted [N, 1, H, W] in metres; metres [N, H, W], 0 where unknown.

    berHu of the error as a share of the distance. In metres, the few pixels near 80 m would have nearly all of the
    gradient, for an error of a tenth is 8 m there and 0.4 m on the road before the car.
    """
    known = metres > 0
    if not known.any():
        return predicted.sum() * 0
    true = metres[known]
    return inverse_huber((predicted[:, 0][known] - true) / true)


def normals(predicted, true):
    """predicted [N, 3, H, W] of any length; true [N, 3, H, W] of length 1, or 0 where unknown. 1 - cosine."""
    known = (true != 0).any(1)
    cosine = functional.cosine_similarity(predicted, true, dim=1, eps=1e-6)
    return ((1 - cosine) * known).sum() / known.sum().clamp(min=1)
