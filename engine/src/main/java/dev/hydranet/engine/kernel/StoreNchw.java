package dev.hydranet.engine.kernel;

import dev.hydranet.engine.tensor.Tensor;

/** Copies a value from a session's memory, NHWC, into a caller's tensor, NCHW. */
public final class StoreNchw implements Kernel {
  private final Nhwc in;
  private final Parts parts;
  private Tensor target;

  public StoreNchw(Nhwc in) {
    this.in = in;
    this.parts = Parts.of(in.rows(), in.rows(), 1);
  }

  /** Says which tensor the next run fills; null lets go of the last. */
  public void target(Tensor tensor) {
    target = tensor;
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    float[] data = target.data();
    int plane = in.height() * in.width();
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      int image = row / in.height();
      int to = image * in.channels() * plane + row % in.height() * in.width();
      for (int c = 0; c < in.channels(); c++) {
        int from = in.row(row) + c;
        for (int x = 0; x < in.width(); x++) {
          data[to + c * plane + x] = in.data()[from + x * in.stride()];
        }
      }
    }
  }
}
