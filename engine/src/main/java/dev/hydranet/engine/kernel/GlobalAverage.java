package dev.hydranet.engine.kernel;

/**
 * The mean of each channel's plane, summed in double so that large planes lose nothing. A part is a
 * channel.
 */
public final class GlobalAverage implements Kernel {
  private final Nhwc in;
  private final Nhwc out;

  public GlobalAverage(Nhwc in, Nhwc out) {
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
      double sum = 0;
      for (int p = 0; p < plane; p++) {
        sum += in.data()[in.pixel(image * plane + p) + part];
      }
      out.data()[out.pixel(image) + part] = (float) (sum / plane);
    }
  }
}
