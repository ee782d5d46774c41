package dev.hydranet.engine.kernel.simd;

import dev.hydranet.engine.kernel.ChannelFilter;
import dev.hydranet.engine.kernel.Clamp;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;
import dev.hydranet.engine.kernel.simd.gemm.Gemm;
import java.util.Arrays;

/**
 * Expand, depthwise 3x3 and project, row by row: of the expanded tensor, six times as large as the
 * input, only the three rows under the window exist, in the second-level cache. A part is a band of
 * output rows; at its upper end it expands again one or two rows that the band above has expanded
 * too.
 */
final class SimdInvertedResidual implements Kernel {
  /** The most bands in an image: enough for threads of uneven speed. */
  private static final int BANDS = 8;

  /** The fewest rows in a band, so that few rows are expanded twice. */
  private static final int BAND_ROWS = 15;

  private static final int WINDOW = 3;

  private final Nhwc in;
  private final Gemm expand;
  private final int stride;
  private final ChannelFilter filter;
  private final Depthwise3x3 depthwise;
  private final Gemm project;
  private final Nhwc residual;
  private final Nhwc out;
  private final int channels;
  private final int bandRows;

  SimdInvertedResidual(
      Nhwc in,
      Gemm expand,
      int stride,
      ChannelFilter filter,
      Clamp depthwiseClamp,
      Gemm project,
      Nhwc residual,
      Nhwc out) {
    this.in = in;
    this.expand = expand;
    this.stride = stride;
    this.filter = filter;
    this.channels = filter.channels();
    this.depthwise =
        new Depthwise3x3(filter, depthwiseClamp, channels, stride * channels, channels);
    this.project = project;
    this.residual = residual;
    this.out = out;
    this.bandRows = Math.max(BAND_ROWS, Math.ceilDiv(out.height(), BANDS));
  }

  @Override
  public int parts() {
    return in.batch() * bands();
  }

  /** Rows that are expanded, those that two bands expand counted twice. */
  private long expandedRows() {
    long rows = 0;
    for (int begin = 0; begin < out.height(); begin += bandRows) {
      int last = Math.min(out.height(), begin + bandRows) - 1;
      rows += 1 + Math.min(in.height() - 1, last * stride + 1) - Math.max(0, begin * stride - 1);
    }
    return in.batch() * rows;
  }

  private int bands() {
    return Math.ceilDiv(out.height(), bandRows);
  }

  /** Floats of an expanded row with a pixel of padding on either side. */
  private int line() {
    return (in.width() + 2) * channels;
  }

  /**
   * The expanded rows under the window, a row of padding, and a row between depthwise and project.
   */
  @Override
  public long scratchFloats() {
    return (in.width() + 2L) * channels * (WINDOW + 1) + (long) out.width() * channels;
  }

  @Override
  public long macs() {
    return expandedRows() * expand.macs(in.width())
        + out.rows()
            * (project.macs(out.width()) + (long) out.width() * WINDOW * WINDOW * channels);
  }

  @Override
  public long weightFloats() {
    return expand.matrix().floats() + filter.floats() + project.matrix().floats();
  }

  @Override
  public void run(int part, float[] scratch) {
    int image = part / bands();
    int begin = part % bands() * bandRows;
    int end = Math.min(out.height(), begin + bandRows);
    int padding = WINDOW * line();
    int middle = padding + line();
    clearPadding(scratch);
    // Row y of the output looks at the expanded rows from y * stride - 1 to y * stride + 1.
    int expanded = Math.max(0, begin * stride - 1);
    for (int y = begin; y < end; y++) {
      for (; expanded <= Math.min(in.height() - 1, y * stride + 1); expanded++) {
        int row = image * in.height() + expanded;
        expand.run(in.data(), in.row(row), 0, scratch, slot(expanded) + channels, in.width());
      }
      int above = y * stride - 1;
      depthwise.run(
          scratch,
          above < 0 ? padding : slot(above),
          slot(above + 1),
          above + 2 < in.height() ? slot(above + 2) : padding,
          scratch,
          middle,
          out.width());
      int row = image * out.height() + y;
      project.run(
          scratch,
          middle,
          residual == null ? 0 : residual.row(row),
          out.data(),
          out.row(row),
          out.width());
    }
  }

  private int slot(int row) {
    return row % WINDOW * line();
  }

  private void clearPadding(float[] scratch) {
    for (int row = 0; row < WINDOW; row++) {
      int first = row * line();
      Arrays.fill(scratch, first, first + channels, 0);
      Arrays.fill(scratch, first + line() - channels, first + line(), 0);
    }
    Arrays.fill(scratch, WINDOW * line(), (WINDOW + 1) * line(), 0);
  }
}
