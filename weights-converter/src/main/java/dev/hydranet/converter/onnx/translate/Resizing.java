package dev.hydranet.converter.onnx.translate;

import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.graph.ShapeDependent;
import dev.hydranet.engine.graph.ShapeDependent.ResizeTo.Policy;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Resizing, in all the forms that it had. */
final class Resizing {
  private Resizing() {}

  static void register(Operators.Registry registry) {
    registry.add(
        "Resize", "constant scales; no antialias, no tf_crop_and_resize", Resizing::resize);
    registry.add("Upsample", "constant scales", Resizing::upsample);
  }

  private static void resize(OnnxNode node, Translation network) {
    if (node.flag("antialias", false)) {
      throw node.unsupported("antialias");
    }
    boolean old = node.opset() < 11;
    int scalesAt = old ? 1 : 2;
    boolean bySizes = !old && node.has(3);
    // Opset 11 wants a scales input even where there are sizes: an empty one.
    List<Float> scales = bySizes ? List.of() : floats(Convolutions.parameter(node, scalesAt));
    Policy policy =
        switch (node.text("keep_aspect_ratio_policy", "stretch")) {
          case "stretch" -> Policy.STRETCH;
          case "not_larger" -> Policy.NOT_LARGER;
          case "not_smaller" -> Policy.NOT_SMALLER;
          default -> throw node.unsupported("keep_aspect_ratio_policy");
        };
    ShapeDependent op =
        new ShapeDependent.ResizeTo(
            mode(node),
            old ? Resize.Coordinates.ASYMMETRIC : coordinates(node),
            old ? Resize.Rounding.FLOOR : rounding(node),
            node.floating("cubic_coeff_a", -0.75f),
            node.flag("exclude_outside", false),
            scales,
            Arrays.stream(node.longs("axes")).mapToObj(Math::toIntExact).toList(),
            policy);
    if (bySizes) {
      network.output(node, op, node.input(0), node.input(3));
    } else {
      network.output(node, op, node.input(0));
    }
  }

  private static void upsample(OnnxNode node, Translation network) {
    List<Float> scales =
        node.has(1) ? floats(Convolutions.parameter(node, 1)) : node.floats("scales");
    network.output(
        node,
        new ShapeDependent.ResizeTo(
            mode(node),
            Resize.Coordinates.ASYMMETRIC,
            Resize.Rounding.FLOOR,
            -0.75f,
            false,
            scales,
            List.of(),
            Policy.STRETCH),
        node.input(0));
  }

  private static List<Float> floats(Tensor tensor) {
    List<Float> floats = new ArrayList<>();
    for (float number : tensor.data()) {
      floats.add(number);
    }
    return floats;
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
