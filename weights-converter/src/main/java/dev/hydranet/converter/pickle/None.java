package dev.hydranet.converter.pickle;

/** Python's {@code None}. */
public enum None {
  NONE
}
