package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Attributed;
import dev.hydranet.converter.pickle.Inert;
import dev.hydranet.converter.pickle.Printable;
import dev.hydranet.converter.pickle.PyCallable;
import dev.hydranet.converter.pickle.PyTuple;

/**
 * A tensor of a kind that is not read, such as a sparse one, or the function that makes one:
 * harmless in an optimizer's state, an error in a {@code state_dict}.
 *
 * @param kind what it is, or how that begins
 * @param of what it is made of or by; null if the kind says it all
 */
record UnreadTensor(String kind, Inert of) implements Attributed, PyCallable {
  UnreadTensor(String kind) {
    this(kind, null);
  }

  /** What it is, in words. */
  String description() {
    return of == null ? kind : kind + Printable.quoted(of.type());
  }

  @Override
  public UnreadTensor call(PyTuple arguments) {
    return this;
  }
}
