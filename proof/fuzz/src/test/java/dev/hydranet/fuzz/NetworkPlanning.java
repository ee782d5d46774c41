package dev.hydranet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.InsufficientMemoryException;
import dev.hydranet.engine.Threads;
import dev.hydranet.engine.network.Network;
import dev.hydranet.engine.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done to a network: working memory for inputs of the shapes that it declares. */
final class NetworkPlanning {
  /** For extents that are open. */
  private static final int OPEN = 4;

  private NetworkPlanning() {}

  static void plan(Network network) {
    try {
      network.newSession(shapes(network.inputShapes()), Threads.of(1));
    } catch (IllegalArgumentException | InsufficientMemoryException e) {
      assertThat(e.getMessage()).isNotEmpty().matches("[^\\p{Cc}\\u2028\\u2029]*");
    }
  }

  private static Map<String, Shape> shapes(Map<String, List<Integer>> declared) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    declared.forEach(
        (name, extents) ->
            shapes.put(
                name,
                Shape.of(
                    extents.stream().mapToInt(extent -> extent < 0 ? OPEN : extent).toArray())));
    return shapes;
  }
}
