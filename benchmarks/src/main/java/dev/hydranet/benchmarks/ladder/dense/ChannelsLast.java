package dev.hydranet.benchmarks.ladder.dense;

import dev.hydranet.benchmarks.ladder.rung.ChannelsLastRung;
import dev.hydranet.benchmarks.ladder.rung.Convolution;

/**
 * Another layout: the channels of a pixel lie side by side, and so do the weights that take one
 * input channel to all outputs. An input times its row of weights is added to the pixel's sums.
 *
 * <p>All loops over memory are contiguous now, however small the image is. The sums are a small
 * array, each row of weights another: where loops run over whole arrays, C2 sees that what they
 * read and what they write never overlap, and vectorises by itself.
 */
public final class ChannelsLast extends ChannelsLastRung {
  private final float[][] rows; // [tap * channels + channel][o]
  private final float[] bias; // [o]
  private final int[][] seen; // [tap][p]
  private final float low;
  private final float high;

  public ChannelsLast(Convolution c) {
    this(c, image(c.input()), image(c.output()), true);
  }

  /**
   * With memory that other layers share.
   *
   * @param relu6 whether ReLU6 follows
   */
  public ChannelsLast(Convolution c, float[] in, float[] out, boolean relu6) {
    super(c, in, out);
    float[] weights = DenseRung.outputsInnermost(c);
    rows = new float[weights.length / c.outputs()][c.outputs()];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(weights, row * c.outputs(), rows[row], 0, c.outputs());
    }
    bias = c.bias();
    seen = seen();
    low = relu6 ? 0 : Float.NEGATIVE_INFINITY;
    high = relu6 ? 6 : Float.POSITIVE_INFINITY;
  }

  /** A part is a row of the output. */
  @Override
  public int parts() {
    return c.outHeight();
  }

  /** The sums of a pixel. */
  @Override
  public long scratchFloats() {
    return c.outputs();
  }

  @Override
  public void run(int y, float[] sums) {
    for (int p = y * c.outWidth(); p < (y + 1) * c.outWidth(); p++) {
      System.arraycopy(bias, 0, sums, 0, bias.length);
      for (int tap = 0; tap < seen.length; tap++) {
        addPixel(seen[tap][p], tap * c.channels(), sums);
      }
      clamp(sums, bias.length);
      System.arraycopy(sums, 0, out, p * c.outputs(), bias.length);
    }
  }

  private void addPixel(int from, int firstRow, float[] sums) {
    for (int channel = 0; channel < c.channels(); channel++) {
      addScaled(in[from + channel], rows[firstRow + channel], sums);
    }
  }

  private static void addScaled(float input, float[] row, float[] sums) {
    for (int o = 0; o < row.length; o++) {
      sums[o] += input * row[o];
    }
  }

  private void clamp(float[] sums, int count) {
    for (int o = 0; o < count; o++) {
      sums[o] = Math.max(low, Math.min(sums[o], high));
    }
  }
}
