package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.converter.pickle.PyDict;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A dict that may be the weights, or what leads to one.
 *
 * @param parent the dict or list that holds it; null at the top
 * @param key under which the parent holds it; empty at the top
 * @param value itself
 * @param depth how many keys lead to it
 */
record Candidate(Candidate parent, String key, Object value, int depth) {
  private static final int SHOWN = 6;

  /** The keys that lead to it, with dots between them; empty at the top. */
  String path() {
    return depth <= 1 ? key : parent.path() + "." + key;
  }

  PyDict dict() {
    return (PyDict) value;
  }

  /** How many tensors it holds. */
  int tensors() {
    return (int) dict().named().values().stream().filter(Candidate::isTensor).count();
  }

  /** Whether it holds tensors of any kind. */
  boolean hasTensors() {
    return dict().named().values().stream().anyMatch(Candidate::isTensor);
  }

  /** Whether one of its tensors can be read. */
  boolean hasNumbers() {
    return dict().named().values().stream().anyMatch(TensorView.class::isInstance);
  }

  /** Whether one of its tensors is a matrix or more: a layer has one, a measurement has none. */
  boolean hasLayers() {
    return dict().named().values().stream()
        .anyMatch(value -> value instanceof TensorView view && view.size().size() > 1);
  }

  /** The names in it. */
  Collection<String> names() {
    return dict().named().keySet();
  }

  static boolean isTensor(Object value) {
    return value instanceof TensorView || value instanceof UnreadTensor;
  }

  /** Some dicts of tensors, for a message. */
  static String list(List<Candidate> candidates) {
    String first =
        candidates.stream().limit(SHOWN).map(Candidate::text).collect(Collectors.joining(", "));
    int more = candidates.size() - SHOWN;
    return more <= 0 ? first : first + " and " + more + " more";
  }

  private String text() {
    int tensors = tensors();
    return Printable.quoted(path())
        + (depth == 0 ? " (the top, " : " (")
        + tensors
        + (tensors == 1 ? " tensor)" : " tensors)");
  }
}
