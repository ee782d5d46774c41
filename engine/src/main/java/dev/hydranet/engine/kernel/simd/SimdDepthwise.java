package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Window;
import dev.hydranet.engine.kernel.simd.vector.HotLoop;
import dev.hydranet.engine.kernel.simd.vector.Vectors;
import java.util.List;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Depthwise convolution. Inside the image a 3x3 filter has loops of its own; borders and other
 * filters take whatever taps are inside.
 */
final class SimdDepthwise implements Kernel {
  private static final VectorSpecies<Float> S = Vectors.SPECIES;
  private static final int L = S.length();

  private final Nhwc in;
  private final Conv2d conv;
  private final ChannelFilter filter;
  private final Nhwc residual;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;
  private final DepthwiseWindow window;

  /** For windows inside the image; null unless the filter is 3x3 and nothing is added. */
  private final Depthwise3x3 inside;

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
    int line = conv.dilation().height() * in.width() * in.stride();
    this.window =
        new DepthwiseWindow(
            filter,
            clamp,
            line,
            conv.dilation().width() * in.stride(),
            conv.stride().width() * in.stride(),
            out.stride(),
            conv.kernel().width());
    boolean is3x3 =
        conv.kernel().equals(Size.square(3))
            && conv.dilation().equals(Size.square(1))
            && residual == null;
    int step = conv.stride().width() * in.stride();
    this.inside = is3x3 ? new Depthwise3x3(filter, clamp, in.stride(), step, out.stride()) : null;
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
  public Optional<Parts> runs() {
    return Optional.of(parts.times(out.width()));
  }

  @Override
  public long macs() {
    return out.batch() * filter.channels() * Window.taps(conv, in, out);
  }

  @Override
  public long weightFloats() {
    return filter.floats();
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
    boolean fast = inside != null && kyBegin == 0 && kyEnd == conv.kernel().height();
    if (!fast && residual == null && filter.channels() >= DepthwiseWindow.CHANNELS) {
      windows(row, image, top, kyBegin, kyEnd);
      return;
    }
    int begin = fast ? insideBegin : out.width();
    int end = fast ? insideEnd : out.width();
    for (int x = 0; x < begin; x++) {
      pixel(row, image, top, kyBegin, kyEnd, x);
    }
    if (begin < end) {
      int left = begin * conv.stride().width() - conv.padding().width();
      int a0 = in.row(image + top) + left * in.stride();
      int line = in.width() * in.stride();
      int c = out.pixel(row * out.width() + begin);
      inside.run(in.data(), a0, a0 + line, a0 + 2 * line, out.data(), c, end - begin);
    }
    for (int x = end; x < out.width(); x++) {
      pixel(row, image, top, kyBegin, kyEnd, x);
    }
  }

  /** A row, four vectors of channels at a time, so that their weights stay in cache. */
  private void windows(int row, int image, int top, int kyBegin, int kyEnd) {
    int rows = Math.max(0, kyEnd - kyBegin);
    int a = in.row(image + top + kyBegin * conv.dilation().height());
    int columns = conv.kernel().width();
    int tap = kyBegin * columns;
    int most = filter.channels() - DepthwiseWindow.CHANNELS;
    boolean several = insideEnd - insideBegin >= DepthwiseWindow.PIXELS;
    int end = several ? insideBegin : out.width();
    for (int block = 0; block < filter.channels(); block += DepthwiseWindow.CHANNELS) {
      // The last block may overlap the one before: it computes the same again.
      int i = Math.min(block, most);
      for (int x = 0; x < end; x++) {
        window(row, a, kyBegin, rows, x, i);
      }
      for (int x = end; x < insideEnd; x += DepthwiseWindow.PIXELS) {
        int p = Math.min(x, insideEnd - DepthwiseWindow.PIXELS);
        int left = p * conv.stride().width() - conv.padding().width();
        int c = out.pixel(row * out.width() + p);
        for (int v = i; v < i + DepthwiseWindow.CHANNELS; v += L) {
          window.pixels(
              in.data(), a + left * in.stride() + v, tap, rows, columns, v, out.data(), c + v);
        }
      }
      for (int x = Math.max(end, insideEnd); x < out.width(); x++) {
        window(row, a, kyBegin, rows, x, i);
      }
    }
  }

  private void window(int row, int a, int kyBegin, int rows, int x, int i) {
    int left = x * conv.stride().width() - conv.padding().width();
    int dilation = conv.dilation().width();
    int kxBegin = Window.first(left, dilation);
    int kxEnd = Window.end(left, dilation, conv.kernel().width(), in.width());
    window.channels(
        in.data(),
        a + (left + kxBegin * dilation) * in.stride() + i,
        kyBegin * conv.kernel().width() + kxBegin,
        rows,
        Math.max(0, kxEnd - kxBegin),
        i,
        out.data(),
        out.pixel(row * out.width() + x) + i);
  }

  /** One output pixel from the taps that are inside the image. */
  void pixel(int row, int image, int top, int kyBegin, int kyEnd, int x) {
    int left = x * conv.stride().width() - conv.padding().width();
    int dilation = conv.dilation().width();
    int kernel = conv.kernel().width();
    int kxBegin = Window.first(left, dilation);
    int kxEnd = Window.end(left, dilation, kernel, in.width());
    int p = row * out.width() + x;
    int first = in.row(image + top) + left * in.stride();
    int line = conv.dilation().height() * in.width() * in.stride();
    int step = dilation * in.stride();
    int r = residual == null ? 0 : residual.pixel(p);
    int c = out.pixel(p);
    float low = clamp.low();
    float high = clamp.high();
    int channels = filter.channels();
    for (int i = 0; i < channels; i += L) {
      FloatVector y = FloatVector.fromArray(S, filter.bias(), i);
      for (int ky = kyBegin; ky < kyEnd; ky++) {
        for (int kx = kxBegin; kx < kxEnd; kx++) {
          int tap = (ky * kernel + kx) * channels + i;
          y =
              FloatVector.fromArray(S, in.data(), first + ky * line + kx * step + i)
                  .fma(FloatVector.fromArray(S, filter.taps(), tap), y);
        }
      }
      if (residual != null) {
        y = y.add(FloatVector.fromArray(S, residual.data(), r + i));
      }
      y = y.blend(low, y.compare(VectorOperators.LT, low));
      y.blend(high, y.compare(VectorOperators.GT, high)).intoArray(out.data(), c + i);
    }
  }

  /** Its hot loops. */
  static List<HotLoop> hotLoops() {
    SimdDepthwise nothing = forWarmUp(HotLoop.noChannels());
    SimdDepthwise something = forWarmUp(HotLoop.tensor());
    return List.of(
        new HotLoop(
            "SimdDepthwise.pixel",
            (times, rounds) -> {
              for (int turn = 0; turn < times; turn++) {

                // The corners at the beginning and at the end.
                int end = turn % 2;
                int y = end * (HotLoop.HEIGHT - 1);
                int x = end * (HotLoop.WIDTH - 1);
                (rounds == 0 ? nothing : something).pixel(y, 0, y - 1, 1 - end, 3 - end, x);
              }
            }));
  }

  private static SimdDepthwise forWarmUp(Nhwc both) {
    int channels = both.channels();
    ChannelFilter filter = new ChannelFilter(new float[9 * channels], new float[channels]);
    Conv2d conv = Conv2d.depthwise(HotLoop.CHANNELS, 3, 1);
    return new SimdDepthwise(both, conv, filter, null, Clamp.RELU6, both);
  }
}
