package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.ChannelFilter;
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

/** Each channel times a factor plus a bias: nothing but memory traffic. */
final class SimdScale implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private final Nhwc in;
  private final ChannelFilter filter;
  private final Nhwc residual;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  SimdScale(Nhwc in, ChannelFilter filter, Nhwc residual, Clamp clamp, Nhwc out) {
    this.in = in;
    this.filter = filter;
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
  public long macs() {
    return (long) in.pixels() * filter.channels();
  }

  @Override
  public long weightFloats() {
    return filter.floats();
  }

  @Override
  public void run(int part, float[] scratch) {
    int begin = parts.begin(part);
    int pixels = parts.end(part) - begin;
    if (residual == null) {
      scale(in, begin, pixels, filter, clamp, out.data(), out.pixel(begin), out.stride());
    } else {
      for (int p = begin; p < begin + pixels; p++) {
        scaleAndAdd(in.pixel(p), residual.pixel(p), out.pixel(p));
      }
    }
  }

  /** out = clamp(in * factor + bias) for a run of pixels, to any memory. */
  static void scale(
      Nhwc in,
      int first,
      int pixels,
      ChannelFilter filter,
      Clamp clamp,
      float[] out,
      int to,
      int outStride) {
    for (int p = 0; p < pixels; p++) {
      pixel(in.data(), in.pixel(first + p), filter, clamp, out, to + p * outStride);
    }
  }

  static void pixel(float[] in, int a, ChannelFilter filter, Clamp clamp, float[] out, int c) {
    float low = clamp.low();
    float high = clamp.high();
    float[] factor = filter.taps();
    float[] bias = filter.bias();
    for (int i = 0; i < bias.length; i += L) {
      FloatVector x = FloatVector.fromArray(S, in, a + i);
      x = x.fma(FloatVector.fromArray(S, factor, i), FloatVector.fromArray(S, bias, i));
      x = x.blend(low, x.compare(VectorOperators.LT, low));
      x.blend(high, x.compare(VectorOperators.GT, high)).intoArray(out, c + i);
    }
  }

  private void scaleAndAdd(int a, int r, int c) {
    float low = clamp.low();
    float high = clamp.high();
    float[] factor = filter.taps();
    float[] bias = filter.bias();
    for (int i = 0; i < bias.length; i += L) {
      FloatVector x = FloatVector.fromArray(S, in.data(), a + i);
      x = x.fma(FloatVector.fromArray(S, factor, i), FloatVector.fromArray(S, bias, i));
      x = x.add(FloatVector.fromArray(S, residual.data(), r + i));
      x = x.blend(low, x.compare(VectorOperators.LT, low));
      x.blend(high, x.compare(VectorOperators.GT, high)).intoArray(out.data(), c + i);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    Nhwc in = HotLoop.tensor();
    Nhwc out = HotLoop.tensor();
    ChannelFilter none = new ChannelFilter(new float[0], new float[0]);
    ChannelFilter some =
        new ChannelFilter(new float[HotLoop.CHANNELS], new float[HotLoop.CHANNELS]);
    SimdScale nothing = new SimdScale(in, none, in, Clamp.RELU6, out);
    SimdScale something = new SimdScale(in, some, in, Clamp.RELU6, out);
    return List.of(
        new HotLoop(
            "SimdScale.pixel",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {

                ChannelFilter filter = rounds == 0 ? none : some;
                pixel(in.data(), 0, filter, Clamp.RELU6, out.data(), 0);
              }
            }),
        new HotLoop(
            "SimdScale.scaleAndAdd",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {
                (rounds == 0 ? nothing : something).scaleAndAdd(0, 0, 0);
              }
            }));
  }
}
