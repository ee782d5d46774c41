package dev.hydranet.benchmarks.ladder.depthwise;

import dev.hydranet.benchmarks.ladder.BiasRelu6;
import dev.hydranet.benchmarks.ladder.Convolution;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The filter stays in registers: nine vectors of weights are loaded once, then walk over all pixels
 * of their channels.
 *
 * <p>A multiply-add loads one vector in place of two. But a walk takes one vector out of each pixel
 * and leaves the others for later walks, when the pixel is in the first-level cache no more.
 */
public final class RegisterTile extends DepthwiseRung {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private final float[] taps; // [tap][channel]

  public RegisterTile(Convolution c) {
    super(c);
    taps = channelsInnermost(c);
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int i = 0; i < c.channels(); i += L) {
      walk(in, seen, 0, pixels, taps, i, c.channels(), out, c.channels());
    }
    BiasRelu6.apply(out, pixels, bias);
  }

  /**
   * The sums of a run of pixels, for one vector of channels.
   *
   * @param seen where the pixel begins that each tap sees from each pixel
   * @param i the first channel
   * @param channels from one tap's weights to the next's
   * @param step from one pixel's outputs to the next's
   */
  static void walk(
      float[] in,
      int[][] seen,
      int begin,
      int end,
      float[] taps,
      int i,
      int channels,
      float[] out,
      int step) {
    FloatVector w0 = FloatVector.fromArray(S, taps, i);
    FloatVector w1 = FloatVector.fromArray(S, taps, i + channels);
    FloatVector w2 = FloatVector.fromArray(S, taps, i + 2 * channels);
    FloatVector w3 = FloatVector.fromArray(S, taps, i + 3 * channels);
    FloatVector w4 = FloatVector.fromArray(S, taps, i + 4 * channels);
    FloatVector w5 = FloatVector.fromArray(S, taps, i + 5 * channels);
    FloatVector w6 = FloatVector.fromArray(S, taps, i + 6 * channels);
    FloatVector w7 = FloatVector.fromArray(S, taps, i + 7 * channels);
    FloatVector w8 = FloatVector.fromArray(S, taps, i + 8 * channels);
    for (int p = begin; p < end; p++) {
      FloatVector sum = FloatVector.fromArray(S, in, seen[0][p] + i).mul(w0);
      sum = FloatVector.fromArray(S, in, seen[1][p] + i).fma(w1, sum);
      sum = FloatVector.fromArray(S, in, seen[2][p] + i).fma(w2, sum);
      sum = FloatVector.fromArray(S, in, seen[3][p] + i).fma(w3, sum);
      sum = FloatVector.fromArray(S, in, seen[4][p] + i).fma(w4, sum);
      sum = FloatVector.fromArray(S, in, seen[5][p] + i).fma(w5, sum);
      sum = FloatVector.fromArray(S, in, seen[6][p] + i).fma(w6, sum);
      sum = FloatVector.fromArray(S, in, seen[7][p] + i).fma(w7, sum);
      sum = FloatVector.fromArray(S, in, seen[8][p] + i).fma(w8, sum);
      sum.intoArray(out, p * step + i);
    }
  }
}
