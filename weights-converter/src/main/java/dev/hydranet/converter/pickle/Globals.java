package dev.hydranet.converter.pickle;

import dev.hydranet.engine.WeightsFormatException;

/** The names that a pickle may refer to. */
@FunctionalInterface
public interface Globals {
  /**
   * What stands for a name: a {@link PyCallable}, or a constant.
   *
   * @throws WeightsFormatException naming it, if it is not on the list
   */
  Object find(String module, String name) throws WeightsFormatException;
}
