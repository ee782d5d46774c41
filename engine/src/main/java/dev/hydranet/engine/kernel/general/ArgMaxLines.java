package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/** The index of the largest or smallest element of each line; NaN is both. */
public final class ArgMaxLines implements Kernel {
  private final ArgMax op;
  private final View in;
  private final View out;
  private final Lines lines;
  private final int[] places;
  private final Parts parts;

  /** For an output that has extent 1 along the axis, or is without it. */
  public ArgMaxLines(ArgMax op, View in, View out) {
    this.op = op;
    this.in = in;
    this.out = out;
    this.lines = Lines.along(in, op.axis());
    this.places = Lines.of(out, new boolean[out.rank()]).starts();
    this.parts = Parts.of(places.length, places.length, 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int line = parts.begin(part); line < parts.end(part); line++) {
      out.data()[out.offset() + places[line]] = best(in.offset() + lines.starts()[line]);
    }
  }

  private int best(int start) {
    int best = 0;
    float found = in.data()[start];
    for (int i = 1; i < lines.offsets().length; i++) {
      float x = in.data()[start + lines.offsets()[i]];
      boolean beyond = Float.isNaN(x) ? !Float.isNaN(found) : op.smallest() ? x < found : x > found;
      boolean equal = x == found || (Float.isNaN(x) && Float.isNaN(found));
      if (beyond || (op.last() && equal)) {
        best = i;
        found = x;
      }
    }
    return best;
  }
}
