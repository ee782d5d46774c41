package dev.hydranet.engine.kernel.simd.general;

import dev.hydranet.engine.graph.ConvTranspose2d;
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

/**
 * The end of a transposed convolution, as {@link dev.hydranet.engine.kernel.general.TapSum}: tap by
 * tap over a row, since the pixels on which a tap falls are equally far apart. A unit is a row of
 * the output.
 */
public final class SimdTapSum implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private final ConvTranspose2d op;
  private final Nhwc in;
  private final float[] bias;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  /**
   * For the taps and the output.
   *
   * @param in channel {@code tap * outputs + o} of a pixel; there is room for a vector behind each
   * @param bias for each output channel, padded to the lanes
   */
  public SimdTapSum(ConvTranspose2d op, Nhwc in, float[] bias, Clamp clamp, Nhwc out) {
    this.op = op;
    this.in = in;
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
  public Optional<Parts> runs() {
    return Optional.of(parts.times(out.width()));
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      int to = out.row(row);
      for (int x = 0; x < out.width(); x++) {
        System.arraycopy(bias, 0, out.data(), to + x * out.stride(), bias.length);
      }
      int image = row / out.height() * in.height();
      int y = row % out.height() + op.before().height();
      for (int i = 0; i < op.kernel().height(); i++) {
        int atY = y - i * op.dilation().height();
        int inY = Math.floorDiv(atY, op.stride().height());
        if (inY * op.stride().height() == atY && inY >= 0 && inY < in.height()) {
          addLine(in.row(image + inY), i * op.kernel().width(), to);
        }
      }
      clamp(to, out.width() * out.stride());
    }
  }

  /** Adds the taps of a line of the kernel. */
  private void addLine(int line, int firstTap, int to) {
    int stride = op.stride().width();
    for (int j = 0; j < op.kernel().width(); j++) {
      // Input pixel x falls on output pixel x * stride + shift.
      int shift = j * op.dilation().width() - op.before().width();
      int first = shift >= 0 ? 0 : Math.ceilDiv(-shift, stride);
      int end = Math.min(in.width(), Math.floorDiv(out.width() - 1 - shift, stride) + 1);
      int from = line + first * in.stride() + (firstTap + j) * op.outChannels();
      int c = to + (first * stride + shift) * out.stride();
      add(from, c, stride * out.stride(), Math.max(0, end - first));
    }
  }

  private void add(int a, int c, int step, int pixels) {
    float[] data = in.data();
    float[] sums = out.data();
    int channels = bias.length;
    int inStride = in.stride();
    for (int p = 0; p < pixels; p++) {
      int from = a + p * inStride;
      int to = c + p * step;
      for (int i = 0; i < channels; i += L) {
        FloatVector.fromArray(S, data, from + i)
            .add(FloatVector.fromArray(S, sums, to + i))
            .intoArray(sums, to + i);
      }
    }
  }

  private void clamp(int c, int floats) {
    float low = clamp.low();
    float high = clamp.high();
    for (int i = c; i < c + floats; i += L) {
      FloatVector y = FloatVector.fromArray(S, out.data(), i);
      y = y.blend(low, y.compare(VectorOperators.LT, low));
      y.blend(high, y.compare(VectorOperators.GT, high)).intoArray(out.data(), i);
    }
  }

  /** Its hot loops. */
  public static List<HotLoop> hotLoops() {
    Nhwc any = HotLoop.tensor();
    SimdTapSum kernel =
        new SimdTapSum(null, any, new float[HotLoop.CHANNELS], Clamp.RELU6, HotLoop.tensor());
    return List.of(
        new HotLoop(
            "SimdTapSum.add",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                kernel.add(0, 0, HotLoop.CHANNELS, rounds);
              }
            }),
        new HotLoop(
            "SimdTapSum.clamp",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                kernel.clamp(0, rounds * L);
              }
            }));
  }
}
