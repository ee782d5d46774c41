package dev.hydranet.engine.kernel.scalar;

import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.Parts;
import dev.hydranet.engine.kernel.Resampling;

/** Resizing: every output pixel is a blend of four input pixels, all channels alike. */
final class ScalarUpsample implements Kernel {
  private final Nhwc in;
  private final Resampling resampling;
  private final Nhwc residual;
  private final Clamp clamp;
  private final Nhwc out;
  private final Parts parts;

  ScalarUpsample(Nhwc in, Resampling resampling, Nhwc residual, Clamp clamp, Nhwc out) {
    this.in = in;
    this.resampling = resampling;
    this.residual = residual;
    this.clamp = clamp;
    this.out = out;
    this.parts = Parts.of(out.rows(), out.rows(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    float[] data = in.data();
    for (int row = parts.begin(part); row < parts.end(part); row++) {
      int y = row % out.height();
      int image = row / out.height() * in.height();
      int top = in.row(image + resampling.y().low()[y]);
      int bottom = in.row(image + resampling.y().high()[y]);
      float down = resampling.y().weight()[y];
      for (int x = 0; x < out.width(); x++) {
        int left = resampling.x().low()[x] * in.stride();
        int right = resampling.x().high()[x] * in.stride();
        float across = resampling.x().weight()[x];
        int p = row * out.width() + x;
        for (int i = 0; i < out.channels(); i++) {
          float value = data[top + left + i];
          if (!resampling.copies()) {
            float above = value * (1 - across) + data[top + right + i] * across;
            float below =
                data[bottom + left + i] * (1 - across) + data[bottom + right + i] * across;
            value = above * (1 - down) + below * down;
          }
          float r = residual == null ? 0 : residual.data()[residual.pixel(p) + i];
          out.data()[out.pixel(p) + i] = clamp.apply(value + r);
        }
      }
    }
  }
}
