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
 * A depthwise filter of any size: several sums at once, so that multiply-adds need not wait for
 * each other. Six pixels share a weight where their windows lie inside the image; elsewhere four
 * vectors of channels share a window.
 *
 * @param line floats from one row of a window to the next
 * @param step floats from one column of a window to the next
 * @param pixel floats from one window to the next
 * @param outStride floats from one output pixel to the next
 * @param kernelWidth columns of the filter
 */
record DepthwiseWindow(
    ChannelFilter filter,
    Clamp clamp,
    int line,
    int step,
    int pixel,
    int outStride,
    int kernelWidth) {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  /** Pixels that {@link #pixels} computes. */
  static final int PIXELS = 6;

  /** Channels that {@link #channels} computes. */
  static final int CHANNELS = 4 * L;

  /**
   * Six output pixels of a vector of channels.
   *
   * @param a the first window's first input
   * @param tap the first tap, from 0, that is inside
   * @param rows taps that are inside, downwards
   * @param columns likewise across
   * @param i the first channel
   * @param c the first output
   */
  void pixels(float[] in, int a, int tap, int rows, int columns, int i, float[] out, int c) {
    float[] taps = filter.taps();
    int channels = filter.channels();
    FloatVector y0 = FloatVector.fromArray(S, filter.bias(), i);
    FloatVector y1 = y0;
    FloatVector y2 = y0;
    FloatVector y3 = y0;
    FloatVector y4 = y0;
    FloatVector y5 = y0;
    for (int ky = 0; ky < rows; ky++) {
      int at = a + ky * line;
      int w = (tap + ky * kernelWidth) * channels + i;
      for (int kx = 0; kx < columns; kx++) {
        FloatVector weight = FloatVector.fromArray(S, taps, w);
        y0 = FloatVector.fromArray(S, in, at).fma(weight, y0);
        y1 = FloatVector.fromArray(S, in, at + pixel).fma(weight, y1);
        y2 = FloatVector.fromArray(S, in, at + 2 * pixel).fma(weight, y2);
        y3 = FloatVector.fromArray(S, in, at + 3 * pixel).fma(weight, y3);
        y4 = FloatVector.fromArray(S, in, at + 4 * pixel).fma(weight, y4);
        y5 = FloatVector.fromArray(S, in, at + 5 * pixel).fma(weight, y5);
        at += step;
        w += channels;
      }
    }
    float low = clamp.low();
    float high = clamp.high();
    y0 = y0.blend(low, y0.compare(VectorOperators.LT, low));
    y0.blend(high, y0.compare(VectorOperators.GT, high)).intoArray(out, c);
    y1 = y1.blend(low, y1.compare(VectorOperators.LT, low));
    y1.blend(high, y1.compare(VectorOperators.GT, high)).intoArray(out, c + outStride);
    y2 = y2.blend(low, y2.compare(VectorOperators.LT, low));
    y2.blend(high, y2.compare(VectorOperators.GT, high)).intoArray(out, c + 2 * outStride);
    y3 = y3.blend(low, y3.compare(VectorOperators.LT, low));
    y3.blend(high, y3.compare(VectorOperators.GT, high)).intoArray(out, c + 3 * outStride);
    y4 = y4.blend(low, y4.compare(VectorOperators.LT, low));
    y4.blend(high, y4.compare(VectorOperators.GT, high)).intoArray(out, c + 4 * outStride);
    y5 = y5.blend(low, y5.compare(VectorOperators.LT, low));
    y5.blend(high, y5.compare(VectorOperators.GT, high)).intoArray(out, c + 5 * outStride);
  }

  /** Four vectors of channels of an output pixel; otherwise as {@link #pixels}. */
  void channels(float[] in, int a, int tap, int rows, int columns, int i, float[] out, int c) {
    float[] taps = filter.taps();
    int channels = filter.channels();
    FloatVector y0 = FloatVector.fromArray(S, filter.bias(), i);
    FloatVector y1 = FloatVector.fromArray(S, filter.bias(), i + L);
    FloatVector y2 = FloatVector.fromArray(S, filter.bias(), i + 2 * L);
    FloatVector y3 = FloatVector.fromArray(S, filter.bias(), i + 3 * L);
    for (int ky = 0; ky < rows; ky++) {
      int at = a + ky * line;
      int w = (tap + ky * kernelWidth) * channels + i;
      for (int kx = 0; kx < columns; kx++) {
        y0 = FloatVector.fromArray(S, in, at).fma(FloatVector.fromArray(S, taps, w), y0);
        y1 = FloatVector.fromArray(S, in, at + L).fma(FloatVector.fromArray(S, taps, w + L), y1);
        y2 =
            FloatVector.fromArray(S, in, at + 2 * L)
                .fma(FloatVector.fromArray(S, taps, w + 2 * L), y2);
        y3 =
            FloatVector.fromArray(S, in, at + 3 * L)
                .fma(FloatVector.fromArray(S, taps, w + 3 * L), y3);
        at += step;
        w += channels;
      }
    }
    float low = clamp.low();
    float high = clamp.high();
    y0 = y0.blend(low, y0.compare(VectorOperators.LT, low));
    y0.blend(high, y0.compare(VectorOperators.GT, high)).intoArray(out, c);
    y1 = y1.blend(low, y1.compare(VectorOperators.LT, low));
    y1.blend(high, y1.compare(VectorOperators.GT, high)).intoArray(out, c + L);
    y2 = y2.blend(low, y2.compare(VectorOperators.LT, low));
    y2.blend(high, y2.compare(VectorOperators.GT, high)).intoArray(out, c + 2 * L);
    y3 = y3.blend(low, y3.compare(VectorOperators.LT, low));
    y3.blend(high, y3.compare(VectorOperators.GT, high)).intoArray(out, c + 3 * L);
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    int channels = HotLoop.CHANNELS;
    ChannelFilter filter = new ChannelFilter(new float[25 * channels], new float[channels]);
    int line = HotLoop.WIDTH * channels;
    DepthwiseWindow window =
        new DepthwiseWindow(filter, Clamp.RELU6, line, channels, channels, channels, 5);
    float[] in = HotLoop.tensor().data();
    float[] out = HotLoop.tensor().data();
    return List.of(
        new HotLoop(
            "DepthwiseWindow.pixels",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                window.pixels(in, 0, 0, 2 * rounds, 5, 0, out, 0);
              }
            }),
        new HotLoop(
            "DepthwiseWindow.channels",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                window.channels(in, 0, 0, 2 * rounds, 5, 0, out, 0);
              }
            }));
  }
}
