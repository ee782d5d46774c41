package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Window;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums the taps of a convolution of stride 1 that were computed as output channels. A vector begins
 * at each tap's first output; lanes beyond the outputs hold what belongs to others and fall into
 * the padding.
 */
final class SimdShiftAdd implements Kernel {
  private static final VectorSpecies<Float> S = SimdKernels.SPECIES;
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
      int top = row % out.height() - conv.padding().height();
      int image = row / out.height() * taps.height();
      int begin = Window.first(top, conv.dilation().height());
      int end = Window.end(top, conv.dilation().height(), conv.kernel().height(), taps.height());
      for (int x = 0; x < out.width(); x++) {
        int left = x - conv.padding().width();
        for (int i = 0; i < out.channels(); i += L) {
          pixel(image + top, begin, end, left, i, out.pixel(row * out.width() + x) + i);
        }
      }
    }
  }

  private void pixel(int line, int kyBegin, int kyEnd, int left, int i, int c) {
    int dilation = conv.dilation().width();
    int kernel = conv.kernel().width();
    int kxBegin = Window.first(left, dilation);
    int kxEnd = Window.end(left, dilation, kernel, taps.width());
    FloatVector sum = FloatVector.fromArray(S, bias, i);
    for (int ky = kyBegin; ky < kyEnd; ky++) {
      int row = taps.row(line + ky * conv.dilation().height()) + i;
      for (int kx = kxBegin; kx < kxEnd; kx++) {
        int a = row + (left + kx * dilation) * taps.stride();
        sum =
            sum.add(
                FloatVector.fromArray(S, taps.data(), a + (ky * kernel + kx) * conv.outChannels()));
      }
    }
    SimdKernels.clamp(
            sum, FloatVector.broadcast(S, clamp.low()), FloatVector.broadcast(S, clamp.high()))
        .intoArray(out.data(), c);
  }
}
