package dev.hydranet.engine.kernel.simd.general;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of the numbers at equal places, or of each pixel with its image's factors: the end of
 * squeeze-and-excitation.
 */
public final class SimdProduct implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private final Nhwc in;
  private final Nhwc factors;
  private final Nhwc out;
  private final int plane;
  private final boolean gate;
  private final Parts parts;

  /**
   * For an image and its factors.
   *
   * @param factors of the input's extents, or a pixel for each image
   */
  public SimdProduct(Nhwc in, Nhwc factors, Nhwc out) {
    this.in = in;
    this.factors = factors;
    this.out = out;
    this.plane = in.height() * in.width();
    this.gate = factors.pixels() != in.pixels();
    this.parts = Parts.of(out.pixels(), out.pixels(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public Optional<Parts> runs() {
    return Optional.of(parts);
  }

  @Override
  public void run(int part, float[] scratch) {
    int begin = parts.begin(part);
    int end = parts.end(part);
    if (!gate) {
      int floats = (end - begin) * out.stride();
      multiply(in.pixel(begin), factors.pixel(begin), out.pixel(begin), floats);
      return;
    }
    for (int p = begin; p < end; p++) {
      multiply(in.pixel(p), factors.pixel(p / plane), out.pixel(p), out.stride());
    }
  }

  private void multiply(int a, int b, int c, int floats) {
    for (int i = 0; i < floats; i += L) {
      FloatVector.fromArray(S, in.data(), a + i)
          .mul(FloatVector.fromArray(S, factors.data(), b + i))
          .intoArray(out.data(), c + i);
    }
  }

  /** Its hot loops. */
  public static List<HotLoop> hotLoops() {
    Nhwc any = HotLoop.tensor();
    SimdProduct kernel = new SimdProduct(any, any, HotLoop.tensor());
    return List.of(
        new HotLoop(
            "SimdProduct.multiply",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                kernel.multiply(0, 0, 0, rounds * L);
              }
            }));
  }
}
