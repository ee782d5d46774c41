package dev.hydranet.converter.pickle;

import java.util.List;

/** A Python tuple; equal only to itself, since it may be nested without end. Immutable. */
public final class PyTuple {
  private final List<Object> items;

  /** A tuple of the given items. */
  public PyTuple(List<Object> items) {
    this.items = List.copyOf(items);
  }

  /** The items, in order. */
  public List<Object> items() {
    return items;
  }

  /** How many items it has. */
  public int size() {
    return items.size();
  }

  /** One item; throws {@link IndexOutOfBoundsException} if there is none. */
  public Object get(int index) {
    return items.get(index);
  }
}
