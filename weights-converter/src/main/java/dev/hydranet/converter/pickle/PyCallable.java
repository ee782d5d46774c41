package dev.hydranet.converter.pickle;

import dev.hydranet.engine.WeightsFormatException;

/** A class or function that a pickle may name and call, written in Java. */
@FunctionalInterface
public interface PyCallable {
  /**
   * What the call makes.
   *
   * @throws WeightsFormatException if the arguments are not those that Python would write
   */
  Object call(PyTuple arguments) throws WeightsFormatException;
}
