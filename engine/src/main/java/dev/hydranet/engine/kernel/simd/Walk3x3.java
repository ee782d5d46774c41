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
 * A depthwise 3x3 filter along a row, all of its window inside: the nine weights stay in registers
 * while a vector of channels walks over the pixels.
 *
 * @param inStride floats from one input pixel to the next
 * @param step floats from one window to the next
 * @param outStride floats from one output pixel to the next
 */
record Walk3x3(ChannelFilter filter, Clamp clamp, int inStride, int step, int outStride) {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  /**
   * Pixels walked before the next vector of channels: their inputs stay in the first-level cache.
   */
  private static final int STRETCH = 32;

  /**
   * Computes a run of output pixels, all channels.
   *
   * @param a0 the first channel of the first window's first pixel, in the upper of its three rows
   * @param a1 the same in the middle row
   * @param a2 the same in the lower row
   */
  void run(float[] in, int a0, int a1, int a2, float[] out, int c, int pixels) {
    for (int p = 0; p < pixels; p += STRETCH) {
      int from = p * step;
      int count = Math.min(STRETCH, pixels - p);
      for (int i = 0; i < filter.channels(); i += L) {
        int at = from + i;
        stretch(i, in, a0 + at, a1 + at, a2 + at, out, c + p * outStride + i, count);
      }
    }
  }

  void stretch(int i, float[] in, int a0, int a1, int a2, float[] out, int c, int pixels) {
    float[] taps = filter.taps();
    int channels = filter.channels();
    FloatVector w00 = FloatVector.fromArray(S, taps, i);
    FloatVector w01 = FloatVector.fromArray(S, taps, i + channels);
    FloatVector w02 = FloatVector.fromArray(S, taps, i + 2 * channels);
    FloatVector w10 = FloatVector.fromArray(S, taps, i + 3 * channels);
    FloatVector w11 = FloatVector.fromArray(S, taps, i + 4 * channels);
    FloatVector w12 = FloatVector.fromArray(S, taps, i + 5 * channels);
    FloatVector w20 = FloatVector.fromArray(S, taps, i + 6 * channels);
    FloatVector w21 = FloatVector.fromArray(S, taps, i + 7 * channels);
    FloatVector w22 = FloatVector.fromArray(S, taps, i + 8 * channels);
    FloatVector bias = FloatVector.fromArray(S, filter.bias(), i);
    float low = clamp.low();
    float high = clamp.high();
    int next = inStride;
    for (int p = 0; p < pixels; p++) {
      int x = p * step;
      FloatVector y = FloatVector.fromArray(S, in, a0 + x).fma(w00, bias);
      y = FloatVector.fromArray(S, in, a0 + x + next).fma(w01, y);
      y = FloatVector.fromArray(S, in, a0 + x + 2 * next).fma(w02, y);
      y = FloatVector.fromArray(S, in, a1 + x).fma(w10, y);
      y = FloatVector.fromArray(S, in, a1 + x + next).fma(w11, y);
      y = FloatVector.fromArray(S, in, a1 + x + 2 * next).fma(w12, y);
      y = FloatVector.fromArray(S, in, a2 + x).fma(w20, y);
      y = FloatVector.fromArray(S, in, a2 + x + next).fma(w21, y);
      y = FloatVector.fromArray(S, in, a2 + x + 2 * next).fma(w22, y);
      y = y.blend(low, y.compare(VectorOperators.LT, low));
      y.blend(high, y.compare(VectorOperators.GT, high)).intoArray(out, c + p * outStride);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    int channels = HotLoop.CHANNELS;
    ChannelFilter filter = new ChannelFilter(new float[9 * channels], new float[channels]);
    Walk3x3 walk = new Walk3x3(filter, Clamp.RELU6, channels, channels, channels);
    float[] in = HotLoop.tensor().data();
    float[] out = HotLoop.tensor().data();
    int line = HotLoop.WIDTH * channels;
    return List.of(
        new HotLoop(
            "Walk3x3.stretch",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {

                // Only calls with work: the compiler shapes this loop by how long it has seen it
                // run.
                for (int i = 0; i < 8 * rounds; i++) {
                  walk.stretch(0, in, 0, line, 2 * line, out, 0, STRETCH);
                }
              }
            }));
  }
}
