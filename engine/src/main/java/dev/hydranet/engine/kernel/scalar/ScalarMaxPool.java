package dev.hydranet.engine.kernel.scalar;

import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Window;

/** Max-pooling, tap by tap, straight into the output. Padding never takes part. */
final class ScalarMaxPool implements Kernel {
  private final Nhwc in;
  private final MaxPool2d pool;
  private final Nhwc out;
  private final Parts parts;

  ScalarMaxPool(Nhwc in, MaxPool2d pool, Nhwc out) {
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
      int image = row / out.height() * in.height();
      int kyBegin = Window.first(top, 1);
      int kyEnd = Window.end(top, 1, pool.kernel().height(), in.height());
      for (int x = 0; x < out.width(); x++) {
        int left = x * pool.stride().width() - pool.padding().width();
        int kxBegin = Window.first(left, 1);
        int kxEnd = Window.end(left, 1, pool.kernel().width(), in.width());
        int c = out.pixel(row * out.width() + x);
        int nearest = in.row(image + top + kyBegin) + (left + kxBegin) * in.stride();
        System.arraycopy(in.data(), nearest, out.data(), c, out.channels());
        for (int ky = kyBegin; ky < kyEnd; ky++) {
          int line = in.row(image + top + ky);
          for (int kx = kxBegin; kx < kxEnd; kx++) {
            accumulate(line + (left + kx) * in.stride(), c);
          }
        }
      }
    }
  }

  private void accumulate(int a, int c) {
    float[] data = in.data();
    float[] max = out.data();
    for (int i = 0; i < out.channels(); i++) {
      max[c + i] = Math.max(max[c + i], data[a + i]);
    }
  }
}
