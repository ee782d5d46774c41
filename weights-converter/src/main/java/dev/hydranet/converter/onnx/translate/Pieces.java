package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Concat;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parts of tensors, and tensors of parts. */
final class Pieces {
  private Pieces() {}

  static void register(Operators.Registry registry) {
    registry.add("Concat", "", Pieces::concat);
    registry.add("Slice", "", Pieces::slice);
    registry.add("Split", "", Pieces::split);
    registry.add("Gather", "", Pieces::gather);
    registry.add("Pad", "", Pieces::pad);
  }

  private static void concat(OnnxNode node, Translation network) {
    network.output(
        node, new Concat(node.integer("axis", 1)), node.allInputs().toArray(Operand[]::new));
  }

  private static void slice(OnnxNode node, Translation network) {
    List<Operand> reads = new ArrayList<>(List.of(node.input(0)));
    boolean axes;
    boolean steps;
    if (node.hasAttribute("starts")) {
      reads.add(Reshaping.numbers(node, "starts", node.longs("starts")));
      reads.add(Reshaping.numbers(node, "ends", node.longs("ends")));
      axes = node.hasAttribute("axes");
      steps = false;
      if (axes) {
        reads.add(Reshaping.numbers(node, "axes", node.longs("axes")));
      }
    } else {
      reads.add(node.input(1));
      reads.add(node.input(2));
      axes = node.has(3);
      steps = node.has(4);
      if (axes) {
        reads.add(node.input(3));
      }
      if (steps) {
        reads.add(node.input(4));
      }
    }
    network.output(node, new ShapeDependent.SliceBy(axes, steps), reads.toArray(Operand[]::new));
  }

  private static void split(OnnxNode node, Translation network) {
    int parts = node.outputs();
    int axis = node.integer("axis", 0);
    Operand sizes =
        node.has(1)
            ? node.input(1)
            : node.hasAttribute("split")
                ? Reshaping.numbers(node, "split", node.longs("split"))
                : null;
    for (int part = 0; part < parts; part++) {
      if (!node.hasOutput(part)) {
        continue;
      }
      ShapeDependent op = new ShapeDependent.SplitPart(axis, part, parts, sizes != null);
      if (sizes == null) {
        network.output(node, part, op, node.input(0));
      } else {
        network.output(node, part, op, node.input(0), sizes);
      }
    }
  }

  private static void gather(OnnxNode node, Translation network) {
    network.output(
        node, new Rearrange.Gather(node.integer("axis", 0)), node.input(0), node.input(1));
  }

  private static void pad(OnnxNode node, Translation network) {
    Rearrange.Pad.Mode mode =
        switch (node.text("mode", "constant").toLowerCase(Locale.ROOT)) {
          case "constant" -> Rearrange.Pad.Mode.CONSTANT;
          case "edge" -> Rearrange.Pad.Mode.EDGE;
          case "reflect" -> Rearrange.Pad.Mode.REFLECT;
          case "wrap" -> Rearrange.Pad.Mode.WRAP;
          default -> throw node.unsupported("mode " + node.text("mode", ""));
        };
    Operand pads =
        node.has(1) ? node.input(1) : Reshaping.numbers(node, "pads", node.longs("pads"));
    List<Operand> reads = new ArrayList<>(List.of(node.input(0), pads));
    boolean valued = node.has(2) || node.hasAttribute("value");
    if (valued) {
      reads.add(
          node.has(2)
              ? node.input(2)
              : Operand.constant(
                  Tensor.of(Shape.of(), node.floating("value", 0)),
                  node.output(0) + ".value",
                  Operand.Kind.FLOAT));
    }
    if (node.has(3)) {
      reads.add(node.input(3));
    }
    network.output(
        node, new ShapeDependent.PadBy(mode, valued, node.has(3)), reads.toArray(Operand[]::new));
  }
}
