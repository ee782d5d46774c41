package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.Softmax;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/** exp(x - max) over its sum along each line, or its logarithm. */
public final class SoftmaxLines implements Kernel {
  private final boolean log;
  private final View in;
  private final View out;
  private final Lines from;
  private final Lines to;
  private final Parts parts;

  /** For tensors of equal extents. */
  public SoftmaxLines(Softmax op, View in, View out) {
    this.log = op.log();
    this.in = in;
    this.out = out;
    boolean[] along = new boolean[in.rank()];
    int axis = op.axis() < 0 ? op.axis() + in.rank() : op.axis();
    for (int i = axis; i < (op.toEnd() ? in.rank() : axis + 1); i++) {
      along[i] = true;
    }
    this.from = Lines.of(in, along);
    this.to = Lines.of(out, along);
    this.parts = Parts.of(from.starts().length, from.starts().length, 1);
  }

  @Override
  public int parts() {
    return parts.count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int line = parts.begin(part); line < parts.end(part); line++) {
      line(in.offset() + from.starts()[line], out.offset() + to.starts()[line]);
    }
  }

  private void line(int a, int c) {
    float max = Float.NEGATIVE_INFINITY;
    for (int offset : from.offsets()) {
      max = Math.max(max, in.data()[a + offset]);
    }
    double sum = 0;
    for (int offset : from.offsets()) {
      sum += Math.exp((double) in.data()[a + offset] - max);
    }
    double shift = max + (log ? Math.log(sum) : 0);
    for (int i = 0; i < from.offsets().length; i++) {
      double x = in.data()[a + from.offsets()[i]] - shift;
      out.data()[c + to.offsets()[i]] = (float) (log ? x : Math.exp(x) / sum);
    }
  }
}
