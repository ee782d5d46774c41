package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.Reduce;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/** Sums of the elements up to each one, line by line. */
public final class CumulativeLines implements Kernel {
  private final Reduce.Cumulative op;
  private final View in;
  private final View out;
  private final Lines from;
  private final Lines to;
  private final Parts parts;

  /** For an output of the input's extents. */
  public CumulativeLines(Reduce.Cumulative op, View in, View out) {
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
    int length = from.offsets().length;
    for (int line = parts.begin(part); line < parts.end(part); line++) {
      double sum = 0;
      for (int k = 0; k < length; k++) {
        int i = op.reverse() ? length - 1 - k : k;
        float x = in.data()[in.offset() + from.starts()[line] + from.offsets()[i]];
        int at = out.offset() + to.starts()[line] + to.offsets()[i];
        out.data()[at] = (float) (op.exclusive() ? sum : sum + x);
        sum += x;
      }
    }
  }
}
