package dev.hydranet.engine.kernel;

/** The channel of each pixel's largest value; the first of equals, and NaN before every number. */
public final class ArgMaxKernel implements Kernel {
  private final Nhwc in;
  private final Nhwc out;
  private final Parts parts;

  public ArgMaxKernel(Nhwc in, Nhwc out) {
    this.in = in;
    this.out = out;
    this.parts = Parts.of(out.pixels(), out.pixels(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int p = parts.begin(part); p < parts.end(part); p++) {
      int a = in.pixel(p);
      int best = 0;
      for (int i = 1; i < in.channels(); i++) {
        float value = in.data()[a + i];
        float largest = in.data()[a + best];
        if (!Float.isNaN(largest) && !(value <= largest)) {
          best = i;
        }
      }
      out.data()[out.pixel(p)] = best;
    }
  }
}
