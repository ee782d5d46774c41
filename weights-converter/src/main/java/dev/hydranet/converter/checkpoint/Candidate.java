package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.PyDict;
import java.util.Collection;

/**
 * A dict that holds tensors.
 *
 * @param parent the dict or list that holds it; null at the top
 * @param key under which the parent holds it; empty at the top
 * @param value a {@link PyDict}; a list or a tuple on the way to one
 * @param depth how many keys lead to it
 */
record Candidate(Candidate parent, String key, Object value, int depth) {
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
}
