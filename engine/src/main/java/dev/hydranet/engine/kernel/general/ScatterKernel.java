package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.Rearrange;
import dev.hydranet.engine.kernel.Kernel;

/** A copy of a tensor with updates at places, one after the other: a place may come twice. */
public final class ScatterKernel implements Kernel {
  private final IndexedCopy copy;
  private final Rearrange.Scatter.Function function;
  private final View updates;
  private final View out;
  private final Places places;
  private final int[] sliceFrom;
  private final int[] sliceTo;

  /** For an output of the extents of {@code in}. */
  public ScatterKernel(Rearrange.Scatter op, View in, View indices, View updates, View out) {
    this.copy = IndexedCopy.copy(in, out);
    this.function = op.function();
    this.updates = updates;
    this.out = out;
    int axis = op.axis() < 0 ? op.axis() + in.rank() : op.axis();
    this.places =
        op.elements() ? Places.elements(axis, out, indices) : Places.slices(0, out, indices);
    this.sliceFrom = places.slice(updates, updates.rank() - places.inner());
    this.sliceTo = places.slice(out, out.rank() - places.inner());
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int p = 0; p < copy.parts(); p++) {
      copy.run(p, scratch);
    }
    for (int i = 0; i < places.count(); i++) {
      int to = places.at(i);
      int from = places.outer(updates, i);
      for (int e = 0; to != Places.OUTSIDE && e < sliceTo.length; e++) {
        int at = to + sliceTo[e];
        out.data()[at] = function.of(out.data()[at], updates.data()[from + sliceFrom[e]]);
      }
    }
  }
}
