package dev.hydranet.engine.kernel.simd.general;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Each line less its mean, over its standard deviation, times weights plus biases. The mean is
 * found in two steps, since the first one's rounding would count where it is large.
 */
public final class SimdLayerNorm implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private final Nhwc in;
  private final float[] weight;
  private final float[] bias;
  private final double eps;
  private final Nhwc out;
  private final Parts parts;

  /**
   * For tensors of equal extents, padded to whole vectors.
   *
   * @param weight padded likewise
   * @param bias padded likewise
   */
  public SimdLayerNorm(Nhwc in, float[] weight, float[] bias, double eps, Nhwc out) {
    this.in = in;
    this.weight = weight;
    this.bias = bias;
    this.eps = eps;
    this.out = out;
    this.parts = Parts.of(in.pixels(), in.pixels(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  /** Room for partial sums, and for their squares. */
  @Override
  public long scratchFloats() {
    return 2L * L;
  }

  @Override
  public void run(int part, float[] scratch) {
    float[] data = in.data();
    int length = in.channels();
    int whole = length - length % L;
    for (int p = parts.begin(part); p < parts.end(part); p++) {
      int a = in.pixel(p);
      sums(0, data, a, whole, scratch);
      float mean = (float) (sum(0, 0, data, a, scratch) / length);
      sums(mean, data, a, whole, scratch);
      double rest = sum(mean, 0, data, a, scratch);
      double squares = sum(mean, L, data, a, scratch);
      double variance = (squares - rest * rest / length) / length;
      double scale = 1 / Math.sqrt(variance + eps);
      int c = out.pixel(p);
      normalize(mean, (float) (rest / length), (float) scale, data, a, out.data(), c, in.stride());
    }
  }

  /** The sum of what {@link #sums} has left in a vector, and of the elements beyond the vectors. */
  private double sum(float mean, int from, float[] data, int a, float[] scratch) {
    double sum = 0;
    for (int i = from; i < from + L; i++) {
      sum += scratch[i];
    }
    for (int i = in.channels() - in.channels() % L; i < in.channels(); i++) {
      double x = data[a + i] - mean;
      sum += from == 0 ? x : x * x;
    }
    return sum;
  }

  /** Sums of x - mean, and of their squares. */
  private static void sums(float mean, float[] data, int a, int floats, float[] result) {
    FloatVector sum = FloatVector.zero(S);
    FloatVector squares = sum;
    for (int i = 0; i < floats; i += L) {
      FloatVector x = FloatVector.fromArray(S, data, a + i).sub(mean);
      sum = x.add(sum);
      squares = x.fma(x, squares);
    }
    sum.intoArray(result, 0);
    squares.intoArray(result, L);
  }

  private void normalize(
      float mean, float rest, float scale, float[] data, int a, float[] to, int c, int floats) {
    for (int i = 0; i < floats; i += L) {
      FloatVector x = FloatVector.fromArray(S, data, a + i).sub(mean).sub(rest).mul(scale);
      x.fma(FloatVector.fromArray(S, weight, i), FloatVector.fromArray(S, bias, i))
          .intoArray(to, c + i);
    }
  }

  /** Its hot loops. */
  public static List<HotLoop> hotLoops() {
    Nhwc any = HotLoop.tensor();
    float[] data = any.data();
    float[] result = new float[2 * L];
    float[] to = HotLoop.tensor().data();
    float[] row = new float[HotLoop.CHANNELS];
    SimdLayerNorm kernel = new SimdLayerNorm(any, row, row, 1, any);
    return List.of(
        new HotLoop(
            "SimdLayerNorm.sums",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                sums(0, data, 0, rounds * L, result);
              }
            }),
        new HotLoop(
            "SimdLayerNorm.normalize",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                kernel.normalize(0, 0, 1, data, 0, to, 0, rounds * L);
              }
            }));
  }
}
