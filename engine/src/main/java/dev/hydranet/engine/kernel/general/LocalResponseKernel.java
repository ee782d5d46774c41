package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.graph.Normalize;
import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Parts;

/** Each element over a power of the squares of the channels around it. A unit is a pixel. */
public final class LocalResponseKernel implements Kernel {
  private final Normalize.LocalResponse op;
  private final View in;
  private final View out;
  private final Lines from;
  private final Lines to;
  private final Parts parts;

  /** For tensors {@code [N, C, ...]} of equal extents. */
  public LocalResponseKernel(Normalize.LocalResponse op, View in, View out) {
    this.op = op;
    this.in = in;
    this.out = out;
    boolean[] along = new boolean[in.rank()];
    along[1] = true;
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
    int channels = from.offsets().length;
    for (int line = parts.begin(part); line < parts.end(part); line++) {
      int a = in.offset() + from.starts()[line];
      int c = out.offset() + to.starts()[line];
      for (int i = 0; i < channels; i++) {
        double sum = 0;
        int end = Math.min(channels - 1, i + op.size() / 2);
        for (int k = Math.max(0, i - (op.size() - 1) / 2); k <= end; k++) {
          double x = in.data()[a + from.offsets()[k]];
          sum += x * x;
        }
        double base = op.bias() + (double) op.alpha() / op.size() * sum;
        out.data()[c + to.offsets()[i]] =
            (float) (in.data()[a + from.offsets()[i]] / Math.pow(base, op.beta()));
      }
    }
  }
}
