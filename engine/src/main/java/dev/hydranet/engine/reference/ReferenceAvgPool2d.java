package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.AvgPool2d;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;

/** The sum under each window over the window's area, with or without its part in the padding. */
final class ReferenceAvgPool2d {
  private ReferenceAvgPool2d() {}

  /**
   * @param in {@code [N, C, H, W]}
   * @param out {@code [N, C, H', W']}
   */
  static void compute(AvgPool2d pool, Tensor in, Tensor out) {
    Shape shape = out.shape();
    long whole = (long) pool.kernel().height() * pool.kernel().width();
    int i = 0;
    for (int n = 0; n < shape.batch(); n++) {
      for (int c = 0; c < shape.channels(); c++) {
        for (int y = 0; y < shape.height(); y++) {
          Window rows =
              Window.of(
                  y,
                  pool.kernel().height(),
                  pool.stride().height(),
                  pool.padding().height(),
                  in.shape().height());
          for (int x = 0; x < shape.width(); x++) {
            Window columns =
                Window.of(
                    x,
                    pool.kernel().width(),
                    pool.stride().width(),
                    pool.padding().width(),
                    in.shape().width());
            long area = pool.countIncludePad() ? whole : (long) rows.length() * columns.length();
            out.data()[i++] = (float) (sum(in, n, c, rows, columns) / area);
          }
        }
      }
    }
  }

  private static double sum(Tensor in, int n, int c, Window rows, Window columns) {
    double sum = 0;
    for (int y = rows.begin(); y < rows.end(); y++) {
      for (int x = columns.begin(); x < columns.end(); x++) {
        sum += in.at(n, c, y, x);
      }
    }
    return sum;
  }
}
