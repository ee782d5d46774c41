package dev.hydranet.engine.simplify;

import dev.hydranet.engine.graph.Elementwise.Binary;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;

/** A factor and an offset for each channel: {@code y = x * factor + offset}. */
record Affine(float[] factor, float[] offset) {
  /**
   * A function of x and a constant, or null if it is no such one.
   *
   * @param second whether the constant is the second operand
   * @param constant one number, or one for each channel
   */
  static Affine of(Binary.Function function, boolean second, Tensor constant, int channels) {
    float[] numbers = constant.data();
    if (numbers.length == 1) {
      numbers = filled(channels, numbers[0]);
    }
    return switch (function) {
      case ADD -> new Affine(filled(channels, 1), numbers);
      case MUL -> new Affine(numbers, filled(channels, 0));
      case SUB ->
          second
              ? new Affine(filled(channels, 1), negated(numbers))
              : new Affine(filled(channels, -1), numbers);
      default -> null;
    };
  }

  /** That of a batch normalisation whose mean is 0 and whose variance is 1. */
  static Affine of(Node norm, Values values) {
    return new Affine(
        values.parameter(norm, "weight").data(), values.parameter(norm, "bias").data());
  }

  /** This one and then another. */
  Affine then(Affine next) {
    float[] factors = factor.clone();
    float[] offsets = offset.clone();
    for (int c = 0; c < factors.length; c++) {
      factors[c] *= next.factor[c];
      offsets[c] = (float) ((double) offsets[c] * next.factor[c] + next.offset[c]);
    }
    return new Affine(factors, offsets);
  }

  /** Makes it the parameters of a batch normalisation. */
  void define(Node node, Values values) {
    Shape shape = Shape.of(factor.length);
    values.define(node, "weight", Tensor.of(shape, factor));
    values.define(node, "bias", Tensor.of(shape, offset));
    values.define(node, "running_mean", Tensor.zeros(shape));
    values.define(node, "running_var", Tensor.of(shape, filled(factor.length, 1)));
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }

  private static float[] negated(float[] values) {
    float[] negated = values.clone();
    for (int i = 0; i < negated.length; i++) {
      negated[i] = -negated[i];
    }
    return negated;
  }
}
