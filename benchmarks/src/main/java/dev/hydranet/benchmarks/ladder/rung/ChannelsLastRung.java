package dev.hydranet.benchmarks.ladder.rung;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;

/**
 * A rung that keeps images pixel by pixel: {@code [y][x][channel]}. One more pixel, of zeros, comes
 * after the last: it stands for all those outside the image, so that no loop asks where the image
 * ends.
 */
public abstract class ChannelsLastRung extends Rung {
  /** Allocates its own memory. */
  protected ChannelsLastRung(Convolution c) {
    this(c, image(c.input()), image(c.output()));
  }

  /** With memory that {@link #image} made. */
  protected ChannelsLastRung(Convolution c, float[] in, float[] out) {
    super(c, in, out);
  }

  /** Memory for an image and the pixel of zeros behind it. */
  public static float[] image(Shape shape) {
    return new float[(shape.height() * shape.width() + 1) * shape.channels()];
  }

  /**
   * Which pixel each tap of the kernel sees from each output pixel: {@code [tap][p]} is where that
   * pixel's channels begin in {@link #in}, pixels and taps counted row by row.
   */
  protected final int[][] seen() {
    int[][] seen = new int[c.kernel() * c.kernel()][c.outHeight() * c.outWidth()];
    for (int tap = 0; tap < seen.length; tap++) {
      for (int p = 0; p < seen[tap].length; p++) {
        int y = p / c.outWidth() * c.stride() + tap / c.kernel() - c.padding();
        int x = p % c.outWidth() * c.stride() + tap % c.kernel() - c.padding();
        boolean inside = y >= 0 && y < c.height() && x >= 0 && x < c.width();
        int pixel = inside ? y * c.width() + x : c.height() * c.width();
        seen[tap][p] = pixel * c.channels();
      }
    }
    return seen;
  }

  @Override
  public final void load(Tensor input) {
    int pixels = c.height() * c.width();
    for (int channel = 0; channel < c.channels(); channel++) {
      for (int p = 0; p < pixels; p++) {
        in[p * c.channels() + channel] = input.data()[channel * pixels + p];
      }
    }
  }

  @Override
  public final Tensor result() {
    Tensor result = Tensor.zeros(c.output());
    int pixels = c.outHeight() * c.outWidth();
    for (int o = 0; o < c.outputs(); o++) {
      for (int p = 0; p < pixels; p++) {
        result.data()[o * pixels + p] = out[p * c.outputs() + o];
      }
    }
    return result;
  }
}
