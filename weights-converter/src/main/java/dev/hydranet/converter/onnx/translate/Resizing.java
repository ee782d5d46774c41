package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.ShapeDependent.ResizeTo.Policy;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Resizing, in all the forms that it had. */
final class Resizing {
  private Resizing() {}

  static void register(Operators.Registry registry) {
    registry.add("Resize", "", Resizing::resize);
    registry.add("Upsample", "", Resizing::upsample);
  }

  private static void resize(OnnxNode node, Translation network) {
    boolean old = node.opset() < 11;
    boolean bySizes = !old && node.has(3);
    Policy policy =
        switch (node.text("keep_aspect_ratio_policy", "stretch")) {
          case "stretch" -> Policy.STRETCH;
          case "not_larger" -> Policy.NOT_LARGER;
          case "not_smaller" -> Policy.NOT_SMALLER;
          default -> throw node.unsupported("keep_aspect_ratio_policy");
        };
    Resize.Coordinates coordinates = old ? Resize.Coordinates.ASYMMETRIC : coordinates(node);
    boolean cropped = coordinates == Resize.Coordinates.TF_CROP_AND_RESIZE;
    ShapeDependent op =
        new ShapeDependent.ResizeTo(
            mode(node),
            coordinates,
            old ? Resize.Rounding.FLOOR : rounding(node),
            node.floating("cubic_coeff_a", -0.75f),
            node.flag("exclude_outside", false),
            node.flag("antialias", false),
            node.floating("extrapolation_value", 0),
            !bySizes,
            Arrays.stream(node.longs("axes")).mapToObj(Math::toIntExact).toList(),
            policy);
    // Opset 11 wants a scales input even where there are sizes: an empty one.
    Operand target = node.input(old ? 1 : bySizes ? 3 : 2);
    if (cropped) {
      network.output(node, op, node.input(0), target, node.input(1));
    } else {
      network.output(node, op, node.input(0), target);
    }
  }

  private static void upsample(OnnxNode node, Translation network) {
    ShapeDependent op =
        new ShapeDependent.ResizeTo(
            mode(node),
            Resize.Coordinates.ASYMMETRIC,
            Resize.Rounding.FLOOR,
            -0.75f,
            false,
            false,
            0,
            true,
            List.of(),
            Policy.STRETCH);
    network.output(node, op, node.input(0), node.has(1) ? node.input(1) : scales(node));
  }

  /** Those of the oldest opsets. */
  private static Operand scales(OnnxNode node) {
    List<Float> floats = node.floats("scales");
    float[] data = new float[floats.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = floats.get(i);
    }
    return Operand.constant(
        Tensor.of(Shape.of(data.length), data), node.output(0) + ".scales", Operand.Kind.FLOAT);
  }

  private static Resize.Mode mode(OnnxNode node) {
    return switch (node.text("mode", "nearest").toLowerCase(Locale.ROOT)) {
      case "nearest" -> Resize.Mode.NEAREST;
      case "linear", "bilinear" -> Resize.Mode.LINEAR;
      case "cubic" -> Resize.Mode.CUBIC;
      default -> throw node.unsupported("mode " + node.text("mode", ""));
    };
  }

  private static Resize.Coordinates coordinates(OnnxNode node) {
    String name = node.text("coordinate_transformation_mode", "half_pixel");
    if (mode(node) == Resize.Mode.CUBIC && name.equals("tf_half_pixel_for_nn")) {
      throw node.unsupported("tf_half_pixel_for_nn with mode cubic");
    }
    for (Resize.Coordinates coordinates : Resize.Coordinates.values()) {
      if (coordinates.name().equalsIgnoreCase(name)) {
        return coordinates;
      }
    }
    throw node.unsupported("coordinate_transformation_mode " + name);
  }

  private static Resize.Rounding rounding(OnnxNode node) {
    String name = node.text("nearest_mode", "round_prefer_floor");
    for (Resize.Rounding rounding : Resize.Rounding.values()) {
      if (rounding.name().equalsIgnoreCase(name)) {
        return rounding;
      }
    }
    throw node.unsupported("nearest_mode " + name);
  }
}
