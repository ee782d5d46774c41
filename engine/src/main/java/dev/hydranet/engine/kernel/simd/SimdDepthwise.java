package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Window;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Depthwise convolution. Inside the image a 3x3 filter stays in nine registers while a vector of
 * channels walks along the row; borders and other filters take whatever taps are inside.
 */
final class SimdDepthwise implements Kernel {
  private static final VectorSpecies<Float> S = SimdKernels.SPECIES;
  private static final int L = S.length();

  /**
   * Pixels walked before the next vector of channels: few enough that their inputs stay in the
   * first-level cache.
   */
  private static final int WALK = 32;

  private final Nhwc in;
  private final Conv2d conv;
  private final ChannelFilter filter;
  private final Nhwc residual;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  /** Output pixels of a row whose window lies inside the row. */
  private final int insideBegin;

  private final int insideEnd;

  SimdDepthwise(Nhwc in, Conv2d conv, ChannelFilter filter, Nhwc residual, Clamp clamp, Nhwc out) {
    this.in = in;
    this.conv = conv;
    this.filter = filter;
    this.residual = residual;
    this.clamp = clamp;
    this.out = out;
    this.parts = Parts.of(out.rows(), out.rows(), 1);
    int stride = conv.stride().width();
    int padding = conv.padding().width();
    int span = (conv.kernel().width() - 1) * conv.dilation().width();
    insideBegin = Math.min(out.width(), Math.ceilDiv(padding, stride));
    int lastStart = in.width() - 1 - span + padding;
    insideEnd = Math.max(insideBegin, Math.min(out.width(), Math.floorDiv(lastStart, stride) + 1));
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      row(row);
    }
  }

  private void row(int row) {
    int top = row % out.height() * conv.stride().height() - conv.padding().height();
    int image = row / out.height() * in.height();
    int dilation = conv.dilation().height();
    int kyBegin = Window.first(top, dilation);
    int kyEnd = Window.end(top, dilation, conv.kernel().height(), in.height());
    boolean fast =
        kyBegin == 0
            && kyEnd == 3
            && conv.kernel().equals(Size.square(3))
            && conv.dilation().equals(Size.square(1))
            && residual == null;
    int begin = fast ? insideBegin : out.width();
    int end = fast ? insideEnd : out.width();
    for (int x = 0; x < begin; x++) {
      pixel(row, image, top, kyBegin, kyEnd, x);
    }
    for (int x = begin; x < end; x += WALK) {
      int a =
          in.row(image + top) + (x * conv.stride().width() - conv.padding().width()) * in.stride();
      int c = out.pixel(row * out.width() + x);
      for (int i = 0; i < filter.channels(); i += L) {
        walk3x3(i, a + i, c + i, Math.min(WALK, end - x));
      }
    }
    for (int x = end; x < out.width(); x++) {
      pixel(row, image, top, kyBegin, kyEnd, x);
    }
  }

  private void walk3x3(int i, int a, int c, int pixels) {
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
    FloatVector low = FloatVector.broadcast(S, clamp.low());
    FloatVector high = FloatVector.broadcast(S, clamp.high());
    float[] data = in.data();
    float[] result = out.data();
    int next = in.stride();
    int step = conv.stride().width() * next;
    int a1 = a + in.width() * next;
    int a2 = a1 + in.width() * next;
    for (int p = 0; p < pixels; p++) {
      int x = p * step;
      FloatVector y = FloatVector.fromArray(S, data, a + x).fma(w00, bias);
      y = FloatVector.fromArray(S, data, a + x + next).fma(w01, y);
      y = FloatVector.fromArray(S, data, a + x + 2 * next).fma(w02, y);
      y = FloatVector.fromArray(S, data, a1 + x).fma(w10, y);
      y = FloatVector.fromArray(S, data, a1 + x + next).fma(w11, y);
      y = FloatVector.fromArray(S, data, a1 + x + 2 * next).fma(w12, y);
      y = FloatVector.fromArray(S, data, a2 + x).fma(w20, y);
      y = FloatVector.fromArray(S, data, a2 + x + next).fma(w21, y);
      y = FloatVector.fromArray(S, data, a2 + x + 2 * next).fma(w22, y);
      SimdKernels.clamp(y, low, high).intoArray(result, c + p * out.stride());
    }
  }

  /** One output pixel from the taps that are inside the image. */
  private void pixel(int row, int image, int top, int kyBegin, int kyEnd, int x) {
    int left = x * conv.stride().width() - conv.padding().width();
    int dilation = conv.dilation().width();
    int kernel = conv.kernel().width();
    int kxBegin = Window.first(left, dilation);
    int kxEnd = Window.end(left, dilation, kernel, in.width());
    int p = row * out.width() + x;
    FloatVector low = FloatVector.broadcast(S, clamp.low());
    FloatVector high = FloatVector.broadcast(S, clamp.high());
    for (int i = 0; i < filter.channels(); i += L) {
      FloatVector y = FloatVector.fromArray(S, filter.bias(), i);
      for (int ky = kyBegin; ky < kyEnd; ky++) {
        int line = in.row(image + top + ky * conv.dilation().height()) + i;
        for (int kx = kxBegin; kx < kxEnd; kx++) {
          y =
              FloatVector.fromArray(S, in.data(), line + (left + kx * dilation) * in.stride())
                  .fma(
                      FloatVector.fromArray(
                          S, filter.taps(), (ky * kernel + kx) * filter.channels() + i),
                      y);
        }
      }
      if (residual != null) {
        y = y.add(FloatVector.fromArray(S, residual.data(), residual.pixel(p) + i));
      }
      SimdKernels.clamp(y, low, high).intoArray(out.data(), out.pixel(p) + i);
    }
  }
}
