package dev.hydranet.engine.kernel;

/**
 * The weights of a pointwise convolution as the tiles of a matrix product read them, packed once:
 * panels of {@code panel} output columns, and in each panel one row of its columns after the other.
 * What the widest panels leave over is halved down to one vector. Columns are padded with zeros to
 * a multiple of the lanes.
 *
 * @param depth products summed for an output: input channels times kernel taps
 * @param columns output channels, padded
 * @param panel columns in each panel but the last ones
 * @param lanes the narrowest panel
 * @param data {@code depth * columns} weights
 * @param bias one a column; zeros where there is none
 */
public record PackedMatrix(
    int depth, int columns, int panel, int lanes, float[] data, float[] bias) {
  /**
   * Packs weights.
   *
   * @param weights {@code [outputs][depth]}, row-major
   * @param bias one for each output
   * @param lanes columns are padded to a multiple of it
   */
  public static PackedMatrix pack(float[] weights, float[] bias, int depth, int lanes, int panel) {
    int outputs = bias.length;
    int columns = Math.ceilDiv(outputs, lanes) * lanes;
    float[] data = new float[Math.multiplyExact(depth, columns)];
    float[] paddedBias = new float[columns];
    System.arraycopy(bias, 0, paddedBias, 0, outputs);
    PackedMatrix matrix = new PackedMatrix(depth, columns, panel, lanes, data, paddedBias);
    int width;
    for (int first = 0; first < columns; first += width) {
      width = matrix.panelWidth(first);
      for (int k = 0; k < depth; k++) {
        int to = first * depth + k * width;
        for (int j = 0; j < width && first + j < outputs; j++) {
          data[to + j] = weights[(first + j) * depth + k];
        }
      }
    }
    return matrix;
  }

  /** All its floats. */
  public long floats() {
    return (long) data.length + bias.length;
  }

  /**
   * The width of the panel that begins with a column; its weights begin at {@code first * depth}.
   */
  public int panelWidth(int first) {
    return Math.min(panel, Integer.highestOneBit((columns - first) / lanes) * lanes);
  }
}
