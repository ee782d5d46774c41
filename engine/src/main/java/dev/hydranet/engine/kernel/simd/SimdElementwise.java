package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** An activation, or the sum of two tensors with or without one. */
final class SimdElementwise implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private final Nhwc in;
  private final Nhwc residual;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  SimdElementwise(Nhwc in, Nhwc residual, Clamp clamp, Nhwc out) {
    this.in = in;
    this.residual = residual;
    this.clamp = clamp;
    this.out = out;
    this.parts = Parts.of(in.pixels(), in.pixels(), 1);
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
    // Inputs and output have the same padded channels, so a run of pixels is one run of vectors.
    int floats = (parts.end(part) - begin) * out.stride();
    if (residual == null) {
      activate(in.pixel(begin), out.pixel(begin), floats);
    } else {
      add(in.pixel(begin), residual.pixel(begin), out.pixel(begin), floats);
    }
  }

  void activate(int a, int c, int floats) {
    float low = clamp.low();
    float high = clamp.high();
    for (int i = 0; i < floats; i += L) {
      FloatVector x = FloatVector.fromArray(S, in.data(), a + i);
      x = x.blend(low, x.compare(VectorOperators.LT, low));
      x.blend(high, x.compare(VectorOperators.GT, high)).intoArray(out.data(), c + i);
    }
  }

  void add(int a, int r, int c, int floats) {
    float low = clamp.low();
    float high = clamp.high();
    for (int i = 0; i < floats; i += L) {
      FloatVector x =
          FloatVector.fromArray(S, in.data(), a + i)
              .add(FloatVector.fromArray(S, residual.data(), r + i));
      x = x.blend(low, x.compare(VectorOperators.LT, low));
      x.blend(high, x.compare(VectorOperators.GT, high)).intoArray(out.data(), c + i);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    Nhwc in = HotLoop.tensor();
    SimdElementwise kernel = new SimdElementwise(in, in, Clamp.RELU6, HotLoop.tensor());
    return List.of(
        new HotLoop(
            "SimdElementwise.add",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                kernel.add(0, 0, 0, rounds * L);
              }
            }),
        new HotLoop(
            "SimdElementwise.activate",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                kernel.activate(0, 0, rounds * L);
              }
            }));
  }
}
