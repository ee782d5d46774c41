package dev.hydranet.benchmarks.ladder;

import dev.hydranet.benchmarks.ladder.rung.Convolution;
import dev.hydranet.benchmarks.ladder.rung.PlanarRung;

/**
 * The definition, loop by loop: images (here there is one), output channels, rows and columns; and
 * for each output a sum over input channels and the kernel's rows and columns.
 *
 * <p>Every product waits for the sum before it, every tap is asked whether it is inside the image,
 * and the next input channel is a whole plane away.
 */
public final class SevenLoops extends PlanarRung {
  private final float[] weights; // [o][channel][i][j]
  private final float[] bias; // [o]

  public SevenLoops(Convolution c) {
    super(c);
    weights = c.weights();
    bias = c.bias();
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public void run(int part, float[] scratch) {
    int height = c.outHeight();
    int width = c.outWidth();
    for (int o = 0; o < c.outputs(); o++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          out[(o * height + y) * width + x] = relu6(sum(o, y, x));
        }
      }
    }
  }

  private float sum(int o, int y, int x) {
    int channels = c.groupChannels();
    int group = o / (c.outputs() / c.conv().groups()) * channels;
    int kernel = c.kernel();
    float sum = bias[o];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < kernel; i++) {
        for (int j = 0; j < kernel; j++) {
          int inY = y * c.stride() + i - c.padding();
          int inX = x * c.stride() + j - c.padding();
          if (inY >= 0 && inY < c.height() && inX >= 0 && inX < c.width()) {
            float weight = weights[((o * channels + channel) * kernel + i) * kernel + j];
            sum += weight * in[((group + channel) * c.height() + inY) * c.width() + inX];
          }
        }
      }
    }
    return sum;
  }
}
