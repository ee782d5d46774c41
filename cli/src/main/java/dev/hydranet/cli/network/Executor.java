package dev.hydranet.cli.network;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.network.Network;
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
    public Run prepare(
        Model model, Map<String, Shape> inputs, Collection<String> wanted, Threads threads) {
      Network network = model.specialized(inputs, wanted);
      Session session =
          Planner.plan(network.graph(), network.weights(), wanted).newSession(inputs, threads);
      Map<String, Tensor> outputs = session.newOutputs();
      return tensors -> {
        session.run(tensors, outputs);
        return outputs;
      };
    }
  },
  /** Plain loops, operator by operator, on one thread. */
  REFERENCE {
    @Override
    public Run prepare(
        Model model, Map<String, Shape> inputs, Collection<String> wanted, Threads threads) {
      Network network = model.specialized(inputs, wanted);
      network.graph().shapes(inputs);
      return tensors -> ReferenceExecutor.run(network.graph(), network.weights(), tensors, wanted);
    }
  };

  /** A graph that is ready for inputs of one shape. */
  @FunctionalInterface
  public interface Run {
    /** The wanted values; each call may overwrite those of the call before. */
    Map<String, Tensor> on(Map<String, Tensor> inputs);
  }

  /**
   * Makes ready to compute values of a model.
   *
   * @throws IllegalArgumentException if the graph does not take such inputs
   */
  public abstract Run prepare(
      Model model, Map<String, Shape> inputs, Collection<String> wanted, Threads threads);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
