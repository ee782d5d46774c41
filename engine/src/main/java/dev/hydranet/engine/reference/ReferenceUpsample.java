package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Upsample;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;

/**
 * Resizing: the nearest pixel, or a blend of two rows of two pixels each.
 *
 * <p>Which pixel is nearest hangs on the rounding of a coordinate, and so that is computed in
 * float32 exactly as PyTorch does. A blend changes little with its coordinates; they are computed
 * in float64, closer to the truth than PyTorch's releases, which round them to float32 differently.
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
        double source = source(mode, inExtent, outExtent, i);
        int first = Math.min((int) source, inExtent - 1);
        // At one to one, a pixel's neighbour has no part in it, even if it is NaN.
        int second = inExtent == outExtent ? first : Math.min(first + 1, inExtent - 1);
        taps[i] = new Tap(first, second, (float) (source - first));
      }
      return taps;
    }

    /** The input coordinate of an output coordinate, not negative. */
    private static double source(Upsample.Mode mode, int inExtent, int outExtent, int i) {
      return switch (mode) {
        case NEAREST -> i * ((float) inExtent / outExtent);
        case BILINEAR -> Math.max(0, (i + 0.5) * inExtent / outExtent - 0.5);
        case BILINEAR_ALIGN_CORNERS ->
            outExtent == 1 ? 0 : (double) i * (inExtent - 1) / (outExtent - 1);
      };
    }
  }
}
