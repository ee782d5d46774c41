package dev.hydranet.engine.kernel;

/**
 * Each image's values in the order channel, row, column, as the channels of one pixel. A part is a
 * channel.
 */
public final class FlattenKernel implements Kernel {
  private final Nhwc in;
  private final Nhwc out;

  public FlattenKernel(Nhwc in, Nhwc out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public int parts() {
    return in.channels();
  }

  @Override
  public void run(int part, float[] scratch) {
    int plane = in.height() * in.width();
    for (int image = 0; image < in.batch(); image++) {
      for (int p = 0; p < plane; p++) {
        out.data()[out.pixel(image) + part * plane + p] =
            in.data()[in.pixel(image * plane + p) + part];
      }
    }
  }
}
