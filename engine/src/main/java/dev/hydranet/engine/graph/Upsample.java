package dev.hydranet.engine.graph;

import dev.hydranet.engine.tensor.Shape;
import java.util.List;

/**
 * Resizing of each channel's plane, as PyTorch's {@code F.interpolate} does it; it may also shrink.
 *
 * @param mode how values between pixels are made
 * @param target the size of the output; with {@link Target.Like} the operator takes a second input
 */
public record Upsample(Mode mode, Target target) implements Op {
  /** How values between pixels are made. */
  public enum Mode {
    /** The value of pixel floor(i * in / out). */
    NEAREST,
    /** Linear both ways between pixel centres at i + 1/2 ({@code align_corners=False}). */
    BILINEAR,
    /** Linear both ways with the corner pixels on each other ({@code align_corners=True}). */
    BILINEAR_ALIGN_CORNERS
  }

  /** The size of the output. */
  public sealed interface Target {
    /** That of the second input, whose values and channels do not matter. */
    record Like() implements Target {}

    /**
     * A fixed size.
     *
     * @param size height and width of the output, at least 1
     */
    record To(Size size) implements Target {
      /** Checks that the size is positive. */
      public To {
        Inputs.positive("target size", size);
      }
    }

    /**
     * A whole multiple of the input's.
     *
     * @param factor by which height and width are multiplied, at least 1
     */
    record By(Size factor) implements Target {
      /** Checks that the factors are positive. */
      public By {
        Inputs.positive("factor", factor);
      }
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Inputs.count(inputs, target instanceof Target.Like ? 2 : 1);
    Shape in = Inputs.image(inputs.get(0));
    return switch (target) {
      case Target.Like like -> {
        Shape other = Inputs.image(inputs.get(1));
        yield Shape.of(in.batch(), in.channels(), other.height(), other.width());
      }
      case Target.To to ->
          Shape.of(in.batch(), in.channels(), to.size().height(), to.size().width());
      case Target.By by ->
          Shape.of(
              in.batch(),
              in.channels(),
              Inputs.extent("height", (long) in.height() * by.factor().height()),
              Inputs.extent("width", (long) in.width() * by.factor().width()));
    };
  }

  /**
   * Four pixels, and their weights: a coordinate of s, rounded to float32 as most runtimes have it,
   * moves them as much as the errors of s * s / 4 terms move a sum.
   */
  @Override
  public long summands(List<Shape> inputs) {
    long side = Math.max(inputs.get(0).height(), inputs.get(0).width());
    return mode == Mode.NEAREST ? 0 : 4 + side * side / 4;
  }
}
