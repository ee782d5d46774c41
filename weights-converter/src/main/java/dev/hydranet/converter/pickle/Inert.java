package dev.hydranet.converter.pickle;

/**
 * An object of a type that is known to be data and of no interest: its arguments, items and
 * attributes have been read and dropped.
 */
public final class Inert implements Attributed {
  private final String type;

  /** An object of the type of that name. */
  public Inert(String type) {
    this.type = type;
  }

  /** What it is an object of, such as {@code argparse.Namespace}. */
  public String type() {
    return type;
  }
}
