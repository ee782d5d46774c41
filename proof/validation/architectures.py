"""Whole architectures with seeded weights, exported to ONNX by PyTorch: by hand, not committed.

    python3 proof/validation/architectures.py list
    python3 proof/validation/architectures.py export NAME OPSET fixed|dynamic MODEL.onnx REFERENCE.safetensors

MODEL.onnx is what torch.onnx.export writes. REFERENCE holds the inputs and PyTorch's outputs by their names, for
`hydranet verify`. A fixed model is run at the shape at which it was exported, a dynamic one at another shape. Weights
come from torch.manual_seed. Batch normalisations get the statistics of one random batch, so that signals neither die
nor explode on the way. Needs torch and torchvision (1.13 and 0.14 made the table in docs/onnx.md).
"""

import argparse

import torch
import torchvision.models as zoo
from torch import nn
from torch.nn import functional as F

import tensorfile

BATCH, HEIGHT, WIDTH = {0: "batch"}, {2: "height"}, {3: "width"}
IMAGE = BATCH | HEIGHT | WIDTH


class Outputs(nn.Module):
    """A segmentation network whose outputs are tensors, not a dictionary."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        return tuple(self.network(x).values())


class UNet(nn.Module):
    """Ronneberger et al. 2015 with transposed convolutions and group normalisation, two levels."""

    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList([self.block(3, 16), self.block(16, 32), self.block(32, 64)])
        self.up = nn.ModuleList([nn.ConvTranspose2d(64, 32, 2, 2), nn.ConvTranspose2d(32, 16, 3, 2, 1, 1)])
        self.join = nn.ModuleList([self.block(64, 32), self.block(32, 16)])
        self.head = nn.Conv2d(16, 5, 1)

    @staticmethod
    def block(inputs, outputs):
        return nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.LeakyReLU(0.1),
            nn.Conv2d(outputs, outputs, 3, padding=1),
            nn.GroupNorm(4, outputs),
            nn.SiLU(),
        )

    def forward(self, x):
        a = self.down[0](x)
        b = self.down[1](F.max_pool2d(a, 2))
        c = self.down[2](F.max_pool2d(b, 2))
        y = self.join[0](torch.cat([self.up[0](c), b], 1))
        return self.head(self.join[1](torch.cat([self.up[1](y), a], 1)))


class Espcn(nn.Module):
    """Shi et al. 2016: super-resolution by pixel shuffle."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 64, 5, padding=2), nn.Tanh(), nn.Conv2d(64, 32, 3, padding=1), nn.Tanh(),
            nn.Conv2d(32, 9, 3, padding=1), nn.PixelShuffle(3),
        )

    def forward(self, x):
        return self.layers(x)


class Yolo(nn.Module):
    """Two levels of a detector: boxes from a grid and anchors, decoded as YOLOv5 does it."""

    def __init__(self, classes=7):
        super().__init__()
        self.numbers = classes + 5
        self.stem = nn.Sequential(self.conv(3, 16, 2), self.conv(16, 32, 2), self.conv(32, 64, 2))
        self.deep = self.conv(64, 128, 2)
        self.join = self.conv(192, 64, 1)
        self.heads = nn.ModuleList([nn.Conv2d(64, 3 * self.numbers, 1), nn.Conv2d(128, 3 * self.numbers, 1)])
        self.register_buffer("anchors", torch.tensor([[[10.0, 13], [16, 30], [33, 23]], [[30.0, 61], [62, 45], [59, 119]]]))

    @staticmethod
    def conv(inputs, outputs, stride):
        return nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.SiLU())

    def decode(self, x, level, stride):
        n, _, h, w = x.shape
        x = x.view(n, 3, self.numbers, h, w).permute(0, 1, 3, 4, 2).contiguous().sigmoid()
        ys, xs = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
        grid = torch.stack((xs, ys), 2).view(1, 1, h, w, 2).float()
        xy, wh, rest = x.split((2, 2, self.numbers - 4), 4)
        xy = (xy * 2 - 0.5 + grid) * stride
        wh = (wh * 2) ** 2 * self.anchors[level].view(1, 3, 1, 1, 2)
        return torch.cat((xy, wh, rest), 4).view(n, -1, self.numbers)

    def forward(self, x):
        shallow = self.stem(x)
        deep = self.deep(shallow)
        up = F.interpolate(deep, scale_factor=2, mode="nearest")
        joined = self.join(torch.cat([shallow, up], 1))
        return torch.cat([self.decode(self.heads[0](joined), 0, 8), self.decode(self.heads[1](deep), 1, 16)], 1)


class Sentence(nn.Module):
    """A BERT-like encoder: token numbers and a mask in, the mean of the last layer, of length 1, out."""

    def __init__(self, tokens=200, width=48, heads=4, layers=2, longest=40):
        super().__init__()
        self.tokens, self.places = nn.Embedding(tokens, width), nn.Embedding(longest, width)
        self.heads, self.norm = heads, nn.LayerNorm(width)
        self.layers = nn.ModuleList(
            nn.ModuleDict({
                "qkv": nn.Linear(width, 3 * width), "out": nn.Linear(width, width),
                "norm1": nn.LayerNorm(width), "norm2": nn.LayerNorm(width),
                "up": nn.Linear(width, 4 * width), "down": nn.Linear(4 * width, width),
            }) for _ in range(layers))

    def forward(self, ids, mask):
        n, length = ids.shape
        x = self.norm(self.tokens(ids) + self.places(torch.arange(length, device=ids.device))[None])
        bias = (1.0 - mask[:, None, None, :].float()) * -10000.0
        for layer in self.layers:
            q, k, v = layer["qkv"](x).view(n, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
            scores = torch.softmax(q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5 + bias, -1)
            x = layer["norm1"](x + layer["out"]((scores @ v).transpose(1, 2).reshape(n, length, -1)))
            x = layer["norm2"](x + layer["down"](F.gelu(layer["up"](x))))
        weights = mask[:, :, None].float()
        return F.normalize((x * weights).sum(1) / weights.sum(1).clamp(min=1e-9), dim=1)


def zoo_network(name, **options):
    return lambda: getattr(zoo, name)(weights=None, **options)


def segmentation(name):
    return lambda: Outputs(getattr(zoo.segmentation, name)(weights=None, weights_backbone=None, num_classes=21))


def tiny_vit():
    network = zoo.VisionTransformer(
        image_size=64, patch_size=16, num_layers=4, num_heads=3, hidden_dim=96, mlp_dim=192, num_classes=100)
    # torchvision begins with a head of zeros.
    nn.init.normal_(network.heads.head.weight)
    return network


# Name: the network, the shape of its image, another shape, and which extents are open in the dynamic model.
NETWORKS = {
    **{
        name: (zoo_network(name), (1, 3, 224, 224), (2, 3, 160, 192), IMAGE)
        for name in (
            "resnet18", "resnet50", "mobilenet_v2", "mobilenet_v3_small", "mobilenet_v3_large", "efficientnet_b0",
            "mnasnet1_0", "shufflenet_v2_x1_0", "squeezenet1_1", "densenet121", "regnet_y_400mf", "convnext_tiny",
        )
    },
    # Its average pool gives 7x7: exporters take that for a pool of the size at hand.
    "vgg16": (zoo_network("vgg16"), (1, 3, 224, 224), (2, 3, 224, 224), BATCH),
    "googlenet": (zoo_network("googlenet", aux_logits=False, init_weights=False), (1, 3, 224, 224), (2, 3, 160, 192), IMAGE),
    "inception_v3": (zoo_network("inception_v3", aux_logits=False, init_weights=False), (1, 3, 299, 299), (2, 3, 171, 203), IMAGE),
    "deeplabv3_mobilenet_v3": (segmentation("deeplabv3_mobilenet_v3_large"), (1, 3, 128, 128), (2, 3, 97, 161), IMAGE),
    "lraspp_mobilenet_v3": (segmentation("lraspp_mobilenet_v3_large"), (1, 3, 128, 128), (2, 3, 97, 161), IMAGE),
    "fcn_resnet50": (segmentation("fcn_resnet50"), (1, 3, 128, 128), (2, 3, 97, 121), IMAGE),
    "unet": (UNet, (1, 3, 64, 64), (2, 3, 48, 80), IMAGE),
    "espcn": (Espcn, (1, 1, 48, 48), (2, 1, 31, 47), IMAGE),
    "yolo": (Yolo, (1, 3, 64, 64), (2, 3, 96, 128), IMAGE),
    "vit_tiny": (tiny_vit, (1, 3, 64, 64), (3, 3, 64, 64), BATCH),
    "swin_t": (zoo_network("swin_t"), (1, 3, 224, 224), (2, 3, 224, 224), BATCH),
    "sentence": (Sentence, (1, 12), (3, 17), {0: "batch", 1: "length"}),
}


def inputs(name, shape):
    if name != "sentence":
        return {"input": torch.randn(shape)}
    mask = torch.ones(shape, dtype=torch.int64)
    mask[-1, shape[1] * 2 // 3 :] = 0
    return {"ids": torch.randint(0, 200, shape), "mask": mask}


def calibrated(network, example):
    """The network with statistics of one batch in its batch normalisations, and random scales and offsets."""
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = None
        nn.init.uniform_(norm.weight, 0.5, 1.5)
        nn.init.uniform_(norm.bias, -0.5, 0.5)
    for module in network.modules():
        if hasattr(module, "layer_scale"):
            # ConvNeXt begins with 1e-6: nothing of a block would be seen in the result.
            nn.init.uniform_(module.layer_scale, 0.2, 0.5)
    network.eval()
    for norm in norms:
        norm.train()
    with torch.no_grad():
        network(*(torch.cat([tensor, tensor.flip(-1)]) for tensor in example))
    return network.eval()


def export(name, opset, kind, model, reference):
    make, shape, other, extents = NETWORKS[name]
    torch.manual_seed(len(name))
    network = calibrated(make(), inputs(name, shape).values())
    example = inputs(name, shape)
    with torch.no_grad():
        outputs = network(*example.values())
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    names = ["output"] if len(outputs) == 1 else [f"output{i}" for i in range(len(outputs))]
    dynamic = kind == "dynamic"
    torch.onnx.export(
        network, tuple(example.values()), model, opset_version=opset, input_names=list(example), output_names=names,
        dynamic_axes={key: extents for key in example} if dynamic else None,
    )
    if dynamic:
        example = inputs(name, other)
        with torch.no_grad():
            outputs = network(*example.values())
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    tensors = {**example, **dict(zip(names, outputs))}
    tensorfile.write(reference, {key: tensor.float().numpy() for key, tensor in tensors.items()})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list")
    command = commands.add_parser("export")
    command.add_argument("name", choices=NETWORKS)
    command.add_argument("opset", type=int)
    command.add_argument("kind", choices=["fixed", "dynamic"])
    command.add_argument("model")
    command.add_argument("reference")
    arguments = vars(parser.parse_args())
    if arguments.pop("command") == "list":
        print(*NETWORKS, sep="\n")
    else:
        export(**arguments)


if __name__ == "__main__":
    main()
