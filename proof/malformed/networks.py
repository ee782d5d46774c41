"""The smallest HydraNet that there can be: one channel wherever the network lets one choose."""

# Expansion and repeats of the encoder's stages, layer2 to layer8.
STAGES = ((1, 1), (6, 2), (6, 3), (6, 4), (6, 3), (6, 3), (6, 1))
CLASSES = 2


def small_network():
    """Name, shape and number of elements of each tensor, of the tasks segm and depth."""
    tensors = []

    def add(name, *shape):
        size = 1
        for extent in shape:
            size *= extent
        tensors.append((name, shape, size))

    def normalised(path, *weight):
        add(path + ".0.weight", *weight)
        for part in ("weight", "bias", "running_mean", "running_var"):
            add(f"{path}.1.{part}", weight[0])

    normalised("layer1", 1, 3, 3, 3)
    for index, (expansion, repeats) in enumerate(STAGES):
        for block in range(repeats):
            path = f"layer{index + 2}.{block}.output"
            normalised(path + ".0", expansion, 1, 1, 1)
            normalised(path + ".1", expansion, 1, 3, 3)
            normalised(path + ".2", 1, expansion, 1, 1)
    for name in ("conv8", "conv7", "conv6", "conv5", "conv4", "conv3", "conv_adapt4", "conv_adapt3", "conv_adapt2"):
        add(name + ".weight", 1, 1, 1, 1)
    for name in ("crp4", "crp3", "crp2", "crp1"):
        for stage in (1, 2, 3, 4):
            add(f"{name}.0.{stage}_outvar_dimred.weight", 1, 1, 1, 1)
    for task, channels in (("segm", CLASSES), ("depth", 1)):
        add(f"pre_{task}.weight", 1, 1, 1, 1)
        add(f"{task}.weight", channels, 1, 3, 3)
        add(f"{task}.bias", channels)
    return tensors
