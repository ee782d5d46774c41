package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Inert;
import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.converter.pickle.PyDict;
import dev.hydranet.converter.pickle.Unpickler;
import dev.hydranet.engine.UnsupportedFileException;
import dev.hydranet.engine.WeightsFormatException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The dict of tensors that was chosen in a checkpoint, before any number has been read.
 *
 * @param tensors by name, in the file's order
 * @param skipped what else is in it, by name, and what it is
 */
record StateDict(Map<String, TensorView> tensors, Map<String, String> skipped) {
  /** Far above any network here; a few bytes of a pickle name the same tensor once more. */
  private static final int MOST_TENSORS = 1 << 16;

  /** Objects that modules save in addition to their parameters, of any class. */
  private static final String EXTRA_STATE = "_extra_state";

  /**
   * Sorts out what is in a dict.
   *
   * @throws WeightsFormatException if there is a tensor of a kind that is not read, or an object of
   *     an unknown class where a module's parameter should be
   */
  static StateDict of(PyDict dict) throws WeightsFormatException {
    Map<String, TensorView> tensors = new LinkedHashMap<>();
    Map<String, String> skipped = new LinkedHashMap<>();
    Map<String, Inert> unknown = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : dict.named().entrySet()) {
      String name = entry.getKey();
      if (tensors.size() == MOST_TENSORS) {
        throw new UnsupportedFileException(
            "the state_dict has more than " + MOST_TENSORS + " tensors");
      }
      switch (entry.getValue()) {
        case TensorView view -> tensors.put(name, view);
        case UnreadTensor other ->
            throw new UnsupportedFileException(
                "tensor "
                    + Printable.quoted(name)
                    + ": expected a dense tensor of numbers, found "
                    + other.description());
        case Inert one -> {
          if (!one.known()) {
            unknown.put(name, one);
          }
          skipped.put(name, Unpickler.describe(one));
        }
        default -> skipped.put(name, Unpickler.describe(entry.getValue()));
      }
    }
    for (PyDict.Item other : dict.others()) {
      if (Candidate.isTensor(other.value())) {
        throw new UnsupportedFileException(
            "a tensor's name is " + Unpickler.describe(other.key()) + ", expected a string");
      }
      skipped.put(Unpickler.describe(other.key()), Unpickler.describe(other.value()));
    }
    refuseAmongParameters(unknown, tensors.keySet());
    return new StateDict(tensors, skipped);
  }

  /** An object beside a module's tensors may be a parameter: without it, weights are missing. */
  private static void refuseAmongParameters(Map<String, Inert> unknown, Set<String> tensors)
      throws WeightsFormatException {
    if (unknown.isEmpty()) {
      return;
    }
    Set<String> modules = new HashSet<>();
    tensors.forEach(name -> modules.add(module(name)));
    for (Map.Entry<String, Inert> entry : unknown.entrySet()) {
      String name = entry.getKey();
      if (modules.contains(module(name)) && !name.endsWith(EXTRA_STATE)) {
        throw new UnsupportedFileException(
            "among the weights, "
                + Printable.quoted(name)
                + " is an object of "
                + Printable.quoted(entry.getValue().type())
                + ", expected a tensor; it was not opened and nothing was executed");
      }
    }
  }

  private static String module(String name) {
    return name.substring(0, name.lastIndexOf('.') + 1);
  }
}
