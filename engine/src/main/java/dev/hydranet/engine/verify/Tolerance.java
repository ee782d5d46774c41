package dev.hydranet.engine.verify;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.tensor.Shape;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far float32 results may be from the exact ones, relative to the largest magnitude of the
 * tensor ({@link Difference#maxRelative}).
 *
 * <p>Rounding errors have random signs, so that those of a sum of n terms grow with the square root
 * of n (Higham, <i>Accuracy and Stability of Numerical Algorithms</i>, 2nd ed., 2.8). Deep in a
 * network the errors of all layers add up: n is then the number of terms summed along the longest
 * path from the inputs to the value. The tolerance is
 *
 * <pre>{@value #MARGIN} * 2^-23 * sqrt(n)</pre>
 *
 * where 2^-23 is float32's epsilon. At n = 0, where nothing is rounded (max-pool, ReLU, nearest
 * neighbour), results must be exact.
 *
 * <p>Two operators do not fit a relative error of their input: softmax multiplies it by the
 * magnitude of the logits, and arg-max turns near-ties into other integers. The tolerance of what
 * comes after them holds for inputs that are exact.
 */
public final class Tolerance {
  /**
   * What the worst of many elements shows above the root of n. At the heads of a HydraNet, n is
   * about 17000 and the tolerance 3e-5, where PyTorch's float32 shows 5e-6.
   */
  private static final double MARGIN = 2;

  private static final double EPSILON = Math.ulp(1f);

  private Tolerance() {}

  /**
   * {@return the tolerance of a sum}
   *
   * @param terms how many numbers are summed, 0 when nothing is computed
   */
  public static double forTerms(long terms) {
    return MARGIN * EPSILON * Math.sqrt(terms);
  }

  /**
   * The tolerance of values of a graph.
   *
   * @param graph any
   * @param inputs the shapes of the graph's inputs
   * @param wanted labels or names of nodes
   * @return the tolerance of each wanted name, in that order
   * @throws IllegalArgumentException if the graph has no such value or takes no such inputs
   */
  public static Map<String, Double> of(
      Graph graph, Map<String, Shape> inputs, Collection<String> wanted) {
    Map<String, Shape> shapes = graph.shapes(inputs);
    Map<String, Long> terms = new HashMap<>();
    for (Node node : graph.nodes()) {
      long longest = 0;
      for (String input : node.inputs()) {
        longest = Math.max(longest, terms.getOrDefault(input, 0L));
      }
      terms.put(node.name(), longest + node.op().summands(Graph.inputShapes(node, shapes)));
    }
    Map<String, Double> tolerances = new LinkedHashMap<>();
    for (String name : wanted) {
      tolerances.put(name, forTerms(terms.getOrDefault(graph.resolve(name), 0L)));
    }
    return tolerances;
  }
}
