#!/usr/bin/env python3
"""Makes the attack files of this folder, and the manifest's first three columns.

    python3 proof/malformed/make.py

The manifest's last column, the one line that the command is to print, is written by hand: what is there is kept.
Every file is made of fixed bytes, so that making them again changes nothing. Python 3.8 or later, nothing else.
"""

import csv
import pathlib
import shutil
import struct
import zlib

from formats import (
    END, FLOATS, MAGIC, PNG, REBUILD, Zip, bmp, call, checkpoint, chunk, entry, exif, frame, gif, header, integer, items,
    legacy, mapping, name, old_tensor, pickle, pixels, png, safetensors, segment, storage, tensor, text, tiff, value)
import models
from networks import small_network

HERE = pathlib.Path(__file__).parent
EIGHT = struct.pack("<8f", *range(8))
HUGE = 2**63 - 1

FILES = {}


def add(path, what, content, reader=None):
    """A file, what it is, and the command that is to read it: the folder's, unless it says otherwise."""
    assert path not in FILES, path
    FILES[path] = (reader or path.split("/")[0], what, bytes(content))


# --- pickles -------------------------------------------------------------------------------------------------

def in_zip(path, what, root, storages=None, **more):
    add("checkpoint/" + path + ".pth", what, checkpoint(root, storages, **more).bytes())


def inert(path, what, extra):
    """Weights that are read, whatever stands beside them."""
    root = mapping([("extra", extra), ("state_dict", {"w": W})])
    add("inert/beside_" + path + ".pth", what, checkpoint(root).bytes())


def raw(path, what, instructions, deflate=False):
    """A data.pkl of bytes that are no whole pickle."""
    add("checkpoint/" + path + ".pth", what, checkpoint(instructions, deflate=deflate, raw=True).bytes())


W = tensor()


def beside(extra):
    """Weights, and something that is read before them."""
    return mapping([("extra", extra), ("state_dict", {"w": W})])


# Code: beside the weights it is inert, among them it is refused by name.
for function in (
        "os.system", "posix.system", "nt.system", "subprocess.Popen", "builtins.eval", "builtins.exec", "builtins.getattr",
        "builtins.__import__", "builtins.open", "__builtin__.eval", "__builtin__.apply", "importlib.import_module",
        "operator.attrgetter", "operator.methodcaller", "functools.partial", "functools.reduce", "types.FunctionType",
        "types.CodeType", "runpy._run_code", "pickle.loads", "marshal.loads", "shutil.rmtree", "webbrowser.open",
        "socket.socket", "ctypes.CDLL", "torch.load", "torch.hub.load", "torch.jit.load", "torch.storage._load_from_bytes",
        "torch.utils.collect_env.run", "numpy.load", "numpy.testing._private.utils.runstring", "pip.main", "bdb.Bdb",
        "asyncio.create_subprocess_shell", "code.InteractiveInterpreter", "__main__.Model"):
    code = call(name(function), "touch /tmp/executed")
    path = function.replace(".", "_")
    in_zip("call_" + path, f"calls {function} for a parameter", mapping([("conv.weight", W), ("conv.bias", code)]))
    inert("call_" + path, f"calls {function} beside the weights", code)
inert("getattr_chain", "getattr(getattr(torch, 'hub'), 'load') by a name with dots",
      text("torch") + text("hub.load") + b"\x93" + items("x") + b"R")
inert("dunder_globals", "_rebuild_tensor_v2.__globals__ by a name with dots",
      text("torch._utils") + text("_rebuild_tensor_v2.__globals__") + b"\x93")
inert("name_with_escape", "a name that would clear the terminal and start another line",
      text("os\n\x1b[2J\u202e") + text("system") + b"\x93")
in_zip("name_with_escape", "a name that would clear the terminal and start another line, for a parameter",
       mapping([("conv.weight", W), ("conv.bias", text("os\n\x1b[2J\u202e") + text("system") + b"\x93")]))
inert("name_of_a_name", "a name that a function would compute",
      name("builtins.getattr") + text("system") + b"\x93" + items("ls") + b"R")
inert("extension_beside", "a code of the extension registry, called", b"\x82\x01" + items("ls") + b"R")
inert("items_of_an_object", "an object of an unknown class with items, keys and attributes",
      call(name("evil.Dict")) + b"(" + value("k") + W + b"u" + b"(" + value(1) + b"e" + value({"a": 1}) + b"b")
inert("reduce_of_the_reduced", "what os.system returns is called, and what that returns",
      call(name("os.system"), "ls") + items("x") + b"R" + items("y") + b"R")
inert("reconstructor", "copyreg._reconstructor of os.system",
      call(name("copyreg._reconstructor"), name("os.system"), name("builtins.object"), None))
inert("storage_of_a_class", "a tensor in a storage of an unknown class",
      call(REBUILD, storage(kind=name("evil.Storage")), 0, (8,), (1,), False, {}))
inert("rebuild_by_os_system", "_rebuild_from_type_v2 called with os.system for a function",
      call(name("torch._tensor._rebuild_from_type_v2"), name("os.system"), name("torch.Tensor"), ("x",), {}))
in_zip("parameter_by_os_system", "a parameter of what os.system returns",
       {"w": call(name("torch._utils._rebuild_parameter"), call(name("os.system"), "ls"), True, {})})
in_zip("whole_model", "a whole pickled model", call(name("models.Net")) + value({"_modules": {}}) + b"b")
in_zip("no_weights_but_a_model", "a whole pickled model under a key",
       {"model": call(name("models.Net")) + value({"_modules": {}}) + b"b"})
raw("name_of_megabytes", "a name of a megabyte, again and again",
    b"\x80\x02" + text("x" * 1000000) + b"q\0" + b"h\0h\0\x93" * 1000 + b".")
raw("many_names", "more names of classes than there are", b"\x80\x02" + b"".join(
    b"ca\n%d\n0" % i for i in range((1 << 16) + 1)) + b"N.", deflate=True)
in_zip("name_of_numbers", "a name made of integers", beside(integer(1) + integer(2) + b"\x93"))
raw("name_without_end", "GLOBAL whose line does not end", b"\x80\x02c" + b"a" * 5000)
raw("inst", "protocol 0's INST, which calls at once", b"(S'touch /tmp/executed'\nios\nsystem\n.")
raw("persid_text", "protocol 0's PERSID, an id in a line", b"\x80\x02Pos.system\n.")
raw("extension", "a code of the extension registry", b"\x80\x02\x82\x01.")
raw("out_of_band", "protocol 5's out-of-band buffer", b"\x80\x05\x97.")
raw("unknown_instruction", "a byte that is no instruction", b"\x80\x02\xff.")
add("inert/beside_legacy_os_system.pth", "calls os.system, in the old format",
    legacy(mapping([("extra", call(name("os.system"), "touch /tmp/executed")), ("state_dict", {"w": old_tensor()})])))
add("checkpoint/legacy_code_before_magic.pth", "calls os.system where the magic number should be",
    legacy({"w": old_tensor()}, magic=pickle(call(name("os.system"), "touch /tmp/executed"))))
add("checkpoint/legacy_code_in_system.pth", "calls os.system in the description of the machine",
    legacy({"w": old_tensor()}, system=pickle(call(name("os.system"), "touch /tmp/executed"))))
add("checkpoint/legacy_code_in_keys.pth", "calls os.system in the list of storages",
    legacy({"w": old_tensor()}, keys=call(name("os.system"), "touch /tmp/executed")))
add("checkpoint/pickle_alone.pth", "a pickle that is no checkpoint and calls os.system",
    pickle(call(name("os.system"), "touch /tmp/executed")))
add("checkpoint/pickle_of_protocol_0.pth", "a pickle of protocol 0 that calls os.system",
    b"cos\nsystem\n(S'touch /tmp/executed'\ntR.")

# Names that are on the list, with arguments that are not.
in_zip("rebuild_without_arguments", "a tensor of nothing", beside(REBUILD + b")R"))
in_zip("rebuild_of_a_list", "arguments that are no tuple", beside(REBUILD + value([1, 2]) + b"R"))
in_zip("rebuild_without_storage", "a tensor whose storage is a string", beside(call(REBUILD, "0", 0, (8,), (1,))))
in_zip("rebuild_of_itself", "a tensor whose storage is a tensor", beside(call(REBUILD, W, 0, (8,), (1,))))
in_zip("rebuild_type_of_rebuild_type", "_rebuild_from_type_v2 called with itself",
       beside(call(name("torch._tensor._rebuild_from_type_v2"), name("torch._tensor._rebuild_from_type_v2"),
                   name("torch.Tensor"), (), {})))
in_zip("rebuild_type_of_os_system", "_rebuild_from_type_v2 called with a string for a function",
       beside(call(name("torch._tensor._rebuild_from_type_v2"), "os.system", name("torch.Tensor"), ("x",), {})))
in_zip("ordered_dict_of_a_number", "OrderedDict(5)", beside(call(name("collections.OrderedDict"), 5)))
in_zip("ordered_dict_of_triples", "OrderedDict([(1, 2, 3)])", beside(call(name("collections.OrderedDict"), [(1, 2, 3)])))
in_zip("size_of_two", "torch.Size(1, 2)", beside(call(name("torch.Size"), 1, 2)))
in_zip("size_of_text", "a tensor of torch.Size(('8',))",
       {"w": call(REBUILD, storage(), 0, call(name("torch.Size"), ("8",)), (1,))})
in_zip("call_of_a_string", "a string is called", beside(text("os.system") + items("x") + b"R"))
in_zip("call_of_a_dtype", "a dtype is called", beside(name("torch.float32") + b")R"))
in_zip("call_of_a_tensor", "a tensor is called", beside(W + b")R"))
in_zip("keywords_of_a_tuple", "keywords that are no dict",
       beside(name("argparse.Namespace") + b")" + items(1) + b"\x92"))
in_zip("parameter_of_a_number", "Parameter(1)", beside(call(name("torch._utils._rebuild_parameter"), 1, True, {})))

# BUILD.
in_zip("build_on_a_function", "attributes for a function", beside(REBUILD + value({"__code__": "x"}) + b"b"))
in_zip("build_on_a_number", "attributes for a number", beside(integer(5) + value({"real": 6}) + b"b"))
in_zip("build_on_a_storage", "attributes for a storage", beside(storage() + value({"x": 1}) + b"b"))
in_zip("build_on_a_list", "attributes for a list", beside(value([1]) + value({"x": 1}) + b"b"))

# What is nested, repeated or long.
in_zip("nested_lists", "10,000 lists in each other", b"]" * 10_000 + b"a" * 9_999)
in_zip("nested_tuples", "10,000 tuples in each other", b")" + b"\x85" * 10_000)
in_zip("nested_dicts", "10,000 dicts in each other", b"}" + b"X\1\0\0\0a}" * 10_000 + b"s" * 10_000, deflate=True)
in_zip("nested_state_dicts", "state_dict in state_dict, 10,000 times",
       b"}" + (text("state_dict") + b"}") * 10_000 + b"s" * 10_000, deflate=True)
in_zip("list_in_itself", "a list that holds itself", b"]q\0h\0a")
in_zip("dict_in_itself", "a dict that is its own state_dict", b"}q\0" + text("state_dict") + b"h\0s")
in_zip("billion_laughs", "a tuple of two of a tuple of two ..., 2^1000 in all", b")" + b"2\x86" * 1000)
in_zip("billion_laughs_list", "a list of ten of a list of ten ..., 10^100 in all",
       b"]q\0" + b"".join(b"](" + b"h" + bytes([i]) * 1 + (b"h" + bytes([i])) * 9 + b"eq" + bytes([i + 1]) for i in range(100)))
raw("instructions", "three million instructions, inflated from 3 kB", b"\x80\x02" + b"]" * 3_000_000, deflate=True)
raw("marks", "three million marks, inflated from 3 kB", b"\x80\x02" + b"(" * 3_000_000, deflate=True)
raw("calls", "three million objects, inflated from 10 kB",
    b"\x80\x02cargparse\nNamespace\nq\0" + b"h\0)\x81" * 1_000_000, deflate=True)
raw("memo", "a memo of two million entries, inflated from 3 kB", b"\x80\x04N" + b"\x94" * 3_000_000, deflate=True)
raw("dicts", "half a million dicts of one item each, inflated from 3 kB", b"\x80\x02" + b"}NNs" * 750_000, deflate=True)
raw("frozensets", "a million frozensets, inflated from 3 kB", b"\x80\x04" + b"(\x91" * 1_500_000, deflate=True)
in_zip("dict_of_dict_of_dict", "OrderedDict of the same large dict, 2,000 times",
       mapping([(i, None) for i in range(1000)]) + b"q\0" + name("collections.OrderedDict") + b"q\1"
       + b"h\1h\0\x85R0" * 2000, deflate=True)
in_zip("tensors_of_64_dimensions", "a tensor of 64 dimensions, made 300,000 times",
       REBUILD + b"q\1" + items(storage(length=8), 0, (1,) * 64, (1,) * 64) + b"q\0R" + b"h\1h\0R" * 300_000, deflate=True)
in_zip("one_tensor_of_many_names", "one tensor under 70,000 names",
       W + b"q\0000}(" + b"".join(b"U\5%05xh\0" % i for i in range(70_000)) + b"u", deflate=True)
in_zip("name_of_prefixes", "a tensor's name of a million prefixes and a line's end", {"module." * 1_000_000 + "a\nb": W},
       deflate=True)
raw("string_of_4_gb", "a string of 4 GB that is not there", b"\x80\x02X\xff\xff\xff\xffabc.")
raw("string_of_8_eb", "a string of 2^63-1 bytes that is not there", b"\x80\x04\x8d" + struct.pack("<Q", HUGE) + b"abc.")
raw("bytes_of_16_eb", "bytes of 2^64-1, -1 where they are signed", b"\x80\x04\x8e" + b"\xff" * 8 + b"abc.")
raw("bytearray_of_8_eb", "a bytearray of 2^63-1 bytes that is not there", b"\x80\x05\x96" + struct.pack("<Q", HUGE) + b".")
raw("python_2_string_of_minus_1", "a string of -1 bytes", b"\x80\x02T\xff\xff\xff\xff.")
raw("integer_of_4_gb", "LONG4 of 2^31-1 bytes", b"\x80\x02\x8b\xff\xff\xff\x7f.")
raw("integer_of_minus_1", "LONG4 of -1 bytes", b"\x80\x02\x8b\xff\xff\xff\xff.")
raw("integer_of_5000_bytes", "LONG4 of 5,000 bytes, all there", b"\x80\x02\x8b\x88\x13\0\0" + b"\x7f" * 5000 + b".")
raw("integer_of_letters", "INT of letters", b"\x80\x02I0x41\n.")
raw("frame_of_4_gb", "a frame larger than the pickle", b"\x80\x04\x95" + struct.pack("<Q", 2**32) + b"}.")
raw("protocol_255", "protocol 255", b"\x80\xff}.")
raw("no_stop", "no STOP", b"\x80\x02}")
raw("empty_pickle", "no instruction", b"")
raw("stop_alone", "STOP and nothing before", b"\x80\x02.")
raw("memo_that_is_not", "a memo entry that nobody set", b"\x80\x02h\x05.")
raw("mark_that_is_not", "a tuple without a mark", b"\x80\x02Nt.")
raw("pop_below_mark", "a pop through a mark", b"\x80\x02N(\x85.")
raw("odd_items", "a key without a value", b"\x80\x02}(Nu.")
raw("append_to_a_number", "an item appended to a number", b"\x80\x02K\1Na.")
raw("invalid_utf8", "a string that is not UTF-8", b"\x80\x02}X\2\0\0\0\xc0\x80Ns.")
raw("surrogates_in_utf8", "a string with half a surrogate pair", b"\x80\x02}X\3\0\0\0\xed\xa0\x80Ns.")
in_zip("more_after_the_pickle", "a second pickle behind the first", pickle({"w": W}) + pickle({}), raw=True)

# Keys.
in_zip("key_that_is_a_list", "a tensor under a list, which Python cannot hash", mapping([("w", W), ([1], W)]))
in_zip("key_that_is_a_number", "a tensor under a number", mapping([("w", W), (7, W)]))
in_zip("names_that_become_one", "names that differ by a prefix", mapping([("w", W), ("module.w", W)]))
in_zip("root_is_a_tensor", "a tensor alone", W)
in_zip("root_is_a_number", "a number alone", 5)
in_zip("root_is_none", "None alone", None)
in_zip("nothing_in_it", "an empty dict", {})
in_zip("numbers_for_tensors", "a state_dict of numbers", {"state_dict": {"layer1.0.weight": 1, "x\x1b[31m": 2}})

# Tensors that are not where, or of the size that, the pickle says.
in_zip("view_past_the_end", "9 elements of a storage of 8", {"w": tensor(size=(9,))})
in_zip("view_from_the_end", "offset 8 in a storage of 8", {"w": tensor(offset=8, size=(1,))})
in_zip("view_from_far", "offset 2^63-1", {"w": tensor(offset=HUGE, size=(2,))})
in_zip("view_from_before", "offset -1", {"w": tensor(offset=-1)})
in_zip("stride_past_the_end", "stride 8 over a storage of 8", {"w": tensor(size=(2,), stride=(8,))})
in_zip("stride_that_overflows", "stride 2^62, four times", {"w": tensor(size=(4,), stride=(2**62,))})
in_zip("stride_that_wraps_around", "strides that come back to 0 when they overflow",
       {"w": tensor(size=(3, 3), stride=(2**63 - 1, 2))})
in_zip("stride_backwards", "stride -1", {"w": tensor(stride=(-1,))})
in_zip("size_negative", "size -8", {"w": tensor(size=(-8,))})
in_zip("size_that_overflows", "2^30 x 2^30 x 2^30 elements", {"w": tensor(size=(2**30,) * 3, stride=(0,) * 3)})
in_zip("size_of_2_to_31", "2^31 elements", {"w": tensor(size=(2**31,), stride=(0,))})
in_zip("size_of_2_to_64", "2^64 elements", {"w": tensor(size=(2**64,), stride=(0,))})
in_zip("four_bytes_for_a_trillion", "10^12 elements, stride 0 over one", {"w": tensor(size=(10**6, 10**6), stride=(0, 0))})
in_zip("four_bytes_for_64_mb", "16 million elements, stride 0 over one", {"w": tensor(size=(4096, 4096), stride=(0, 0))})
in_zip("overlapping_views", "a hundred tensors of a million elements over the same 8",
       mapping([(f"w{i}", tensor(size=(1000, 1000), stride=(0, 0))) for i in range(100)]))
in_zip("sizes_and_strides", "2 sizes, 1 stride", {"w": tensor(size=(2, 2), stride=(1,))})
in_zip("sixty_five_dimensions", "65 dimensions", {"w": tensor(size=(1,) * 65, stride=(1,) * 65)})
in_zip("size_of_letters", "a size that is a string", {"w": call(REBUILD, storage(), 0, ("8",), (1,))})
in_zip("size_that_is_a_list", "a size that is a list", {"w": call(REBUILD, storage(), 0, [8], (1,))})

# Storages, and ids that lie.
for path, what, identity in (
        ("text", "a string", text("0")),
        ("module", "of something else than a storage", items("module", FLOATS, "0", "cpu", 8)),
        ("empty", "an empty tuple", b")"),
        ("short", "without a length", items("storage", FLOATS, "0", "cpu")),
        ("type", "whose type is a string", items("storage", "FloatStorage", "0", "cpu", 8)),
        ("code", "whose type is a function", items("storage", REBUILD, "0", "cpu", 8)),
        ("key", "whose key is a number", items("storage", FLOATS, 0, "cpu", 8)),
        ("negative", "of -8 elements", items("storage", FLOATS, "0", "cpu", -8)),
        ("letters", "of 'eight' elements", items("storage", FLOATS, "0", "cpu", "eight")),
        ("longer", "of 9 elements where 8 are", items("storage", FLOATS, "0", "cpu", 9)),
        ("shorter", "of 7 elements where 8 are", items("storage", FLOATS, "0", "cpu", 7)),
        ("huge", "of 2^63-1 elements", items("storage", FLOATS, "0", "cpu", HUGE)),
        ("other_type", "of float64 where 8 float32 are", items("storage", name("torch.DoubleStorage"), "0", "cpu", 8)),
        ("missing", "of a file that is not there", items("storage", FLOATS, "1", "cpu", 8)),
        ("path", "whose key leads out of the archive", items("storage", FLOATS, "../../../../etc/passwd", "cpu", 8)),
        ("nul", "whose key has a NUL and an escape", items("storage", FLOATS, "0\0\x1b[2J", "cpu", 8)),
        ("view", "of a part that is outside", items("storage", FLOATS, "0", "cpu", 8, ("v", 7, 2)))):
    in_zip("id_" + path, "a persistent id " + what, {"w": tensor(identity + b"Q", size=(1,))})
in_zip("storage_cut_short", "a storage of 31 bytes for 8 float32", {"w": W}, {"0": EIGHT[:31]})
in_zip("storage_empty", "a storage of no bytes for 8 float32", {"w": W}, {"0": b""})
in_zip("two_types_of_one_storage", "float32 and float64 over the same bytes",
       mapping([("a", W), ("b", tensor(storage(length=8, kind=name("torch.DoubleStorage"))))]))

# Kinds of tensors that weights are not.
for kind in ("ComplexFloatStorage", "ComplexDoubleStorage", "QInt8Storage", "QUInt8Storage", "QInt32Storage",
             "QUInt4x2Storage"):
    in_zip("type_" + kind, f"a tensor of {kind}",
           {"w": tensor(storage(length=2, kind=name("torch." + kind)), size=(1,))},
           {"0": b"\0" * (2 * {"ComplexFloatStorage": 8, "ComplexDoubleStorage": 16, "QInt32Storage": 4}.get(kind, 1))})
for kind in ("float8_e4m3fn", "uint16", "complex32"):
    in_zip("dtype_" + kind, f"a tensor of {kind} in a storage of bytes",
           {"w": call(name("torch._utils._rebuild_tensor_v3"), storage(length=32, kind=name("torch.storage.UntypedStorage")),
                      0, (1,), (1,), False, {}, name("torch." + kind))})
in_zip("dtype_of_letters", "a tensor whose type is a string",
       {"w": call(name("torch._utils._rebuild_tensor_v3"), storage(), 0, (1,), (1,), False, {}, "float32")})
in_zip("quantized", "a quantized tensor",
       {"w": call(name("torch._utils._rebuild_qtensor"), storage(), 0, (8,), (1,), (name("torch.per_tensor_affine"), 1, 0),
                  False, {})})
in_zip("sparse", "a sparse tensor", {"w": call(name("torch._utils._rebuild_sparse_tensor"), 0, (W, W, (8,)))})
in_zip("sparse_csr", "a sparse tensor by rows", {"w": call(name("torch._utils._rebuild_sparse_csr_tensor"), 0, (W, W, W))})
in_zip("meta", "a tensor without numbers",
       {"w": call(name("torch._utils._rebuild_meta_tensor_no_storage"), 0, (8,), (1,), False)})

# --- zip archives --------------------------------------------------------------------------------------------

PICKLE = pickle({"w": W})


def archive():
    return Zip().add("a/data.pkl", PICKLE)


def zipped(path, what, content):
    add("checkpoint/zip_" + path + ".pth", what, content)


zipped("empty", "an archive of nothing", Zip().bytes())
zipped("of_something_else", "an archive of other files",
       Zip().add("config.json", b"{}").add("model.weights.h5", b"x").bytes())
zipped("two_pickles", "two data.pkl", archive().add("a/data/0", EIGHT).add("b/data.pkl", PICKLE).bytes())
zipped("entry_twice", "a storage twice, of different numbers",
       archive().add("a/data/0", EIGHT).add("a/data/0", bytes(32)).bytes())
zipped("pickle_twice", "data.pkl twice: harmless first, os.system second",
       archive().add("a/data/0", EIGHT).add("a/data.pkl", pickle(call(name("os.system"), "x"))).bytes())
zipped("script", "a TorchScript program", archive().add("a/data/0", EIGHT).add("a/constants.pkl", pickle(())).bytes())
for path, entry_name in (
        ("parent", "../../../tmp/escaped"), ("absolute", "/tmp/escaped"), ("backslash", "a\\..\\..\\escaped"),
        ("inner_parent", "a/x/../../../escaped"), ("nul", "a/data/1\0.txt"), ("nameless", "")):
    zipped("path_" + path, f"an entry named {entry_name!r}", archive().add("a/data/0", EIGHT).add(entry_name, b"x").bytes())
zipped("path_not_utf8", "an entry whose name is not UTF-8", archive().add("a/data/0", EIGHT).add(b"a/\xff\xfe", b"x").bytes())
zipped("symbolic_link", "a storage that is a symbolic link to /etc/passwd",
       archive().add("a/data/0", b"/etc/passwd", attributes=0xA1FF0000).bytes())
zipped("encrypted", "an encrypted storage", archive().add("a/data/0", EIGHT, flags=1).bytes())
zipped("encrypted_aes", "a storage encrypted with AES", archive().add("a/data/0", EIGHT, flags=1, method=99).bytes())
for method in (1, 6, 9, 12, 14, 93, 99):
    zipped(f"method_{method}", f"a storage compressed by method {method}",
           archive().add("a/data/0", EIGHT, method=method).bytes())
zipped("overlap", "two storages of the same bytes",
       archive().add("a/data/0", EIGHT).add("a/data/1", EIGHT, offset=len(PICKLE) + 40).bytes())
zipped("quine", "an entry that is the archive itself", archive().add("a/data/0", EIGHT, offset=0).bytes())
zipped("past_the_end", "a storage behind the end of the file", archive().add("a/data/0", EIGHT, offset=2**31).bytes())
zipped("into_the_directory", "a storage that reaches into the directory",
       archive().add("a/data/0", EIGHT, size=64, stored=64).bytes())
zipped("other_local_name", "a storage of another name by its own header",
       archive().add("a/data/0", EIGHT, local_name="a/data/9").bytes())
zipped("other_sizes", "a stored storage of two sizes", archive().add("a/data/0", EIGHT, stored=16).bytes())
zipped("other_local_sizes", "a storage of another size by its own header", archive().add("a/data/0", EIGHT, local_size=16).bytes())
zipped("other_local_crc", "a storage of another CRC-32 by its own header", archive().add("a/data/0", EIGHT, local_crc=1).bytes())
zipped("encrypted_locally", "a storage that is encrypted by its own header",
       archive().add("a/data/0", EIGHT, local_flags=1).bytes())
zipped("strong_encryption", "a directory that is encrypted", archive().add("a/data/0", EIGHT, flags=0x2041).bytes())
zipped("wrong_crc", "a storage of another CRC-32", archive().add("a/data/0", EIGHT, crc=0x12345678).bytes())
zipped("bomb", "64 MB of zeros, inflated from 64 kB", Zip().add("a/data.pkl", bytes(64 << 20), True).bytes())
zipped("bomb_that_lies", "a gigabyte of zeros by the directory, inflated from 1 kB",
       Zip().add("a/data.pkl", bytes(1 << 20), True, size=1 << 30).bytes())
zipped("bomb_that_says_little", "a megabyte of zeros, 10 bytes by the directory",
       Zip().add("a/data.pkl", bytes(1 << 20), True, size=10).bytes())
zipped("bombs", "a hundred storages of a megabyte, each inflated from 1 kB",
       (lambda z: [z.add(f"a/data/{i}", bytes(1 << 20), True) for i in range(100)] and z)(
           Zip().add("a/data.pkl", pickle(mapping([
               (f"w{i}", tensor(storage(str(i), 1 << 18), size=(1 << 18,))) for i in range(100)])))).bytes())
zipped("not_deflated", "a storage that does not inflate", archive().add("a/data/0", b"\xff" * 32, method=8).bytes())
zipped("deflated_without_end", "a storage whose compressed stream does not end",
       archive().add("a/data/0", EIGHT * 1000, True).bytes().replace(
           zlib.compress(EIGHT * 1000, 9)[2:-4][-4:], b"\0\0\0\0", 1))
zipped("byte_order", "a byte order that is neither", archive().add("a/byteorder", b"middle\n\x1b[2J").bytes())
zipped("count", "an end record that counts another entry", archive().add("a/data/0", EIGHT).bytes(count=3))
zipped("count_of_65535", "an end record that counts 65,535 entries", archive().bytes(count=65535))
zipped("directory_size", "a directory longer than the file", archive().bytes(directory_size=2**31))
zipped("directory_start", "a directory that starts elsewhere", archive().bytes(directory_start=0))
zipped("comment", "a comment with another end record in it", archive().bytes(comment=Zip().bytes()))
zipped("second_disk", "an archive of several disks", archive().bytes(disk=1))
zipped("prefix", "a program before the archive", b"PK\3\4#!/bin/sh\nrm -rf /\n" + archive().bytes())
zipped("suffix", "bytes after the archive", archive().bytes() + b"\0")
zipped("zip64_count", "a zip64 end record that counts 2^63 entries", archive().bytes(zip64=dict(count=2**63)))
zipped("zip64_size", "a zip64 directory of 2^64-1 bytes", archive().bytes(zip64=dict(size=2**64 - 1)))
zipped("zip64_start", "a zip64 directory at -1", archive().bytes(zip64=dict(start=2**64 - 1)))
zipped("zip64_elsewhere", "a zip64 locator that points into the pickle", archive().bytes(zip64=dict(at=40)))
zipped("zip64_extra_missing", "sizes that are in a zip64 field that is not there",
       archive().add("a/data/0", EIGHT, size=0xFFFFFFFF, stored=0xFFFFFFFF).bytes())
zipped("zip64_extra_negative", "zip64 sizes of 2^64-1",
       archive().add("a/data/0", EIGHT, size=0xFFFFFFFF, stored=0xFFFFFFFF,
                     extra=struct.pack("<HHQQ", 1, 16, 2**64 - 1, 2**64 - 1)).bytes())
zipped("extra_past_its_end", "an extra field longer than the extra fields",
       archive().add("a/data/0", EIGHT, extra=struct.pack("<HH", 1, 200)).bytes())
WHOLE = checkpoint({"w": W}).bytes()
for where, length in (
        ("local_header", 10), ("local_name", 34), ("pickle", 60), ("storage", WHOLE.index(b"archive/data/0") + 20),
        ("directory", WHOLE.index(b"PK\1\2") + 20), ("second_header", WHOLE.index(b"PK\1\2", WHOLE.index(b"PK\1\2") + 1)),
        ("end_record", WHOLE.index(b"PK\5\6")), ("last_byte", len(WHOLE) - 1)):
    zipped("cut_in_" + where, f"cut off at its {where.replace('_', ' ')}", WHOLE[:length])

# --- the old format ------------------------------------------------------------------------------------------

OLD = {"w": old_tensor()}


def old(path, what, content):
    add("checkpoint/legacy_" + path + ".pth", what, content)


old("magic", "another magic number", legacy(OLD, magic=pickle(0x1950A86A20F9469CFC6D)))
old("protocol", "another protocol", legacy(OLD, version=pickle(1002)))
old("protocol_of_letters", "a protocol that is a string", legacy(OLD, version=pickle("1001")))
old("system", "a machine that is a list", legacy(OLD, system=pickle([1])))
old("keys", "storages that are a dict", legacy(OLD, keys={"0": 8}))
old("key_of_a_number", "a storage whose key is a number", legacy(OLD, keys=[0]))
old("key_unknown", "a storage that no tensor refers to", legacy(OLD, keys=["1"]))
old("key_twice", "a storage twice", legacy(OLD, keys=["0", "0"], storages=[(8, EIGHT)] * 2))
old("key_missing", "a storage that is not there", legacy(OLD, keys=[], storages=[]))
old("longer", "a storage of 9 elements where the pickle says 8", legacy(OLD, storages=[(9, EIGHT)]))
old("negative", "a storage of -8 elements", legacy(OLD, storages=[(-8, EIGHT)]))
old("huge", "a storage of 2^63-1 elements",
    legacy({"w": old_tensor(length=HUGE)}, storages=[(HUGE, EIGHT)]))
old("cut_in_storage", "cut off in a storage", legacy(OLD, storages=[(8, EIGHT[:20])]))
old("cut_in_length", "cut off in a storage's length", legacy(OLD)[:-36])
old("cut_in_keys", "cut off in the list of storages", legacy(OLD)[:-44])
old("cut_in_pickle", "cut off in the pickle", legacy(OLD)[:200])
old("cut_after_magic", "cut off after the magic number", MAGIC)
old("more", "bytes after the last storage", legacy(OLD, tail=b"x"))
old("view_outside", "a view outside of its storage", legacy({"w": old_tensor(view=("v", 4, 5))}))
old("view_of_two", "a view of two numbers", legacy({"w": old_tensor(view=(1, 2))}))
old("view_too_small", "a tensor longer than the part that it is of", legacy({"w": old_tensor(view=("v", 4, 4))}))
old("two_lengths", "two references that disagree about a storage",
    legacy(mapping([("a", old_tensor()), ("b", old_tensor(length=4, size=(4,)))])))

# --- something else instead of a checkpoint -----------------------------------------------------------------

TAR = bytearray(1024)
TAR[:8] = b"sys_info"
TAR[257:262] = b"ustar"
for path, what, content in (
        ("empty", "nothing", b""),
        ("one_byte", "one byte", b"\x80"),
        ("zeros", "zeros", bytes(4096)),
        ("lfs_pointer", "a Git LFS pointer", b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
        ("html", "a web page", b"\n<!DOCTYPE html><html><title>404</title>"),
        ("gzip", "a gzip file", b"\x1f\x8b\x08\0\0\0\0\0\0\3"),
        ("tar", "a tar archive, PyTorch's first format", bytes(TAR)),
        ("hdf5", "a Keras file", b"\x89HDF\r\n\x1a\n" + bytes(8)),
        ("numpy", "a NumPy array", b"\x93NUMPY\1\0v\0{'descr': '|O'"),
        ("onnx", "an ONNX model", b"\x08\x07\x12\x07pytorch\x1a\x031.7"),
        ("gguf", "a GGUF file", b"GGUF\3\0\0\0"),
        ("picture", "a picture", png(header(1, 1), END)),
        ("java", "a serialized Java object", b"\xac\xed\0\5sr\0\x11java.util.HashMap"),
        ("elf", "a program", b"\x7fELF\2\1\1\0"),
        ("json", "JSON", b'{"weights": [1, 2, 3]}')):
    add("checkpoint/not_" + path + ".pth", what + " instead of a checkpoint", content)

# --- networks: weights of the right form that are not the network's ------------------------------------------

SHAPES = small_network()
COUNT = sum(size for _, _, size in SHAPES)


def network(path, what, change=None, metadata=None, kind="checkpoint", reader=None, dtype="F8_E4M3", numbers=None):
    """A whole network in safetensors; change maps names and shapes to others."""
    shapes = [(key, list(shape)) for key, shape, _ in SHAPES]
    shapes = change(shapes) if change else shapes
    width = {"F8_E4M3": 1, "F8_E5M2": 1, "F16": 2, "F32": 4, "F64": 8}[dtype]
    table, at = {}, 0
    if metadata is not None:
        table["__metadata__"] = metadata
    for key, shape in shapes:
        size = width
        for extent in shape:
            size *= extent
        table[key] = entry(dtype, shape, at, at + size)
        at += size
    data = numbers(at) if numbers else b"\x30" * at
    add(f"{kind}/{path}.safetensors", what, safetensors(table, data), reader)


def without(*names):
    return lambda shapes: [(key, shape) for key, shape in shapes if key not in names]


def shaped(which, shape):
    return lambda shapes: [(key, shape if key == which else old_shape) for key, old_shape in shapes]


def renamed(which, to):
    return lambda shapes: [(to if key == which else key, shape) for key, shape in shapes]


network("network_without_a_tensor", "a network without one of its tensors", without("crp3.0.2_outvar_dimred.weight"))
network("network_without_heads", "a network without its heads",
        without("segm.weight", "segm.bias", "pre_segm.weight", "depth.weight", "depth.bias", "pre_depth.weight"))
network("network_with_another_tensor", "a network with a tensor more",
        lambda shapes: shapes + [("aux\n\x1b[2J\u202e" + "x" * 300, [1])])
network("network_transposed", "a network with a weight the other way round", shaped("layer3.0.output.0.0.weight", [1, 6, 1, 1]))
network("network_of_rank_2", "a network with a weight of two dimensions", shaped("segm.weight", [2, 9]))
network("network_of_rank_0", "a network with a weight of none", shaped("layer1.0.weight", []))
network("network_empty_weight", "a network with a weight of 2^31-9 x 0", shaped("segm.weight", [2147483639, 0, 3, 3]))
network("network_too_wide", "a network whose first layer claims 60,000 channels", shaped("layer1.0.weight", [60_000, 1, 1, 1]))
network("network_wrong_stage", "a network whose second stage claims 50,000 channels",
        shaped("layer2.0.output.2.0.weight", [50_000, 1, 1, 1]))
network("network_renamed", "a network with a Cyrillic letter in a name", renamed("conv8.weight", "\u0441onv8.weight"))
network("network_of_two_kinds", "a network with a tensor of MobileNetV2's",
        lambda shapes: shapes + [("features.0.0.weight", [1, 3, 3, 3])])
network("network_not_kitti", "a network that is not KITTI's", reader="checkpoint --variant kitti")
network("network_not_mobilenet", "a network that is not MobileNetV2", reader="checkpoint --variant mobilenetv2")
network("network_of_infinity_f64", "float64 numbers beyond float32", dtype="F64",
        numbers=lambda size: struct.pack("<d", 1e300) * (size // 8), reader="warning")
network("network_of_nan", "a network of nothing but NaN", numbers=lambda size: b"\x7f" * size, reader="warning")
network("network_of_infinity", "a network of nothing but infinity", dtype="F8_E5M2", numbers=lambda size: b"\x7c" * size,
        reader="warning")
network("network_beyond_f16", "numbers that float16 does not reach", dtype="F32",
        numbers=lambda size: struct.pack("<f", 1e6) * (size // 4), reader="checkpoint --dtype f16")
for path, what, metadata in (
        ("format", "format 2", {"hydranet.format": "2"}),
        ("variant", "a published variant that it is not", {"hydranet.variant": "nyud"}),
        ("variant_escape", "a variant that steers the terminal", {"hydranet.variant": "x\x1b[2J\r\nhydranet: ok"}),
        ("tasks", "tasks that it does not have", {"hydranet.tasks": "segm depth normal"}),
        ("classes", "three classes of two", {"hydranet.classes": "a\nb\nc"}),
        ("classes_long", "a class name of 100,000 letters", {"hydranet.classes": "a\n" + "b" * 100_000}),
        ("classes_escape", "a class name that steers the terminal", {"hydranet.classes": "a\nb\x1b[2J"}),
        ("palette", "one colour for two classes", {"hydranet.palette": "808080"}),
        ("palette_letters", "a colour that is none", {"hydranet.palette": "808080 zzzzzz"}),
        ("depth_reversed", "a depth range that ends before it starts", {"hydranet.depth_range_metres": "80 0"}),
        ("depth_nan", "a depth range of NaN", {"hydranet.depth_range_metres": "NaN NaN"}),
        ("mean_infinite", "an infinite mean", {"hydranet.mean": "0 Infinity 0"}),
        ("mean_of_two", "a mean of two", {"hydranet.mean": "0 0"}),
        ("std_zero", "a standard deviation of 0", {"hydranet.std": "1 0 1"}),
        ("std_lines", "a standard deviation of 10,000 lines", {"hydranet.std": "\n" * 10_000})):
    network("metadata_" + path, "metadata: " + what, metadata=metadata, kind="weights")

# --- safetensors ---------------------------------------------------------------------------------------------

U8 = entry("U8", [4], 0, 4)


def tensors(path, what, content):
    add(f"weights/{path}.safetensors", what, content)


tensors("empty", "nothing", b"")
tensors("seven_bytes", "shorter than a header's length", b"\2\0\0\0\0\0\0")
tensors("length_0", "a header of no bytes", safetensors("{}", length=0))
tensors("length_past_the_end", "a header longer than the file", safetensors("{}", length=3))
tensors("length_of_2_to_63", "a header of 2^63 bytes", safetensors("{}", length=2**63))
tensors("length_of_2_to_64", "a header of 2^64-1 bytes", safetensors("{}", length=2**64 - 1))
tensors("not_an_object", "a header that is a list", safetensors("[]"))
tensors("byte_order_mark", "a header with a byte order mark", safetensors("\ufeff{}"))
tensors("utf16", "a header in UTF-16", safetensors("{}".encode("utf-16-le")))
tensors("not_utf8", "a name that is not UTF-8", safetensors(b'{"\xff":{}}'))
tensors("half_a_surrogate", "a name with half a surrogate pair", safetensors('{"\\ud800":{}}'))
tensors("unclosed", "a header that does not end", safetensors('{"a":{"dtype":"U8"'))
tensors("after_the_end", "a header that goes on after its end", safetensors("{}{}"))
tensors("comment", "a header with a comment", safetensors("{/*x*/}"))
tensors("deep", "100,000 lists in each other", safetensors('{"a":' + "[" * 100_000))
tensors("deep_shape", "100,000 lists for a shape", safetensors('{"a":{"shape":' + "[" * 100_000))
tensors("null", "null for a tensor", safetensors('{"a":null}'))
tensors("name_twice", "a name twice", safetensors('{"a":%s,"a":%s}' % ((str(U8).replace("'", '"'),) * 2), b"1234"))
tensors("name_twice_escaped", "a name twice, once with an escape",
        safetensors('{"a":%s,"\\u0061":%s}' % ((str(U8).replace("'", '"'),) * 2), b"1234"))
tensors("key_twice", "a dtype twice", safetensors('{"a":{"dtype":"U8","dtype":"F32"}}'))
tensors("key_unknown", "a key that tensors do not have", safetensors('{"a":{"strides":[1]}}'))
tensors("key_missing", "a tensor without a shape", safetensors('{"a":{"dtype":"U8","data_offsets":[0,0]}}'))
tensors("metadata_twice", "metadata twice", safetensors('{"__metadata__":{},"__metadata__":{}}'))
tensors("metadata_of_numbers", "metadata that is a number", safetensors('{"__metadata__":{"a":1}}'))
tensors("metadata_list", "metadata that is a list", safetensors('{"__metadata__":[]}'))
tensors("dtype_unknown", "a dtype that is none", safetensors({"a": entry("C64", [1], 0, 8)}, bytes(8)))
tensors("dtype_number", "a dtype that is a number", safetensors({"a": {"dtype": 4}}))
tensors("dtype_too_wide", "float64 in the bytes of float32", safetensors({"a": entry("F64", [2], 0, 8)}, bytes(8)))
tensors("shape_negative", "a shape of -4", safetensors({"a": entry("U8", [-4], 0, 4)}, bytes(4)))
tensors("shape_float", "a shape of 4.0", safetensors({"a": entry("U8", [4.0], 0, 4)}, bytes(4)))
tensors("shape_exponent", "a shape of 1e9", safetensors('{"a":{"dtype":"U8","shape":[1e9],"data_offsets":[0,1]}}', b"x"))
tensors("shape_overflow", "a shape of 2^32 x 2^32", safetensors({"a": entry("U8", [2**32, 2**32], 0, 0)}))
tensors("shape_of_2_to_64", "a shape of 2^64", safetensors({"a": entry("U8", [2**64], 0, 0)}))
tensors("shape_times_bytes", "2^61 numbers of 8 bytes", safetensors({"a": entry("F64", [2**61], 0, 0)}))
tensors("shape_of_2_gb", "2^31-8 bytes that are not there", safetensors({"a": entry("U8", [2**31 - 8], 0, 2**31 - 8)}))
tensors("shape_of_1_gb", "2^28 numbers that are not there", safetensors({"a": entry("F32", [2**28], 0, 2**30)}))
tensors("shape_nothing_times_much", "a shape of 0 x 2^40", safetensors({"a": entry("U8", [0, 2**40], 0, 0)}))
tensors("shape_long", "a shape of 65 dimensions", safetensors({"a": entry("U8", [1] * 65, 0, 1)}, b"x"))
tensors("offsets_reversed", "a range that ends before it starts", safetensors({"a": entry("U8", [4], 4, 0)}, bytes(4)))
tensors("offsets_of_one", "a range of one number", safetensors('{"a":{"dtype":"U8","shape":[],"data_offsets":[0]}}'))
tensors("offsets_past_the_end", "a range past the end", safetensors({"a": entry("U8", [4], 0, 4)}, b"123"))
tensors("offsets_far", "a range at 2^62", safetensors({"a": entry("U8", [4], 2**62, 2**62 + 4)}, b"1234"))
tensors("offsets_into_the_header", "a range at -8", safetensors({"a": entry("U8", [4], -8, -4)}, b"1234"))
tensors("hole", "a byte that belongs to no tensor",
        safetensors({"a": entry("U8", [1], 0, 1), "b": entry("U8", [1], 2, 3)}, b"123"))
tensors("overlap", "a byte that belongs to two",
        safetensors({"a": entry("U8", [2], 0, 2), "b": entry("U8", [2], 1, 3)}, b"123"))
tensors("same_bytes", "two tensors of the same bytes", safetensors({"a": U8, "b": U8}, b"1234"))
tensors("more", "bytes after the last tensor", safetensors({"a": U8}, b"12345"))
tensors("no_tensors", "no tensors", safetensors("{}"))
tensors("escape_in_name", "a name that steers the terminal", safetensors({"\x1b[2J\r\n\u202e": entry("U8", [5], 0, 4)}, b"1234"))
tensors("checkpoint", "a PyTorch checkpoint where safetensors should be", WHOLE)
tensors("pickle", "a pickle where safetensors should be", pickle({"w": 1}))
tensors("random_network", "tensors of no network", safetensors({"a": U8}, b"1234"))

# --- tensors for run and verify ------------------------------------------------------------------------------

for path, what, content in (
        ("none", "no tensor named input", safetensors({"a": U8}, b"1234")),
        ("rank_3", "an image without a batch", safetensors({"input": entry("U8", [3, 2, 2], 0, 12)}, bytes(12))),
        ("grey", "an image of one channel", safetensors({"input": entry("U8", [1, 1, 2, 2], 0, 4)}, bytes(4))),
        ("no_pixels", "an image of 0 x 5", safetensors({"input": entry("U8", [1, 3, 0, 5], 0, 0)})),
        ("no_channels", "an image of no channels and 2^30 x 2^30 pixels",
         safetensors({"input": entry("U8", [1, 0, 2**30, 2**30], 0, 0)})),
        ("rank_64", "an image of 64 dimensions", safetensors({"input": entry("U8", [1] * 64, 0, 1)}, b"x")),
        ("scalar", "a number", safetensors({"input": entry("F32", [], 0, 4)}, bytes(4))),
        ("cut_off", "an image that is cut off", safetensors({"input": entry("U8", [1, 3, 2, 2], 0, 12)}, bytes(11)))):
    add(f"input/{path}.safetensors", what, content)
IMAGE = {"input": entry("U8", [1, 3, 2, 2], 0, 12)}
for path, what, table, size in (
        ("input_alone", "an input and nothing to compare", IMAGE, 12),
        ("unknown", "a layer that there is not", {**IMAGE, "layer9\x1b[2J": entry("U8", [1], 12, 13)}, 13),
        ("many_unknown", "a thousand layers that there are not",
         {**IMAGE, **{f"x{i}": entry("U8", [1], 12 + i, 13 + i) for i in range(1000)}}, 1012),
        ("no_input", "no input", {"segm": entry("U8", [1], 0, 1)}, 1)):
    add(f"reference/{path}.safetensors", what, safetensors(table, bytes(size)))

# --- pictures ------------------------------------------------------------------------------------------------


def picture(path, what, content):
    add("image/" + path, what, content)


ROWS = pixels((b"\0" + b"\x80" * 12) * 4)  # 4x4 pixels
picture("empty.png", "nothing", b"")
picture("text.png", "text", b"hello")
picture("html.jpg", "a web page", b"<html>Not found")
picture("svg.png", "a drawing with an external entity",
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>')
picture("weights.png", "a checkpoint", WHOLE)
picture("png_signature.png", "a PNG's first bytes alone", PNG)
picture("png_no_header.png", "a PNG without a header", png(ROWS, END))
picture("png_no_pixels.png", "a PNG without pixels", png(header(4, 4), END))
picture("png_cut_off.png", "a PNG that is cut off in its pixels", png(header(4, 4), ROWS)[:50])
picture("png_0x0.png", "a PNG of 0 x 0", png(header(0, 0), ROWS, END))
picture("png_2_gigapixels.png", "a PNG of 2^31-1 x 2^31-1", png(header(2**31 - 1, 2**31 - 1), ROWS, END))
picture("png_4_gigapixels.png", "a PNG of 2^32-1 x 2^32-1", png(header(2**32 - 1, 2**32 - 1), ROWS, END))
picture("png_bomb.png", "a PNG of 25,000 x 25,000 that says so and holds 4 x 4", png(header(25_000, 25_000), ROWS, END))
picture("png_bomb_thin.png", "a PNG of 1 x 2^31-1", png(header(1, 2**31 - 1), ROWS, END))
picture("png_bomb_16_bit.png", "a PNG of 12,000 x 12,000, 16 bits and alpha", png(header(12_000, 12_000, 16, 6), ROWS, END))
picture("png_few_pixels.png", "a PNG of 100 x 100 that holds 4 x 4", png(header(100, 100), ROWS, END))
picture("png_depth_3.png", "a PNG of 3 bits", png(header(4, 4, 3), ROWS, END))
picture("png_colour_5.png", "a PNG of colour type 5", png(header(4, 4, 8, 5), ROWS, END))
picture("png_compression_9.png", "a PNG of another compression", png(header(4, 4, compression=9), ROWS, END))
picture("png_interlace_7.png", "a PNG of another interlacing", png(header(4, 4, interlace=7), ROWS, END))
picture("png_filter_99.png", "a PNG of an unknown filter", png(header(4, 4), pixels((b"\x63" + b"\x80" * 12) * 4), END))
picture("png_no_palette.png", "a PNG without its palette", png(header(4, 4, 8, 3), pixels((b"\0" + b"\1" * 4) * 4), END))
picture("png_not_deflated.png", "a PNG whose pixels do not inflate", png(header(4, 4), chunk(b"IDAT", b"\x78\x9c" + b"\xff" * 40), END))
picture("png_chunk_of_4_gb.png", "a PNG with a chunk of 4 GB", png(header(4, 4), chunk(b"tEXt", b"x", length=2**32 - 1), ROWS, END))
picture("png_chunk_of_2_gb.png", "a PNG whose pixels are a chunk of 2 GB", png(header(4, 4), chunk(b"IDAT", b"x\x9c", length=2**31 - 1)))
JFIF = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
FRAME = struct.pack(">BHHB", 8, 8, 8, 1) + b"\1\x11\0"
picture("jpeg_marker.jpg", "a JPEG's first bytes alone", b"\xff\xd8\xff")
picture("jpeg_no_frame.jpg", "a JPEG without a frame", b"\xff\xd8" + JFIF + b"\xff\xd9")
picture("jpeg_no_scan.jpg", "a JPEG without pixels", b"\xff\xd8" + JFIF + segment(0xC0, FRAME) + b"\xff\xd9")
picture("jpeg_no_tables.jpg", "a JPEG without tables",
        b"\xff\xd8" + JFIF + segment(0xC0, FRAME) + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\xab" * 40 + b"\xff\xd9")
picture("jpeg_0x0.jpg", "a JPEG of 0 x 0",
        b"\xff\xd8" + JFIF + segment(0xC0, struct.pack(">BHHB", 8, 0, 0, 1) + b"\1\x11\0") + b"\xff\xd9")
picture("jpeg_bomb.jpg", "a JPEG of 65,500 x 65,500 without pixels",
        b"\xff\xd8" + JFIF + segment(0xC0, struct.pack(">BHHB", 8, 65_500, 65_500, 3) + b"\1\x11\0\2\x11\0\3\x11\0")
        + segment(0xDA, b"\3\1\0\2\0\3\0\0\x3f\0"))
picture("jpeg_255_components.jpg", "a JPEG of 255 components",
        b"\xff\xd8" + JFIF + segment(0xC0, struct.pack(">BHHB", 8, 8, 8, 255) + b"\1\x11\0" * 255) + b"\xff\xd9")
picture("jpeg_segment_of_0.jpg", "a JPEG with a segment of length 0", b"\xff\xd8" + segment(0xE0, b"", length=0) + bytes(20))
picture("jpeg_exif_loop.jpg", "a JPEG whose EXIF directory follows itself",
        b"\xff\xd8" + exif(struct.pack(">HHHIIHHII", 2, 0x0112, 3, 1, 6 << 16, 0x8769, 4, 1, 8) + struct.pack(">I", 8))
        + segment(0xC0, FRAME) + b"\xff\xd9")
picture("jpeg_exif_of_4_gb.jpg", "a JPEG whose EXIF has a field of 2^32-1 numbers",
        b"\xff\xd8" + exif(struct.pack(">HHHIII", 1, 0x0112, 5, 2**32 - 1, 8, 0)) + segment(0xC0, FRAME) + b"\xff\xd9")
# 8x8 pixels of grey: tables with one code each, for a difference of nothing and for the block's end.
TABLES = segment(0xDB, b"\0" + b"\1" * 64) + segment(0xC4, b"\0\1" + bytes(16)) + segment(0xC4, b"\x10\1" + bytes(16))
GREY = segment(0xC0, FRAME) + TABLES + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x3f\xff\xd9"
picture("jpeg_scans.jpg", "a JPEG of a thousand scans, each of all pixels",
        b"\xff\xd8" + JFIF + segment(0xC2, FRAME) + TABLES + (segment(0xDA, b"\1\1\0\0\0\0") + b"\x7f") * 1000 + b"\xff\xd9")
picture("gif_header.gif", "a GIF's first bytes alone", b"GIF89a")
picture("gif_no_frame.gif", "a GIF without a picture", gif(4, 4, b"\x3b"))
picture("gif_0x0.gif", "a GIF of 0 x 0", gif(0, 0, frame(0, 0, 0, 0) + b"\x3b"))
picture("gif_bomb.gif", "a GIF of 65,535 x 65,535 that holds 1 pixel",
        gif(65_535, 65_535, frame(0, 0, 65_535, 65_535) + b"\x3b", 0x80, bytes(6)))
picture("gif_code_size_255.gif", "a GIF with codes of 255 bits", gif(4, 4, frame(0, 0, 4, 4, 255) + b"\x3b", 0x80, bytes(6)))
picture("gif_endless_comment.gif", "a GIF whose comment does not end", gif(4, 4, b"\x21\xfe" + b"\xff" * 20_000))
picture("gif_cut_off.gif", "a GIF that is cut off", gif(4, 4, frame(0, 0, 4, 4)[:12], 0x80, bytes(6)))
picture("bmp_header.bmp", "a BMP's first bytes alone", b"BM")
picture("bmp_bomb.bmp", "a BMP of 20,000 x 20,000 that holds nothing", bmp(20_000, 20_000))
picture("bmp_negative.bmp", "a BMP of -4 x 4", bmp(-4, 4, data=bytes(64)))
picture("bmp_lowest.bmp", "a BMP of 4 x -2^31", bmp(4, -2**31, data=bytes(64)))
picture("bmp_bits_77.bmp", "a BMP of 77 bits", bmp(4, 4, 77, data=bytes(64)))
picture("bmp_offset.bmp", "a BMP whose pixels lie behind its end", bmp(4, 4, offset=2**31 - 1, data=bytes(48)))
picture("bmp_header_of_4_gb.bmp", "a BMP with a header of 4 GB", bmp(4, 4, size=2**32 - 1, data=bytes(48)))
picture("bmp_of_png.bmp", "a BMP that holds a PNG that is a bomb",
        bmp(25_000, 25_000, 0, 5, data=png(header(25_000, 25_000), ROWS, END), image_size=100))
picture("tiff_no_directory.tif", "a TIFF without a directory", b"II\x2a\0\0\0\0\0")
picture("tiff_directory_outside.tif", "a TIFF whose directory is behind its end", b"II\x2a\0\xff\xff\xff\x7f")
picture("tiff_loop.tif", "a TIFF whose directory follows itself", tiff([(256, 3, 1, 4), (257, 3, 1, 4)], after=8))
picture("tiff_bomb.tif", "a TIFF of 20,000 x 20,000 that holds nothing",
        tiff([(256, 4, 1, 20_000), (257, 4, 1, 20_000), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8),
              (277, 3, 1, 1), (278, 4, 1, 20_000), (279, 4, 1, 400_000_000)]))
picture("tiff_strips.tif", "a TIFF of 2^28 strips",
        tiff([(256, 4, 1, 4), (257, 4, 1, 4), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 2**28, 8),
              (277, 3, 1, 1), (278, 4, 1, 1), (279, 4, 2**28, 8)]))
picture("tiff_entries.tif", "a TIFF of 65,535 fields that are not there", tiff([(256, 3, 1, 4)], entries=65_535))
picture("tiff_count.tif", "a TIFF with a field of 2^32-1 numbers", tiff([(256, 12, 2**32 - 1, 8), (257, 3, 1, 4)]))
picture("tiff_of_floats.tif", "a TIFF of floating-point numbers that are no colours",
        tiff([(256, 4, 1, 4), (257, 4, 1, 4), (258, 3, 1, 32), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 146), (277, 3, 1, 1),
              (278, 4, 1, 4), (279, 4, 1, 64), (339, 3, 1, 3)], data=struct.pack("<16f", *[-1e6] * 16) * 2))
picture("tiff_tile_0.tif", "a TIFF of tiles of 0 x 0",
        tiff([(256, 4, 1, 4), (257, 4, 1, 4), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (277, 3, 1, 1),
              (322, 4, 1, 0), (323, 4, 1, 0), (324, 4, 1, 8), (325, 4, 1, 16)]))
picture("tiff_rows_0.tif", "a TIFF of strips of no rows",
        tiff([(256, 4, 1, 4), (257, 4, 1, 4), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1),
              (278, 4, 1, 0), (279, 4, 1, 16)], data=bytes(16)))
picture("jpeg_lying_size.jpg", "a JPEG of 12,000 x 12,000 that holds one block",
        b"\xff\xd8" + JFIF + segment(0xC0, struct.pack(">BHHB", 8, 12_000, 12_000, 1) + b"\1\x11\0") + TABLES
        + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x3f\xff\xd9")
picture("jpeg_12_bit.jpg", "a JPEG of 12 bits", GREY.replace(FRAME, b"\x0c" + FRAME[1:]).join([b"\xff\xd8", b""]))
picture("jpeg_arithmetic.jpg", "an arithmetic-coded JPEG", b"\xff\xd8" + GREY.replace(b"\xff\xc0", b"\xff\xc9"))
picture("jpeg_two_frames.jpg", "a JPEG of two frames", b"\xff\xd8" + segment(0xC0, FRAME) + GREY)
picture("png_lying_size.png", "a PNG of 7,000 x 7,000 that holds 4 x 4", png(header(7_000, 7_000), ROWS, END))
picture("gif_lying_size.gif", "a GIF of 10,000 x 10,000 of one code",
        gif(10_000, 10_000, frame(0, 0, 10_000, 10_000) + b"\x3b", 0x80, bytes(6)))
picture("tiff_lying_size.tif", "a deflated TIFF of 7,000 x 7,000 that holds 8 bytes",
        tiff([(256, 4, 1, 7_000), (257, 4, 1, 7_000), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8),
              (277, 3, 1, 1), (278, 4, 1, 7_000), (279, 4, 1, 8)]))
picture("tiff_tile_of_gigapixels.tif", "a TIFF of 4 x 4 in a tile of 2^31 x 2^31",
        tiff([(256, 4, 1, 4), (257, 4, 1, 4), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (277, 3, 1, 1),
              (322, 4, 1, 2**31), (323, 4, 1, 2**31), (324, 4, 1, 8), (325, 4, 1, 16)]))
picture("pnm_bomb.ppm", "a PPM of 30,000 x 30,000 that holds nothing", b"P6 30000 30000 255\n")
picture("pnm_lying_size.ppm", "a PPM of 7,000 x 7,000 that holds nothing", b"P6 7000 7000 255\n")
picture("pnm_overflow.pgm", "a PGM of 2^32 x 1", b"P5 4294967296 1 255\n" + bytes(20))
picture("pnm_negative.pgm", "a PGM of -4 x 4", b"P5 -4 4 255\n" + bytes(20))
picture("pnm_word.pgm", "a PGM whose width does not end", b"P5 " + b"1" * 100_000)
picture("pnm_maximum.pgm", "a PGM of levels up to 65536", b"P5 4 4 65536\n" + bytes(40))
picture("pnm_depth.pam", "a PAM of 2^31 components", b"P7\nWIDTH 4\nHEIGHT 4\nDEPTH 2147483648\nMAXVAL 255\nENDHDR\n")
picture("pnm_no_end.pam", "a PAM whose header does not end", b"P7\nWIDTH 4\n" + b"#\n" * 1000)
RIFF = b"RIFF\xff\xff\xff\x7fWEBP"
picture("webp_header.webp", "a WebP's first bytes alone", RIFF)
picture("webp_no_picture.webp", "a WebP without a picture", RIFF + b"EXIF\4\0\0\0abcd")
picture("webp_chunk_of_4_gb.webp", "a WebP whose picture is a chunk of 4 GB", RIFF + b"VP8 \xff\xff\xff\xff" + bytes(40))
picture("webp_no_key_frame.webp", "a WebP of a frame that needs another", RIFF + b"VP8 \x28\0\0\0\1" + bytes(39))
picture("webp_lying_size.webp", "a lossy WebP of 4,000 x 4,000 that holds nothing",
        RIFF + b"VP8 \x28\0\0\0\x10\2\0\x9d\1\x2a" + struct.pack("<HH", 4_000, 4_000) + bytes(30))
picture("webp_bomb.webp", "a lossless WebP of 16,384 x 16,384", RIFF + b"VP8L\x10\0\0\0\x2f\xff\xff\xff\x0f" + bytes(11))
picture("webp_no_codes.webp", "a lossless WebP with invalid prefix codes",
        RIFF + b"VP8L\x18\0\0\0\x2f\3\xc0\0\0" + b"\xe0" + bytes(18))
picture("webp_cache.webp", "a lossless WebP with a cache of 15 bits", RIFF + b"VP8L\x10\0\0\0\x2f\3\xc0\0\0\x1e" + bytes(10))
picture("webp_frame_in_frame.webp", "a WebP of frames in each other",
        RIFF + b"VP8X\x0a\0\0\0\2\0\0\0\3\0\0\3\0\0" + (b"ANMF\x28\0\0\0" + bytes(16)) * 3)
picture("webp_frame_off_canvas.webp", "a WebP whose first frame is not on its canvas",
        RIFF + b"VP8X\x0a\0\0\0\2\0\0\0\0\0\0\0\0\0ANMF\xff\0\0\0\xff\xff\xff" + bytes(13)
        + b"VP8L\x0c\0\0\0\x2f\3\xc0\0\0\x88\x88\x08" + bytes(4))
picture("heic.heic", "a HEIC image's first bytes", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
picture("avif.avif", "an AVIF image's first bytes", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf")
picture("jpeg_2000.jp2", "a JPEG 2000 image's first bytes", b"\0\0\0\x0cjP  \r\n\x87\n")
picture("big_tiff.tif", "a BigTIFF's first bytes", b"II+\0\x08\0\0\0" + bytes(8))
picture("wbmp_bomb.wbmp", "a WBMP of 2^31-1 x 2^31-1", b"\0\0\x87\xff\xff\xff\x7f\x87\xff\xff\xff\x7f")
picture("wbmp_endless.wbmp", "a WBMP whose width does not end", b"\0\0" + b"\xff" * 1000)
picture("wbmp_zeros.wbmp", "zeros, a WBMP of 0 x 0", bytes(64))

for path, what, content, reader in models.FILES:
    add(path, what, content, reader)


def main():
    manifest = HERE / "manifest.tsv"
    errors = {}
    if manifest.exists():
        with open(manifest, newline="") as file:
            errors = {row["file"]: row["error"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    for folder in {path.split("/")[0] for path in FILES}:
        shutil.rmtree(HERE / folder, ignore_errors=True)
        (HERE / folder).mkdir()
    with open(manifest, "w", newline="") as file:
        file.write("file\treader\twhat\terror\n")
        for path, (reader, what, content) in sorted(FILES.items()):
            (HERE / path).write_bytes(content)
            file.write(f"{path}\t{reader}\t{what}\t{errors.get(path, '')}\n")
    print(f"{len(FILES)} files, {sum(len(content) for _, _, content in FILES.values())} bytes")


if __name__ == "__main__":
    main()
