package dev.hydranet.benchmarks.stages;

import dev.hydranet.engine.kernel.Kernel;
import dev.hydranet.engine.kernel.Nhwc;

/**
 * A residual added in a plain loop, a row of the image at a time.
 *
 * @param sum what is added to
 */
record PlainAdd(Nhwc sum, Nhwc residual) implements Kernel {
  @Override
  public int parts() {
    return sum.rows();
  }

  @Override
  public void run(int row, float[] scratch) {
    float[] to = sum.data();
    float[] from = residual.data();
    for (int i = sum.row(row); i < sum.row(row + 1); i++) {
      to[i] += from[i];
    }
  }
}
