package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The checks that operators share when they look at their inputs' shapes. */
final class Inputs {
  private Inputs() {}

  static Shape one(List<Shape> inputs) {
    count(inputs, 1);
    return inputs.get(0);
  }

  static void count(List<Shape> inputs, int expected) {
    if (inputs.size() != expected) {
      throw new IllegalArgumentException(
          "expected " + expected + " inputs, found " + inputs.size());
    }
  }

  static Shape image(Shape shape) {
    if (shape.rank() != 4) {
      throw new IllegalArgumentException("expected an NCHW input, found shape " + shape);
    }
    if (shape.channels() == 0 || shape.height() == 0 || shape.width() == 0) {
      throw new IllegalArgumentException(
          "expected at least one channel and one pixel, found shape " + shape);
    }
    return shape;
  }

  static Shape image(Shape shape, int channels) {
    if (image(shape).channels() != channels) {
      throw new IllegalArgumentException(
          "expected " + channels + " channels, found shape " + shape);
    }
    return shape;
  }

  /**
   * How many places a sliding window has, as PyTorch counts them.
   *
   * @param padding before and after together
   * @param ceil whether a window that sticks out at the end counts, too
   */
  static int windows(
      String what, int extent, int kernel, int stride, long padding, int dilation, boolean ceil) {
    long span = (long) dilation * (kernel - 1) + 1;
    long room = extent + padding - span;
    if (room < 0) {
      throw new IllegalArgumentException(
          what
              + " "
              + extent
              + " with padding "
              + padding
              + " is smaller than the kernel's "
              + span);
    }
    return extent(what, (ceil ? Math.ceilDiv(room, stride) : room / stride) + 1);
  }

  /** An extent of an output, checked to be one that a shape can have. */
  static int extent(String what, long extent) {
    if (extent > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the output's " + what + " would be " + extent + ", more than a tensor can have");
    }
    return (int) extent;
  }

  static void positive(String what, Size size) {
    if (size.height() < 1 || size.width() < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, found " + size);
    }
  }

  static void notNegative(String what, Size size) {
    if (size.height() < 0 || size.width() < 0) {
      throw new IllegalArgumentException(what + " must not be negative, found " + size);
    }
  }

  /** The output of a pool; see {@link MaxPool2d}. */
  static Shape pooled(
      Shape input,
      Size kernel,
      Size stride,
      Size padding,
      Size after,
      Size dilation,
      boolean ceil) {
    Shape in = image(input);
    return Shape.of(
        in.batch(),
        in.channels(),
        pooled(
            "height",
            in.height(),
            kernel.height(),
            stride.height(),
            padding.height(),
            after.height(),
            dilation.height(),
            ceil),
        pooled(
            "width",
            in.width(),
            kernel.width(),
            stride.width(),
            padding.width(),
            after.width(),
            dilation.width(),
            ceil));
  }

  private static int pooled(
      String what,
      int extent,
      int kernel,
      int stride,
      int before,
      int after,
      int dilation,
      boolean ceil) {
    int windows = windows(what, extent, kernel, stride, (long) before + after, dilation, ceil);
    // A window that begins behind the last pixel would see none.
    boolean empty = ceil && (windows - 1L) * stride >= (long) extent + before;
    return empty ? windows - 1 : windows;
  }

  /** How many pixels a window covers each way. */
  static Size span(Size kernel, Size dilation) {
    return new Size(
        extent("window", (kernel.height() - 1L) * dilation.height() + 1),
        extent("window", (kernel.width() - 1L) * dilation.width() + 1));
  }

  /** With that much padding or more, a window would see no pixel. */
  static void lessThan(Size padding, Size span) {
    if (padding.height() >= span.height() || padding.width() >= span.width()) {
      throw new IllegalArgumentException(
          "padding must be less than the window's " + span + ", found " + padding);
    }
  }

  static Shape rank(Shape shape, int rank) {
    if (shape.rank() != rank) {
      throw new IllegalArgumentException("expected " + rank + " dimensions, found shape " + shape);
    }
    return shape;
  }

  /** An axis, counted from 0; one below 0 counts from the end. */
  static int axis(int axis, Shape shape) {
    if (axis < -shape.rank() || axis >= shape.rank()) {
      throw new IllegalArgumentException("no axis " + axis + " in shape " + shape);
    }
    return axis < 0 ? axis + shape.rank() : axis;
  }

  /**
   * The shape of indices along an axis, checked to have nowhere else more elements than the data.
   */
  static Shape within(Shape indices, Shape data, int axis) {
    int at = axis(axis, data);
    rank(indices, data.rank());
    for (int i = 0; i < data.rank(); i++) {
      if (i != at && indices.dim(i) > data.dim(i)) {
        throw new IllegalArgumentException(
            "indices of shape " + indices + " do not fit data of shape " + data);
      }
    }
    return indices;
  }

  /** How many axes the places in the last axis of indices have. */
  static int depth(Shape data, Shape indices, int batch) {
    int last = indices.rank() - 1;
    int depth = last < 0 ? -1 : indices.dim(last);
    boolean fits = batch >= 0 && batch <= last && depth >= 0 && batch + depth <= data.rank();
    for (int axis = 0; fits && axis < batch; axis++) {
      fits = indices.dim(axis) == data.dim(axis);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "indices of shape " + indices + " do not fit data of shape " + data);
    }
    return depth;
  }

  static Shape shape(List<Integer> dims) {
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The shape that all inputs are broadcast to, as NumPy does it. */
  static Shape broadcast(List<Shape> inputs) {
    int rank = inputs.stream().mapToInt(Shape::rank).max().orElse(0);
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    for (Shape input : inputs) {
      for (int i = 0; i < input.rank(); i++) {
        int at = rank - input.rank() + i;
        int extent = input.dim(i);
        if (dims[at] == 1) {
          dims[at] = extent;
        } else if (extent != 1 && extent != dims[at]) {
          throw new IllegalArgumentException("shapes " + inputs + " cannot be broadcast to one");
        }
      }
    }
    return Shape.of(dims);
  }

  /** An enum's constant as operators are written: {@code LEAKY_RELU} is {@code LeakyRelu}. */
  static String title(Enum<?> constant) {
    StringBuilder title = new StringBuilder();
    for (String word : constant.name().split("_")) {
      title.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return title.toString();
  }
}
