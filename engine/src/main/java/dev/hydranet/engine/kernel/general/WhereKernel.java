package dev.hydranet.engine.kernel.general;

import dev.hydranet.engine.kernel.Kernel;

/** One of two elements, as a third says, with broadcasting. */
public final class WhereKernel implements Kernel {
  private final View condition;
  private final View a;
  private final View b;
  private final View out;
  private final Nest nest;

  /** For tensors that broadcast to the output's extents. */
  public WhereKernel(View condition, View a, View b, View out) {
    this.condition = condition;
    this.a = a;
    this.b = b;
    this.out = out;
    int[] dims = out.dims();
    this.nest = new Nest(out, condition.broadcast(dims), a.broadcast(dims), b.broadcast(dims));
  }

  @Override
  public int parts() {
    return nest.parts().count();
  }

  @Override
  public void run(int part, float[] scratch) {
    for (int row = nest.parts().begin(part); row < nest.parts().end(part); row++) {
      int to = nest.at(0, row);
      int which = nest.at(1, row);
      int first = nest.at(2, row);
      int second = nest.at(3, row);
      for (int i = 0; i < nest.length(); i++) {
        out.data()[to + i * nest.step(0)] =
            condition.data()[which + i * nest.step(1)] != 0
                ? a.data()[first + i * nest.step(2)]
                : b.data()[second + i * nest.step(3)];
      }
    }
  }
}
