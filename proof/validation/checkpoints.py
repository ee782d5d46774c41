"""Makes the checkpoints that the converter's tests read, with the PyTorch at hand (committed: made by 1.13).

    python3 proof/validation/checkpoints.py weights-converter/src/test/resources/checkpoints

NAME.zip.pth and NAME.legacy.pth are what torch.save writes in its two formats, NAME.safetensors the tensors as PyTorch
itself converts them to float32. Legacy files name storages by their addresses, so they differ from run to run in that.
"""

import argparse
import collections
import datetime
import pathlib
import random
import sys
import zipfile

import networks
import numpy
import seeded
import tensorfile
import torch
from torch import nn

SEED = 7


def types():
    """Every type of storage, with the values that are special to it."""
    special = [0.0, -0.0, 1.0, -2.5, 65504.0, 1e-7, 1e-40, 3e38, float("inf"), float("-inf"), float("nan")]
    tensors = {
        str(dtype).removeprefix("torch."): torch.tensor(special, dtype=dtype)
        for dtype in (torch.float16, torch.bfloat16, torch.float32)
    }
    # Rounded to float32: up, to even, to a subnormal, to zero, to infinity.
    tensors["float64"] = torch.tensor([*special, 0.1, 1 + 2.0**-24, 1e-310, 1e300], dtype=torch.float64)
    for dtype in (torch.int8, torch.int16, torch.int32, torch.int64):
        limits = torch.iinfo(dtype)
        tensors[str(dtype).removeprefix("torch.")] = torch.tensor([limits.min, -1, 0, 1, limits.max], dtype=dtype)
    tensors["uint8"] = torch.tensor([0, 1, 127, 128, 255], dtype=torch.uint8)
    tensors["bool"] = torch.tensor([True, False, True])
    return tensors


def views():
    """Tensors that share storages, and lie in them in every way."""
    base = torch.arange(60.0).reshape(3, 4, 5)
    return {
        "base": base,
        "same": base,
        "offset": base[1, 1:],
        "permuted": base.permute(2, 0, 1),
        "strided": base[:, ::2, 1::3],
        "expanded": base[:, :1, :1].expand(3, 2, 4),
        "repeated": torch.tensor(2.5).expand(2, 3),
        "overlapping": base.reshape(-1).unfold(0, 4, 2)[:5],
        "channels_last": torch.arange(24.0).reshape(1, 2, 3, 4).contiguous(memory_format=torch.channels_last),
        "scalar": torch.tensor(7.0),
        "empty": torch.zeros(0),
        "empty_rows": torch.zeros(3, 0, 2),
    }


def parameters():
    """What state_dict(keep_vars=True) gives."""
    return {
        "plain": nn.Parameter(torch.arange(4.0).reshape(2, 2)),
        "frozen": nn.Parameter(torch.arange(3.0), requires_grad=False),
        "half": nn.Parameter(torch.arange(5.0).half()),
    }


def small_network():
    torch.manual_seed(SEED)
    return nn.Sequential(collections.OrderedDict(conv=nn.Conv2d(2, 3, 1), norm=nn.BatchNorm2d(3)))


def training():
    """A checkpoint as a training script leaves it: the weights in DataParallel's names among everything else."""
    network = small_network()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.1)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, 10)
    network(torch.ones(1, 2, 2, 2)).sum().backward()
    optimizer.step()
    schedule.step()
    history = collections.defaultdict(list)
    history["loss"] += [0.5, 0.25, numpy.float64(0.125)]
    return {
        "epoch": 12,
        "args": argparse.Namespace(lr=0.1, crop=(3, 4), out=pathlib.PurePosixPath("runs/1"), resume=None),
        "state_dict": nn.DataParallel(network).state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "best": numpy.float32(0.75),
        "confusion": numpy.arange(6, dtype=numpy.int32).reshape(2, 3),
        "mean": numpy.array([0.485, 0.456, 0.406]),
        "when": datetime.datetime(2020, 5, 17, 12, 30, tzinfo=datetime.timezone.utc),
        "took": datetime.timedelta(seconds=5),
        "history": history,
        "count": collections.Counter("abca"),
        "recent": collections.deque([1, 2], maxlen=2),
        "ignored": {255, 0},
        "frozen": frozenset({"conv"}),
        "shape": torch.Size([1, 2]),
        "device": torch.device("cuda:0"),
        "dtype": torch.float16,
        "steps": range(0, 10, 2),
        "crop": slice(1, 2),
        "phase": 1 + 2j,
        "raw": b"\x00\xff",
        "buffer": bytearray(b"abc"),
        "torch_random": torch.get_rng_state()[:16],
        "numpy_random": numpy.random.RandomState(SEED).get_state()[0:1],
        "python_random": random.Random(SEED).getstate()[1][:4],
        "sparse": torch.eye(3).to_sparse(),
        "complex": torch.tensor([1 + 2j]),
        "big": 1 << 100,
        "metric": torch.tensor(0.5),
    }


def hydranet():
    """The three-task network as narrow as can be, in half precision; its weights need not be committed twice."""
    network = networks.HydraNet(5, networks.TASKS, 1 / 32)
    shapes = {name: tensor.shape for name, tensor in network.state_dict().items()}
    values = {name: torch.from_numpy(array) for name, array in seeded.parameters(shapes, SEED).items()}
    network.load_state_dict(values, strict=False)
    return network.half().state_dict()


def save(directory, name, value, tensors=None, **options):
    """In both formats, and what is to be read of it; what is to be refused has no tensors."""
    torch.save(value, directory / f"{name}.zip.pth", **options)
    torch.save(value, directory / f"{name}.legacy.pth", _use_new_zipfile_serialization=False, **options)
    if tensors is not None:
        arrays = {key: tensor.detach().float().numpy() for key, tensor in tensors.items()}
        tensorfile.write(directory / f"{name}.safetensors", arrays)


def rezip(source, target, compression, folder):
    """The same entries as another archiver writes them, in another folder."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", compression) as new:
        for name in old.namelist():
            with new.open(folder + name.partition("/")[2], "w", force_zip64=True) as entry:
                entry.write(old.read(name))


def main(directory):
    directory.mkdir(parents=True, exist_ok=True)
    save(directory, "types", types(), types())
    save(directory, "views", views(), views())
    save(directory, "parameters", parameters(), parameters())
    for protocol in range(1, 6):
        save(directory, f"protocol{protocol}", {"model": parameters()}, parameters(), pickle_protocol=protocol)

    network = small_network()
    save(directory, "top", network.state_dict(), network.state_dict())
    value = training()
    wrapped = value["state_dict"].items()
    save(directory, "training", value, {name.removeprefix("module."): tensor for name, tensor in wrapped})
    location_tag = torch.serialization.location_tag
    torch.serialization.location_tag = lambda storage: "cuda:0"
    save(directory, "cuda", network.state_dict(), network.state_dict())
    torch.serialization.location_tag = location_tag
    save(directory, "hydranet", hydranet())

    rezip(directory / "types.zip.pth", directory / "deflated.zip.pth", zipfile.ZIP_DEFLATED, "some where/")
    rezip(directory / "types.zip.pth", directory / "rezipped.zip.pth", zipfile.ZIP_STORED, "x/")

    # To be refused: a pickled module, whose classes are code (the legacy format adds their source); no weights.
    torch.save(network, directory / "refused_module.zip.pth")
    save(directory, "refused_sparse", {"weight": torch.eye(3).to_sparse()})
    save(directory, "refused_complex", {"weight": torch.tensor([1 + 2j])})
    save(directory, "refused_tensor", torch.zeros(2))
    save(directory, "refused_empty", {"epoch": 3, "args": argparse.Namespace(), 5: None})


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
