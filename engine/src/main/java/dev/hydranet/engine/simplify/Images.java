package dev.hydranet.engine.simplify;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.Window;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Operators on images that another one does as well, and faster. */
final class Images {
  private Images() {}

  /** Zeros around an image are a convolution's own padding. */
  static Optional<Node> padding(Node node, Values values) {
    if (!(node.op() instanceof Conv2d conv)) {
      return Optional.empty();
    }
    return values
        .node(node.inputs().getFirst(), Rearrange.Pad.class)
        .filter(pad -> isZeros((Rearrange.Pad) pad.op()))
        .map(pad -> new Node(node.name(), padded(conv, (Rearrange.Pad) pad.op()), pad.inputs()))
        .map(merged -> parameters(node, conv, merged, values));
  }

  private static Node parameters(Node node, Conv2d conv, Node merged, Values values) {
    conv.parameters()
        .forEach(
            parameter ->
                values.define(merged, parameter.name(), values.parameter(node, parameter.name())));
    return merged;
  }

  private static boolean isZeros(Rearrange.Pad pad) {
    List<Integer> before = pad.before();
    List<Integer> after = pad.after();
    return pad.mode() == Rearrange.Pad.Mode.CONSTANT
        && pad.value() == 0
        && before.size() == 4
        && before.subList(0, 2).equals(List.of(0, 0))
        && after.subList(0, 2).equals(List.of(0, 0))
        && before.stream().allMatch(count -> count >= 0)
        && after.stream().allMatch(count -> count >= 0);
  }

  private static Conv2d padded(Conv2d conv, Rearrange.Pad pad) {
    return new Conv2d(
        conv.inChannels(),
        conv.outChannels(),
        conv.kernel(),
        conv.stride(),
        plus(conv.padding(), pad.before()),
        plus(conv.after(), pad.after()),
        conv.dilation(),
        conv.groups(),
        conv.bias());
  }

  /** Rows and columns of a kernel that only ever see padding, as with a large dilation, go. */
  static Optional<Node> kernel(Node node, Values values) {
    if (!(node.op() instanceof Conv2d conv)) {
      return Optional.empty();
    }
    Shape in = values.shape(node.inputs().getFirst());
    Shape out = values.shape(node.name());
    Taps rows =
        Taps.of(
            in.height(),
            out.height(),
            conv.kernel().height(),
            conv.stride().height(),
            conv.padding().height(),
            conv.dilation().height());
    Taps columns =
        Taps.of(
            in.width(),
            out.width(),
            conv.kernel().width(),
            conv.stride().width(),
            conv.padding().width(),
            conv.dilation().width());
    Size cut =
        new Size(rows.first * conv.dilation().height(), columns.first * conv.dilation().width());
    Size end =
        new Size(rows.after * conv.dilation().height(), columns.after * conv.dilation().width());
    Size kernel = new Size(rows.count, columns.count);
    boolean able =
        !kernel.equals(conv.kernel())
            && Math.min(rows.count, columns.count) > 0
            && cut.height() <= conv.padding().height()
            && cut.width() <= conv.padding().width()
            && end.height() <= conv.after().height()
            && end.width() <= conv.after().width();
    if (!able) {
      return Optional.empty();
    }
    Conv2d smaller =
        new Conv2d(
            conv.inChannels(),
            conv.outChannels(),
            kernel,
            conv.stride(),
            minus(conv.padding(), cut),
            minus(conv.after(), end),
            new Size(
                rows.count == 1 ? 1 : conv.dilation().height(),
                columns.count == 1 ? 1 : conv.dilation().width()),
            conv.groups(),
            conv.bias());
    values.define(node, "weight", taken(values.parameter(node, "weight"), rows, columns));
    return Optional.of(new Node(node.name(), smaller, node.inputs()));
  }

  /** The taps along an axis that see the image: how many, and how many before and after them. */
  private record Taps(int first, int count, int after) {
    static Taps of(int extent, int outputs, int kernel, int stride, int padding, int dilation) {
      int first = Math.min(kernel, Window.first((outputs - 1) * stride - padding, dilation));
      int end = Math.max(first, Window.end(-padding, dilation, kernel, extent));
      return new Taps(first, end - first, kernel - end);
    }
  }

  private static Tensor taken(Tensor filters, Taps rows, Taps columns) {
    int width = columns.first + columns.count + columns.after;
    int plane = (rows.first + rows.count + rows.after) * width;
    int planes = filters.data().length / plane;
    float[] taken = new float[planes * rows.count * columns.count];
    for (int i = 0; i < planes * rows.count; i++) {
      int from = i / rows.count * plane + (rows.first + i % rows.count) * width + columns.first;
      System.arraycopy(filters.data(), from, taken, i * columns.count, columns.count);
    }
    Shape shape = filters.shape();
    return Tensor.of(Shape.of(shape.dim(0), shape.dim(1), rows.count, columns.count), taken);
  }

  private static Size minus(Size size, Size other) {
    return new Size(size.height() - other.height(), size.width() - other.width());
  }

  private static Size plus(Size size, List<Integer> counts) {
    return new Size(size.height() + counts.get(2), size.width() + counts.get(3));
  }

  /** The ways of resizing that networks of PyTorch take. */
  static Optional<Node> resizing(Node node, Values values) {
    if (!(node.op() instanceof Resize resize) || resize.dims().size() != 4) {
      return Optional.empty();
    }
    Shape in = values.shape(node.inputs().getFirst());
    boolean plane = resize.keeps(0, in.batch()) && resize.keeps(1, in.channels());
    boolean plain = plane && !resize.antialias();
    Upsample.Mode mode = plain ? mode(resize, in) : null;
    if (mode == null) {
      return Optional.empty();
    }
    Size size = new Size(resize.dims().get(2), resize.dims().get(3));
    Upsample upsample = new Upsample(mode, new Upsample.Target.To(size));
    return Optional.of(new Node(node.name(), upsample, node.inputs()));
  }

  private static Upsample.Mode mode(Resize resize, Shape in) {
    return switch (resize.mode()) {
      case LINEAR ->
          switch (resize.coordinates()) {
            case HALF_PIXEL, PYTORCH_HALF_PIXEL, HALF_PIXEL_SYMMETRIC ->
                isRatio(resize, in, 2) && isRatio(resize, in, 3) && isBlend(resize)
                    ? Upsample.Mode.BILINEAR
                    : null;
            case ALIGN_CORNERS -> Upsample.Mode.BILINEAR_ALIGN_CORNERS;
            default -> null;
          };
      case NEAREST -> {
        boolean whole =
            resize.coordinates() == Resize.Coordinates.ASYMMETRIC
                && resize.rounding() == Resize.Rounding.FLOOR
                && isMultiple(resize, in, 2)
                && isMultiple(resize, in, 3);
        yield whole ? Upsample.Mode.NEAREST : null;
      }
      case CUBIC -> null;
    };
  }

  /** Whether no side shrinks to one pixel, where PyTorch once had a different rule. */
  private static boolean isBlend(Resize resize) {
    return resize.dims().get(2) > 1 && resize.dims().get(3) > 1;
  }

  private static boolean isRatio(Resize resize, Shape in, int axis) {
    float ratio = (float) resize.dims().get(axis) / in.dim(axis);
    return Math.abs(ratio - resize.scales().get(axis)) <= Math.ulp(ratio);
  }

  private static boolean isMultiple(Resize resize, Shape in, int axis) {
    float scale = resize.scales().get(axis);
    return scale == Math.rint(scale) && resize.dims().get(axis) == in.dim(axis) * scale;
  }
}
