"""Attack files for the readers of ONNX models and of graphs in safetensors."""

import json
import math

from formats import entry, safetensors
from onnxfile import (
    COMPLEX, FLOAT16, STRING, block, graph, ints, model, node, number, tensor, value, varint,
    with_attribute)

RELU = node("Relu", ["x"], ["y"])
PLAIN = model(graph([RELU]))
W = tensor("w", [3, 3, 1, 1], [0.5] * 9)
CONV = node("Conv", ["x", "w"], ["y"], "conv")
MOST = 2**31 - 1
FILES = []

# Refused only once the inputs' shapes are known.
SHAPES = (
    "axis_outside", "block_huge", "bomb_expand", "bomb_pad", "bomb_resize", "bomb_resize_beyond_int",
    "bomb_resize_negative", "bomb_resize_of_3_axes", "bomb_resize_scale_0", "bomb_resize_scale_huge",
    "bomb_resize_scale_infinite", "bomb_resize_scale_nan", "bomb_resize_scale_negative", "bomb_tile",
    "bomb_upsample", "conv_dilation_huge", "conv_of_other_channels", "conv_padding_huge", "conv_padding_large",
    "conv_padding_same_dilated", "conv_transpose", "expand_input", "gather_of_floats", "pad_input",
    "reshape_0_outside", "reshape_long", "reshape_negative", "reshape_open_and_0", "reshape_open_no_multiple",
    "reshape_other_count", "reshape_overflow", "reshape_two_open", "slice_lengths", "slice_step_0",
    "slice_step_lowest", "slice_too_many", "split_overflow", "split_sizes", "squeeze_outside", "tile_input",
    "unsqueeze_long", "unsqueeze_twice")


def onnx(name, what, content):
    FILES.append((f"onnx/{name}.onnx", what, content, "shapes" if name in SHAPES else "onnx"))


def nodes(name, what, *parts, tensors=(), **more):
    onnx(name, what, model(graph(list(parts), tensors, **more)))


# --- the container -------------------------------------------------------------------------------------------

onnx("empty", "no bytes at all", b"")
onnx("text", "a text", b"this is not a model\n" * 10)
onnx("html", "a web page", b"<!DOCTYPE html><html><body>404</body></html>")
onnx("lfs_pointer", "a Git LFS pointer",
     b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n")
onnx("truncated", "a model cut off", model(graph([CONV], [W]))[:-30])
onnx("truncated_tensor", "a model cut off in a tensor's bytes", model(graph([CONV], [W]))[:60])
onnx("varint_of_11_bytes", "a tag that does not end", b"\xff" * 11)
onnx("varint_overflow", "a length of 2^63", number(1, 8) + b"\x3a" + varint(2**63) + b"\0" * 20)
onnx("length_of_2_gb", "a graph of 2 GB that is not there", number(1, 8) + b"\x3a" + varint(MOST) + b"\0" * 20)
onnx("length_negative", "a graph of -1 bytes", number(1, 8) + b"\x3a" + varint(-1) + b"\0" * 20)
onnx("length_beyond_parent", "a node that is longer than its graph", number(1, 8) + block(7, b"\x0a\x7f" + b"\0" * 20) + b"\0" * 200)
onnx("tag_0", "a field of number 0", number(1, 8) + b"\0\0")
onnx("wire_type_7", "a field of an unknown wire type", number(1, 8) + b"\x0f\0")
onnx("group", "a group, which never ends", number(1, 8) + b"\x3b" * 40)
onnx("no_graph", "a model without a graph", number(1, 8) + block(8, number(2, 17)))
onnx("no_nodes", "a graph without nodes", model(graph([])))
onnx("no_outputs", "a graph without outputs", model(graph([RELU], outputs=())))


def deep(levels):
    inner = graph([RELU])
    for _ in range(levels):
        inner = graph([with_attribute(node("If", ["x"], ["y"]), "then_branch", (inner,))])
    return inner


onnx("deep", "a thousand graphs in each other", model(deep(1000)))
onnx("deep_types", "types of sequences in each other, a thousand levels",
     model(graph([RELU], inputs=[block(1, "x") + block(2, (lambda t: [t := block(4, block(1, t)) for _ in range(1000)][-1])(b""))])))
onnx("nodes_without_end", "40,000 nodes", model(graph([b""] * 40_000)))
onnx("opset_none", "no version of the operators", model(graph([RELU]), versions=[]))
onnx("opset_6", "opset 6", model(graph([RELU]), 6))
onnx("opset_negative", "opset -1", model(graph([RELU]), -1))
onnx("opset_huge", "opset 2^62", model(graph([RELU]), 2**62))
onnx("opset_twice", "two opsets", model(graph([RELU]), versions=[block(8, number(2, 11)), block(8, number(2, 17))]))
onnx("opset_of_another_domain", "operators of another domain only",
     model(graph([RELU]), versions=[block(8, block(1, "com.example") + number(2, 1))]))

# --- names ---------------------------------------------------------------------------------------------------

nodes("name_with_escape", "a name that would clear the terminal and start another line",
      node("Relu", ["x"], ["a\n\x1b[2J\u202e"]), node("Relu", ["a\n\x1b[2J\u202e"], ["y"]))
nodes("name_of_a_node_with_escape", "an operator that would clear the terminal",
      node("Re\n\x1b[2Jlu", ["x"], ["y"], "no\x07de"))
nodes("name_not_utf_8", "a name that is no UTF-8", node("Relu", ["x"], ["y"]).replace(b"y", b"\xff"))
nodes("name_too_long", "a name of 5,000 characters", node("Relu", ["x"], ["n" * 5000]), node("Relu", ["n" * 5000], ["y"]))
nodes("name_twice", "two nodes that compute one value", RELU, RELU)
nodes("name_of_the_input", "a node that computes the input", node("Relu", ["x"], ["x"]), RELU)
nodes("name_of_a_tensor", "a node that computes a tensor", node("Relu", ["x"], ["w"]), CONV, tensors=[W])
nodes("name_of_two_tensors", "two tensors of one name", CONV, tensors=[W, W])
nodes("name_of_two_inputs", "two inputs of one name", RELU, inputs=[value("x"), value("x")])
nodes("name_of_two_outputs", "an output twice", RELU, outputs=("y", "y"))
nodes("name_empty", "a tensor without a name", CONV, tensors=[W, tensor("", [1], [1])])
nodes("cycle", "two nodes that wait for each other", node("Add", ["x", "b"], ["a"]), node("Relu", ["a"], ["b"]),
      node("Relu", ["b"], ["y"]))
nodes("cycle_of_one", "a node that reads what it computes", node("Add", ["x", "y"], ["y"]))
nodes("input_missing", "a node that reads a value that nothing computes", node("Relu", ["nothing"], ["y"]))
nodes("input_none", "a node without inputs", node("Relu", [], ["y"]))
nodes("input_left_out", "an operator whose first input is left out", node("Add", ["", "x"], ["y"]))
nodes("inputs_100000", "a Concat of 100,000 inputs", node("Concat", ["x"] * 100_000, ["y"], axis=1))
nodes("output_missing", "an output that nothing computes", RELU, outputs=("z",))
nodes("output_none", "a node without outputs", node("Relu", ["x"], []), RELU)
nodes("outputs_too_many", "an operator with more outputs than it has", node("Relu", ["x"], ["y", "z"]), node("Relu", ["z"], ["q"]))

# --- what is not supported -----------------------------------------------------------------------------------

nodes("operator_unknown", "an operator that does not exist", node("Frobnicate", ["x"], ["y"], "n"))
nodes("domain_unknown", "an operator of another domain", node("Relu", ["x"], ["y"], "n", "com.example"))
nodes("domain_with_escape", "a domain that would clear the terminal", node("Relu", ["x"], ["y"], "n", "\x1b[2J\n"))
nodes("control_flow", "If, with graphs in its attributes",
      with_attribute(node("If", ["x"], ["y"], "branch"), "then_branch", (graph([RELU], inputs=[]),)))
nodes("graph_in_relu", "a graph in an attribute of Relu", with_attribute(RELU, "body", (graph([RELU]),)))
nodes("attribute_by_reference", "an attribute that refers to a function's",
      node("LeakyRelu", ["x"], ["y"], "r") + block(5, block(1, "alpha") + block(21, "a") + number(20, 1)))
nodes("sparse_initializer", "a sparse tensor", CONV, more=block(15, block(1, W) + block(2, ints("i", 0)) + number(3, 9)))
nodes("sparse_constant", "a constant of a sparse tensor",
      node("Constant", [], ["c"], "k") + block(5, block(1, "sparse_value") + number(20, 11)), node("Add", ["x", "c"], ["y"]))
nodes("string_tensor", "a tensor of strings", CONV, tensors=[W, tensor("s", [1], kind=STRING, more=block(6, "text"))])
nodes("string_constant", "a constant of strings",
      node("Constant", [], ["c"], "k", value=tensor("", [1], kind=STRING, more=block(6, "text"))), node("Add", ["x", "c"], ["y"]))
nodes("complex_tensor", "a tensor of complex numbers", CONV, tensors=[W, tensor("s", [1], kind=COMPLEX, raw=b"\0" * 8)])
nodes("type_99", "a tensor of an unknown type", CONV, tensors=[W, tensor("s", [1], kind=99, raw=b"\0" * 8)])
nodes("input_of_strings", "an input of strings", RELU, inputs=[value("x", (1,), STRING)])
nodes("input_of_no_type", "an input without a type", RELU, inputs=[block(1, "x")])
nodes("input_of_a_sequence", "an input that is a sequence", RELU, inputs=[block(1, "x") + block(2, block(4, b""))])
nodes("segment", "a segment of a tensor", CONV, tensors=[tensor("w", [3, 3, 1, 1], [0.5] * 9, more=block(3, number(1, 0) + number(2, 9)))])

# --- tensors -------------------------------------------------------------------------------------------------

nodes("dims_huge", "a tensor of 2^31-1 x 2^31-1", CONV, tensors=[tensor("w", [MOST, MOST], [0.5] * 9)])
nodes("dims_overflow", "a tensor of 2^32 x 2^32, 0 where it overflows", CONV, tensors=[tensor("w", [2**32, 2**32], [])])
nodes("dims_overflow_long", "a tensor whose product is beyond int64", CONV, tensors=[tensor("w", [MOST] * 4, [])])
nodes("dims_negative", "a tensor of -3 x 3", CONV, tensors=[tensor("w", [-3, -3, 1, 1], [0.5] * 9)])
nodes("dims_lowest", "a tensor of -2^63", CONV, tensors=[tensor("w", [-2**63], [0.5] * 9)])
nodes("dims_1000000", "a tensor of 100,000 dimensions", CONV, tensors=[tensor("w", [1] * 100_000, [0.5])])
nodes("numbers_too_few", "a tensor with fewer numbers than its shape", CONV, tensors=[tensor("w", [3, 3, 1, 1], [0.5] * 8)])
nodes("numbers_too_many", "a tensor with more numbers than its shape", CONV, tensors=[tensor("w", [3, 3, 1, 1], [0.5] * 10)])
nodes("numbers_none", "a tensor without numbers", CONV, tensors=[tensor("w", [3, 3, 1, 1])])
nodes("numbers_odd", "a tensor of 35 bytes", CONV, tensors=[tensor("w", [3, 3, 1, 1], raw=b"\0" * 35)])
nodes("numbers_twice", "a tensor with two sets of numbers", CONV, tensors=[tensor("w", [3, 3, 1, 1], [0.5] * 9, raw=b"\0" * 36)])
nodes("numbers_of_another_type", "a tensor of float16 in the field of floats", CONV, tensors=[tensor("w", [3, 3, 1, 1], [0.5] * 9, FLOAT16)])
nodes("numbers_of_2_gb", "a tensor of 2^29 numbers that are not there", CONV, tensors=[tensor("w", [2**29], [])])
nodes("input_huge", "an input of 2^62 rows", RELU, inputs=[value("x", (1, 3, 2**62, 8))])


def external(name, what, **entries):
    onnx("external_" + name, what, model(graph([CONV], [tensor("w", [3, 3, 1, 1], external=entries)])))


external("parent", "numbers in the folder above", location="../manifest.tsv")
external("parent_hidden", "numbers in the folder above, by a detour", location="a/../../manifest.tsv")
external("absolute", "numbers in /etc/passwd", location="/etc/passwd", length=36)
external("device", "numbers of a device", location="../../../../../../../../dev/zero", length=36)
external("folder", "numbers in the folder itself", location=".")
external("missing", "numbers in a file that is not there", location="nothing.bin")
external("nothing", "numbers in no file", length=36)
external("nul", "numbers in a file whose name has a NUL", location="a\0b")
external("escape", "numbers in a file whose name would clear the terminal", location="a\n\x1b[2Jb")
external("long", "numbers in a file of a long name", location="n" * 100_000)
external("offset", "numbers behind the file's end", location="opset_6.onnx", offset=10**12, length=36)
external("offset_negative", "numbers before the file's begin", location="opset_6.onnx", offset=-36, length=36)
external("offset_overflow", "offset and length beyond int64", location="opset_6.onnx", offset=2**63 - 1, length=2**63 - 1)
external("offset_no_number", "an offset of letters", location="opset_6.onnx", offset="abc")
external("offset_too_large", "an offset of 30 digits", location="opset_6.onnx", offset="9" * 30)
external("length", "more numbers than the file has", location="opset_6.onnx", offset=0, length=10**6)
external("length_wrong", "fewer bytes than the shape needs", location="truncated.onnx", offset=0, length=32)
onnx("external_again_and_again", "a thousand tensors of the same numbers", model(graph(
    [CONV], [W] + [tensor(f"w{i}", [3, 3, 1, 1], external={"location": "truncated.onnx", "length": 36}) for i in range(1000)])))
onnx("external_twice", "two places in one entry", model(graph([CONV], [tensor("w", [3, 3, 1, 1], external={"location": "a"}, more=(
    block(13, block(1, "location") + block(2, "b"))))])))

# --- attributes ----------------------------------------------------------------------------------------------


def conv(name, what, weight=(3, 3, 3, 3), **attributes):
    w = tensor("w", weight, [0.5] * max(0, math.prod(weight)))
    nodes("conv_" + name, what, node("Conv", ["x", "w"], ["y"], "conv", **attributes), tensors=[w])


conv("kernel_0", "a kernel of 0 x 0", (3, 3, 0, 0))
conv("kernel_0_in_the_attribute", "a kernel_shape of 0 x 0", kernel_shape=[0, 0])
conv("kernel_of_another_shape", "a kernel_shape that is not the weight's", kernel_shape=[5, 5])
conv("kernel_huge", "a kernel_shape of 2^31-1", kernel_shape=[MOST, MOST])
conv("kernel_negative", "a kernel_shape of -3", kernel_shape=[-3, -3])
conv("kernel_of_3_axes", "a kernel_shape of three axes", kernel_shape=[3, 3, 3])
conv("stride_0", "a stride of 0", strides=[0, 0])
conv("stride_negative", "a stride of -1", strides=[-1, -1])
conv("stride_beyond_int", "a stride of 2^32+1", strides=[2**32 + 1, 1])
conv("dilation_0", "a dilation of 0", dilations=[0, 0])
conv("dilation_huge", "a dilation of 2^31-1", dilations=[MOST, MOST])
conv("padding_huge", "a padding of 2^31-1", pads=[MOST] * 4)
conv("padding_large", "a padding of 2^30", pads=[2**30] * 4)
conv("padding_negative", "a padding of -1", pads=[-1] * 4)
conv("padding_of_3", "three numbers of padding", pads=[1, 1, 1])
conv("padding_same_dilated", "auto_pad with a dilation of 2^30", auto_pad="SAME_UPPER", dilations=[2**30, 2**30])
conv("group_0", "0 groups", group=0)
conv("group_negative", "-1 groups", group=-1)
conv("group_2", "2 groups of 3 channels", group=2)
conv("group_huge", "2^31-1 groups", group=MOST)
conv("group_beyond_int", "2^40 groups", group=2**40)
conv("of_rank_2", "a weight of rank 2", (3, 3))
conv("of_rank_5", "a weight of rank 5", (3, 3, 1, 1, 1))
conv("of_other_channels", "a weight of more channels than the input", (3, 5, 1, 1))
nodes("conv_without_weight", "a convolution without a weight", node("Conv", ["x"], ["y"], "conv"))
nodes("conv_bias", "a bias of another length", node("Conv", ["x", "w", "b"], ["y"], "conv"), tensors=[W, tensor("b", [5], [0] * 5)])
nodes("conv_transpose", "an output_padding of 2^31-1",
      node("ConvTranspose", ["x", "w"], ["y"], "up", output_padding=[MOST, MOST]), tensors=[W])
nodes("pool_kernel_0", "a pool of 0 x 0", node("MaxPool", ["x"], ["y"], "pool", kernel_shape=[0, 0]))
nodes("pool_kernel_huge", "a pool of 2^31-1", node("AveragePool", ["x"], ["y"], "pool", kernel_shape=[MOST, MOST], pads=[MOST] * 4))
nodes("pool_without_kernel", "a pool without its kernel", node("MaxPool", ["x"], ["y"], "pool"))
nodes("pool_stride_0", "a pool with a stride of 0", node("MaxPool", ["x"], ["y"], "pool", kernel_shape=[2, 2], strides=[0, 0]))
nodes("attribute_of_another_type", "a float where an int belongs", node("Concat", ["x", "x"], ["y"], "cat", axis=1.0))
nodes("attribute_list_for_one", "a list where an int belongs", node("Concat", ["x", "x"], ["y"], "cat", axis=[1]))
nodes("attribute_one_for_list", "an int where a list belongs", node("Transpose", ["x"], ["y"], "t", perm=1))
nodes("attribute_text_for_number", "a text where a float belongs", node("LeakyRelu", ["x"], ["y"], "r", alpha="0.1"))
nodes("attribute_lies", "an attribute whose type is not that of its value",
      with_attribute(node("LeakyRelu", ["x"], ["y"], "r"), "alpha", 7, 1).replace(b"\x18\x07", b""), node("Concat", ["x", "q"], ["z"]))
nodes("attribute_twice", "an attribute twice", with_attribute(node("Concat", ["x", "x"], ["y"], "cat", axis=1), "axis", 2))
nodes("axis_outside", "a Concat along axis 9", node("Concat", ["x", "x"], ["y"], "cat", axis=9))
nodes("axis_lowest", "a Softmax along axis -2^63", node("Softmax", ["x"], ["y"], "s", axis=-2**63))
nodes("perm_of_one_axis", "a permutation with an axis twice", node("Transpose", ["x"], ["y"], "t", perm=[0, 0, 0, 0]))
nodes("perm_long", "a permutation of 10,000 axes", node("Transpose", ["x"], ["y"], "t", perm=list(range(10_000))))
nodes("block_0", "blocks of 0 x 0", node("DepthToSpace", ["x"], ["y"], "d", blocksize=0))
nodes("block_huge", "blocks of 2^31-1", node("SpaceToDepth", ["x"], ["y"], "d", blocksize=MOST))
nodes("groups_0", "a GroupNormalization of 0 groups", node("GroupNormalization", ["x", "s", "s"], ["y"], "n", num_groups=0),
      tensors=[tensor("s", [3], [1] * 3)])
nodes("size_negative", "an LRN of size -1", node("LRN", ["x"], ["y"], "n", size=-1))
nodes("constant_of_nothing", "a constant without a value", node("Constant", [], ["c"], "k"), node("Add", ["x", "c"], ["y"]))
nodes("fill_of_nothing", "a ConstantOfShape of a value without numbers",
      node("ConstantOfShape", ["s"], ["c"], "k", value=tensor("", [0], [])), node("Add", ["x", "c"], ["y"]), tensors=[ints("s", 1)])

# --- small files that ask for much ---------------------------------------------------------------------------


def bomb(name, what, operator, numbers, tensors=(), inputs=(), **attributes):
    """An operator on a constant, whose numbers are constant, too."""
    nodes("bomb_" + name, what, node(operator, ["one", "n", *inputs], ["c"], "bomb", **attributes), node("Add", ["x", "c"], ["y"]),
          tensors=[tensor("one", [1, 1, 1, 1], [1]), ints("n", *numbers), *tensors])


bomb("expand", "an Expand to 2^60 elements", "Expand", [2**15] * 4)
bomb("expand_overflow", "an Expand to 2^120 elements", "Expand", [2**30] * 4)
bomb("expand_ranks", "an Expand to 10,000 axes", "Expand", [1] * 10_000)
bomb("tile", "a Tile to 2^60 elements", "Tile", [2**15] * 4)
bomb("tile_beyond_int", "a Tile of 2^40", "Tile", [2**40] * 4)
bomb("tile_negative", "a Tile of -1", "Tile", [-1] * 4)
bomb("pad", "a Pad to 2^60 elements", "Pad", [2**14] * 8)
bomb("pad_lowest", "a Pad of -2^63", "Pad", [-2**63] * 8)
bomb("reflect", "a reflecting Pad of 2^30", "Pad", [2**30] * 8, mode="reflect")
nodes("bomb_fill", "a ConstantOfShape of 2^60 elements", node("ConstantOfShape", ["n"], ["c"], "bomb"), node("Add", ["x", "c"], ["y"]),
      tensors=[ints("n", *[2**15] * 4)])
nodes("bomb_fill_gigabytes", "a ConstantOfShape of 2^28 elements", node("ConstantOfShape", ["n"], ["c"], "bomb"),
      node("Add", ["x", "c"], ["y"]), tensors=[ints("n", 2**28)])
nodes("bomb_fills", "a thousand ConstantOfShape of a million elements",
      *[node("ConstantOfShape", ["n"], [f"c{i}"], f"bomb{i}") for i in range(1000)], RELU, tensors=[ints("n", 2**20)])
nodes("bomb_range", "a Range of 2^60 numbers", node("Range", ["a", "b", "d"], ["c"], "bomb"), node("Add", ["x", "c"], ["y"]),
      tensors=[ints("a", 0), ints("b", 2**60), ints("d", 1)])
nodes("bomb_range_0", "a Range of steps of 0", node("Range", ["a", "b", "d"], ["c"], "bomb"), node("Add", ["x", "c"], ["y"]),
      tensors=[ints("a", 0), ints("b", 5), ints("d", 0)])
nodes("bomb_range_nan", "a Range of NaN", node("Range", ["a", "b", "d"], ["c"], "bomb"), node("Add", ["x", "c"], ["y"]),
      tensors=[ints("a", 0), tensor("b", [], [math.nan]), ints("d", 1)])
nodes("bomb_ranges", "a hundred Ranges of a million numbers",
      *[node("Range", ["a", "b", "d"], [f"c{i}"], f"bomb{i}") for i in range(100)], RELU,
      tensors=[ints("a", 0), ints("b", 2**20), ints("d", 1)])


def resize(name, what, scales=None, sizes=None, operator="Resize"):
    tensors = [tensor("s", [len(scales)], scales)] if scales else [tensor("s", [0], []), ints("n", *sizes)]
    inputs = ["x", "s"] if operator == "Upsample" else ["x", "", "s"] + ([] if scales else ["n"])
    onnx("bomb_" + name, what, model(graph([node(operator, inputs, ["y"], "up")], tensors), 9 if operator == "Upsample" else 17))


resize("resize", "a Resize to 2^60 elements", sizes=[1, 3, 2**29, 2**29])
resize("resize_beyond_int", "a Resize to 2^62 rows", sizes=[1, 3, 2**62, 8])
resize("resize_negative", "a Resize to -8 rows", sizes=[1, 3, -8, 8])
resize("resize_scale_huge", "a Resize by 1e30", [1, 1, 1e30, 1e30])
resize("resize_scale_infinite", "a Resize by infinity", [1, 1, math.inf, math.inf])
resize("resize_scale_nan", "a Resize by NaN", [1, 1, math.nan, math.nan])
resize("resize_scale_negative", "a Resize by -2", [1, 1, -2, -2])
resize("resize_scale_0", "a Resize by 0", [1, 1, 0, 0])
resize("resize_of_3_axes", "a Resize of three factors", [1, 1, 2])
resize("upsample", "an Upsample by 1e9", [1, 1, 1e9, 1e9], operator="Upsample")


def shaped(name, what, operator, *tensors, **attributes):
    """An operator on the input, with constant numbers."""
    names = [f"n{i}" for i in range(len(tensors))]
    nodes(name, what, node(operator, ["x", *names], ["y"], "n", **attributes),
          tensors=[ints(n, *t) for n, t in zip(names, tensors)])


shaped("reshape_two_open", "a Reshape with two -1", "Reshape", [-1, -1])
shaped("reshape_other_count", "a Reshape to other than the elements", "Reshape", [1, 7])
shaped("reshape_open_and_0", "a Reshape of -1 and 0, allowzero", "Reshape", [0, -1], allowzero=1)
shaped("reshape_0_outside", "a Reshape with a 0 where the input has no axis", "Reshape", [1, 1, 1, 1, 0])
shaped("reshape_negative", "a Reshape to -192 x -1", "Reshape", [-192, -1])
shaped("reshape_overflow", "a Reshape to 2^62 x 2^62", "Reshape", [2**62, 2**62])
shaped("reshape_open_no_multiple", "a Reshape of -1 with what does not divide", "Reshape", [-1, 7])
shaped("reshape_long", "a Reshape to 10,000 axes", "Reshape", [1] * 10_000)
shaped("unsqueeze_long", "an Unsqueeze of 10,000 axes", "Unsqueeze", list(range(10_000)))
shaped("unsqueeze_twice", "an Unsqueeze of one axis twice", "Unsqueeze", [0, 0])
shaped("squeeze_outside", "a Squeeze of axis 99", "Squeeze", [99])
shaped("slice_too_many", "a Slice of more axes than there are", "Slice", [0] * 9, [1] * 9)
shaped("slice_lengths", "a Slice of more begins than ends", "Slice", [0, 0], [1])
shaped("slice_step_0", "a Slice in steps of 0", "Slice", [0], [1], [0], [0])
shaped("slice_step_lowest", "a Slice in steps of -2^63", "Slice", [-1], [-2**63], [9], [-2**63])
shaped("split_sizes", "a Split into fewer sizes than outputs", "Split", [])
shaped("split_overflow", "a Split into 2^62 and more", "Split", [2**62])
shaped("gather_of_floats", "an axis beyond the rank", "Gather", [0], axis=12)
shaped("expand_input", "an Expand of the input to 2^60 elements", "Expand", [2**20, 3, 2**19, 2**19])
shaped("tile_input", "a Tile of the input to 2^60 elements", "Tile", [2**18, 1, 2**17, 2**17])
shaped("pad_input", "a Pad of the input to 2^60 elements", "Pad", [0, 0, 2**29, 2**29, 0, 0, 2**29, 2**29])
nodes("shared_by_many", "a weight of 40,000 numbers in 4,000 convolutions",
      *[node("Conv", ["x" if i == 0 else f"v{i - 1}", "w"], [f"v{i}" if i < 3999 else "y"]) for i in range(4000)],
      tensors=[tensor("w", [200, 200, 1, 1], raw=b"\0\0\0\0" * 40_000)], inputs=[value("x", (1, 200, 8, 8))])
nodes("doubling", "a constant that is concatenated with itself, 2^40 numbers in the end",
      *[node("Concat", [f"c{i}"] * 2, [f"c{i + 1}"], f"cat{i}", axis=0) for i in range(40)], node("Add", ["x", "c40"], ["y"]),
      tensors=[tensor("c0", [1], [1])])

# --- graphs in safetensors -----------------------------------------------------------------------------------

ONE = {"version": 1, "inputs": [{"name": "x", "shape": [1, 3, 8, 8]}],
       "nodes": [{"name": "y", "inputs": ["x"], "op": "Activation", "function": "RELU"}],
       "labels": {"y": "y"}, "outputs": ["y"]}


def network(name, what, text, tensors=None, data=b""):
    text = text if isinstance(text, str) else json.dumps(text, separators=(",", ":"))
    FILES.append((f"network/{name}.safetensors", what,
                  safetensors({"__metadata__": {"graph": text}, **(tensors or {})}, data), "network"))


def changed(name, what, **changes):
    network(name, what, {**ONE, **changes})


def one(name, what, op, inputs=("x",), **components):
    """A graph of one node."""
    changed(name, what, nodes=[{"name": "y", "inputs": list(inputs), "op": op, **components}])


network("not_json", "a graph that is no JSON", "graph")
network("empty", "an empty graph", "")
network("list", "a list for a graph", "[]")
network("cut_off", "a graph that is cut off", json.dumps(ONE)[:80])
network("deep", "ten thousand lists in each other", "[" * 10_000)
network("key_twice", "a key twice", '{"version":1,"version":1}')
changed("version_2", "another version", version=2)
changed("version_of_letters", "a version of letters", version="1")
changed("version_huge", "version 1e300", version=1e300)
network("version_missing", "no version", {k: v for k, v in ONE.items() if k != "version"})
network("nodes_missing", "no nodes", {k: v for k, v in ONE.items() if k != "nodes"})
changed("nodes_of_numbers", "nodes that are numbers", nodes=[1, 2])
changed("nodes_null", "null for the nodes", nodes=None)
changed("outputs_none", "no outputs", outputs=[], labels={})
changed("outputs_unknown", "an output without a label", outputs=["z"])
changed("outputs_twice", "an output twice", outputs=["y", "y"])
changed("labels_of_nothing", "a label for a value that is not there", labels={"y": "y", "z": "nothing"})
changed("label_with_escape", "a label that would clear the terminal", labels={"y": "y", "\x1b[2J\n": "y"})
changed("name_twice", "two nodes of one name", nodes=ONE["nodes"] * 2)
changed("name_of_the_input", "a node with the input's name", nodes=[{**ONE["nodes"][0], "name": "x"}])
changed("name_with_escape", "a name that would clear the terminal", nodes=[{**ONE["nodes"][0], "name": "\x1b[2J\n"}])
changed("name_too_long", "a name of 5,000 characters", nodes=[{**ONE["nodes"][0], "name": "n" * 5000}])
changed("cycle", "a node that reads what it computes", nodes=[{**ONE["nodes"][0], "inputs": ["y"]}])
changed("inputs_100000", "a node of 100,000 inputs", nodes=[{"name": "y", "inputs": ["x"] * 100_000, "op": "Concat", "axis": 1}])
changed("nodes_40000", "40,000 nodes", nodes=[{}] * 40_000)
changed("outputs_2000", "2,000 outputs", outputs=["y"] * 2000)
one("operator_unknown", "an operator that does not exist", "Frobnicate")
one("operator_of_the_jdk", "a class of the JDK for an operator", "java.lang.Runtime")
one("operator_of_this_project", "another record of this project for an operator", "Node", op2=1)
one("component_missing", "a component that is missing", "Activation")
one("component_unknown", "a component too many", "Activation", function="RELU", gain=2)
one("component_of_another_type", "a number for a constant", "Activation", function=1)
one("component_unknown_constant", "a constant that does not exist", "Activation", function="RELU\n\x1b[2J")
one("component_fraction", "half an axis", "Softmax", axis=0.5, toEnd=False, log=False)
one("component_beyond_int", "axis 1e10", "Softmax", axis=1e10, toEnd=False, log=False)
one("axes_10000", "a permutation of 10,000 axes", "Rearrange.Transpose", axes=list(range(10_000)))
one("block_0", "blocks of 0 x 0", "Rearrange.DepthToSpace", block=0, channelOutermost=False)
CONV2D = {"inChannels": 3, "outChannels": 3, "kernel": [1, 1], "stride": [1, 1], "padding": [0, 0], "after": [0, 0],
          "dilation": [1, 1], "groups": 1, "bias": False}
one("conv_stride_0", "a stride of 0", "Conv2d", **{**CONV2D, "stride": [0, 0]})
one("conv_kernel_huge", "a kernel of 2^31-1", "Conv2d", **{**CONV2D, "kernel": [MOST, MOST]})
one("conv_channels_huge", "2^31-1 channels", "Conv2d", **{**CONV2D, "inChannels": MOST, "outChannels": MOST})
one("conv_groups_0", "0 groups", "Conv2d", **{**CONV2D, "groups": 0})
one("conv_weight_missing", "a convolution without its weight", "Conv2d", **CONV2D)
network("tensor_unexpected", "a tensor that no node has", ONE, {"w": entry("F32", [2], 0, 8)}, b"\0" * 8)
network("tensor_of_another_shape", "a weight of another shape",
        {**ONE, "nodes": [{"name": "y", "inputs": ["x"], "op": "Conv2d", **CONV2D}]},
        {"y.weight": entry("F32", [9], 0, 36)}, b"\0" * 36)
one("expand_bomb", "an Expand to 2^60 elements", "Rearrange.Expand", dims=[2**20, 3, 2**19, 2**19])
one("reshape_without_numbers", "a Reshape without its second input", "ShapeDependent.ReshapeTo", allowZero=False)
one("shape_of_nothing", "a ShapeOf without inputs", "ShapeDependent.ShapeOf", (), begin=0, end=4)
one("range_of_data", "a Range of the input", "ShapeDependent.Range", ("x", "x", "x"))
one("fill_of_data", "a Fill of the input", "ShapeDependent.Fill", ("x",), value=1)
one("two_for_one", "two inputs for an operator of one", "Activation", ("x", "x"), function="RELU")
changed("input_shape_huge", "an input of 2^31-1 rows", inputs=[{"name": "x", "shape": [MOST, MOST, MOST, MOST]}])
changed("input_shape_negative", "an input of -7 rows", inputs=[{"name": "x", "shape": [1, 3, -7, 8]}])
changed("input_shape_long", "an input of 10,000 axes", inputs=[{"name": "x", "shape": [1] * 10_000}])
