package dev.hydranet.engine.weights;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Weights of a network that has not learned anything, to try it or to time it. */
public final class RandomWeights {
  private RandomWeights() {}

  /**
   * Filters are uniform and of variance 2 / fan-in, so that signals neither die nor explode (He et
   * al., arXiv 1502.01852); batch normalisations do nothing, biases are 0.
   *
   * @return all parameters by full name, the same for the same seed
   */
  public static Map<String, Tensor> of(Graph graph, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    graph
        .parameters()
        .forEach(
            (name, parameter) -> {
              Tensor tensor = Tensor.zeros(parameter.shape());
              fill(tensor, name.substring(name.lastIndexOf('.') + 1), random);
              weights.put(name, tensor);
            });
    return weights;
  }

  private static void fill(Tensor tensor, String role, SplittableRandom random) {
    Shape shape = tensor.shape();
    float[] data = tensor.data();
    if (shape.rank() > 1) {
      // The variance of uniform numbers is a third of their bound squared.
      double fanIn = (double) shape.elementCount() / shape.dim(0);
      double bound = Math.sqrt(3 * 2 / fanIn);
      for (int i = 0; i < data.length; i++) {
        data[i] = (float) random.nextDouble(-bound, bound);
      }
    } else if (role.equals("weight") || role.equals("running_var")) {
      Arrays.fill(data, 1);
    }
  }
}
