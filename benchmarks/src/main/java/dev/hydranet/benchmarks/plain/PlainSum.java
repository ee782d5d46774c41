package dev.hydranet.benchmarks.plain;

import dev.hydranet.benchmarks.pieces.Piece;

/** The sum of two pictures. */
public final class PlainSum extends PlainLoops {
  public PlainSum(Piece piece, long rotatedBytes) {
    super(piece, rotatedBytes);
  }

  @Override
  void compute(float[][][] inputs, float[][] outputs) {
    for (int p = 0; p < outputs.length; p++) {
      add(inputs[0][p], inputs[1][p], outputs[p]);
    }
  }

  private static void add(float[] a, float[] b, float[] sum) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] = a[c] + b[c];
    }
  }
}
