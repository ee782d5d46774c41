package dev.hydranet.converter.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes one resizing, most of them as ONNX's {@code Resize}.
 *
 * <p>Bilinear is {@code half_pixel}, not {@code pytorch_half_pixel}: that one is what PyTorch once
 * did to a side that shrinks to 1.
 *
 * <p>Nearest neighbour by a factor is {@code asymmetric} and {@code floor}; to a size it is a
 * {@code Gather} along each axis. {@code Resize} divides by the ratio of the extents where PyTorch
 * multiplies by its inverse, and for one pair of extents in 25 that rounds to another pixel.
 */
final class ResizeTranslator {
  /** ONNX's way to leave out an optional input, here the region of interest. */
  private static final String NONE = "";

  private final GraphWriter out;
  private final String output;

  /**
   * A resizing without a second value to copy the size from.
   *
   * @param output the name of its output, and the first part of the names of all that leads there
   */
  ResizeTranslator(GraphWriter out, String output) {
    this.out = out;
    this.output = output;
  }

  /** Writes a resizing that is one of ONNX's own. */
  void translate(Resize op, List<String> inputs) {
    if (op.antialias()) {
      throw new IllegalArgumentException(output + ": resizing with antialias needs opset 18");
    }
    int rank = op.dims().size();
    float[] region = new float[op.region().size()];
    for (int i = 0; i < region.length; i++) {
      region[i] = op.region().get(i);
    }
    float[] scales = new float[rank];
    for (int axis = 0; axis < rank; axis++) {
      scales[axis] = op.scales().get(axis);
    }
    out.node(
        "Resize",
        output,
        List.of(
            inputs.get(0),
            region.length == 0 ? NONE : out.vector(name("region"), region),
            out.vector(name("scales"), scales)),
        Attribute.of("extrapolation_value", op.outside()),
        Attribute.of("mode", op.mode().name().toLowerCase(Locale.ROOT)),
        Attribute.of(
            "coordinate_transformation_mode", op.coordinates().name().toLowerCase(Locale.ROOT)),
        Attribute.of("nearest_mode", op.rounding().name().toLowerCase(Locale.ROOT)),
        Attribute.of("cubic_coeff_a", op.cubic()),
        Attribute.of("exclude_outside", op.excludeOutside() ? 1 : 0));
  }

  /**
   * Writes it.
   *
   * @param shape the output's shape where the sizes of the graph's inputs are fixed
   */
  void translate(Upsample upsample, List<String> inputs, Optional<Shape> shape) {
    String x = inputs.get(0);
    if (upsample.target() instanceof Upsample.Target.By by) {
      Size factor = by.factor();
      String scales = out.vector(name("scales"), 1f, 1f, factor.height(), factor.width());
      resize(upsample.mode(), List.of(x, NONE, scales));
      return;
    }
    String sizes =
        shape.isPresent()
            ? out.vector(name("sizes"), shape.get().toArray())
            : out.node(
                "Concat",
                name("sizes"),
                List.of(extents("kept", x, 0, 2), target(upsample.target(), inputs)),
                Attribute.of("axis", 0));
    if (upsample.mode() == Upsample.Mode.NEAREST) {
      String rows = nearest(name("rows"), x, 2, sizes);
      nearest(output, rows, 3, sizes);
    } else {
      resize(upsample.mode(), List.of(x, NONE, NONE, sizes));
    }
  }

  /** The height and width to resize to, int64 [2]. */
  private String target(Upsample.Target target, List<String> inputs) {
    return target instanceof Upsample.Target.To to
        ? out.vector(name("target"), to.size().height(), to.size().width())
        : extents("target", inputs.get(1), 2, 4);
  }

  private void resize(Upsample.Mode mode, List<String> inputs) {
    switch (mode) {
      case NEAREST ->
          out.node(
              "Resize",
              output,
              inputs,
              Attribute.of("mode", "nearest"),
              Attribute.of("coordinate_transformation_mode", "asymmetric"),
              Attribute.of("nearest_mode", "floor"));
      case BILINEAR ->
          out.node(
              "Resize",
              output,
              inputs,
              Attribute.of("mode", "linear"),
              Attribute.of("coordinate_transformation_mode", "half_pixel"));
      case BILINEAR_ALIGN_CORNERS ->
          out.node(
              "Resize",
              output,
              inputs,
              Attribute.of("mode", "linear"),
              Attribute.of("coordinate_transformation_mode", "align_corners"));
    }
  }

  /** Pixel min(floor(i * (in / out)), in - 1) along one axis, in float32 as PyTorch has it. */
  private String nearest(String result, String x, int axis, String sizes) {
    String path = "axis" + axis + "/";
    String in = toFloat(path + "in", extents(path + "extent", x, axis, axis + 1)); // [1]
    String limit =
        out.node("Gather", name(path + "limit"), List.of(sizes, scalar(path + "axis", axis)));
    String ratio =
        out.node("Div", name(path + "ratio"), List.of(in, toFloat(path + "out", limit))); // [1]
    String i =
        out.node(
            "Range",
            name(path + "i"),
            List.of(scalar(path + "start", 0), limit, scalar(path + "step", 1)));
    String source =
        out.node("Mul", name(path + "source"), List.of(toFloat(path + "position", i), ratio));
    String last =
        out.node("Sub", name(path + "last"), List.of(in, out.scalar(name(path + "one"), 1f)));
    String within = out.node("Min", name(path + "within"), List.of(source, last));
    String pixel =
        out.node(
            "Cast",
            name(path + "pixel"),
            List.of(within),
            Attribute.of("to", TensorProto.DataType.INT64_VALUE)); // rounds down: none is negative
    return out.node("Gather", result, List.of(x, pixel), Attribute.of("axis", axis));
  }

  /** Extents from one dimension on to before another, int64. */
  private String extents(String name, String x, int from, int to) {
    return out.node(
        "Shape", name(name), List.of(x), Attribute.of("start", from), Attribute.of("end", to));
  }

  private String toFloat(String name, String x) {
    return out.node(
        "Cast", name(name), List.of(x), Attribute.of("to", TensorProto.DataType.FLOAT_VALUE));
  }

  private String scalar(String name, long value) {
    return out.scalar(name(name), value);
  }

  private String name(String part) {
    return output + "/" + part;
  }
}
