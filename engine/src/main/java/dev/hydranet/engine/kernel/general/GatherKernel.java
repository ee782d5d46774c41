package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/** Slices of a tensor at the indices that another one holds. A part is an index. */
public final class GatherKernel implements Kernel {
  private final View in;
  private final View indices;
  private final View out;
  private final int axis;
  private final Parts parts;

  /**
   * For a tensor and its indices.
   *
   * @param axis of the input, at least 0
   */
  public GatherKernel(int axis, View in, View indices, View out) {
    this.in = in;
    this.indices = indices;
    this.out = out;
    this.axis = axis;
    this.parts = Parts.of(indices.elements(), indices.elements(), 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    int depth = indices.rank();
    for (int i = parts.begin(part); i < parts.end(part); i++) {
      int at = indices.offset();
      int to = out.offset();
      int left = i;
      for (int k = depth - 1; k >= 0; k--) {
        int place = left % indices.dims()[k];
        left /= indices.dims()[k];
        at += place * indices.strides()[k];
        to += place * out.strides()[axis + k];
      }
      int taken = (int) indices.data()[at];
      taken = taken < 0 ? taken + in.dims()[axis] : taken;
      copy(taken < 0 || taken >= in.dims()[axis] ? -1 : taken, to, depth);
    }
  }

  /** Copies one slice, or writes NaN if the index is out of range. */
  private void copy(int taken, int to, int depth) {
    int slice = in.dims()[axis] == 0 ? 0 : in.elements() / in.dims()[axis];
    for (int e = 0; e < slice; e++) {
      int from = in.offset() + Math.max(taken, 0) * in.strides()[axis];
      int c = to;
      int left = e;
      for (int k = in.rank() - 1; k >= 0; k--) {
        if (k != axis) {
          int place = left % in.dims()[k];
          left /= in.dims()[k];
          from += place * in.strides()[k];
          c += place * out.strides()[k < axis ? k : k + depth - 1];
        }
      }
      out.data()[c] = taken < 0 ? Float.NaN : in.data()[from];
    }
  }
}
