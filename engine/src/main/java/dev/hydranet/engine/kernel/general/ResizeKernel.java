package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.Resize;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/** Resizing along any axes: each element is a weighted sum over all axes that are resized. */
public final class ResizeKernel implements Kernel {
  private static final int PART = 2048;
  private static final int[][] ITSELF = new int[0][];

  private final View in;
  private final View out;
  private final int[][][] offsets; // [axis][element][tap]
  private final float[][][] weights;
  private final float outside;
  private final Parts parts;

  /** For an output of the operator's extents. */
  public ResizeKernel(Resize op, View in, View out) {
    this.in = in;
    this.out = out;
    this.outside = op.outside();
    int rank = out.rank();
    offsets = new int[rank][][];
    weights = new float[rank][][];
    for (int axis = 0; axis < rank; axis++) {
      if (op.keeps(axis, in.dims()[axis])) {
        offsets[axis] = ITSELF;
        continue;
      }
      Resize.Taps taps = op.taps(axis, in.dims()[axis]);
      weights[axis] = taps.weights();
      offsets[axis] = new int[out.dims()[axis]][];
      for (int i = 0; i < offsets[axis].length; i++) {
        offsets[axis][i] = taps.indices()[i].clone();
        for (int k = 0; k < offsets[axis][i].length; k++) {
          offsets[axis][i][k] *= in.strides()[axis];
        }
      }
    }
    this.parts = Parts.of(out.elements(), PART, 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int e = parts.begin(part); e < parts.end(part); e++) {
      int left = e;
      int to = out.offset();
      int from = in.offset();
      boolean inside = true;
      for (int axis = out.rank() - 1; axis >= 0; axis--) {
        int place = left % out.dims()[axis];
        left /= out.dims()[axis];
        to += place * out.strides()[axis];
        from += offsets[axis] == ITSELF ? place * in.strides()[axis] : 0;
        inside &= offsets[axis] == ITSELF || offsets[axis][place].length > 0;
      }
      out.data()[to] = inside ? (float) sum(e, out.rank() - 1, from) : outside;
    }
  }

  /** The sum over the taps of one axis and those before it, for the rest of an element's number. */
  private double sum(int rest, int axis, int from) {
    if (axis < 0) {
      return in.data()[from];
    }
    int place = rest % out.dims()[axis];
    int before = rest / out.dims()[axis];
    if (offsets[axis] == ITSELF) {
      return sum(before, axis - 1, from);
    }
    int[] taps = offsets[axis][place];
    float[] weight = weights[axis][place];
    double sum = 0;
    for (int k = 0; k < taps.length; k++) {
      // A neighbour without weight has no part in it, even if it is infinite.
      if (weight[k] != 0) {
        sum += weight[k] * sum(before, axis - 1, from + taps[k]);
      }
    }
    return sum;
  }
}
