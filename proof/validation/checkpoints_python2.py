"""Writes, byte for byte, what PyTorch 0.4 and 0.3 wrote when run by Python 2, which no PyTorch of today can.

    python2.7 proof/validation/checkpoints_python2.py weights-converter/src/test/resources/checkpoints

The pickler is Python 2's own; the classes and functions that torch had are stood in for here, by name, and the file
around the pickles is laid out as in torch/serialization.py of that time. Runs with Python 2.7 alone.
"""

import argparse
import cPickle
import collections
import os
import struct
import sys
import types

MAGIC = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001
SYSTEM = dict(protocol_version=PROTOCOL, little_endian=True, type_sizes=dict(short=2, int=4, long=4))


def module(name, **members):
    """A module that pickles can name, of members that say they are of it."""
    made = types.ModuleType(name)
    for key, member in members.items():
        member.__module__ = name
        member.__name__ = key
        setattr(made, key, member)
    sys.modules[name] = made
    return made


class FloatStorage(object):
    """float32 numbers, or a view of some of another storage's."""

    code = "f"

    def __init__(self, numbers=None, root=None, offset=0, size=0):
        self.numbers = numbers
        self.root = root or self
        self.offset = offset
        self.size = size if root else len(numbers)


class LongStorage(FloatStorage):
    code = "q"


def _rebuild_tensor(*args):
    raise AssertionError("only pickled by name")


def _rebuild_tensor_v2(*args):
    raise AssertionError("only pickled by name")


class Parameter(object):
    """Of 0.3: its tensor, and what 0.3 calls its state."""

    def __init__(self, data):
        self.data = data

    def __reduce_ex__(self, protocol):
        return Parameter, (self.data,), (True, False, collections.OrderedDict())


module("torch", FloatStorage=FloatStorage, LongStorage=LongStorage)
utils = module("torch._utils", _rebuild_tensor=_rebuild_tensor, _rebuild_tensor_v2=_rebuild_tensor_v2)
module("torch.nn")
module("torch.nn.parameter", Parameter=Parameter)


class Tensor(object):
    """What 0.4 rebuilds by _rebuild_tensor_v2; 0.3 did by _rebuild_tensor, with long integers."""

    def __init__(self, storage, offset, size, stride, old=False):
        self.old = old
        self.args = (storage, offset, size, stride)

    def __reduce_ex__(self, protocol):
        if self.old:
            storage, offset, size, stride = self.args
            return utils._rebuild_tensor, (storage, long(offset), tuple(map(long, size)), tuple(map(long, stride)))
        return utils._rebuild_tensor_v2, self.args + (False, collections.OrderedDict())


def save(path, value, location):
    storages = {}
    keys = {}

    def key(storage):
        # The addresses of objects, and so different each time; here they are counted.
        return keys.setdefault(id(storage), str(94000000000000 + len(keys)))

    def persistent_id(item):
        if isinstance(item, FloatStorage):
            root = item.root
            storages[key(root)] = root
            view = (key(item), item.offset, item.size) if item is not root else None
            return ("storage", type(item), key(root), location, root.size, view)

    with open(path, "wb") as file:
        cPickle.dump(MAGIC, file, protocol=2)
        cPickle.dump(PROTOCOL, file, protocol=2)
        cPickle.dump(SYSTEM, file, protocol=2)
        pickler = cPickle.Pickler(file, protocol=2)
        pickler.persistent_id = persistent_id
        pickler.dump(value)
        cPickle.dump(sorted(storages), file, protocol=2)
        for name in sorted(storages):
            root = storages[name]
            file.write(struct.pack("<q", root.size))
            file.write(struct.pack("<%d%s" % (root.size, root.code), *root.numbers))


def main(directory):
    # Of 0.4: a state_dict with its metadata, among what a script saved.
    quarters = FloatStorage([i / 4.0 for i in range(12)])
    state = collections.OrderedDict()
    state["module.conv.weight"] = Tensor(quarters, 0, (2, 3, 1, 1), (3, 1, 1, 1))
    state["module.conv.bias"] = Tensor(quarters, 6, (2,), (1,))
    state["module.norm.num_batches_tracked"] = Tensor(LongStorage([5]), 0, (), ())
    state._metadata = collections.OrderedDict([("", dict(version=1))])
    value = {
        "epoch": 3,
        "iterations": 10 ** 12,
        "huge": 1 << 80,
        "args": argparse.Namespace(arch=u"r\xe9seau", lr=0.1, tags={"a"}),
        "long name " * 30: xrange(3),
        "bytes": "\xff\x00",
        "complex": 1 + 2j,
        "state_dict": state,
    }
    save(os.path.join(directory, "python2.legacy.pth"), value, "cuda:0")

    # Of 0.3: views of storages have their own ids; parameters are a class; integers are long.
    root = FloatStorage([float(i) for i in range(12)])
    view = FloatStorage(root=root, offset=4, size=6)
    state = {
        "whole": Tensor(root, 0, (3, 4), (4, 1), old=True),
        "view": Tensor(view, 0, (2, 3), (3, 1), old=True),
        "transposed": Tensor(view, 1, (2, 2), (1, 2), old=True),
        "parameter": Parameter(Tensor(view, 5, (1,), (1,), old=True)),
    }
    save(os.path.join(directory, "python2_views.legacy.pth"), state, "cpu")


if __name__ == "__main__":
    main(sys.argv[1])
