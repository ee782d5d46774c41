"""Full-size checkpoints with seeded weights, and what PyTorch computes from them: for end_to_end.sh, not committed.

    python3 proof/validation/full_size.py checkpoint VARIANT CHECKPOINT [--legacy]
    python3 proof/validation/full_size.py reference VARIANT REFERENCE.safetensors EXACT.safetensors --size 480x640 [--batch 2]
    python3 proof/validation/full_size.py check REFERENCE.safetensors EXACT.safetensors TABLE OUTPUT.safetensors...

A checkpoint is what torch.save writes, in the zip format or the one before torch 1.6. REFERENCE holds the input, all
layers and all heads in float32, for `hydranet verify` and `hydranet run`; EXACT the heads in float64. The last form
checks what `hydranet run --layers all` wrote: every layer and head is within the tolerance that `hydranet verify`
printed in its TABLE for it, and no head is further from EXACT than twice what PyTorch's own float32 is. An OUTPUT may
hold heads alone.
"""

import argparse
import pathlib
import re

import numpy
import torch

import activations
import networks
import tensorfile

# The largest of fewer errors is luck: PyTorch's one depth of a 1x1 image may happen to be the float64 one.
ENOUGH = 64
# Name, shape, largest absolute and relative error, tolerance, verdict.
ROW = r"^(\w+) +\[[\d, ]+\] +\S+ +\S+ +(\S+) +ok$"


def network(variant):
    return activations.seed(networks.HydraNet(*networks.VARIANTS[variant]), activations.SEEDS[variant])


def checkpoint(variant, path, legacy):
    content = {"state_dict": network(variant).state_dict(), "epoch": 1}
    torch.save(content, path, _use_new_zipfile_serialization=not legacy)


def reference(variant, path, exact, size, batch):
    model = network(variant)
    image = activations.picture("input", (batch, 3, *map(int, size.split("x"))), activations.SEEDS[variant])
    names = [name for name in networks.LAYERS if hasattr(model, name)] + list(model.tasks)
    outputs = networks.layers(model, names, image)
    tensorfile.write(path, {"input": image.numpy(), **arrays(outputs)})
    tensorfile.write(exact, arrays(networks.layers(model.double(), model.tasks, image.double())))


def arrays(tensors):
    return {name: tensor.numpy() for name, tensor in tensors.items()}


def check(reference, exact, table, outputs):
    pytorch = tensorfile.read(reference)
    exact = tensorfile.read(exact)
    tolerances = {row[1]: float(row[2]) for row in re.finditer(ROW, table.read_text(), re.MULTILINE)}
    assert tolerances.keys() == pytorch.keys() - {"input"}, f"{table} has rows for {', '.join(tolerances)}"
    failures = []
    for path in outputs:
        ours = tensorfile.read(path)
        worst = max(ours, key=lambda name: error(ours[name], pytorch[name]) / tolerances[name])
        print(f"{path.stem:9} {worst:12} {error(ours[worst], pytorch[worst]):.1e} from PyTorch, the furthest of {len(ours)}")
        if error(ours[worst], pytorch[worst]) > tolerances[worst]:
            failures.append(f"{path.stem}: {worst} is out of tolerance")
        for head, expected in exact.items():
            own, theirs = error(ours[head], expected), error(pytorch[head], expected)
            print(f"{path.stem:9} {head:12} {own:.1e} from float64, PyTorch {theirs:.1e}")
            if own > 2 * theirs and expected.size >= ENOUGH:
                failures.append(f"{path.stem}: {head} is more than twice as far from float64 as PyTorch's")
    if failures:
        raise SystemExit("\n".join(failures))


def error(actual, expected):
    """The largest error over the largest magnitude; NaN is as wrong as can be."""
    difference = numpy.abs(actual.astype(numpy.float64) - expected).max() / numpy.abs(expected).max()
    return numpy.inf if numpy.isnan(difference) else difference


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)

    command = commands.add_parser("checkpoint")
    command.add_argument("variant", choices=networks.VARIANTS)
    command.add_argument("path")
    command.add_argument("--legacy", action="store_true")
    command.set_defaults(run=checkpoint)

    command = commands.add_parser("reference")
    command.add_argument("variant", choices=networks.VARIANTS)
    command.add_argument("path")
    command.add_argument("exact")
    command.add_argument("--size", required=True)
    command.add_argument("--batch", type=int, default=1)
    command.set_defaults(run=reference)

    command = commands.add_parser("check")
    command.add_argument("reference")
    command.add_argument("exact")
    command.add_argument("table", type=pathlib.Path)
    command.add_argument("outputs", nargs="+", type=pathlib.Path)
    command.set_defaults(run=check)

    arguments = vars(parser.parse_args())
    arguments.pop("run")(**arguments)


if __name__ == "__main__":
    main()
