package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** The same elements in another shape or order. */
final class Reshaping {
  private Reshaping() {}

  static void register(Operators.Registry registry) {
    registry.add("Reshape", "", Reshaping::reshape);
    registry.add("Flatten", "", Reshaping::flatten);
    registry.add("Squeeze", "", Reshaping::squeeze);
    registry.add("Unsqueeze", "", Reshaping::unsqueeze);
    registry.add("Transpose", "", Reshaping::transpose);
    registry.add("Expand", "", Reshaping::expand);
    registry.add("Tile", "from opset 6 on", Reshaping::tile);
    registry.add("DepthToSpace", "", Reshaping::depthToSpace);
    registry.add("SpaceToDepth", "", Reshaping::spaceToDepth);
  }

  private static void reshape(OnnxNode node, Translation network) {
    network.output(
        node,
        new ShapeDependent.ReshapeTo(node.flag("allowzero", false)),
        node.input(0),
        node.input(1));
  }

  private static void flatten(OnnxNode node, Translation network) {
    network.output(node, new ShapeDependent.FlattenAt(node.integer("axis", 1)), node.input(0));
  }

  private static void squeeze(OnnxNode node, Translation network) {
    if (!node.has(1) && !node.hasAttribute("axes")) {
      network.output(node, new ShapeDependent.Squeeze(true), node.input(0));
    } else {
      network.output(node, new ShapeDependent.Squeeze(false), node.input(0), axes(node));
    }
  }

  private static void unsqueeze(OnnxNode node, Translation network) {
    network.output(node, new ShapeDependent.Unsqueeze(), node.input(0), axes(node));
  }

  /** The second input, or the attribute that older opsets have instead. */
  private static Operand axes(OnnxNode node) {
    return node.has(1) ? node.input(1) : numbers(node, "axes", node.longs("axes"));
  }

  /** A constant that is no value of the model. */
  static Operand numbers(OnnxNode node, String name, long... numbers) {
    float[] data = new float[numbers.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = numbers[i];
    }
    return Operand.constant(
        Tensor.of(Shape.of(data.length), data), node.output(0) + "." + name, Operand.Kind.WHOLE);
  }

  private static void transpose(OnnxNode node, Translation network) {
    List<Integer> axes = Arrays.stream(node.longs("perm")).mapToObj(Math::toIntExact).toList();
    if (node.hasAttribute("perm")) {
      network.output(node, new Rearrange.Transpose(axes), node.input(0));
    } else {
      network.output(node, new ShapeDependent.Reversed(), node.input(0));
    }
  }

  private static void expand(OnnxNode node, Translation network) {
    network.output(node, new ShapeDependent.ExpandTo(), node.input(0), node.input(1));
  }

  private static void tile(OnnxNode node, Translation network) {
    network.output(node, new ShapeDependent.TileBy(), node.input(0), node.input(1));
  }

  private static void depthToSpace(OnnxNode node, Translation network) {
    int block = node.integer("blocksize", 1);
    boolean columnRow = node.text("mode", "DCR").equals("CRD");
    network.output(node, new Rearrange.DepthToSpace(block, columnRow), node.input(0));
  }

  private static void spaceToDepth(OnnxNode node, Translation network) {
    int block = node.integer("blocksize", 1);
    boolean columnRow = node.text("mode", "DCR").equals("CRD");
    network.output(node, new Rearrange.SpaceToDepth(block, columnRow), node.input(0));
  }
}
