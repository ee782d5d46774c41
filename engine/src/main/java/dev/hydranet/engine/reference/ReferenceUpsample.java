package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;

/**
 * Resizing by a blend of two rows of two pixels each. Where they lie and how much each weighs is
 * computed in float32 exactly as PyTorch does, for a rounded coordinate decides which pixel is
 * nearest.
 */
final class ReferenceUpsample {
  private ReferenceUpsample() {}

  /**
   * @param in {@code [N, C, H, W]}
   * @param out {@code [N, C, H', W']}
   */
  static void compute(Upsample.Mode mode, Tensor in, Tensor out) {
    Shape shape = out.shape();
    Tap[] rows = Tap.along(mode, in.shape().height(), shape.height());
    Tap[] columns = Tap.along(mode, in.shape().width(), shape.width());
    int i = 0;
    for (int n = 0; n < shape.batch(); n++) {
      for (int c = 0; c < shape.channels(); c++) {
        for (Tap row : rows) {
          for (Tap column : columns) {
            out.data()[i++] =
                mode == Upsample.Mode.NEAREST
                    ? in.at(n, c, row.first(), column.first())
                    : (float) blend(in, n, c, row, column);
          }
        }
      }
    }
  }

  private static double blend(Tensor in, int n, int c, Tap row, Tap column) {
    double upper = blend(in, n, c, row.first(), column);
    double lower = blend(in, n, c, row.second(), column);
    return row.firstWeight() * upper + row.secondWeight() * lower;
  }

  private static double blend(Tensor in, int n, int c, int y, Tap column) {
    return (double) column.firstWeight() * in.at(n, c, y, column.first())
        + (double) column.secondWeight() * in.at(n, c, y, column.second());
  }

  /** The two neighbours of one output coordinate, and the second one's share. */
  private record Tap(int first, int second, float secondWeight) {
    float firstWeight() {
      return 1 - secondWeight;
    }

    /** The neighbours of every output coordinate of an axis. */
    static Tap[] along(Upsample.Mode mode, int inExtent, int outExtent) {
      Tap[] taps = new Tap[outExtent];
      for (int i = 0; i < outExtent; i++) {
        float source = source(mode, inExtent, outExtent, i);
        int first = Math.min((int) source, inExtent - 1);
        int second = Math.min(first + 1, inExtent - 1);
        taps[i] = new Tap(first, second, Math.min(source - first, 1));
      }
      return taps;
    }

    /** The input coordinate of an output coordinate, not negative. */
    private static float source(Upsample.Mode mode, int inExtent, int outExtent, int i) {
      return switch (mode) {
        case NEAREST -> i * ((float) inExtent / outExtent);
        case BILINEAR -> Math.max(0, (float) inExtent / outExtent * (i + 0.5f) - 0.5f);
        case BILINEAR_ALIGN_CORNERS ->
            outExtent == 1 ? 0 : i * ((float) (inExtent - 1) / (outExtent - 1));
      };
    }
  }
}
