package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Winograd;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of {@link Winograd} along one axis, for all channels of a run of pixels: of six
 * values that lie {@code step} floats apart to results that lie {@code outStep} floats apart.
 * Between the pixels of a run lie {@code next} floats in, {@code outNext} floats out.
 */
final class WinogradTransforms {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private static final float P = Winograd.P;
  private static final float Q = Winograd.Q;

  private WinogradTransforms() {}

  /**
   * B'd.
   *
   * @param a the first of the six values of the first pixel's first channel
   * @param c where the first of its six results goes
   */
  static void input(
      float[] in,
      int a,
      int step,
      int next,
      int pixels,
      int channels,
      float[] out,
      int c,
      int outStep,
      int outNext) {
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < channels; i += L) {
        int from = a + p * next + i;
        int to = c + p * outNext + i;
        FloatVector d0 = FloatVector.fromArray(S, in, from);
        FloatVector d1 = FloatVector.fromArray(S, in, from + step);
        FloatVector d2 = FloatVector.fromArray(S, in, from + 2 * step);
        FloatVector d3 = FloatVector.fromArray(S, in, from + 3 * step);
        FloatVector d4 = FloatVector.fromArray(S, in, from + 4 * step);
        FloatVector d5 = FloatVector.fromArray(S, in, from + 5 * step);
        FloatVector product = FloatVector.broadcast(S, P * P * Q * Q);
        FloatVector minusSum = FloatVector.broadcast(S, -(P * P + Q * Q));
        d0.fma(product, d2.fma(minusSum, d4)).intoArray(out, to);
        d1.fma(product, d3.fma(minusSum, d5)).intoArray(out, to + 5 * outStep);
        FloatVector even = d2.fma(FloatVector.broadcast(S, -Q * Q), d4);
        FloatVector odd = d1.fma(FloatVector.broadcast(S, -Q * Q), d3);
        odd.fma(FloatVector.broadcast(S, P), even).intoArray(out, to + outStep);
        odd.fma(FloatVector.broadcast(S, -P), even).intoArray(out, to + 2 * outStep);
        even = d2.fma(FloatVector.broadcast(S, -P * P), d4);
        odd = d1.fma(FloatVector.broadcast(S, -P * P), d3);
        odd.fma(FloatVector.broadcast(S, Q), even).intoArray(out, to + 3 * outStep);
        odd.fma(FloatVector.broadcast(S, -Q), even).intoArray(out, to + 4 * outStep);
      }
    }
  }

  /**
   * B'd of the scaled and clamped input, d = clamp(in * factor + bias): {@link #input} in one pass.
   *
   * @param a the first of the six values of the first pixel's first channel
   * @param c where the first of its six results goes
   */
  static void scaledInput(
      float[] in,
      int a,
      int step,
      int next,
      int pixels,
      int channels,
      ChannelFilter scale,
      Clamp clamp,
      float[] out,
      int c,
      int outStep,
      int outNext) {
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < channels; i += L) {
        int from = a + p * next + i;
        int to = c + p * outNext + i;
        FloatVector d0 = FloatVector.fromArray(S, in, from);
        FloatVector d1 = FloatVector.fromArray(S, in, from + step);
        FloatVector d2 = FloatVector.fromArray(S, in, from + 2 * step);
        FloatVector d3 = FloatVector.fromArray(S, in, from + 3 * step);
        FloatVector d4 = FloatVector.fromArray(S, in, from + 4 * step);
        FloatVector d5 = FloatVector.fromArray(S, in, from + 5 * step);
        FloatVector factor = FloatVector.fromArray(S, scale.taps(), i);
        FloatVector bias = FloatVector.fromArray(S, scale.bias(), i);
        float low = clamp.low();
        float high = clamp.high();
        d0 = d0.fma(factor, bias);
        d0 = d0.blend(low, d0.compare(VectorOperators.LT, low));
        d0 = d0.blend(high, d0.compare(VectorOperators.GT, high));
        d1 = d1.fma(factor, bias);
        d1 = d1.blend(low, d1.compare(VectorOperators.LT, low));
        d1 = d1.blend(high, d1.compare(VectorOperators.GT, high));
        d2 = d2.fma(factor, bias);
        d2 = d2.blend(low, d2.compare(VectorOperators.LT, low));
        d2 = d2.blend(high, d2.compare(VectorOperators.GT, high));
        d3 = d3.fma(factor, bias);
        d3 = d3.blend(low, d3.compare(VectorOperators.LT, low));
        d3 = d3.blend(high, d3.compare(VectorOperators.GT, high));
        d4 = d4.fma(factor, bias);
        d4 = d4.blend(low, d4.compare(VectorOperators.LT, low));
        d4 = d4.blend(high, d4.compare(VectorOperators.GT, high));
        d5 = d5.fma(factor, bias);
        d5 = d5.blend(low, d5.compare(VectorOperators.LT, low));
        d5 = d5.blend(high, d5.compare(VectorOperators.GT, high));
        FloatVector product = FloatVector.broadcast(S, P * P * Q * Q);
        FloatVector minusSum = FloatVector.broadcast(S, -(P * P + Q * Q));
        d0.fma(product, d2.fma(minusSum, d4)).intoArray(out, to);
        d1.fma(product, d3.fma(minusSum, d5)).intoArray(out, to + 5 * outStep);
        FloatVector even = d2.fma(FloatVector.broadcast(S, -Q * Q), d4);
        FloatVector odd = d1.fma(FloatVector.broadcast(S, -Q * Q), d3);
        odd.fma(FloatVector.broadcast(S, P), even).intoArray(out, to + outStep);
        odd.fma(FloatVector.broadcast(S, -P), even).intoArray(out, to + 2 * outStep);
        even = d2.fma(FloatVector.broadcast(S, -P * P), d4);
        odd = d1.fma(FloatVector.broadcast(S, -P * P), d3);
        odd.fma(FloatVector.broadcast(S, Q), even).intoArray(out, to + 3 * outStep);
        odd.fma(FloatVector.broadcast(S, -Q), even).intoArray(out, to + 4 * outStep);
      }
    }
  }

  /**
   * A'm: four results of six values.
   *
   * @param a the first of the six values of the first pixel's first channel
   * @param c where the first of its four results goes
   */
  static void output(
      float[] in,
      int a,
      int step,
      int next,
      int pixels,
      int channels,
      float[] out,
      int c,
      int outStep,
      int outNext) {
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < channels; i += L) {
        int from = a + p * next + i;
        int to = c + p * outNext + i;
        FloatVector p1 = FloatVector.broadcast(S, P);
        FloatVector p2 = FloatVector.broadcast(S, P * P);
        FloatVector p3 = FloatVector.broadcast(S, P * P * P);
        FloatVector q3 = FloatVector.broadcast(S, Q * Q * Q);
        FloatVector m1 = FloatVector.fromArray(S, in, from + step);
        FloatVector m2 = FloatVector.fromArray(S, in, from + 2 * step);
        FloatVector m3 = FloatVector.fromArray(S, in, from + 3 * step);
        FloatVector m4 = FloatVector.fromArray(S, in, from + 4 * step);
        FloatVector evenP = m1.add(m2);
        FloatVector oddP = m1.sub(m2);
        FloatVector evenQ = m3.add(m4);
        FloatVector oddQ = m3.sub(m4);
        FloatVector.fromArray(S, in, from).add(evenP).add(evenQ).intoArray(out, to);
        oddP.fma(p1, oddQ.mul(Q)).intoArray(out, to + outStep);
        evenP.fma(p2, evenQ.mul(Q * Q)).intoArray(out, to + 2 * outStep);
        oddP.fma(p3, oddQ.fma(q3, FloatVector.fromArray(S, in, from + 5 * step)))
            .intoArray(out, to + 3 * outStep);
      }
    }
  }

  /** Whether there is neither NaN nor infinity among a tile's outputs. */
  static boolean finite(float[] in, int a, int length) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < length; i += L) {
      sum = FloatVector.fromArray(S, in, a + i).fma(FloatVector.zero(S), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD) == 0;
  }

  /**
   * out = clamp(in + bias + residual) for pixels of a row.
   *
   * @param bias one for each channel, padded
   * @param residual null if absent
   * @param first the first pixel, counted through all images
   */
  static void finish(
      float[] in,
      int a,
      float[] bias,
      Nhwc residual,
      Clamp clamp,
      Nhwc out,
      int first,
      int pixels) {
    float low = clamp.low();
    float high = clamp.high();
    float[] result = out.data();
    int channels = bias.length;
    int c = out.pixel(first);
    int r = residual == null ? 0 : residual.pixel(first);
    int residualStride = residual == null ? 0 : residual.stride();
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < channels; i += L) {
        FloatVector x = FloatVector.fromArray(S, in, a + p * channels + i);
        x = x.add(FloatVector.fromArray(S, bias, i));
        if (residual != null) {
          x = x.add(FloatVector.fromArray(S, residual.data(), r + p * residualStride + i));
        }
        x = x.blend(low, x.compare(VectorOperators.LT, low));
        x.blend(high, x.compare(VectorOperators.GT, high))
            .intoArray(result, c + p * out.stride() + i);
      }
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    Nhwc in = HotLoop.tensor();
    float[] a = in.data();
    float[] c = HotLoop.tensor().data();
    int n = HotLoop.CHANNELS;
    int line = HotLoop.WIDTH * n;
    ChannelFilter scale = new ChannelFilter(new float[n], new float[n]);
    return List.of(
        new HotLoop(
            "WinogradTransforms.input",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                input(a, 0, line, n, Math.min(rounds, HotLoop.WIDTH), n, c, 0, line, n);
              }
            }),
        new HotLoop(
            "WinogradTransforms.scaledInput",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                int pixels = Math.min(rounds, HotLoop.WIDTH);
                scaledInput(a, 0, line, n, pixels, n, scale, Clamp.RELU6, c, 0, line, n);
              }
            }),
        new HotLoop(
            "WinogradTransforms.output",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                output(a, 0, line, n, Math.min(rounds, HotLoop.WIDTH), n, c, 0, line, n);
              }
            }),
        new HotLoop(
            "WinogradTransforms.finite",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                finite(a, 0, rounds * n);
              }
            }),
        new HotLoop(
            "WinogradTransforms.finish",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                Nhwc residual = turn % 2 == 0 ? null : in;
                int pixels = Math.min(rounds, HotLoop.WIDTH);
                finish(a, 0, scale.bias(), residual, Clamp.RELU6, in, 0, pixels);
              }
            }));
  }
}
