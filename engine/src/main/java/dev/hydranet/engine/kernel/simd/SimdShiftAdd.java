package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Window;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums the taps of a convolution of stride 1 that were computed as output channels. A vector begins
 * at each tap's first output; lanes beyond the outputs hold what belongs to others and fall into
 * the padding.
 */
final class SimdShiftAdd implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private final Nhwc taps;
  private final Conv2d conv;
  private final float[] bias;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  SimdShiftAdd(Nhwc taps, Conv2d conv, float[] bias, Clamp clamp, Nhwc out) {
    this.taps = taps;
    this.conv = conv;
    this.bias = bias;
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
      for (int i = 0; i < out.channels(); i += L) {
        row(row, i, out.row(row) + i);
      }
    }
  }

  /** One vector of output channels along a row: the row stays in the first-level cache. */
  private void row(int row, int i, int c) {
    int top = row % out.height() - conv.padding().height();
    int image = row / out.height() * taps.height();
    int end = Window.end(top, conv.dilation().height(), conv.kernel().height(), taps.height());
    start(i, c);
    for (int ky = Window.first(top, conv.dilation().height()); ky < end; ky++) {
      int line = taps.row(image + top + ky * conv.dilation().height()) + i;
      for (int kx = 0; kx < conv.kernel().width(); kx++) {
        int shift = kx * conv.dilation().width() - conv.padding().width();
        int first = Math.max(0, -shift);
        int pixels = Math.min(out.width(), taps.width() - shift) - first;
        int tap = (ky * conv.kernel().width() + kx) * conv.outChannels();
        add(line + (first + shift) * taps.stride() + tap, c + first * out.stride(), pixels);
      }
    }
    clamp(c);
  }

  void start(int i, int c) {
    for (int x = 0; x < out.width(); x++) {
      FloatVector.fromArray(S, bias, i).intoArray(out.data(), c + x * out.stride());
    }
  }

  void add(int a, int c, int pixels) {
    float[] from = taps.data();
    float[] to = out.data();
    for (int x = 0; x < pixels; x++) {
      int at = c + x * out.stride();
      FloatVector.fromArray(S, to, at)
          .add(FloatVector.fromArray(S, from, a + x * taps.stride()))
          .intoArray(to, at);
    }
  }

  void clamp(int c) {
    float low = clamp.low();
    float high = clamp.high();
    for (int x = 0; x < out.width(); x++) {
      int at = c + x * out.stride();
      FloatVector sum = FloatVector.fromArray(S, out.data(), at);
      sum = sum.blend(low, sum.compare(VectorOperators.LT, low));
      sum.blend(high, sum.compare(VectorOperators.GT, high)).intoArray(out.data(), at);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    SimdShiftAdd nothing = forWarmUp(HotLoop.noPixels());
    SimdShiftAdd something = forWarmUp(HotLoop.tensor());
    return List.of(
        new HotLoop(
            "SimdShiftAdd.start",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).start(0, 0);
              }
            }),
        new HotLoop(
            "SimdShiftAdd.add",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                something.add(0, 0, Math.min(rounds, HotLoop.WIDTH));
              }
            }),
        new HotLoop(
            "SimdShiftAdd.clamp",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).clamp(0);
              }
            }));
  }

  private static SimdShiftAdd forWarmUp(Nhwc both) {
    return new SimdShiftAdd(both, Conv2d.of(L, 1, 3), new float[L], Clamp.RELU6, both);
  }
}
