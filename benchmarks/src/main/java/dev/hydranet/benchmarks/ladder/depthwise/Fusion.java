package dev.hydranet.benchmarks.ladder.depthwise;

import dev.hydranet.benchmarks.ladder.rung.Convolution;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What comes before and after the products happens in registers: a sum begins as the bias, and is
 * clamped before it is written. The output is not passed over again.
 */
public final class Fusion extends Packing {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  public Fusion(Convolution c) {
    super(c);
  }

  @Override
  public void run(int part, float[] scratch) {
    stretches();
  }

  @Override
  void pixel(int p, int i) {
    FloatVector sum = FloatVector.fromArray(S, bias, i);
    for (int tap = 0; tap < seen.length; tap++) {
      FloatVector x = FloatVector.fromArray(S, in, seen[tap][p] + i);
      sum = x.fma(FloatVector.fromArray(S, taps, i * vectorStep + tap * tapStep), sum);
    }
    sum.min(6).max(0).intoArray(out, p * c.channels() + i);
  }

  @Override
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
    FloatVector start = FloatVector.fromArray(S, bias, i);
    int a0 = seen[0][p] + i;
    int a1 = seen[3][p] + i;
    int a2 = seen[6][p] + i;
    int next = c.channels();
    int step = c.stride() * next;
    int o = p * next + i;
    for (int k = 0; k < count; k++) {
      int x = k * step;
      FloatVector sum = FloatVector.fromArray(S, in, a0 + x).fma(w0, start);
      sum = FloatVector.fromArray(S, in, a0 + x + next).fma(w1, sum);
      sum = FloatVector.fromArray(S, in, a0 + x + 2 * next).fma(w2, sum);
      sum = FloatVector.fromArray(S, in, a1 + x).fma(w3, sum);
      sum = FloatVector.fromArray(S, in, a1 + x + next).fma(w4, sum);
      sum = FloatVector.fromArray(S, in, a1 + x + 2 * next).fma(w5, sum);
      sum = FloatVector.fromArray(S, in, a2 + x).fma(w6, sum);
      sum = FloatVector.fromArray(S, in, a2 + x + next).fma(w7, sum);
      sum = FloatVector.fromArray(S, in, a2 + x + 2 * next).fma(w8, sum);
      sum.min(6).max(0).intoArray(out, o + k * next);
    }
  }
}
