package dev.hydranet.engine.kernel;

/**
 * The weights of a pointwise convolution as a matrix product reads them, packed once. Tiles read
 * panels of {@code panel} output columns, and in each panel one row of its columns after the other.
 * What the widest panels leave over is halved down to one vector; where they are three vectors
 * wide, some are four wide instead, so that less is left over. Columns are padded with zeros to a
 * multiple of the lanes. Plain loops read rows of all columns, which are separate arrays: C2 makes
 * vectors of a loop only where it knows that its arrays do not overlap.
 *
 * @param depth products summed for an output: input channels times kernel taps
 * @param columns output channels, padded
 * @param panel columns in most panels; 0 where there are rows
 * @param lanes the narrowest panel
 * @param data {@code depth * columns} weights in panels; empty where there are rows
 * @param rows weights as {@code [depth][columns]}; empty where there are panels
 * @param bias one a column; zeros if absent
 */
public record PackedMatrix(
    int depth, int columns, int panel, int lanes, float[] data, float[][] rows, float[] bias) {
  /**
   * Packs weights.
   *
   * @param weights {@code [outputs][depth]}, row-major
   * @param bias one for each output
   * @param lanes columns are padded to a multiple of it
   * @param panel columns in a panel, or 0 for rows
   */
  public static PackedMatrix pack(float[] weights, float[] bias, int depth, int lanes, int panel) {
    int outputs = bias.length;
    int columns = Math.ceilDiv(outputs, lanes) * lanes;
    float[] paddedBias = new float[columns];
    System.arraycopy(bias, 0, paddedBias, 0, outputs);
    if (panel == 0) {
      float[][] rows = new float[depth][columns];
      for (int j = 0; j < outputs; j++) {
        for (int k = 0; k < depth; k++) {
          rows[k][j] = weights[j * depth + k];
        }
      }
      return new PackedMatrix(depth, columns, panel, lanes, new float[0], rows, paddedBias);
    }
    float[] data = new float[Math.multiplyExact(depth, columns)];
    PackedMatrix matrix =
        new PackedMatrix(depth, columns, panel, lanes, data, new float[0][], paddedBias);
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

  /** The same weights with zeros for the bias. */
  public PackedMatrix withoutBias() {
    return new PackedMatrix(depth, columns, panel, lanes, data, rows, new float[columns]);
  }

  /** All its floats. */
  public long floats() {
    return (long) depth * columns + bias.length;
  }

  /**
   * The width of the panel that begins with a column; its weights begin at {@code first * depth}.
   */
  public int panelWidth(int first) {
    int left = (columns - first) / lanes;
    if (panel == 3 * lanes) {
      return (left % 3 == 0 || left == 5 ? 3 : Math.min(4, Integer.highestOneBit(left))) * lanes;
    }
    return Math.min(panel, Integer.highestOneBit(left) * lanes);
  }
}
