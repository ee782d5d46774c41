package dev.hydranet.engine.kernel;

import dev.hydranet.engine.tensor.Tensor;

/** Copies a caller's tensor, NCHW, into a session's memory, NHWC. */
public final class LoadNchw implements Kernel {
  private final Nhwc out;
  private final Parts parts;
  private Tensor source;

  public LoadNchw(Nhwc out) {
    this.out = out;
    this.parts = Parts.of(out.rows(), out.rows(), 1);
  }

  /** Says which tensor the next run copies; null lets go of the last. */
  public void source(Tensor tensor) {
    source = tensor;
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    float[] data = source.data();
    int plane = out.height() * out.width();
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      int image = row / out.height();
      int from = image * out.channels() * plane + row % out.height() * out.width();
      for (int c = 0; c < out.channels(); c++) {
        int to = out.row(row) + c;
        for (int x = 0; x < out.width(); x++) {
          out.data()[to + x * out.stride()] = data[from + c * plane + x];
        }
      }
    }
  }
}
