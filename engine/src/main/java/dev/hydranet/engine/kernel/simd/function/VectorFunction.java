package dev.hydranet.engine.kernel.simd.function;

import dev.hydranet.engine.graph.Elementwise.Unary;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A function of each number in a run of memory. */
public interface VectorFunction {
  /**
   * Computes it.
   *
   * @param in the numbers, from {@code a} on
   * @param out takes the results, from {@code c} on; it may be the same memory
   * @param floats how many, a multiple of the lanes
   */
  void run(float[] in, int a, float[] out, int c, int floats);

  /** The vector form of a function, if it has one. */
  static Optional<VectorFunction> of(Unary op) {
    float alpha = op.alpha();
    float beta = op.beta();
    return Optional.ofNullable(
        switch (op.function()) {
          case SIGMOID ->
              (in, a, out, c, floats) -> LogisticFunctions.run(false, 1, in, a, out, c, floats);
          case SWISH ->
              (in, a, out, c, floats) -> LogisticFunctions.run(true, alpha, in, a, out, c, floats);
          case HARD_SWISH -> PiecewiseLinear::hardSwish;
          case HARD_SIGMOID ->
              (in, a, out, c, floats) ->
                  PiecewiseLinear.bounded(alpha, beta, 0, 1, in, a, out, c, floats);
          case CLIP ->
              // Scalar code defines what bounds in the wrong order, and NaN as a bound, mean.
              alpha <= beta
                  ? (in, a, out, c, floats) ->
                      PiecewiseLinear.bounded(1, -0f, alpha, beta, in, a, out, c, floats)
                  : null;
          case LEAKY_RELU ->
              (in, a, out, c, floats) -> PiecewiseLinear.leaky(alpha, in, a, out, c, floats);
          case TANH -> HyperbolicTangent::run;
          case ERF -> (in, a, out, c, floats) -> ErrorFunctions.run(false, in, a, out, c, floats);
          case GELU -> (in, a, out, c, floats) -> ErrorFunctions.run(true, in, a, out, c, floats);
          case EXP -> (in, a, out, c, floats) -> Exponential.run(0, in, a, out, c, floats);
          default -> null;
        });
  }

  /** The hot loops of all of them. */
  static List<HotLoop> hotLoops() {
    return Stream.of(
            PiecewiseLinear.hotLoops(),
            LogisticFunctions.hotLoops(),
            ErrorFunctions.hotLoops(),
            HyperbolicTangent.hotLoops(),
            Exponential.hotLoops())
        .flatMap(List::stream)
        .toList();
  }
}
