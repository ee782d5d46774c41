package dev.hydranet.engine.kernel.simd.general;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.MatrixProducts;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices that are both computed, as attention has them. A tile is four rows by two
 * vectors of columns; where they are no multiple of that, the last tile overlaps the one before. A
 * unit is four rows of a product.
 */
public final class SimdMatMul implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private static final int ROWS = 4;
  private static final int COLUMNS = 2 * L;

  private final MatrixProducts m;
  private final int bands;
  private final int padded;
  private final Parts parts;

  /** For products that {@link #suits suit}. */
  public SimdMatMul(MatrixProducts products) {
    this.m = products;
    this.bands = Math.ceilDiv(products.rows(), ROWS);
    this.padded = Math.ceilDiv(products.columns(), L) * L;
    int units = products.firstC().length * bands;
    this.parts = Parts.of(units, Math.max(1, units), 1);
  }

  /** Whether there is a tile in each, and each row has room for whole vectors. */
  public static boolean suits(MatrixProducts products) {
    int padded = Math.ceilDiv(products.columns(), L) * L;
    return products.rows() >= ROWS
        && products.columns() > L
        && products.rowB() >= padded
        && products.rowC() >= padded;
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long macs() {
    return (long) parts.units() * ROWS * m.depth() * padded;
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int unit = parts.begin(part); unit < parts.end(part); unit++) {
      int product = unit / bands;
      int row = Math.min(unit % bands * ROWS, m.rows() - ROWS);
      int a = m.firstA()[product] + row * m.rowA();
      int b = m.firstB()[product];
      int c = m.firstC()[product] + row * m.rowC();
      for (int j = 0; j < padded; j += COLUMNS) {
        int column = Math.min(j, padded - COLUMNS);
        tile(a, b + column, c + column, m.depth());
      }
    }
  }

  private void tile(int a, int b, int c, int depth) {
    float[] left = m.a();
    float[] right = m.b();
    int a1 = a + m.rowA();
    int a2 = a1 + m.rowA();
    int a3 = a2 + m.rowA();
    int step = m.rowB();
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, right, b + k * step);
      FloatVector b1 = FloatVector.fromArray(S, right, b + k * step + L);
      FloatVector x0 = FloatVector.broadcast(S, left[a + k]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(S, left[a1 + k]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(S, left[a2 + k]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(S, left[a3 + k]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    float[] out = m.c();
    int row = m.rowC();
    c00.intoArray(out, c);
    c01.intoArray(out, c + L);
    c10.intoArray(out, c + row);
    c11.intoArray(out, c + row + L);
    c20.intoArray(out, c + 2 * row);
    c21.intoArray(out, c + 2 * row + L);
    c30.intoArray(out, c + 3 * row);
    c31.intoArray(out, c + 3 * row + L);
  }

  /** Its hot loops. */
  public static List<HotLoop> hotLoops() {
    int row = HotLoop.CHANNELS;
    int[] first = {0};
    float[] data = HotLoop.tensor().data();
    float[] out = HotLoop.tensor().data();
    SimdMatMul kernel =
        new SimdMatMul(
            new MatrixProducts(
                data, first, row, data, first, row, out, first, row, ROWS, row, COLUMNS));
    return List.of(
        new HotLoop(
            "SimdMatMul.tile",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                kernel.tile(0, 0, 0, rounds);
              }
            }));
  }
}
