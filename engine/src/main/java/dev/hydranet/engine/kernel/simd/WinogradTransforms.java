package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Winograd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of {@link Winograd} along one axis, for all channels of a run of pixels: of six
 * values that lie {@code step} floats apart to results that lie {@code outStep} floats apart.
 * Between the pixels of a run lie {@code next} floats in, {@code outNext} floats out.
 */
final class WinogradTransforms {
  private static final VectorSpecies<Float> S = SimdKernels.SPECIES;
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
        six(
            FloatVector.fromArray(S, in, from),
            FloatVector.fromArray(S, in, from + step),
            FloatVector.fromArray(S, in, from + 2 * step),
            FloatVector.fromArray(S, in, from + 3 * step),
            FloatVector.fromArray(S, in, from + 4 * step),
            FloatVector.fromArray(S, in, from + 5 * step),
            out,
            c + p * outNext + i,
            outStep);
      }
    }
  }

  /** B'd where d = clamp(in * factor + bias), between neighbouring pixels. */
  static void scaledInput(
      float[] in,
      int a,
      int step,
      int pixels,
      ChannelFilter filter,
      Clamp clamp,
      float[] out,
      int c,
      int outStep) {
    FloatVector low = FloatVector.broadcast(S, clamp.low());
    FloatVector high = FloatVector.broadcast(S, clamp.high());
    float[] factors = filter.taps();
    float[] biases = filter.bias();
    int channels = biases.length;
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < channels; i += L) {
        int from = a + p * channels + i;
        FloatVector factor = FloatVector.fromArray(S, factors, i);
        FloatVector bias = FloatVector.fromArray(S, biases, i);
        six(
            scaled(in, from, factor, bias, low, high),
            scaled(in, from + step, factor, bias, low, high),
            scaled(in, from + 2 * step, factor, bias, low, high),
            scaled(in, from + 3 * step, factor, bias, low, high),
            scaled(in, from + 4 * step, factor, bias, low, high),
            scaled(in, from + 5 * step, factor, bias, low, high),
            out,
            c + p * channels + i,
            outStep);
      }
    }
  }

  private static FloatVector scaled(
      float[] in, int a, FloatVector factor, FloatVector bias, FloatVector low, FloatVector high) {
    return SimdKernels.clamp(FloatVector.fromArray(S, in, a).fma(factor, bias), low, high);
  }

  private static void six(
      FloatVector d0,
      FloatVector d1,
      FloatVector d2,
      FloatVector d3,
      FloatVector d4,
      FloatVector d5,
      float[] out,
      int c,
      int step) {
    FloatVector product = FloatVector.broadcast(S, P * P * Q * Q);
    FloatVector minusSum = FloatVector.broadcast(S, -(P * P + Q * Q));
    d0.fma(product, d2.fma(minusSum, d4)).intoArray(out, c);
    d1.fma(product, d3.fma(minusSum, d5)).intoArray(out, c + 5 * step);
    FloatVector even = d2.fma(FloatVector.broadcast(S, -Q * Q), d4);
    FloatVector odd = d1.fma(FloatVector.broadcast(S, -Q * Q), d3);
    odd.fma(FloatVector.broadcast(S, P), even).intoArray(out, c + step);
    odd.fma(FloatVector.broadcast(S, -P), even).intoArray(out, c + 2 * step);
    even = d2.fma(FloatVector.broadcast(S, -P * P), d4);
    odd = d1.fma(FloatVector.broadcast(S, -P * P), d3);
    odd.fma(FloatVector.broadcast(S, Q), even).intoArray(out, c + 3 * step);
    odd.fma(FloatVector.broadcast(S, -Q), even).intoArray(out, c + 4 * step);
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
    FloatVector p1 = FloatVector.broadcast(S, P);
    FloatVector q1 = FloatVector.broadcast(S, Q);
    FloatVector p2 = FloatVector.broadcast(S, P * P);
    FloatVector q2 = FloatVector.broadcast(S, Q * Q);
    FloatVector p3 = FloatVector.broadcast(S, P * P * P);
    FloatVector q3 = FloatVector.broadcast(S, Q * Q * Q);
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < channels; i += L) {
        int from = a + p * next + i;
        int to = c + p * outNext + i;
        FloatVector m1 = FloatVector.fromArray(S, in, from + step);
        FloatVector m2 = FloatVector.fromArray(S, in, from + 2 * step);
        FloatVector m3 = FloatVector.fromArray(S, in, from + 3 * step);
        FloatVector m4 = FloatVector.fromArray(S, in, from + 4 * step);
        FloatVector evenP = m1.add(m2);
        FloatVector oddP = m1.sub(m2);
        FloatVector evenQ = m3.add(m4);
        FloatVector oddQ = m3.sub(m4);
        FloatVector.fromArray(S, in, from).add(evenP).add(evenQ).intoArray(out, to);
        oddP.fma(p1, oddQ.mul(q1)).intoArray(out, to + outStep);
        evenP.fma(p2, evenQ.mul(q2)).intoArray(out, to + 2 * outStep);
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
   * @param residual null where there is none
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
    FloatVector low = FloatVector.broadcast(S, clamp.low());
    FloatVector high = FloatVector.broadcast(S, clamp.high());
    float[] result = out.data();
    for (int p = 0; p < pixels; p++) {
      int c = out.pixel(first + p);
      for (int i = 0; i < bias.length; i += L) {
        FloatVector x = FloatVector.fromArray(S, in, a + p * bias.length + i);
        x = x.add(FloatVector.fromArray(S, bias, i));
        if (residual != null) {
          x = x.add(FloatVector.fromArray(S, residual.data(), residual.pixel(first + p) + i));
        }
        SimdKernels.clamp(x, low, high).intoArray(result, c + i);
      }
    }
  }
}
