package dev.hydranet.converter.pickle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Python dict, or one of its kin; equal only to itself, since it may contain itself.
 *
 * <p>Weights are found by strings. Other keys are kept as they come, equal ones too, and are never
 * looked up: with keys of several types that share a hash code, finding one takes as long as there
 * are keys.
 */
public final class PyDict implements Attributed {
  private Map<String, Object> named = Map.of();
  private List<Item> others = List.of();

  /** A key that is no string, and its value. */
  public record Item(Object key, Object value) {}

  /** The items whose keys are strings, in the order in which these came. */
  public Map<String, Object> named() {
    return named;
  }

  /** The other items, in order. */
  public List<Item> others() {
    return others;
  }

  /** How many items there are. */
  public int size() {
    return named.size() + others.size();
  }

  /** Sets the value of a key. */
  public void put(Object key, Object value) {
    // Allocated late: a hostile pickle makes a dict with every byte, and fills none of them.
    if (key instanceof String name) {
      if (named.isEmpty()) {
        named = new LinkedHashMap<>();
      }
      named.put(name, value);
    } else {
      if (others.isEmpty()) {
        others = new ArrayList<>();
      }
      others.add(new Item(key, value));
    }
  }

  /** Sets all items of another dict. */
  public void putAll(PyDict other) {
    other.named.forEach(this::put);
    other.others.forEach(item -> put(item.key(), item.value()));
  }
}
