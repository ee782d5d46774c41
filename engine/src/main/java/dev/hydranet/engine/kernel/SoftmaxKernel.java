package dev.hydranet.engine.kernel;

/** exp(x - max) over its sum along the channels of each pixel. */
public final class SoftmaxKernel implements Kernel {
  private final Nhwc in;
  private final Nhwc out;
  private final Parts parts;

  public SoftmaxKernel(Nhwc in, Nhwc out) {
    this.in = in;
    this.out = out;
    this.parts = Parts.of(in.pixels(), in.pixels(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int p = parts.begin(part); p < parts.end(part); p++) {
      int a = in.pixel(p);
      int c = out.pixel(p);
      float max = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < in.channels(); i++) {
        max = Math.max(max, in.data()[a + i]);
      }
      double sum = 0;
      for (int i = 0; i < in.channels(); i++) {
        sum += Math.exp((double) in.data()[a + i] - max);
      }
      for (int i = 0; i < in.channels(); i++) {
        out.data()[c + i] = (float) (Math.exp((double) in.data()[a + i] - max) / sum);
      }
    }
  }
}
