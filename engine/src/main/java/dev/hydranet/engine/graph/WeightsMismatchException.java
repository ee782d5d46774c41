package dev.hydranet.engine.graph;

import java.util.List;

/** Weights that are not those of the graph; lists everything that is wrong at once. */
public final class WeightsMismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** As many as can be read in one line; {@link #problems} has all. */
  private static final int LISTED = 10;

  private final transient List<String> problems;

  /**
   * One problem a tensor, each naming it and saying what was expected and found.
   *
   * @param problems what is wrong, each a line that names its tensor
   */
  public WeightsMismatchException(List<String> problems) {
    super("the weights do not fit the network: " + listed(problems));
    this.problems = List.copyOf(problems);
  }

  private static String listed(List<String> problems) {
    int others = problems.size() - LISTED;
    return others <= 0
        ? String.join("; ", problems)
        : String.join("; ", problems.subList(0, LISTED)) + "; and " + others + " more";
  }

  /** {@return how many problems the message does not list} */
  public int unlisted() {
    return Math.max(0, problems.size() - LISTED);
  }

  /**
   * One line a tensor that is missing, unexpected or of another shape.
   *
   * @return the lines, in the order of the network, unexpected tensors last
   */
  public List<String> problems() {
    return problems;
  }
}
