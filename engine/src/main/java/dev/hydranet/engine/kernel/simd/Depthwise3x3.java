package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A depthwise 3x3 filter along a row, all of its window inside: two windows at a time, all
 * channels. Channels lie side by side, so a row is read from end to end, which costs the caches
 * less than to keep the nine weights in registers and go from pixel to pixel.
 *
 * <p>A weight is multiplied by what is loaded, not the other way round: the compiler then makes the
 * load a part of the multiply-add, which takes no register.
 */
final class Depthwise3x3 {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private static final int TAPS = 9;

  /** Of each vector of channels the nine taps, then the bias: {@code [channels / L][10][L]}. */
  private final float[] weights;

  private final int channels;
  private final Clamp clamp;
  private final int inStride;
  private final int step;
  private final int outStride;

  /**
   * Packs weights.
   *
   * @param inStride floats from one input pixel to the next
   * @param step floats from one window to the next
   * @param outStride floats from one output pixel to the next
   */
  Depthwise3x3(ChannelFilter filter, Clamp clamp, int inStride, int step, int outStride) {
    this.channels = filter.channels();
    this.clamp = clamp;
    this.inStride = inStride;
    this.step = step;
    this.outStride = outStride;
    this.weights = new float[(TAPS + 1) * channels];
    for (int i = 0; i < channels; i += L) {
      int to = i * (TAPS + 1);
      for (int tap = 0; tap < TAPS; tap++) {
        System.arraycopy(filter.taps(), tap * channels + i, weights, to + tap * L, L);
      }
      System.arraycopy(filter.bias(), i, weights, to + TAPS * L, L);
    }
  }

  /**
   * Computes a run of output pixels, all channels.
   *
   * @param a0 the first channel of the first window's first pixel, in the upper of its three rows
   * @param a1 the same in the middle row
   * @param a2 the same in the lower row
   * @param c the first output
   */
  void run(float[] in, int a0, int a1, int a2, float[] out, int c, int pixels) {
    for (int x = 0; x < pixels; x += 2) {
      // The last pair may overlap the one before; a pixel alone is computed twice.
      int p = Math.max(0, Math.min(x, pixels - 2));
      int from = p * step;
      int to = c + p * outStride;
      if (pixels == 1) {
        pair(in, a0, a1, a2, 0, out, c, 0);
      } else if (step == inStride) {
        neighbours(in, a0 + from, a1 + from, a2 + from, out, to);
      } else {
        pair(in, a0 + from, a1 + from, a2 + from, step, out, to, outStride);
      }
    }
  }

  /**
   * Two windows, the second a pixel further. They share six pixels, which the compiler sees only
   * where the distance has the same name as that of columns: {@link #pair} would load them twice.
   */
  void neighbours(float[] in, int a0, int a1, int a2, float[] out, int c) {
    int next = inStride;
    float low = clamp.low();
    float high = clamp.high();
    for (int i = 0; i < channels; i += L) {
      int w = i * (TAPS + 1);
      FloatVector y = FloatVector.fromArray(S, weights, w + TAPS * L);
      FloatVector z = y;
      FloatVector weight = FloatVector.fromArray(S, weights, w);
      y = weight.fma(FloatVector.fromArray(S, in, a0 + i), y);
      z = weight.fma(FloatVector.fromArray(S, in, a0 + i + next), z);
      weight = FloatVector.fromArray(S, weights, w + L);
      y = weight.fma(FloatVector.fromArray(S, in, a0 + i + next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a0 + i + 2 * next), z);
      weight = FloatVector.fromArray(S, weights, w + 2 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a0 + i + 2 * next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a0 + i + 3 * next), z);
      weight = FloatVector.fromArray(S, weights, w + 3 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a1 + i), y);
      z = weight.fma(FloatVector.fromArray(S, in, a1 + i + next), z);
      weight = FloatVector.fromArray(S, weights, w + 4 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a1 + i + next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a1 + i + 2 * next), z);
      weight = FloatVector.fromArray(S, weights, w + 5 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a1 + i + 2 * next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a1 + i + 3 * next), z);
      weight = FloatVector.fromArray(S, weights, w + 6 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a2 + i), y);
      z = weight.fma(FloatVector.fromArray(S, in, a2 + i + next), z);
      weight = FloatVector.fromArray(S, weights, w + 7 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a2 + i + next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a2 + i + 2 * next), z);
      weight = FloatVector.fromArray(S, weights, w + 8 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a2 + i + 2 * next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a2 + i + 3 * next), z);
      y = y.blend(low, y.compare(VectorOperators.LT, low));
      y.blend(high, y.compare(VectorOperators.GT, high)).intoArray(out, c + i);
      z = z.blend(low, z.compare(VectorOperators.LT, low));
      z.blend(high, z.compare(VectorOperators.GT, high)).intoArray(out, c + i + outStride);
    }
  }

  /**
   * Two windows.
   *
   * @param apart floats from one to the other
   * @param outApart floats from one output to the other
   */
  void pair(float[] in, int a0, int a1, int a2, int apart, float[] out, int c, int outApart) {
    int next = inStride;
    float low = clamp.low();
    float high = clamp.high();
    for (int i = 0; i < channels; i += L) {
      int w = i * (TAPS + 1);
      FloatVector y = FloatVector.fromArray(S, weights, w + TAPS * L);
      FloatVector z = y;
      FloatVector weight = FloatVector.fromArray(S, weights, w);
      y = weight.fma(FloatVector.fromArray(S, in, a0 + i), y);
      z = weight.fma(FloatVector.fromArray(S, in, a0 + i + apart), z);
      weight = FloatVector.fromArray(S, weights, w + L);
      y = weight.fma(FloatVector.fromArray(S, in, a0 + i + next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a0 + i + next + apart), z);
      weight = FloatVector.fromArray(S, weights, w + 2 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a0 + i + 2 * next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a0 + i + 2 * next + apart), z);
      weight = FloatVector.fromArray(S, weights, w + 3 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a1 + i), y);
      z = weight.fma(FloatVector.fromArray(S, in, a1 + i + apart), z);
      weight = FloatVector.fromArray(S, weights, w + 4 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a1 + i + next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a1 + i + next + apart), z);
      weight = FloatVector.fromArray(S, weights, w + 5 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a1 + i + 2 * next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a1 + i + 2 * next + apart), z);
      weight = FloatVector.fromArray(S, weights, w + 6 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a2 + i), y);
      z = weight.fma(FloatVector.fromArray(S, in, a2 + i + apart), z);
      weight = FloatVector.fromArray(S, weights, w + 7 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a2 + i + next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a2 + i + next + apart), z);
      weight = FloatVector.fromArray(S, weights, w + 8 * L);
      y = weight.fma(FloatVector.fromArray(S, in, a2 + i + 2 * next), y);
      z = weight.fma(FloatVector.fromArray(S, in, a2 + i + 2 * next + apart), z);
      y = y.blend(low, y.compare(VectorOperators.LT, low));
      y.blend(high, y.compare(VectorOperators.GT, high)).intoArray(out, c + i);
      z = z.blend(low, z.compare(VectorOperators.LT, low));
      z.blend(high, z.compare(VectorOperators.GT, high)).intoArray(out, c + i + outApart);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    Depthwise3x3 nothing = forWarmUp(0);
    Depthwise3x3 something = forWarmUp(HotLoop.CHANNELS);
    float[] in = HotLoop.tensor().data();
    float[] out = HotLoop.tensor().data();
    int line = HotLoop.WIDTH * HotLoop.CHANNELS;
    return List.of(
        new HotLoop(
            "Depthwise3x3.neighbours",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).neighbours(in, 0, line, 2 * line, out, 0);
              }
            }),
        new HotLoop(
            "Depthwise3x3.pair",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                int apart = 2 * HotLoop.CHANNELS;
                (rounds == 0 ? nothing : something)
                    .pair(in, 0, line, 2 * line, apart, out, 0, HotLoop.CHANNELS);
              }
            }));
  }

  private static Depthwise3x3 forWarmUp(int channels) {
    ChannelFilter filter = new ChannelFilter(new float[TAPS * channels], new float[channels]);
    int stride = HotLoop.CHANNELS;
    return new Depthwise3x3(filter, Clamp.RELU6, stride, stride, stride);
  }
}
