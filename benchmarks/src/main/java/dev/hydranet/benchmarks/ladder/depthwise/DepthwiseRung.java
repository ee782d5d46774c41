package dev.hydranet.benchmarks.ladder.depthwise;

import dev.hydranet.benchmarks.ladder.rung.ChannelsLastRung;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import jdk.incubator.vector.FloatVector;

/**
 * Depthwise 3x3 convolutions on vectors, whose lanes are channels.
 *
 * <p>Channels are a multiple of the lanes, so that no rung needs a remainder in its loops.
 */
abstract class DepthwiseRung extends ChannelsLastRung {
  /** Lanes of a vector. */
  static final int L = FloatVector.SPECIES_PREFERRED.length();

  /** {@code [channel]}. */
  final float[] bias;

  /** {@code [tap][output pixel]}. */
  final int[][] seen;

  final int pixels;

  /** The first output row whose windows lie inside the image. */
  final int insideTop;

  /** The row after the last of them. */
  final int insideBottom;

  /** The first output column whose windows lie inside the image. */
  final int insideLeft;

  /** The column after the last of them. */
  final int insideRight;

  DepthwiseRung(Convolution c) {
    super(c);
    if (c.channels() % L != 0) {
      throw new IllegalArgumentException(
          "channels: expected a multiple of " + L + ", found " + c.channels());
    }
    bias = c.bias();
    seen = seen();
    pixels = c.outHeight() * c.outWidth();
    insideTop = Math.ceilDiv(c.padding(), c.stride());
    insideLeft = insideTop;
    insideBottom = insideEnd(c.height());
    insideRight = insideEnd(c.width());
  }

  private int insideEnd(int extent) {
    return Math.floorDiv(extent + c.padding() - c.kernel(), c.stride()) + 1;
  }

  /** The weights as {@code [tap][channel]}. */
  static float[] channelsInnermost(Convolution c) {
    float[] weights = c.weights();
    float[] taps = new float[weights.length];
    int count = weights.length / c.channels();
    for (int channel = 0; channel < c.channels(); channel++) {
      for (int tap = 0; tap < count; tap++) {
        taps[tap * c.channels() + channel] = weights[channel * count + tap];
      }
    }
    return taps;
  }

  @Override
  public final int parts() {
    return 1;
  }
}
