package dev.hydranet.benchmarks.ladder.depthwise;

import dev.hydranet.benchmarks.ladder.Convolution;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What comes before and after the products happens in registers: a sum begins as the bias, and is
 * clamped before it is written. The output is not passed over again.
 */
public final class Fusion extends DepthwiseRung {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private final float[] taps; // [channel / L][tap][L]

  public Fusion(Convolution c) {
    super(c);
    taps = Packing.packed(c);
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int p = 0; p < pixels; p += CacheBlocks.STRETCH) {
      int end = Math.min(pixels, p + CacheBlocks.STRETCH);
      for (int i = 0; i < c.channels(); i += L) {
        walk(p, end, i);
      }
    }
  }

  private void walk(int begin, int end, int i) {
    int w = i * seen.length;
    int step = c.channels();
    FloatVector start = FloatVector.fromArray(S, bias, i);
    FloatVector w0 = FloatVector.fromArray(S, taps, w);
    FloatVector w1 = FloatVector.fromArray(S, taps, w + L);
    FloatVector w2 = FloatVector.fromArray(S, taps, w + 2 * L);
    FloatVector w3 = FloatVector.fromArray(S, taps, w + 3 * L);
    FloatVector w4 = FloatVector.fromArray(S, taps, w + 4 * L);
    FloatVector w5 = FloatVector.fromArray(S, taps, w + 5 * L);
    FloatVector w6 = FloatVector.fromArray(S, taps, w + 6 * L);
    FloatVector w7 = FloatVector.fromArray(S, taps, w + 7 * L);
    FloatVector w8 = FloatVector.fromArray(S, taps, w + 8 * L);
    for (int p = begin; p < end; p++) {
      FloatVector sum = FloatVector.fromArray(S, in, seen[0][p] + i).fma(w0, start);
      sum = FloatVector.fromArray(S, in, seen[1][p] + i).fma(w1, sum);
      sum = FloatVector.fromArray(S, in, seen[2][p] + i).fma(w2, sum);
      sum = FloatVector.fromArray(S, in, seen[3][p] + i).fma(w3, sum);
      sum = FloatVector.fromArray(S, in, seen[4][p] + i).fma(w4, sum);
      sum = FloatVector.fromArray(S, in, seen[5][p] + i).fma(w5, sum);
      sum = FloatVector.fromArray(S, in, seen[6][p] + i).fma(w6, sum);
      sum = FloatVector.fromArray(S, in, seen[7][p] + i).fma(w7, sum);
      sum = FloatVector.fromArray(S, in, seen[8][p] + i).fma(w8, sum);
      sum.min(6).max(0).intoArray(out, p * step + i);
    }
  }
}
