package dev.hydranet.benchmarks.ladder.dense;

import dev.hydranet.benchmarks.ladder.rung.ChannelsLastRung;
import dev.hydranet.benchmarks.ladder.rung.Convolution;
import jdk.incubator.vector.FloatVector;

/**
 * Standard and pointwise convolutions on vectors, whose lanes are output channels. A pointwise one
 * is a standard one with a single tap.
 *
 * <p>Outputs are a multiple of {@link #PANEL}, so that no rung needs a remainder in its loops.
 */
abstract class DenseRung extends ChannelsLastRung {
  /** Lanes of a vector. */
  static final int L = FloatVector.SPECIES_PREFERRED.length();

  /** Outputs of a register tile: two vectors. */
  static final int PANEL = 2 * L;

  /** {@code [o]}. */
  final float[] bias;

  /** {@code [tap][output pixel]}. */
  final int[][] seen;

  final int pixels;

  DenseRung(Convolution c) {
    super(c);
    if (c.outputs() % PANEL != 0) {
      throw new IllegalArgumentException(
          "outputs: expected a multiple of " + PANEL + ", found " + c.outputs());
    }
    bias = c.bias();
    seen = seen();
    pixels = c.outHeight() * c.outWidth();
  }

  /** The weights as {@code [tap][channel][output]}. */
  static float[] outputsInnermost(Convolution c) {
    float[] weights = c.weights();
    float[] rows = new float[weights.length];
    int taps = c.kernel() * c.kernel();
    for (int o = 0; o < c.outputs(); o++) {
      for (int channel = 0; channel < c.channels(); channel++) {
        for (int tap = 0; tap < taps; tap++) {
          rows[(tap * c.channels() + channel) * c.outputs() + o] =
              weights[(o * c.channels() + channel) * taps + tap];
        }
      }
    }
    return rows;
  }

  @Override
  public final int parts() {
    return 1;
  }
}
