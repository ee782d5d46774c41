package dev.hydranet.engine.kernel;

/**
 * Products {@code c = a * b} of row-major matrices in memory, all of the same extents.
 *
 * @param a holds the left matrices
 * @param firstA for each product the index of its left matrix
 * @param rowA floats from one row of a left matrix to the next
 * @param b holds the right matrices
 * @param firstB as {@code firstA}
 * @param rowB as {@code rowA}
 * @param c holds the results
 * @param firstC as {@code firstA}
 * @param rowC as {@code rowA}
 * @param rows of a left matrix and of a result
 * @param depth columns of a left matrix, rows of a right one
 * @param columns of a right matrix and of a result; rows in memory have room for whole vectors
 */
public record MatrixProducts(
    float[] a,
    int[] firstA,
    int rowA,
    float[] b,
    int[] firstB,
    int rowB,
    float[] c,
    int[] firstC,
    int rowC,
    int rows,
    int depth,
    int columns) {}
