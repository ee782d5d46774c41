package dev.hydranet.engine.kernel;

/**
 * The weights of a depthwise convolution, tap by tap, channels innermost and padded with zeros to a
 * multiple of the lanes.
 *
 * @param taps {@code [kernel height * kernel width][channels]}
 * @param bias {@code [channels]}; zeros if absent
 */
public record ChannelFilter(float[] taps, float[] bias) {
  /**
   * Packs weights.
   *
   * @param weights {@code [channels][taps]}, row-major
   * @param bias one a channel
   * @param lanes channels are padded to a multiple of it
   */
  public static ChannelFilter pack(float[] weights, float[] bias, int lanes) {
    int channels = bias.length;
    int taps = weights.length / channels;
    int padded = Math.ceilDiv(channels, lanes) * lanes;
    float[] packed = new float[taps * padded];
    float[] paddedBias = new float[padded];
    System.arraycopy(bias, 0, paddedBias, 0, channels);
    for (int c = 0; c < channels; c++) {
      for (int tap = 0; tap < taps; tap++) {
        packed[tap * padded + c] = weights[c * taps + tap];
      }
    }
    return new ChannelFilter(packed, paddedBias);
  }

  /** All its floats. */
  public long floats() {
    return (long) taps.length + bias.length;
  }

  /** Channels with their padding. */
  public int channels() {
    return bias.length;
  }
}
