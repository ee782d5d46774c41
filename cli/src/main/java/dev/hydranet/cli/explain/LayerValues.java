package dev.hydranet.cli.explain;

import dev.hydranet.cli.network.Model;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The values of a network's layers. All at once they may be hundreds of megabytes: the network runs
 * once for each few.
 */
final class LayerValues {
  private static final long BYTES_AT_ONCE =
      Math.max(128 << 20, Runtime.getRuntime().maxMemory() / 8);

  private LayerValues() {}

  /**
   * Computes values and hands over each, in order.
   *
   * @param names the values'
   * @param input the only one of the network
   */
  static void visit(
      Model model,
      List<String> names,
      Tensor input,
      Threads threads,
      BiConsumer<String, Tensor> visitor) {
    Map<String, Shape> shapes = model.graph().shapes(Map.of(Model.INPUT, input.shape()));
    List<String> some = new ArrayList<>();
    long bytes = 0;
    for (String name : names) {
      long more = shapes.get(name).elementCount() * Float.BYTES;
      if (!some.isEmpty() && bytes + more > BYTES_AT_ONCE) {
        compute(model, some, input, threads, visitor);
        some.clear();
        bytes = 0;
      }
      some.add(name);
      bytes += more;
    }
    compute(model, some, input, threads, visitor);
  }

  private static void compute(
      Model model,
      List<String> names,
      Tensor input,
      Threads threads,
      BiConsumer<String, Tensor> visitor) {
    Session session =
        Planner.plan(model.graph(), model.weights(), names).newSession(input.shape(), threads);
    Map<String, Tensor> values = session.newOutputs();
    session.run(Map.of(Model.INPUT, input), values);
    names.forEach(name -> visitor.accept(name, values.get(name)));
  }
}
