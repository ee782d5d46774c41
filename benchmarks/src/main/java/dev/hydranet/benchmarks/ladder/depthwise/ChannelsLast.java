package dev.hydranet.benchmarks.ladder.depthwise;

import dev.hydranet.benchmarks.ladder.rung.ChannelsLastRung;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import java.util.Arrays;

/**
 * Another layout: the channels of a pixel lie side by side, and so do a tap's weights. Pixel times
 * tap, channel by channel, is added to the sums.
 *
 * <p>All loops over memory are contiguous, however small the image is. Each pixel is first copied
 * to the beginning of a small array: where loops run over whole arrays, C2 sees that what they read
 * and what they write never overlap, and vectorises by itself.
 */
public final class ChannelsLast extends ChannelsLastRung {
  private final float[][] taps; // [tap][channel]
  private final float[] bias; // [channel]
  private final int[][] seen; // [tap][p]
  private final float[][] pixels; // [y][channel], so that threads do not share one

  public ChannelsLast(Convolution c) {
    this(c, image(c.input()), image(c.output()));
  }

  /** With memory that other layers share. */
  public ChannelsLast(Convolution c, float[] in, float[] out) {
    super(c, in, out);
    float[] weights = DepthwiseRung.channelsInnermost(c);
    taps = new float[c.kernel() * c.kernel()][];
    for (int tap = 0; tap < taps.length; tap++) {
      taps[tap] = Arrays.copyOfRange(weights, tap * c.channels(), (tap + 1) * c.channels());
    }
    bias = c.bias();
    seen = seen();
    pixels = new float[c.outHeight()][c.channels()];
  }

  /** A part is a row of the output. */
  @Override
  public int parts() {
    return c.outHeight();
  }

  /** The sums of a pixel. */
  @Override
  public long scratchFloats() {
    return c.channels();
  }

  @Override
  public void run(int y, float[] sums) {
    float[] pixel = pixels[y];
    for (int p = y * c.outWidth(); p < (y + 1) * c.outWidth(); p++) {
      System.arraycopy(bias, 0, sums, 0, bias.length);
      for (int tap = 0; tap < taps.length; tap++) {
        System.arraycopy(in, seen[tap][p], pixel, 0, pixel.length);
        addProducts(pixel, taps[tap], sums);
      }
      clamp(sums, bias.length);
      System.arraycopy(sums, 0, out, p * c.channels(), bias.length);
    }
  }

  private static void addProducts(float[] pixel, float[] tap, float[] sums) {
    for (int channel = 0; channel < tap.length; channel++) {
      sums[channel] += pixel[channel] * tap[channel];
    }
  }

  private static void clamp(float[] sums, int count) {
    for (int channel = 0; channel < count; channel++) {
      sums[channel] = relu6(sums[channel]);
    }
  }
}
