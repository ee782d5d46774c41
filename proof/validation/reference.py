"""What PyTorch computes from trained weights and an image, for `hydranet verify`.

    python3 proof/validation/reference.py WEIGHTS IMAGE REFERENCE.safetensors

WEIGHTS is a state_dict that torch.save wrote, or what `hydranet convert` made of it: as float16 the weights are rounded,
and PyTorch computes from the rounded ones, too. REFERENCE holds the input, all layers and all heads in float32.
"""

import pathlib
import sys

import numpy
import PIL.Image
import torch

import images
import networks
import tensorfile


def state_dict(path):
    if path.suffix == ".safetensors":
        return {name: torch.from_numpy(array.astype(numpy.float32)) for name, array in tensorfile.read(path).items()}
    content = torch.load(path, map_location="cpu")
    return content.get("state_dict", content)


def main():
    weights, image, reference = map(pathlib.Path, sys.argv[1:])
    network = networks.trained(state_dict(weights))
    rgb = numpy.asarray(PIL.Image.open(image).convert("RGB"))
    image = torch.from_numpy(images.network_input(rgb)).contiguous()
    names = [name for name in networks.LAYERS if hasattr(network, name)] + list(network.tasks)
    outputs = networks.layers(network, names, image)
    tensorfile.write(reference, {"input": image.numpy(), **{name: output.numpy() for name, output in outputs.items()}})


if __name__ == "__main__":
    main()
