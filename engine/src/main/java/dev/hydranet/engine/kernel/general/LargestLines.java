package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.ArgMax;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/** The largest or smallest elements of each line in their order, or their places. */
public final class LargestLines implements Kernel {
  private final ArgMax.Largest op;
  private final View in;
  private final View out;
  private final Lines from;
  private final Lines to;
  private final Parts parts;

  /** For an output with as many elements along the axis as are wanted. */
  public LargestLines(ArgMax.Largest op, View in, View out) {
    this.op = op;
    this.in = in;
    this.out = out;
    this.from = Lines.along(in, op.axis());
    this.to = Lines.along(out, op.axis());
    this.parts = Parts.of(to.starts().length, to.starts().length, 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int line = parts.begin(part); line < parts.end(part); line++) {
      int start = in.offset() + from.starts()[line];
      int last = -1;
      for (int i = 0; i < to.offsets().length; i++) {
        last = next(start, last);
        float found = in.data()[start + from.offsets()[last]];
        out.data()[out.offset() + to.starts()[line] + to.offsets()[i]] = op.places() ? last : found;
      }
    }
  }

  /** The place that comes behind another, or the first one for -1. */
  private int next(int start, int last) {
    int best = -1;
    for (int i = 0; i < from.offsets().length; i++) {
      boolean left = last < 0 || before(start, last, i);
      best = left && (best < 0 || before(start, i, best)) ? i : best;
    }
    return best;
  }

  /** Whether an element comes before another; of equal ones, the first. */
  private boolean before(int start, int i, int j) {
    float x = in.data()[start + from.offsets()[i]];
    float y = in.data()[start + from.offsets()[j]];
    int order = op.smallest() ? Float.compare(x, y) : Float.compare(y, x);
    return x == y || order == 0 ? i < j : order < 0;
  }
}
