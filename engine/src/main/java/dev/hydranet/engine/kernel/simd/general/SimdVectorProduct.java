package dev.hydranet.engine.kernel.simd.general;

import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.PackedMatrix;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A matrix times a single pixel: classifiers, squeeze-and-excitation. Each weight is used once, so
 * that memory sets the pace; four sums for each column keep multiply-adds from waiting for each
 * other. A unit is a vector of columns.
 */
public final class SimdVectorProduct implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private static final int SUMS = 4;

  private final Nhwc in;
  private final PackedMatrix matrix;
  private final Nhwc residual;
  private final Clamp clamp;
  private final Nhwc out;
  private final int[] firstWeight; // of each vector of columns
  private final int[] rowWeights;
  private final Parts parts;

  /**
   * For an image of one pixel.
   *
   * @param residual null if absent
   */
  public SimdVectorProduct(Nhwc in, PackedMatrix matrix, Nhwc residual, Clamp clamp, Nhwc out) {
    this.in = in;
    this.matrix = matrix;
    this.residual = residual;
    this.clamp = clamp;
    this.out = out;
    int vectors = matrix.columns() / L;
    this.firstWeight = new int[vectors];
    this.rowWeights = new int[vectors];
    int width;
    for (int j = 0; j < matrix.columns(); j += width) {
      width = matrix.panelWidth(j);
      for (int v = 0; v < width; v += L) {
        firstWeight[(j + v) / L] = j * matrix.depth() + v;
        rowWeights[(j + v) / L] = width;
      }
    }
    this.parts = Parts.of(vectors, vectors, 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long macs() {
    return (long) matrix.depth() * matrix.columns();
  }

  @Override
  public long weightFloats() {
    return matrix.floats();
  }

  @Override
  public void run(int part, float[] scratch) {
    float[] added = residual == null ? null : residual.data();
    for (int v = parts.begin(part); v < parts.end(part); v++) {
      int r = residual == null ? 0 : residual.offset() + v * L;
      column(firstWeight[v], rowWeights[v], v * L, added, r, out.offset() + v * L);
    }
  }

  private void column(int w, int row, int j, float[] added, int r, int c) {
    float[] data = in.data();
    float[] weights = matrix.data();
    int a = in.offset();
    int depth = matrix.depth();
    FloatVector y0 = FloatVector.fromArray(S, matrix.bias(), j);
    FloatVector y1 = FloatVector.zero(S);
    FloatVector y2 = y1;
    FloatVector y3 = y1;
    int k = 0;
    for (; k < depth - SUMS + 1; k += SUMS) {
      int b = w + k * row;
      y0 = FloatVector.broadcast(S, data[a + k]).fma(FloatVector.fromArray(S, weights, b), y0);
      y1 =
          FloatVector.broadcast(S, data[a + k + 1])
              .fma(FloatVector.fromArray(S, weights, b + row), y1);
      y2 =
          FloatVector.broadcast(S, data[a + k + 2])
              .fma(FloatVector.fromArray(S, weights, b + 2 * row), y2);
      y3 =
          FloatVector.broadcast(S, data[a + k + 3])
              .fma(FloatVector.fromArray(S, weights, b + 3 * row), y3);
    }
    for (; k < depth; k++) {
      y0 =
          FloatVector.broadcast(S, data[a + k])
              .fma(FloatVector.fromArray(S, weights, w + k * row), y0);
    }
    FloatVector y = y0.add(y1).add(y2.add(y3));
    if (added != null) {
      y = y.add(FloatVector.fromArray(S, added, r));
    }
    float low = clamp.low();
    float high = clamp.high();
    y = y.blend(low, y.compare(VectorOperators.LT, low));
    y.blend(high, y.compare(VectorOperators.GT, high)).intoArray(out.data(), c);
  }

  /** Its hot loops. */
  public static List<HotLoop> hotLoops() {
    int channels = HotLoop.CHANNELS;
    float[] weights = new float[channels * channels];
    PackedMatrix matrix = PackedMatrix.pack(weights, new float[channels], channels, L, channels);
    Nhwc any = HotLoop.tensor();
    PackedMatrix nothing = PackedMatrix.pack(new float[0], new float[channels], 0, L, channels);
    SimdVectorProduct some = new SimdVectorProduct(any, matrix, any, Clamp.RELU6, any);
    SimdVectorProduct none = new SimdVectorProduct(any, nothing, any, Clamp.RELU6, any);
    float[] data = any.data();
    return List.of(
        new HotLoop(
            "SimdVectorProduct.column",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? none : some)
                    .column(0, channels, 0, turn % 2 == 0 ? data : null, 0, 0);
              }
            }));
  }
}
