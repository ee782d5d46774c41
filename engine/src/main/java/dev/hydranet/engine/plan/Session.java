package dev.hydranet.engine.plan;

import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A plan's working memory for inputs of one shape. One call at a time: a second thread that calls
 * {@code run} while one is under way gets an {@link IllegalStateException}.
 */
public final class Session {
  private final Plan plan;
  private final Map<String, Shape> outputShapes = new LinkedHashMap<>();

  Session(Plan plan, Map<String, Shape> inputs, Threads threads) {
    this.plan = plan;
    Map<String, Shape> shapes = plan.graph.shapes(inputs);
    for (String output : plan.outputs()) {
      outputShapes.put(output, shapes.get(plan.graph.resolve(output)));
    }
  }

  /** The shape of each output, by name. */
  public Map<String, Shape> outputShapes() {
    return outputShapes;
  }

  /** Zeroed tensors of the outputs' shapes, for {@link #run}. */
  public Map<String, Tensor> newOutputs() {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    outputShapes.forEach((name, shape) -> outputs.put(name, Tensor.zeros(shape)));
    return outputs;
  }

  /**
   * Computes the outputs.
   *
   * @param inputs a tensor for each of the graph's inputs, of the session's shape; not changed
   * @param outputs a tensor for each output, of its shape; overwritten
   */
  public void run(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    Map<String, Tensor> results =
        ReferenceExecutor.run(plan.graph, plan.weights, inputs, plan.outputs());
    results.forEach(
        (name, tensor) ->
            System.arraycopy(tensor.data(), 0, outputs.get(name).data(), 0, tensor.data().length));
  }
}
