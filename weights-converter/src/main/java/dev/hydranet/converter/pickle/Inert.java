package dev.hydranet.converter.pickle;

/**
 * A class, a function or an object that is read only for its name. What a pickle does to it (call
 * it, give it items or attributes) is read and dropped, and the result is the same again.
 *
 * @param type its name, such as {@code argparse.Namespace}
 * @param known whether it is known to be plain data; otherwise it may be anything
 */
public record Inert(String type, boolean known) implements Attributed, PyCallable {
  /** What it makes of any arguments: itself, so that a call costs no memory. */
  @Override
  public Inert call(PyTuple arguments) {
    return this;
  }
}
