package dev.hydranet.engine.kernel;

import dev.hydranet.engine.graph.Upsample;

/**
 * For each output coordinate along one axis or both, the two input coordinates that it lies between
 * and the weight of the second. Nearest pixels are those of PyTorch's float32 coordinates; for
 * blends the coordinates are computed in float64 and the weights rounded once.
 *
 * @param copies whether the first coordinate's value is the answer, unblended (an infinity times 0
 *     would be NaN)
 */
public record Resampling(Axis y, Axis x, boolean copies) {
  /** One axis: output i is {@code in[low[i]] * (1 - weight[i]) + in[high[i]] * weight[i]}. */
  public record Axis(int[] low, int[] high, float[] weight) {}

  /** Both axes of a resize; without coordinates where the output has no values, however high. */
  public static Resampling of(Nhwc in, Upsample.Mode mode, Nhwc out) {
    boolean empty = out.rows() == 0;
    return new Resampling(
        axis(in.height(), empty ? 0 : out.height(), mode),
        axis(in.width(), empty ? 0 : out.width(), mode),
        mode == Upsample.Mode.NEAREST);
  }

  private static Axis axis(int in, int out, Upsample.Mode mode) {
    int[] low = new int[out];
    int[] high = new int[out];
    float[] weight = new float[out];
    for (int i = 0; i < out; i++) {
      double source =
          switch (mode) {
            case NEAREST -> Math.floor(i * ((float) in / out));
            case BILINEAR -> Math.max(0, (i + 0.5) * in / out - 0.5);
            case BILINEAR_ALIGN_CORNERS -> out == 1 ? 0 : (double) i * (in - 1) / (out - 1);
          };
      low[i] = Math.min((int) source, in - 1);
      // At one to one, a pixel's neighbour has no part in it, even if it is NaN.
      high[i] = in == out ? low[i] : Math.min(low[i] + 1, in - 1);
      weight[i] = (float) (source - low[i]);
    }
    return new Axis(low, high, weight);
  }
}
