package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Window;
import java.util.Arrays;

/** Max-pooling with gaps between the taps, which is rare. Padding never takes part. */
public final class DilatedMaxPool implements Kernel {
  private final Nhwc in;
  private final MaxPool2d pool;
  private final Nhwc out;
  private final Parts parts;

  /** For images. */
  public DilatedMaxPool(Nhwc in, MaxPool2d pool, Nhwc out) {
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
    int gapY = pool.dilation().height();
    int gapX = pool.dilation().width();
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      int image = row / out.height() * in.height();
      int top = row % out.height() * pool.stride().height() - pool.padding().height();
      int endY = Window.end(top, gapY, pool.kernel().height(), in.height());
      for (int x = 0; x < out.width(); x++) {
        int left = x * pool.stride().width() - pool.padding().width();
        int endX = Window.end(left, gapX, pool.kernel().width(), in.width());
        int to = out.pixel(row * out.width() + x);
        Arrays.fill(out.data(), to, to + out.channels(), Float.NEGATIVE_INFINITY);
        for (int ky = Window.first(top, gapY); ky < endY; ky++) {
          int line = in.row(image + top + ky * gapY);
          for (int kx = Window.first(left, gapX); kx < endX; kx++) {
            int from = line + (left + kx * gapX) * in.stride();
            for (int c = 0; c < out.channels(); c++) {
              out.data()[to + c] = Math.max(out.data()[to + c], in.data()[from + c]);
            }
          }
        }
      }
    }
  }
}
