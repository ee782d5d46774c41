package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;

/** The largest real pixel under each window; {@link Math#max} makes it NaN if one of them is. */
final class ReferenceMaxPool2d {
  private ReferenceMaxPool2d() {}

  /**
   * @param in {@code [N, C, H, W]}
   * @param out {@code [N, C, H', W']}
   */
  static void compute(MaxPool2d pool, Tensor in, Tensor out) {
    Shape shape = out.shape();
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
                  pool.dilation().height(),
                  in.shape().height());
          for (int x = 0; x < shape.width(); x++) {
            Window columns =
                Window.of(
                    x,
                    pool.kernel().width(),
                    pool.stride().width(),
                    pool.padding().width(),
                    pool.dilation().width(),
                    in.shape().width());
            out.data()[i++] = largest(in, n, c, rows, columns);
          }
        }
      }
    }
  }

  private static float largest(Tensor in, int n, int c, Window rows, Window columns) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int y = rows.begin(); y < rows.end(); y += rows.dilation()) {
      for (int x = columns.begin(); x < columns.end(); x += columns.dilation()) {
        largest = Math.max(largest, in.at(n, c, y, x));
      }
    }
    return largest;
  }
}
