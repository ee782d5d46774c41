package dev.hydranet.engine.graph;

import java.util.List;

/** Weights that are not those of the graph; lists everything that is wrong at once. */
public final class WeightsMismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  /** One problem a tensor, each naming it and saying what was expected and found. */
  public WeightsMismatchException(List<String> problems) {
    super("the weights do not fit the network: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line a tensor that is missing, unexpected or of another shape. */
  public List<String> problems() {
    return problems;
  }
}
