package dev.hydranet.engine.kernel;

/**
 * The minimal filtering algorithm F(4x4, 3x3): 16 outputs of a 3x3 convolution of stride 1 from a
 * tile of 6x6 inputs with 36 multiplications instead of 144. With matrices B, G and A it is {@code
 * A'((G g G') * (B'd B))A}, the product in the middle element by element (Lavin and Gray, <i>Fast
 * Algorithms for Convolutional Neural Networks</i>, arXiv 1509.09308).
 *
 * <p>The matrices follow from the points at which polynomials are multiplied: 0, {@link #P}, -P,
 * {@link #Q}, -Q and infinity. Those of the paper, 1 and 2, lose two to three times as much to
 * rounding (compare Barabasz et al., <i>Error Analysis and Improving the Accuracy of Winograd
 * Convolution for Deep Neural Networks</i>, arXiv 1803.10986); with these, every entry of B and A
 * is a float32 number.
 */
public final class Winograd {
  /** Outputs on a side of a tile. */
  public static final int OUT = 4;

  /** Inputs on a side of a tile. */
  public static final int IN = 6;

  /** Products of an input and an output channel in a tile. */
  public static final int PRODUCTS = IN * IN;

  /** The nearer point. */
  public static final float P = 5 / 8f;

  /** The farther point. */
  public static final float Q = 3 / 2f;

  private static final int KERNEL = 3;

  private Winograd() {}

  /**
   * Transforms filters, in double: G g G' of each.
   *
   * @param filters {@code [outputs][channels][3][3]}
   * @return for each of the 36 products a matrix {@code [outputs][channels]}
   */
  public static float[][] transform(float[] filters) {
    double[][] g = filterTransform();
    float[][] products = new float[PRODUCTS][filters.length / (KERNEL * KERNEL)];
    double[] column = new double[KERNEL];
    for (int filter = 0; filter < products[0].length; filter++) {
      int first = filter * KERNEL * KERNEL;
      for (int y = 0; y < IN; y++) {
        for (int kx = 0; kx < KERNEL; kx++) {
          column[kx] =
              g[y][0] * filters[first + kx]
                  + g[y][1] * filters[first + KERNEL + kx]
                  + g[y][2] * filters[first + 2 * KERNEL + kx];
        }
        for (int x = 0; x < IN; x++) {
          products[y * IN + x][filter] =
              (float) (column[0] * g[x][0] + column[1] * g[x][1] + column[2] * g[x][2]);
        }
      }
    }
    return products;
  }

  /**
   * G: the filter's polynomial at each point, divided by the product of the point's distances from
   * the others.
   */
  private static double[][] filterTransform() {
    double[] points = {0, P, -P, Q, -Q};
    double[][] g = new double[IN][];
    for (int i = 0; i < points.length; i++) {
      double distances = 1;
      for (int j = 0; j < points.length; j++) {
        distances *= i == j ? 1 : points[i] - points[j];
      }
      g[i] = new double[] {1 / distances, points[i] / distances, points[i] * points[i] / distances};
    }
    g[IN - 1] = new double[] {0, 0, 1};
    return g;
  }
}
