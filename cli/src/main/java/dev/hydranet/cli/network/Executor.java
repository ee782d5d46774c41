package dev.hydranet.cli.network;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.plan.Planner;
import dev.hydranet.engine.plan.Session;
import dev.hydranet.engine.reference.ReferenceExecutor;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Who computes a graph. */
public enum Executor {
  /** The planner's compiled graph. */
  PLAN {
    @Override
    public Run prepare(Model model, Shape input, Collection<String> wanted, Threads threads) {
      Session session =
          Planner.plan(model.graph(), model.weights(), wanted).newSession(input, threads);
      Map<String, Tensor> outputs = session.newOutputs();
      return tensor -> {
        session.run(Map.of(Model.INPUT, tensor), outputs);
        return outputs;
      };
    }
  },
  /** Plain loops, operator by operator, on one thread. */
  REFERENCE {
    @Override
    public Run prepare(Model model, Shape input, Collection<String> wanted, Threads threads) {
      model.graph().shapes(Map.of(Model.INPUT, input));
      return tensor ->
          ReferenceExecutor.run(
              model.graph(), model.weights(), Map.of(Model.INPUT, tensor), wanted);
    }
  };

  /** A graph that is ready for inputs of one shape. */
  @FunctionalInterface
  public interface Run {
    /** The wanted values; each call may overwrite those of the call before. */
    Map<String, Tensor> on(Tensor input);
  }

  /**
   * Makes ready to compute values of a model.
   *
   * @throws IllegalArgumentException if the graph does not take such an input
   */
  public abstract Run prepare(Model model, Shape input, Collection<String> wanted, Threads threads);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
