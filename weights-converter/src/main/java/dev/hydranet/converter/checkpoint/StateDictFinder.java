package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.converter.pickle.PyDict;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.WeightsFormatException;
import java.util.List;
import java.util.stream.Stream;

/** Finds the weights among what a training script saved. */
final class StateDictFinder {
  /** Where scripts keep them, in the order in which they are looked for. */
  private static final List<String> KEYS =
      List.of(
          "state_dict", "model_state_dict", "model_state", "model", "network", "net", "weights");

  /** {@code {"model": {"state_dict": ...}}} occurs; more does not. */
  private static final int MAX_DEPTH = 2;

  private static final int SHOWN = 8;

  private StateDictFinder() {}

  /**
   * The dict of tensors: under one of the usual keys if there is one, else the object itself.
   *
   * @throws WeightsFormatException if there is none; the message says what there is
   */
  static PyDict find(Object root) throws WeightsFormatException {
    if (!(root instanceof PyDict dict)) {
      throw new WeightsFormatException(
          "expected a dict of tensors, found "
              + (root instanceof TensorView ? "a single tensor" : Unpickler.describe(root)));
    }
    PyDict found = find(dict, MAX_DEPTH);
    if (found == null) {
      List<String> keys =
          Stream.concat(
                  dict.named().keySet().stream().map(Printable::quoted),
                  dict.others().stream().map(item -> Unpickler.describe(item.key())))
              .limit(SHOWN)
              .toList();
      throw new WeightsFormatException(
          "no state_dict: expected tensors by name at the top or under one of "
              + String.join(", ", KEYS)
              + "; found a dict of "
              + dict.size()
              + (keys.isEmpty() ? "" : " with keys " + String.join(", ", keys)));
    }
    return found;
  }

  private static PyDict find(PyDict dict, int depth) {
    for (String key : KEYS) {
      if (depth > 0 && dict.named().get(key) instanceof PyDict inner) {
        PyDict found = find(inner, depth - 1);
        if (found != null) {
          return found;
        }
      }
    }
    boolean tensors =
        dict.named().values().stream()
            .anyMatch(value -> value instanceof TensorView || value instanceof UnreadTensor);
    return tensors ? dict : null;
  }
}
