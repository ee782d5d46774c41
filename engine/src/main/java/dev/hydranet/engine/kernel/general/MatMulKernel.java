package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.MatrixProducts;
import dev.hydranet.engine.kernel.Parts;
import java.util.Arrays;
import java.util.Optional;

/** Products of matrices that are both computed. A unit is a row of the output. */
public final class MatMulKernel implements Kernel {
  private static final int PART = 1 << 15;

  private final View a;
  private final View b;
  private final View out;
  private final int depth;
  private final int columns;
  private final Parts parts;

  /** For tensors as {@link dev.hydranet.engine.graph.MatMul} takes them. */
  public MatMulKernel(View a, View b, View out) {
    View left = a.rank() == 1 ? with(a, 0) : a;
    View right = b.rank() == 1 ? with(b, 1) : b;
    View product = out;
    if (a.rank() == 1) {
      product = with(product, b.rank() == 1 ? product.rank() : product.rank() - 1);
    }
    if (b.rank() == 1) {
      product = with(product, product.rank());
    }
    int rank = product.rank();
    this.depth = left.dims()[left.rank() - 1];
    this.columns = product.dims()[rank - 1];
    this.out = product;
    this.a = outer(left, product, product.dims()[rank - 2], depth);
    this.b = outer(right, product, depth, columns);
    int rows = columns == 0 ? 0 : product.elements() / columns;
    this.parts = Parts.of(rows, Math.max(1, PART / Math.max(1, depth * columns)), 1);
  }

  /** The same for kernels that take row-major matrices, if these are. */
  public Optional<MatrixProducts> tiles() {
    int rank = out.rank();
    boolean dense =
        a.strides()[rank - 1] == 1
            && b.strides()[rank - 1] == 1
            && out.strides()[rank - 1] == 1
            && out.elements() > 0
            && depth > 0;
    if (!dense) {
      return Optional.empty();
    }
    return Optional.of(
        new MatrixProducts(
            a.data(),
            matrices(a),
            a.strides()[rank - 2],
            b.data(),
            matrices(b),
            b.strides()[rank - 2],
            out.data(),
            matrices(out),
            out.strides()[rank - 2],
            out.dims()[rank - 2],
            depth,
            columns));
  }

  /** Where each matrix begins. */
  private static int[] matrices(View view) {
    boolean[] along = new boolean[view.rank()];
    along[view.rank() - 2] = true;
    along[view.rank() - 1] = true;
    int[] starts = Lines.of(view, along).starts();
    for (int i = 0; i < starts.length; i++) {
      starts[i] += view.offset();
    }
    return starts;
  }

  /** With an axis of one element more. */
  private static View with(View view, int at) {
    int[] dims = new int[view.rank() + 1];
    int[] strides = new int[view.rank() + 1];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = axis == at ? 1 : view.dims()[axis < at ? axis : axis - 1];
      strides[axis] = axis == at ? 0 : view.strides()[axis < at ? axis : axis - 1];
    }
    return new View(view.data(), view.offset(), dims, strides);
  }

  /** Broadcast along all axes but the last two. */
  private static View outer(View view, View product, int rows, int columns) {
    int[] dims = product.dims().clone();
    dims[dims.length - 2] = rows;
    dims[dims.length - 1] = columns;
    View wide = view.broadcast(dims);
    int[] strides = wide.strides();
    // A matrix of one row or column is no repeated one.
    strides[dims.length - 2] = view.strides()[view.rank() - 2];
    strides[dims.length - 1] = view.strides()[view.rank() - 1];
    return wide;
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public long macs() {
    return (long) parts.units() * columns * depth;
  }

  @Override
  public void run(int part, float[] scratch) {
    int rank = out.rank();
    int rows = out.dims()[rank - 2];
    for (int unit = parts.begin(part); unit < parts.end(part); unit++) {
      int row = unit % rows;
      int matrix = unit / rows;
      int ia = a.offset() + row * a.strides()[rank - 2];
      int ib = b.offset();
      int ic = out.offset() + row * out.strides()[rank - 2];
      for (int axis = rank - 3; axis >= 0; axis--) {
        int place = matrix % out.dims()[axis];
        matrix /= out.dims()[axis];
        ia += place * a.strides()[axis];
        ib += place * b.strides()[axis];
        ic += place * out.strides()[axis];
      }
      row(ia, ib, ic);
    }
  }

  private void row(int ia, int ib, int ic) {
    int rank = out.rank();
    int stepA = a.strides()[rank - 1];
    int rowB = b.strides()[rank - 2];
    int stepB = b.strides()[rank - 1];
    int stepC = out.strides()[rank - 1];
    if (stepB == 1 && stepC == 1) {
      float[] y = b.data();
      float[] z = out.data();
      Arrays.fill(z, ic, ic + columns, 0);
      for (int k = 0; k < depth; k++) {
        float x = a.data()[ia + k * stepA];
        int from = ib + k * rowB;
        for (int j = 0; j < columns; j++) {
          z[ic + j] += x * y[from + j];
        }
      }
      return;
    }
    for (int j = 0; j < columns; j++) {
      double sum = 0;
      for (int k = 0; k < depth; k++) {
        sum += (double) a.data()[ia + k * stepA] * b.data()[ib + k * rowB + j * stepB];
      }
      out.data()[ic + j * stepC] = (float) sum;
    }
  }
}
