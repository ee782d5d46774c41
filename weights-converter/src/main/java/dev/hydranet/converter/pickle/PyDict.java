package dev.hydranet.converter.pickle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Python dict, or one of its kin; equal only to itself, since it may contain itself. Strings and
 * numbers are keys by value, everything else by identity.
 */
public final class PyDict implements Attributed {
  private Map<Object, Object> items = Map.of();

  /** The items, in the order in which their keys came. */
  public Map<Object, Object> items() {
    return items;
  }

  /** Sets the value of a key. */
  public void put(Object key, Object value) {
    // Allocated late: a hostile pickle makes a dict with every byte, and fills none of them.
    if (items.isEmpty()) {
      items = new LinkedHashMap<>();
    }
    items.put(key, value);
  }
}
