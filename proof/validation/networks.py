"""The networks in PyTorch, written for this project: what the Java ones are checked against.

Modules are named as in the published checkpoints, so that a state_dict of one loads into the other. Works with
torch 1.13 and 2.x. Run as a script, it checks the published numbers of parameters, tensors and multiply-adds.
"""

import torch
from torch import nn
from torch.nn import functional

# Table 2 of arXiv 1801.04381: expansion t, channels c, repeats n, stride s.
STAGES = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
STEM = 32
DECODER = 256
TASKS = ("segm", "depth", "normal")
LAYERS = (
    [f"layer{i}" for i in range(1, 9)]
    + [f"conv{i}" for i in range(8, 2, -1)]
    + [f"crp{i}" for i in range(4, 0, -1)]
    + [f"conv_adapt{i}" for i in range(4, 1, -1)]
    + [f"pre_{task}" for task in TASKS]
)
# Classes, tasks.
VARIANTS = {
    "kitti": (6, TASKS[:2]),
    "nyud": (40, TASKS[:2]),
    "nyud3": (40, TASKS),
    "nyudkitti": (46, TASKS[:2]),
}


def scale(channels, width):
    """The width multiplier of MobileNetV2: multiples of 8, never less than nine tenths of the product."""
    rounded = max(8, int(channels * width + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * channels * width else rounded


def conv_bn(inputs, outputs, kernel=1, stride=1, groups=1, act=True):
    modules = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    ]
    return nn.Sequential(*modules, nn.ReLU6()) if act else nn.Sequential(*modules)


class InvertedResidual(nn.Module):
    def __init__(self, inputs, outputs, expansion, stride):
        super().__init__()
        wide = inputs * expansion
        self.residual = stride == 1 and inputs == outputs
        self.output = nn.Sequential(
            conv_bn(inputs, wide), conv_bn(wide, wide, 3, stride, wide), conv_bn(wide, outputs, act=False)
        )

    def forward(self, x):
        y = self.output(x)
        return y + x if self.residual else y


class ChainedPooling(nn.Module):
    """Chained residual pooling of Light-Weight RefineNet: 1x1 convolutions, no activation."""

    def __init__(self, channels, groups=1):
        super().__init__()
        for stage in range(1, 5):
            conv = nn.Conv2d(channels, channels, 1, groups=groups, bias=False)
            self.add_module(f"{stage}_outvar_dimred", conv)

    def forward(self, x):
        top = x
        for conv in self.children():
            top = conv(functional.max_pool2d(top, 5, 1, 2))
            x = top + x
        return x


class HydraNet(nn.Module):
    """arXiv 1809.04766."""

    def __init__(self, classes, tasks, width=1.0):
        super().__init__()
        self.tasks = tasks
        channels = [scale(STEM, width)]
        self.layer1 = conv_bn(3, channels[0], 3, 2)
        for layer, (t, c, n, s) in enumerate(STAGES, 2):
            c = scale(c, width)
            blocks = [InvertedResidual(channels[-1] if i == 0 else c, c, t, s if i == 0 else 1) for i in range(n)]
            setattr(self, f"layer{layer}", nn.Sequential(*blocks))
            channels.append(c)
        decoder = scale(DECODER, width)
        for layer in range(8, 2, -1):
            setattr(self, f"conv{layer}", nn.Conv2d(channels[layer - 1], decoder, 1, bias=False))
        for level in range(4, 0, -1):
            pooling = ChainedPooling(decoder, decoder if level == 1 else 1)
            setattr(self, f"crp{level}", nn.Sequential(pooling))
        for level in range(4, 1, -1):
            setattr(self, f"conv_adapt{level}", nn.Conv2d(decoder, decoder, 1, bias=False))
        outputs = {"segm": classes, "depth": 1, "normal": 3}
        for task in ("depth", "segm", "normal"):
            if task in tasks:
                setattr(self, f"pre_{task}", nn.Conv2d(decoder, decoder, 1, groups=decoder, bias=False))
                setattr(self, task, nn.Conv2d(decoder, outputs[task], 3, padding=1))

    def forward(self, x):
        l3 = self.layer3(self.layer2(self.layer1(x)))
        l4 = self.layer4(l3)
        l5 = self.layer5(l4)
        l6 = self.layer6(l5)
        l7 = self.layer7(l6)
        l8 = self.layer8(l7)
        # The sums are in the published order: float addition is not associative.
        x = functional.relu6(self.conv8(l8) + self.conv7(l7))
        x = upsample(self.conv_adapt4(self.crp4(x)), l6)
        x = functional.relu6(self.conv5(l5) + self.conv6(l6) + x)
        x = upsample(self.conv_adapt3(self.crp3(x)), l4)
        x = functional.relu6(self.conv4(l4) + x)
        x = upsample(self.conv_adapt2(self.crp2(x)), l3)
        x = self.crp1(functional.relu6(self.conv3(l3) + x))
        return [getattr(self, task)(functional.relu6(getattr(self, f"pre_{task}")(x))) for task in self.tasks]


def trained(state):
    """A HydraNet with the weights of a state_dict, which defines its tasks and classes, ready to predict."""
    tasks = tuple(task for task in TASKS if f"{task}.bias" in state)
    network = HydraNet(len(state["segm.bias"]) if "segm" in tasks else 0, tasks)
    network.load_state_dict(state)
    return network.eval()


def upsample(x, like):
    return functional.interpolate(x, like.shape[2:], mode="bilinear", align_corners=False)


class ClassifierBlock(nn.Module):
    """The inverted residual as torchvision lays it out: nothing is expanded where t is 1."""

    def __init__(self, inputs, outputs, expansion, stride):
        super().__init__()
        wide = inputs * expansion
        self.residual = stride == 1 and inputs == outputs
        expand = [conv_bn(inputs, wide)] if expansion != 1 else []
        filter_ = conv_bn(wide, wide, 3, stride, wide)
        self.conv = nn.Sequential(*expand, filter_, *conv_bn(wide, outputs, act=False))

    def forward(self, x):
        return x + self.conv(x) if self.residual else self.conv(x)


class MobileNetV2(nn.Module):
    """The ImageNet classifier of arXiv 1801.04381 as torchvision lays it out and names it."""

    def __init__(self, classes=1000, width=1.0):
        super().__init__()
        inputs = scale(STEM, width)
        features = [conv_bn(3, inputs, 3, 2)]
        for t, c, n, s in STAGES:
            for i in range(n):
                features.append(ClassifierBlock(inputs, scale(c, width), t, s if i == 0 else 1))
                inputs = scale(c, width)
        top = scale(1280, max(1.0, width))
        features.append(conv_bn(inputs, top))
        self.features = nn.Sequential(*features)
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(top, classes))

    def forward(self, x):
        x = functional.adaptive_avg_pool2d(self.features(x), 1)
        return self.classifier(torch.flatten(x, 1))


def conv3x3(inputs, outputs):
    return nn.Conv2d(inputs, outputs, 3, padding=1)


class ResidualConvUnit(nn.Module):
    """Figure 3b of arXiv 1611.06612."""

    def __init__(self, channels):
        super().__init__()
        self.conv1 = conv3x3(channels, channels)
        self.conv2 = conv3x3(channels, channels)

    def forward(self, x):
        return self.conv2(functional.relu(self.conv1(functional.relu(x)))) + x


class MultiResolutionFusion(nn.ModuleList):
    """Figure 3c; the first path has the largest resolution, and a single one stays as it is."""

    def __init__(self, channels):
        super().__init__(conv3x3(c, min(channels)) for c in channels if len(channels) > 1)

    def forward(self, paths):
        if len(paths) == 1:
            return paths[0]
        x = self[0](paths[0])
        for conv, path in list(zip(self, paths))[1:]:
            x = x + upsample(conv(path), x)
        return x


class ChainedResidualPooling(nn.Module):
    """Figure 3d."""

    def __init__(self, channels, stages):
        super().__init__()
        for stage in range(1, stages + 1):
            self.add_module(str(stage), conv3x3(channels, channels))

    def forward(self, x):
        x = top = functional.relu(x)
        for conv in self.children():
            top = conv(functional.max_pool2d(top, 5, 1, 2))
            x = top + x
        return x


class RefineNetBlock(nn.Module):
    """Figure 3a."""

    def __init__(self, channels):
        super().__init__()
        units = (nn.Sequential(ResidualConvUnit(c), ResidualConvUnit(c)) for c in channels)
        self.adapt = nn.ModuleList(units)
        self.fuse = MultiResolutionFusion(channels)
        self.pool = ChainedResidualPooling(min(channels), 2)
        self.output = ResidualConvUnit(min(channels))

    def forward(self, paths):
        adapted = [units(path) for units, path in zip(self.adapt, paths)]
        return self.output(self.pool(self.fuse(adapted)))


def layers(model, names, x):
    """Runs a model and returns {module's name: its output, as a forward hook sees it}, in the order of the names."""
    modules = dict(model.named_modules())
    seen = {}
    handles = [
        modules[name].register_forward_hook(lambda _, __, y, name=name: seen.update({name: y})) for name in names
    ]
    with torch.no_grad():
        model(x)
    for handle in handles:
        handle.remove()
    return {name: seen[name] for name in names}


def parameters(model):
    return sum(parameter.numel() for parameter in model.parameters())


def macs(model, shape):
    """Multiply-adds of convolutions and linear layers: each weight of an output element's filter counts once."""
    names = [name for name, module in model.named_modules() if isinstance(module, (nn.Conv2d, nn.Linear))]
    outputs = layers(model.eval(), names, torch.zeros(shape))
    modules = dict(model.named_modules())
    return sum(y.numel() * modules[name].weight[0].numel() for name, y in outputs.items())


def check():
    published = {"kitti": 2991687, "nyud": 3070057, "nyud3": 3077228, "nyudkitti": 3083887}
    for variant, expected in published.items():
        classes, tasks = VARIANTS[variant]
        model = HydraNet(classes, tasks)
        assert parameters(model) == expected, (variant, parameters(model))
        assert len(model.state_dict()) == (346 if len(tasks) == 3 else 343), variant
    # torchvision's own figures for mobilenet_v2.
    classifier = MobileNetV2()
    assert parameters(classifier) == 3504872, parameters(classifier)
    assert macs(classifier, (1, 3, 224, 224)) == 300774272, macs(classifier, (1, 3, 224, 224))
    for variant, height, width in [
        ("nyud", 480, 640),
        ("nyud3", 480, 640),
        ("nyudkitti", 480, 640),
        ("kitti", 480, 640),
        ("kitti", 350, 1200),
        ("kitti", 370, 1226),
        ("kitti", 33, 33),
        ("kitti", 1, 1),
    ]:
        print(variant, f"{height}x{width}", macs(HydraNet(*VARIANTS[variant]), (1, 3, height, width)))


if __name__ == "__main__":
    check()
