package dev.hydranet.engine.tensor;

import java.util.Arrays;

/**
 * The extents of a tensor, outermost first; four of them are read as NCHW (batch, channels, height,
 * width).
 *
 * <p>Immutable. Every extent is at least 0 and the number of elements fits a {@code long}.
 */
public final class Shape {
  private final int[] dims;
  private final long elementCount;

  private Shape(int[] dims) {
    this.dims = dims;
    long count = 1;
    for (int dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException("negative extent in shape " + Arrays.toString(dims));
      }
      try {
        count = Math.multiplyExact(count, dim);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("shape " + Arrays.toString(dims) + " overflows", e);
      }
    }
    this.elementCount = count;
  }

  /**
   * {@return a shape of the given extents; none at all is a scalar}
   *
   * @param dims none of them negative; copied
   * @throws IllegalArgumentException if an extent is negative or their product overflows a {@code
   *     long}
   */
  public static Shape of(int... dims) {
    return new Shape(dims.clone());
  }

  /** {@return the number of dimensions} */
  public int rank() {
    return dims.length;
  }

  /**
   * {@return the extent of one dimension, 0 being the outermost}
   *
   * @param index from 0 to {@code rank() - 1}
   * @throws ArrayIndexOutOfBoundsException if there is no such dimension
   */
  public int dim(int index) {
    return dims[index];
  }

  /** {@return the number of elements: the product of the extents, 1 for a scalar} */
  public long elementCount() {
    return elementCount;
  }

  /** {@return the batch size of an NCHW shape} */
  public int batch() {
    return nchw(0);
  }

  /** {@return the channels of an NCHW shape} */
  public int channels() {
    return nchw(1);
  }

  /** {@return the height of an NCHW shape} */
  public int height() {
    return nchw(2);
  }

  /** {@return the width of an NCHW shape} */
  public int width() {
    return nchw(3);
  }

  private int nchw(int index) {
    if (dims.length != 4) {
      throw new IllegalStateException(
          "shape " + this + " is not NCHW: it has " + dims.length + " dimensions");
    }
    return dims[index];
  }

  /** {@return a copy of the extents} */
  public int[] toArray() {
    return dims.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** The extents as PyTorch prints them: {@code [1, 3, 480, 640]}. */
  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
