package dev.hydranet.benchmarks.ladder.rung;

import dev.hydranet.engine.tensor.Tensor;

/** A rung that keeps images as PyTorch does, channel by channel: {@code [channel][y][x]}. */
public abstract class PlanarRung extends Rung {
  public PlanarRung(Convolution c) {
    super(c, new float[(int) c.input().elementCount()], new float[(int) c.output().elementCount()]);
  }

  @Override
  public final void load(Tensor input) {
    System.arraycopy(input.data(), 0, in, 0, in.length);
  }

  @Override
  public final Tensor result() {
    return Tensor.of(c.output(), out.clone());
  }
}
