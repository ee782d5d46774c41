package dev.hydranet.benchmarks.ladder.rung;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.tensor.Tensor;

/**
 * One way to compute a {@link Convolution}, bound to its memory. Parts are independent, as those of
 * the engine's kernels are; together they make the whole output.
 */
public abstract class Rung implements Kernel {
  public final Convolution c;

  /** The input, in the rung's own layout. */
  public final float[] in;

  /** The output, in the same layout. */
  public final float[] out;

  protected Rung(Convolution c, float[] in, float[] out) {
    this.c = c;
    this.in = in;
    this.out = out;
  }

  /** Puts the input where the rung reads it, from {@code [1, channels, height, width]}. */
  public abstract void load(Tensor input);

  /** The output as {@code [1, outputs, outHeight, outWidth]}. */
  public abstract Tensor result();

  /** max(0, min(x, 6)). */
  public static float relu6(float x) {
    return Math.max(0, Math.min(x, 6));
  }
}
