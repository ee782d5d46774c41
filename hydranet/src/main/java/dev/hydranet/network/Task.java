package dev.hydranet.network;

/** What a head of the network answers for each pixel. */
public enum Task {
  /** A score for each class. */
  SEGM("segm"),
  /** The distance in metres; its sign has no meaning. */
  DEPTH("depth"),
  /** The surface normal's x, y and z, of any length. */
  NORMAL("normal");

  private final String label;

  Task(String label) {
    this.label = label;
  }

  /** {@return the head's name in the {@code state_dict} and among the graph's outputs} */
  public String label() {
    return label;
  }

  /** {@return the {@link #label}} */
  @Override
  public String toString() {
    return label;
  }
}
