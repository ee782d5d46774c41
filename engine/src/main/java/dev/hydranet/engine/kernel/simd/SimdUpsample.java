package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Resampling;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Resizing: every output pixel is a blend of four input pixels, all channels alike. */
final class SimdUpsample implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private final Nhwc in;
  private final Resampling resampling;
  private final Nhwc residual;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  SimdUpsample(Nhwc in, Resampling resampling, Nhwc residual, Clamp clamp, Nhwc out) {
    this.in = in;
    this.resampling = resampling;
    this.residual = residual;
    this.clamp = clamp;
    this.out = out;
    this.parts = Parts.of(out.rows(), out.rows(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      int y = row % out.height();
      int image = row / out.height() * in.height();
      int top = in.row(image + resampling.y().low()[y]);
      int bottom = in.row(image + resampling.y().high()[y]);
      float down = resampling.y().weight()[y];
      for (int x = 0; x < out.width(); x++) {
        int left = resampling.x().low()[x] * in.stride();
        int right = resampling.x().high()[x] * in.stride();
        int p = row * out.width() + x;
        if (resampling.copies()) {
          copy(top + left, residual == null ? -1 : residual.pixel(p), out.pixel(p));
          continue;
        }
        blend(
            top + left,
            top + right,
            bottom + left,
            bottom + right,
            down,
            resampling.x().weight()[x],
            residual == null ? -1 : residual.pixel(p),
            out.pixel(p));
      }
    }
  }

  private void copy(int a, int r, int c) {
    float low = clamp.low();
    float high = clamp.high();
    for (int i = 0; i < out.channels(); i += L) {
      FloatVector x = FloatVector.fromArray(S, in.data(), a + i);
      if (r >= 0) {
        x = x.add(FloatVector.fromArray(S, residual.data(), r + i));
      }
      x = x.blend(low, x.compare(VectorOperators.LT, low));
      x.blend(high, x.compare(VectorOperators.GT, high)).intoArray(out.data(), c + i);
    }
  }

  void blend(
      int topLeft,
      int topRight,
      int bottomLeft,
      int bottomRight,
      float down,
      float across,
      int r,
      int c) {
    float[] data = in.data();
    float low = clamp.low();
    float high = clamp.high();
    for (int i = 0; i < out.channels(); i += L) {
      FloatVector above =
          FloatVector.fromArray(S, data, topLeft + i)
              .mul(1 - across)
              .add(FloatVector.fromArray(S, data, topRight + i).mul(across));
      FloatVector below =
          FloatVector.fromArray(S, data, bottomLeft + i)
              .mul(1 - across)
              .add(FloatVector.fromArray(S, data, bottomRight + i).mul(across));
      FloatVector x = above.mul(1 - down).add(below.mul(down));
      if (r >= 0) {
        x = x.add(FloatVector.fromArray(S, residual.data(), r + i));
      }
      x = x.blend(low, x.compare(VectorOperators.LT, low));
      x.blend(high, x.compare(VectorOperators.GT, high)).intoArray(out.data(), c + i);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    SimdUpsample nothing = forWarmUp(HotLoop.noChannels());
    SimdUpsample something = forWarmUp(HotLoop.tensor());
    return List.of(
        new HotLoop(
            "SimdUpsample.blend",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).blend(0, 0, 0, 0, 0.5f, 0.5f, -turn, 0);
              }
            }),
        new HotLoop(
            "SimdUpsample.copy",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).copy(0, -turn, 0);
              }
            }));
  }

  private static SimdUpsample forWarmUp(Nhwc both) {
    Resampling resampling = Resampling.of(both, Upsample.Mode.BILINEAR, both);
    return new SimdUpsample(both, resampling, both, Clamp.RELU6, both);
  }
}
