package dev.hydranet.engine.tensor;

/**
 * Float32 numbers in a shape, dense and row-major; four dimensions are NCHW.
 *
 * <p>The array is shared, not copied: a tensor is a view for whoever made it and its readers. It is
 * as safe to use from several threads as a {@code float[]} is.
 */
public final class Tensor {
  private final Shape shape;
  private final float[] data;

  private Tensor(Shape shape, float[] data) {
    this.shape = shape;
    this.data = data;
  }

  /**
   * {@return a tensor over an existing array, which it keeps}
   *
   * @param shape of any rank
   * @param data the numbers, row-major
   * @throws IllegalArgumentException if the array's length is not the shape's number of elements
   */
  public static Tensor of(Shape shape, float... data) {
    if (shape.elementCount() != data.length) {
      throw new IllegalArgumentException(
          "shape "
              + shape
              + " has "
              + shape.elementCount()
              + " elements, the array "
              + data.length);
    }
    return new Tensor(shape, data);
  }

  /**
   * {@return a tensor of zeros}
   *
   * @param shape of any rank
   * @throws IllegalArgumentException if the shape has more elements than an array can hold
   */
  public static Tensor zeros(Shape shape) {
    if (shape.elementCount() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "shape "
              + shape
              + " has "
              + shape.elementCount()
              + " elements, an array holds 2^31 - 9 at most");
    }
    return new Tensor(shape, new float[(int) shape.elementCount()]);
  }

  /** {@return the extents} */
  public Shape shape() {
    return shape;
  }

  /** {@return the numbers, row-major: the tensor's own array, not a copy} */
  public float[] data() {
    return data;
  }

  /**
   * {@return one element of an NCHW tensor}
   *
   * @param n image of the batch
   * @param c channel
   * @param y row
   * @param x column
   */
  public float at(int n, int c, int y, int x) {
    return data[((n * shape.channels() + c) * shape.height() + y) * shape.width() + x];
  }

  /**
   * The same numbers in another shape.
   *
   * @param other of as many elements
   * @return a tensor over the same array
   * @throws IllegalArgumentException if the numbers of elements differ
   */
  public Tensor reshape(Shape other) {
    return of(other, data);
  }

  /** The shape; the numbers are too many to print. */
  @Override
  public String toString() {
    return "Tensor" + shape;
  }
}
