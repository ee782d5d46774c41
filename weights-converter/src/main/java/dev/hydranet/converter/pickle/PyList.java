package dev.hydranet.converter.pickle;

import java.util.ArrayList;
import java.util.List;

/** A Python list; equal only to itself, since it may contain itself. */
public final class PyList {
  private List<Object> items = List.of();

  /** The items, in order. */
  public List<Object> items() {
    return items;
  }

  void add(Object item) {
    // Allocated late: a hostile pickle makes a list with every byte, and fills none of them.
    if (items.isEmpty()) {
      items = new ArrayList<>();
    }
    items.add(item);
  }
}
