package dev.hydranet.converter.pickle;

import dev.hydranet.engine.WeightsFormatException;

/** What lies outside of a pickle and is referred to by an id in it. */
@FunctionalInterface
public interface PersistentObjects {
  /**
   * The object of an id.
   *
   * @throws WeightsFormatException if the id is not of a known form
   */
  Object load(Object id) throws WeightsFormatException;
}
