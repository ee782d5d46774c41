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
            long area = (long) rows.length() * columns.length();
            if (pool.countIncludePad()) {
              area =
                  counted(
                          y * pool.stride().height(),
                          pool.kernel().height(),
                          pool.dilation().height(),
                          pool.padding().height() + in.shape().height() + pool.after().height())
                      * counted(
                          x * pool.stride().width(),
                          pool.kernel().width(),
                          pool.dilation().width(),
                          pool.padding().width() + in.shape().width() + pool.after().width());
            }
            out.data()[i++] = (float) (sum(in, n, c, rows, columns) / area);
          }
        }
      }
    }
  }

  /** The taps of a window that are inside the padded image, whose extent is given. */
  private static long counted(int begin, int kernel, int dilation, int padded) {
    return Math.min(kernel, Math.ceilDiv(padded - begin, dilation));
  }

  private static double sum(Tensor in, int n, int c, Window rows, Window columns) {
    double sum = 0;
    for (int y = rows.begin(); y < rows.end(); y += rows.dilation()) {
      for (int x = columns.begin(); x < columns.end(); x += columns.dilation()) {
        sum += in.at(n, c, y, x);
      }
    }
    return sum;
  }
}
