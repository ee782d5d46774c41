"""Golden activations of whole networks, made by PyTorch (committed: made by 1.13).

    python3 proof/validation/activations.py hydranet/src/test/resources/golden/networks

Weights and inputs are seeded (seeded.py) and made again by the Java tests; only results are written, one safetensors
file a case. In a file:

NAME              the output of the module, float32, when it has at most 2048 elements
NAME@sample       else 2048 of its elements; the k-th is element k * 1000003 modulo their number, row-major
HEAD@float64      (97x131 only) the same elements of a head computed in float64, written as float32: that rounding is a
                  hundredth of the errors which it serves to measure
"""

import itertools
import pathlib
import sys

import numpy
import torch
from torch import nn

import networks
import seeded
import tensorfile

SAMPLE = 2048
STEP = 1000003
# The HydraNets' are such that depth takes both signs.
SEEDS = {"kitti": 3, "nyud": 18, "nyud3": 23, "nyudkitti": 54}
SEED = 1
TAKES_PATHS = (networks.MultiResolutionFusion, networks.RefineNetBlock)
SHAPES = [(1, 3, 1, 1), (1, 3, 33, 33), (2, 3, 35, 47), (1, 3, 97, 131)]


def seed(model, number):
    """The model in evaluation mode, with seeded parameters."""
    state = model.state_dict()
    shapes = {name: tensor.shape for name, tensor in state.items()}
    for name, array in seeded.parameters(shapes, number).items():
        state[name].copy_(torch.from_numpy(array))
    return model.eval()


def picture(name, shape, number):
    return torch.from_numpy(seeded.picture(name, shape, number))


def entry(name, tensor):
    values = tensor.numpy().astype(numpy.float32)
    if values.size <= SAMPLE:
        return {name: values}
    return {f"{name}@sample": values.ravel()[numpy.arange(SAMPLE) * STEP % values.size]}


def tensors(case, outputs, exact=()):
    entries = {}
    for name, tensor in outputs.items():
        assert torch.isfinite(tensor).all(), (case, name)
        entries.update(entry(name, tensor))
    for name, tensor in exact:
        entries[f"{name}@float64"] = next(iter(entry(name, tensor).values()))
    return case, entries


def hydranets():
    for variant, (classes, tasks) in networks.VARIANTS.items():
        number = SEEDS[variant]
        model = seed(networks.HydraNet(classes, tasks), number)
        names = [name for name in networks.LAYERS if hasattr(model, name)] + list(tasks)
        for shape in SHAPES:
            image = picture("input", shape, number)
            outputs = networks.layers(model, names, image)
            exact = []
            if shape == SHAPES[-1]:
                alive(variant, outputs)
                exact = networks.layers(model.double(), tasks, image.double()).items()
                model.float()
            yield tensors(f"{variant}-" + "x".join(map(str, shape)), outputs, exact)


def alive(variant, outputs):
    """Fails if the seeded network is not worth comparing: dead, blown up or saturated."""
    for name, y in outputs.items():
        channels = y.std((0, 2, 3), unbiased=False)
        assert (channels > 0.1).float().mean() > 0.3 and y.abs().max() < 100, (variant, name)
    for name in networks.TASKS:
        if f"pre_{name}" in outputs:
            y = outputs[f"pre_{name}"]
            assert ((y > 0) & (y < 6)).float().mean() > 0.2 and (y > 6).any() and (y < 0).any(), (variant, name)
            assert (outputs[name] < 0).any() and (outputs[name] > 0).any(), (variant, name)


def classifiers():
    for width, shape in [(1.0, SHAPES[1]), (1.0, SHAPES[3]), (0.35, SHAPES[2])]:
        model = seed(networks.MobileNetV2(width=width), SEED)
        names = [f"features.{i}" for i in range(19)] + ["classifier"]
        outputs = networks.layers(model, names, picture("input", shape, SEED))
        yield tensors(f"mobilenetv2-{width}-" + "x".join(map(str, shape)), outputs)


def refinenet():
    """The blocks, each under the path "block", with the inputs "path0", "path1", ..."""
    blocks = {
        "residual-conv-unit": (networks.ResidualConvUnit(12), [(2, 12, 9, 11)]),
        "multi-resolution-fusion": (
            networks.MultiResolutionFusion([12, 8, 16]),
            [(1, 12, 17, 23), (1, 8, 9, 12), (1, 16, 4, 5)],
        ),
        "chained-residual-pooling": (networks.ChainedResidualPooling(12, 3), [(2, 12, 9, 11)]),
        "block-of-one-path": (networks.RefineNetBlock([16]), [(1, 16, 7, 9)]),
        "block-of-two-paths": (networks.RefineNetBlock([16, 24]), [(2, 16, 13, 18), (2, 24, 7, 9)]),
    }
    for case, (block, shapes) in blocks.items():
        seed(nn.ModuleDict({"block": block}), SEED)
        paths = [picture(f"path{i}", shape, SEED) for i, shape in enumerate(shapes)]
        with torch.no_grad():
            output = block(paths if isinstance(block, TAKES_PATHS) else paths[0])
        yield tensors(f"refinenet-{case}", {"block": output})


def main(folder):
    torch.set_num_threads(1)
    folder.mkdir(parents=True, exist_ok=True)
    for case, entries in itertools.chain(hydranets(), classifiers(), refinenet()):
        tensorfile.write(folder / f"{case}.safetensors", entries)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
