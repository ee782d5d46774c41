package dev.hydranet.engine.weights;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Weights of a network that has not learned anything, to try it or to time it. */
public final class RandomWeights {
  private RandomWeights() {}

  /**
   * Numbers of sizes with which signals neither die nor grow in networks of convolutions, batch
   * normalisations and ReLU6: filters within +- sqrt(2 / fan-in), scales 3/2 +- 1/2, variances 1 +-
   * 1/2, means and biases 0 +- 1/2.
   *
   * @param graph whose parameters are wanted
   * @param seed the same gives the same numbers
   * @return all parameters by full name, the same for the same seed
   */
  public static Map<String, Tensor> of(Graph graph, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    graph
        .parameters()
        .forEach((name, parameter) -> weights.put(name, tensor(name, parameter.shape(), random)));
    return weights;
  }

  private static Tensor tensor(String name, Shape shape, SplittableRandom random) {
    if (shape.rank() > 1) {
      double fanIn = (double) shape.elementCount() / shape.dim(0);
      return around(0, Math.sqrt(2 / fanIn), shape, random);
    }
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "weight" -> around(1.5, 0.5, shape, random);
      case "running_var" -> around(1, 0.5, shape, random);
      default -> around(0, 0.5, shape, random);
    };
  }

  private static Tensor around(double centre, double spread, Shape shape, SplittableRandom random) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextDouble(centre - spread, centre + spread);
    }
    return tensor;
  }
}
