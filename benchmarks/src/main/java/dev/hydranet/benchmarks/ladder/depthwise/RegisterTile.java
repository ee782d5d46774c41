package dev.hydranet.benchmarks.ladder.depthwise;

import dev.hydranet.benchmarks.ladder.rung.BiasRelu6;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The filter stays in registers: nine vectors of weights are loaded once, then walk along a row of
 * pixels. Only at the image's border is each tap asked which pixel it sees.
 *
 * <p>A multiply-add loads one vector instead of two. But a walk takes one vector out of each pixel
 * and leaves the others for later walks, when the pixel may be in the first-level cache no more.
 */
public class RegisterTile extends DepthwiseRung {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  final float[] taps;
  final int vectorStep;
  final int tapStep;

  public RegisterTile(Convolution c) {
    this(c, channelsInnermost(c), 1, c.channels());
  }

  /**
   * With weights in some order.
   *
   * @param taps the weight of a tap for channel i is at {@code i * vectorStep + tap * tapStep}, and
   *     those of a vector's other channels follow
   */
  RegisterTile(Convolution c, float[] taps, int vectorStep, int tapStep) {
    super(c);
    this.taps = taps;
    this.vectorStep = vectorStep;
    this.tapStep = tapStep;
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int i = 0; i < c.channels(); i += L) {
      for (int y = 0; y < c.outHeight(); y++) {
        row(y, 0, c.outWidth(), i);
      }
    }
    BiasRelu6.apply(out, pixels, bias);
  }

  /** A vector of channels, along a run of pixels of a row. */
  final void row(int y, int from, int to, int i) {
    boolean inside = y >= insideTop && y < insideBottom;
    int begin = inside ? Math.clamp(insideLeft, from, to) : to;
    int end = inside ? Math.clamp(insideRight, begin, to) : to;
    int first = y * c.outWidth();
    for (int x = from; x < begin; x++) {
      pixel(first + x, i);
    }
    if (begin < end) {
      walk(first + begin, end - begin, i);
    }
    for (int x = end; x < to; x++) {
      pixel(first + x, i);
    }
  }

  /** A pixel at the border. */
  void pixel(int p, int i) {
    FloatVector sum = FloatVector.zero(S);
    for (int tap = 0; tap < seen.length; tap++) {
      FloatVector x = FloatVector.fromArray(S, in, seen[tap][p] + i);
      sum = x.fma(FloatVector.fromArray(S, taps, i * vectorStep + tap * tapStep), sum);
    }
    sum.intoArray(out, p * c.channels() + i);
  }

  /** Pixels whose windows lie inside the image. */
  void walk(int p, int count, int i) {
    int w = i * vectorStep;
    FloatVector w0 = FloatVector.fromArray(S, taps, w);
    FloatVector w1 = FloatVector.fromArray(S, taps, w + tapStep);
    FloatVector w2 = FloatVector.fromArray(S, taps, w + 2 * tapStep);
    FloatVector w3 = FloatVector.fromArray(S, taps, w + 3 * tapStep);
    FloatVector w4 = FloatVector.fromArray(S, taps, w + 4 * tapStep);
    FloatVector w5 = FloatVector.fromArray(S, taps, w + 5 * tapStep);
    FloatVector w6 = FloatVector.fromArray(S, taps, w + 6 * tapStep);
    FloatVector w7 = FloatVector.fromArray(S, taps, w + 7 * tapStep);
    FloatVector w8 = FloatVector.fromArray(S, taps, w + 8 * tapStep);
    int a0 = seen[0][p] + i;
    int a1 = seen[3][p] + i;
    int a2 = seen[6][p] + i;
    int next = c.channels();
    int step = c.stride() * next;
    int o = p * next + i;
    for (int k = 0; k < count; k++) {
      int x = k * step;
      FloatVector sum = FloatVector.fromArray(S, in, a0 + x).mul(w0);
      sum = FloatVector.fromArray(S, in, a0 + x + next).fma(w1, sum);
      sum = FloatVector.fromArray(S, in, a0 + x + 2 * next).fma(w2, sum);
      sum = FloatVector.fromArray(S, in, a1 + x).fma(w3, sum);
      sum = FloatVector.fromArray(S, in, a1 + x + next).fma(w4, sum);
      sum = FloatVector.fromArray(S, in, a1 + x + 2 * next).fma(w5, sum);
      sum = FloatVector.fromArray(S, in, a2 + x).fma(w6, sum);
      sum = FloatVector.fromArray(S, in, a2 + x + next).fma(w7, sum);
      sum = FloatVector.fromArray(S, in, a2 + x + 2 * next).fma(w8, sum);
      sum.intoArray(out, o + k * next);
    }
  }
}
