package dev.hydranet.engine.kernel;

import dev.hydranet.engine.graph.AvgPool2d;
import java.util.Arrays;

/** Average pooling under a sliding window, channels innermost. */
public final class AvgPool implements Kernel {
  private final Nhwc in;
  private final AvgPool2d pool;
  private final Nhwc out;
  private final Parts parts;

  public AvgPool(Nhwc in, AvgPool2d pool, Nhwc out) {
    this.in = in;
    this.pool = pool;
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
      int top = row % out.height() * pool.stride().height() - pool.padding().height();
      int gapY = pool.dilation().height();
      int gapX = pool.dilation().width();
      int image = row / out.height() * in.height();
      int kyBegin = Window.first(top, gapY);
      int kyEnd = Window.end(top, gapY, pool.kernel().height(), in.height());
      // Where padding counts, it counts up to its end, but not what the window has beyond that.
      int paddedHeight = in.height() + pool.after().height();
      int countedHeight =
          pool.countIncludePad()
              ? Window.end(top, gapY, pool.kernel().height(), paddedHeight)
              : kyEnd - kyBegin;
      for (int x = 0; x < out.width(); x++) {
        int left = x * pool.stride().width() - pool.padding().width();
        int kxBegin = Window.first(left, gapX);
        int kxEnd = Window.end(left, gapX, pool.kernel().width(), in.width());
        int paddedWidth = in.width() + pool.after().width();
        int countedWidth =
            pool.countIncludePad()
                ? Window.end(left, gapX, pool.kernel().width(), paddedWidth)
                : kxEnd - kxBegin;
        int c = out.pixel(row * out.width() + x);
        Arrays.fill(out.data(), c, c + out.channels(), 0);
        for (int ky = kyBegin; ky < kyEnd; ky++) {
          int line = in.row(image + top + ky * gapY);
          for (int kx = kxBegin; kx < kxEnd; kx++) {
            accumulate(line + (left + kx * gapX) * in.stride(), c);
          }
        }
        divide(c, (float) countedHeight * countedWidth);
      }
    }
  }

  private void accumulate(int a, int c) {
    for (int i = 0; i < out.channels(); i++) {
      out.data()[c + i] += in.data()[a + i];
    }
  }

  private void divide(int c, float count) {
    for (int i = 0; i < out.channels(); i++) {
      out.data()[c + i] /= count;
    }
  }
}
