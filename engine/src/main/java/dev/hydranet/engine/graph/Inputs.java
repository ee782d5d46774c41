package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

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

  /** The extent that a sliding window leaves, as PyTorch computes it (floor mode). */
  static int windows(String what, int extent, int kernel, int stride, int padding, int dilation) {
    long span = (long) dilation * (kernel - 1) + 1;
    long room = extent + 2L * padding - span;
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
    return extent(what, room / stride + 1);
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

  static Shape pooled(Shape input, Size kernel, Size stride, Size padding) {
    Shape in = image(input);
    return Shape.of(
        in.batch(),
        in.channels(),
        windows("height", in.height(), kernel.height(), stride.height(), padding.height(), 1),
        windows("width", in.width(), kernel.width(), stride.width(), padding.width(), 1));
  }

  static void atMostHalf(Size padding, Size kernel) {
    if (padding.height() > kernel.height() / 2 || padding.width() > kernel.width() / 2) {
      throw new IllegalArgumentException(
          "padding must be at most half the kernel " + kernel + ", found " + padding);
    }
  }

  static Shape classes(Shape shape) {
    if ((shape.rank() != 2 && shape.rank() != 4) || shape.dim(1) < 1) {
      throw new IllegalArgumentException("expected an [N, C] or NCHW input, found shape " + shape);
    }
    return shape;
  }
}
