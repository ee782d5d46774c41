package dev.hydranet.engine.kernel.simd.general;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.simd.function.Exponential;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** exp(x - max) over its sum along the channels of each pixel, or along each line. */
public final class SimdSoftmax implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private final Nhwc in;
  private final Nhwc out;
  private final Parts parts;

  /** For tensors of equal extents, padded to whole vectors. */
  public SimdSoftmax(Nhwc in, Nhwc out) {
    this.in = in;
    this.out = out;
    this.parts = Parts.of(in.pixels(), in.pixels(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  /** Room for the partial results of a vector's lanes. */
  @Override
  public long scratchFloats() {
    return L;
  }

  @Override
  public void run(int part, float[] scratch) {
    int channels = in.channels();
    int whole = channels - channels % L;
    for (int p = parts.begin(part); p < parts.end(part); p++) {
      int a = in.pixel(p);
      int c = out.pixel(p);
      float max = Float.NEGATIVE_INFINITY;
      largest(in.data(), a, whole, scratch);
      for (int i = 0; i < L; i++) {
        max = Math.max(max, scratch[i]);
      }
      for (int i = whole; i < channels; i++) {
        max = Math.max(max, in.data()[a + i]);
      }
      Exponential.run(max, in.data(), a, out.data(), c, in.stride());
      sum(out.data(), c, whole, scratch);
      double sum = 0;
      for (int i = 0; i < L; i++) {
        sum += scratch[i];
      }
      for (int i = whole; i < channels; i++) {
        sum += out.data()[c + i];
      }
      scale((float) (1 / sum), out.data(), c, out.stride());
    }
  }

  private static void largest(float[] data, int a, int floats, float[] result) {
    FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < floats; i += L) {
      max = FloatVector.fromArray(S, data, a + i).max(max);
    }
    max.intoArray(result, 0);
  }

  private static void sum(float[] data, int a, int floats, float[] result) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < floats; i += L) {
      sum = FloatVector.fromArray(S, data, a + i).add(sum);
    }
    sum.intoArray(result, 0);
  }

  private static void scale(float factor, float[] data, int c, int floats) {
    for (int i = 0; i < floats; i += L) {
      FloatVector.fromArray(S, data, c + i).mul(factor).intoArray(data, c + i);
    }
  }

  /** Its hot loops. */
  public static List<HotLoop> hotLoops() {
    float[] data = HotLoop.tensor().data();
    float[] result = new float[L];
    return List.of(
        new HotLoop(
            "SimdSoftmax.largest",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                largest(data, 0, rounds * L, result);
              }
            }),
        new HotLoop(
            "SimdSoftmax.sum",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                sum(data, 0, rounds * L, result);
              }
            }),
        new HotLoop(
            "SimdSoftmax.scale",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                scale(1, data, 0, rounds * L);
              }
            }));
  }
}
