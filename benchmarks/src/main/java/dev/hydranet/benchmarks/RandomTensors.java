package dev.hydranet.benchmarks;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Numbers to compute with, the same for the same seed; times do not depend on them. */
final class RandomTensors {
  private static final long SEED = 1;

  private RandomTensors() {}

  /** Numbers in [-1, 1). */
  static Tensor uniform(Shape shape, long seed) {
    return between(-1, 1, shape, new SplittableRandom(seed));
  }

  /** Parameters of all a graph's nodes, such that signals neither die nor explode. */
  static Map<String, Tensor> parameters(Graph graph) {
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    graph
        .parameters()
        .forEach(
            (name, parameter) -> tensors.put(name, parameter(name, parameter.shape(), random)));
    return tensors;
  }

  private static Tensor parameter(String name, Shape shape, SplittableRandom random) {
    if (shape.rank() > 1) {
      // Of variance 2/3 / fan-in.
      double bound = Math.sqrt(2.0 * shape.dim(0) / shape.elementCount());
      return between(-bound, bound, shape, random);
    }
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "weight" -> between(1, 2, shape, random);
      case "running_var" -> between(0.5, 1.5, shape, random);
      default -> between(-0.5, 0.5, shape, random);
    };
  }

  private static Tensor between(double low, double high, Shape shape, SplittableRandom random) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextDouble(low, high);
    }
    return tensor;
  }
}
