"""Makes checkpoints with everything beside the weights that people save, with real PyTorch, and checks `convert --raw`.

    python3 proof/validation/checkpoints_beside.py tests weights-converter/src/test/resources/checkpoints/raw

makes the committed files: all kinds in one checkpoint of each form and protocol, and every type of number.

    python3 proof/validation/checkpoints_beside.py make FOLDER
    for file in FOLDER/*.pth; do bin/hydranet convert --raw "$file" "${file%.pth}.safetensors"; done
    python3 proof/validation/checkpoints_beside.py check FOLDER

makes a checkpoint of each kind, form and protocol (more than 550), and compares every number that was written with what
torch.load gives, bit for bit. OmegaConf, EasyDict, cloudpickle and attrs are used where they are installed.
"""

import argparse
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import importlib
import json
import operator
import pathlib
import random
import re
import struct
import sys
import types
import uuid

import numpy
import torch
from torch import nn

NETWORK = "net.weight", "net.bias"
# The format before 1.6 adds the source code of these classes, which is PyTorch's.
OF_TORCH = "module", "module_list", "module_class", "loss"


class Phase(enum.Enum):
    TRAIN = 1


class Level(enum.IntFlag):
    LOW = 1
    HIGH = 2


@dataclasses.dataclass
class Config:
    rate: float = 0.1
    shape: tuple = (3, 4)


class AttributeDict(dict):
    """As Lightning keeps hyper-parameters."""

    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


class Ordered(collections.OrderedDict):
    pass


class ListOf(list):
    pass


class Slots:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a, self.b = 1, [2]


class Reduced:
    def __reduce__(self):
        return operator.attrgetter, ("path",), None, iter([]), iter([])


class WithItems:
    """An object whose pickle appends, sets items and calls a function to give it its state."""

    def append(self, item):
        pass

    def __setitem__(self, key, item):
        pass

    def __reduce_ex__(self, protocol):
        return WithItems, (), {"state": torch.zeros(2, 2)}, iter([1, torch.ones(3)]), iter([("k", torch.ones(2))])


Point = collections.namedtuple("Point", "x y")


def function(x):
    return x + 1


def beside():
    """What stands beside the weights, one kind a name."""
    network = nn.Sequential(nn.Conv2d(2, 3, 1), nn.BatchNorm2d(3))
    optimizer = torch.optim.AdamW(network.parameters())
    network(torch.ones(1, 2, 2, 2)).sum().backward()
    optimizer.step()
    quantized = torch.quantize_per_tensor(torch.randn(2, 2), 0.1, 0, torch.qint8)
    kinds = {
        "function": function,
        "builtin": print,
        "builtin_method": [].append,
        "bound_method": "text".upper,
        "getattr_method": Config.__init__,
        "class": Config,
        "torch_function": torch.relu,
        "partial": functools.partial(function, x=3),
        "partial_of_tensor": functools.partial(torch.add, torch.ones(2, 2)),
        "itemgetter": operator.itemgetter(1, 2),
        "enum": Phase.TRAIN,
        "flag": Level.LOW | Level.HIGH,
        "dataclass": Config(),
        "dataclasses": [Config(0.5), {"deep": Config(shape=(torch.ones(2, 2),))}],
        "namedtuple": Point(1, torch.ones(2)),
        "attribute_dict": AttributeDict(lr=0.1, net=AttributeDict(depth=3)),
        "ordered_subclass": Ordered(a=1, b=[torch.ones(1)]),
        "list_subclass": ListOf([1, 2, 3]),
        "slots": Slots(),
        "reduced": Reduced(),
        "with_items": WithItems(),
        "module": network,
        "module_class": nn.ReLU,
        "own_module": Net(),
        "module_list": nn.ModuleList([nn.Linear(2, 2), nn.ReLU()]),
        "loss": nn.CrossEntropyLoss(weight=torch.ones(3)),
        "optimizer_object": optimizer,
        "scheduler_object": torch.optim.lr_scheduler.StepLR(optimizer, 5),
        "optimizer_state": optimizer.state_dict(),
        "namespace": argparse.Namespace(lr=0.1, out=pathlib.Path("runs/1"), action=Phase.TRAIN),
        "simple_namespace": types.SimpleNamespace(a=1),
        "paths": [pathlib.Path("a/b"), pathlib.PurePosixPath("c"), pathlib.PureWindowsPath("d")],
        "dates": [datetime.datetime.now(datetime.timezone.utc), datetime.date(2020, 1, 2), datetime.timedelta(1)],
        "decimal": decimal.Decimal("1.5"),
        "fraction": fractions.Fraction(1, 3),
        "uuid": uuid.UUID(int=5),
        "regex": re.compile("a+"),
        "complex": 1 + 2j,
        "range": range(3),
        "slice": slice(1, 2),
        "sets": [{1, 2}, frozenset({3}), {Phase.TRAIN}],
        "ellipsis": ...,
        "not_implemented": NotImplemented,
        "bytes": [b"\0\xff", bytearray(b"x")],
        "large_integer": [1 << 200, -(1 << 2100)],
        "surrogates": ["file\udcff", "\ud800"],
        "keys_of_all_kinds": {1: "a", (1, 2): "b", None: "c", 1.5: "d", Phase.TRAIN: "e", b"f": "g"},
        "counter": collections.Counter("abca"),
        "deque": collections.deque([1], maxlen=2),
        "defaultdict": collections.defaultdict(functools.partial(list), {"a": [1]}),
        "defaultdict_of_function": collections.defaultdict(function, {"a": 1}),
        "chain_map": collections.ChainMap({"a": 1}, {"b": 2}),
        "user_dict": collections.UserDict(a=1),
        "user_list": collections.UserList([1]),
        "numpy": [
            numpy.float32(1), numpy.int64(2), numpy.bool_(True), numpy.arange(6).reshape(2, 3), numpy.array(["a", None]),
            numpy.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]), numpy.datetime64("2020-01-01"),
            numpy.ma.masked_array([1, 2], [True, False]), numpy.dtype("f4"), numpy.float32, numpy.add,
            numpy.asfortranarray(numpy.ones((2, 3))), numpy.zeros((0, 3)), numpy.matrix([[1]])],
        "random": [random.Random(1), numpy.random.RandomState(1), numpy.random.default_rng(1), torch.get_rng_state()[:8]],
        "generator": torch.Generator,
        "torch": [torch.device("cuda", 1), torch.float16, torch.Size([1, 2]), torch.strided, torch.preserve_format,
                  torch.channels_last, torch.per_tensor_affine],
        "torch_tensors": [quantized, torch.eye(2).to_sparse(), torch.eye(2).to_sparse_csr(), torch.tensor([1j]),
                          torch.empty(2, 2, device="meta"), nn.Parameter(torch.ones(1)), torch.ones(2, 2).requires_grad_()],
        "none": None,
        "cycle": None,
        "exception": ValueError("bad", 3),
        "type_none": type(None),
        "torch_storage": torch.FloatStorage([1, 2]),
    }
    cycle = []
    cycle.append({"self": cycle})
    kinds["cycle"] = cycle
    shared = Config()
    kinds["shared"] = [shared, shared, {"again": shared}]
    deep = inner = []
    for _ in range(200):
        inner.append([])
        inner = inner[0]
    kinds["nested"] = deep
    for library, made in (
            ("omegaconf", lambda m: m.OmegaConf.create({"a": [1, {"b": "${a}"}], "c": None, "d": 0.5, "e": "???"})),
            ("easydict", lambda m: m.EasyDict(a=1, b={"c": [1, {"d": 2}]})),
            ("cloudpickle", lambda m: Pickled(m.dumps(lambda x: x))),
            ("attr", lambda m: Attrs(1))):
        try:
            kinds[library] = made(importlib.import_module(library))
        except ImportError:
            print(f"no {library}", file=sys.stderr)
    return kinds


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(2, 2))
        self.register_forward_hook(hook)


def hook(module, inputs, output):
    return output


class Pickled:
    """What another pickler wrote: bytes, and the function that reads them."""

    def __init__(self, content):
        self.content = content


try:
    import attr

    Attrs = attr.make_class("Attrs", ["x"])
    Attrs.__module__ = __name__
except ImportError:
    pass


def weights():
    """Every type that both PyTorch and safetensors know, and tensors that lie in their storages in every way."""
    torch.manual_seed(7)
    base = torch.randn(4, 6)
    tensors = collections.OrderedDict()
    tensors["net.weight"] = base
    tensors["net.bias"] = base[1]
    tensors["tied.weight"] = base
    tensors["net.transposed"] = base.t()
    tensors["net.strided"] = base[::2, 1::2]
    tensors["net.expanded"] = base[:1].expand(3, 6)
    tensors["net.channels_last"] = torch.randn(2, 3, 4, 5).to(memory_format=torch.channels_last)
    tensors["norm.num_batches_tracked"] = torch.tensor(12345678901)
    tensors["empty"] = torch.zeros(0, 3)
    tensors["empty_float64"] = torch.zeros(2, 0, dtype=torch.float64)
    tensors["scalar"] = torch.tensor(-0.0)
    tensors["parameter"] = nn.Parameter(torch.tensor([float("nan"), float("inf"), 1e-45]))
    for kind in ("float16", "bfloat16", "float64", "uint8", "int8", "int16", "int32", "int64", "bool"):
        tensors["types." + kind] = (torch.randn(3, 5) * 100).to(getattr(torch, kind))
    tensors["\u00e9 \"quoted\" \\ name"] = torch.ones(1)
    return tensors


def save(root, path, protocol):
    """In one of the two formats; some objects have no pickle of some protocol."""
    try:
        torch.save(root, path, pickle_protocol=protocol, _use_new_zipfile_serialization=".zip." in path.name)
        return True
    except (TypeError, AttributeError, ValueError) as error:
        print(f"{path.name}: {error}", file=sys.stderr)
        path.unlink()
        return False


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    values = weights()
    small = collections.OrderedDict((name, values[name]) for name in NETWORK)
    roots = {"all_types": values, "all_types_under_a_key": {"epoch": 1, "segmenter": values}}
    for kind, value in beside().items():
        roots["beside_" + kind] = {"before": value, "state_dict": small, "after": {"deep": [value]}}
    for name, root in roots.items():
        for protocol in range(2, 6):
            for form in "zip", "legacy":
                save(root, folder / f"{name}.{form}.protocol{protocol}.pth", protocol)


def tests(folder):
    folder.mkdir(parents=True, exist_ok=True)
    values = weights()
    write(folder / "all_types.safetensors", values)
    small = collections.OrderedDict((name, values[name]) for name in NETWORK)
    write(folder / "everything.safetensors", small)
    kinds = beside()
    for form in "zip", "legacy":
        save(values, folder / f"all_types.{form}.pth", 2)
        for protocol in range(2, 6):
            fit = {
                kind: value for kind, value in kinds.items()
                if not (form == "legacy" and kind in OF_TORCH) and save(value, folder / f"try.{form}.pth", protocol)}
            (folder / f"try.{form}.pth").unlink(missing_ok=True)
            root = {"before": fit, "state_dict": small}
            save(root, folder / f"everything.{form}.protocol{protocol}.pth", protocol)
        for kind in ("dataclass", "own_module", "module") if form == "zip" else ("dataclass", "own_module"):
            save(kinds[kind], folder / f"refused_{kind}.{form}.pth", 2)
            save({"epoch": 3, "model": kinds[kind]}, folder / f"refused_{kind}_under_a_key.{form}.pth", 2)
    one, two = torch.ones(2, 2), torch.zeros(2, 2)
    save({"params": {"w": one}, "params_ema": {"w": one, "v": two}}, folder / "several.zip.pth", 2)
    save({"conv.weight": one, "epoch": 3, "config": argparse.Namespace()}, folder / "not_only_tensors.zip.pth", 2)


NAMES = {
    "F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64, "U8": torch.uint8,
    "I8": torch.int8, "I16": torch.int16, "I32": torch.int32, "I64": torch.int64, "BOOL": torch.bool}


def read(path):
    """What a safetensors file holds: type, shape and bytes by name."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    assert header.pop("__metadata__") == {"format": "pt"}, path
    entries = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        entries[name] = NAMES[entry["dtype"]], entry["shape"], data[8 + length + begin:8 + length + end]
    return entries


def content(tensor):
    tensor = tensor.detach().contiguous()
    width = {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64}[tensor.element_size()]
    return tensor.view(width).numpy().tobytes() if tensor.dim() else tensor.reshape(1).view(width).numpy().tobytes()


def write(path, tensors):
    """The same file as the converter is to make: the widest types first, then by name."""
    order = sorted(tensors, key=lambda name: (-tensors[name].element_size(), name))
    header = {"__metadata__": {"format": "pt"}}
    data = b""
    for name in order:
        tensor = tensors[name]
        kind = next(short for short, dtype in NAMES.items() if dtype == tensor.dtype)
        begin = len(data)
        data += content(tensor)
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [begin, len(data)]}
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def check(folder):
    wrong = 0
    paths = sorted(folder.glob("*.pth"))
    for path in paths:
        root = torch.load(path)
        expected = root.get("state_dict", root.get("segmenter", root))
        converted = path.with_suffix(".safetensors")
        entries = read(converted) if converted.exists() else {}
        same = entries.keys() == expected.keys() and all(
            (tensor.dtype, list(tensor.shape), content(tensor)) == entries[name] for name, tensor in expected.items())
        if not same:
            wrong += 1
            print(f"{path.name}: differs", file=sys.stderr)
    print(f"{len(paths) - wrong} of {len(paths)} files have PyTorch's names, types, shapes and bits")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    {"make": make, "check": check, "tests": tests}[sys.argv[1]](pathlib.Path(sys.argv[2]))
