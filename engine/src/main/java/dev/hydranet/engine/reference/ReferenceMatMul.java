package dev.hydranet.engine.reference;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;

/** Row by column, for each pair of matrices that broadcasting makes. */
final class ReferenceMatMul {
  private ReferenceMatMul() {}

  /**
   * @param a {@code [..., M, K]}, or {@code [K]}
   * @param b {@code [..., K, N]}, or {@code [K]}
   * @param out {@code [..., M, N]}, without the axis of an input of rank 1
   */
  static void compute(Tensor a, Tensor b, Tensor out) {
    Shape left = a.shape().rank() == 1 ? Shape.of(1, a.shape().dim(0)) : a.shape();
    Shape right = b.shape().rank() == 1 ? Shape.of(b.shape().dim(0), 1) : b.shape();
    int rows = left.dim(left.rank() - 2);
    int depth = left.dim(left.rank() - 1);
    int columns = right.dim(right.rank() - 1);
    Shape outer =
        outer(out.shape(), (a.shape().rank() > 1 ? 1 : 0) + (b.shape().rank() > 1 ? 1 : 0));
    int[] strideA = Strides.broadcast(outer(left, 2), outer);
    int[] strideB = Strides.broadcast(outer(right, 2), outer);
    int[] place = new int[outer.rank()];
    int i = 0;
    for (long matrix = 0; matrix < outer.elementCount(); matrix++) {
      int atA = Strides.index(place, strideA) * rows * depth;
      int atB = Strides.index(place, strideB) * depth * columns;
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          double sum = 0;
          for (int k = 0; k < depth; k++) {
            sum += (double) a.data()[atA + row * depth + k] * b.data()[atB + k * columns + column];
          }
          out.data()[i++] = (float) sum;
        }
      }
      Strides.next(place, outer);
    }
  }

  private static Shape outer(Shape shape, int inner) {
    return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - inner));
  }
}
