package dev.hydranet.benchmarks.harness;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.SplittableRandom;

/** Numbers to compute with, the same for the same seed; times do not depend on them. */
public final class RandomTensors {
  private RandomTensors() {}

  /** Numbers in [-1, 1). */
  public static Tensor uniform(Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextDouble(-1, 1);
    }
    return tensor;
  }
}
