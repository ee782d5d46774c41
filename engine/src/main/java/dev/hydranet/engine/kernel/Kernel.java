package dev.hydranet.engine.kernel;

import java.util.Optional;

/**
 * One step of a session, bound to its memory. Its parts are independent: any thread computes any
 * part in any order, and the result is the same to the last bit.
 */
public interface Kernel {
  /** What it is, for tables: the name of its class. */
  default String kind() {
    return getClass().getSimpleName();
  }

  /** How many parts there are. */
  int parts();

  /**
   * Computes one part.
   *
   * @param part from 0 to {@code parts() - 1}
   * @param scratch the calling thread's own memory, at least {@link #scratchFloats()} long; its
   *     contents mean nothing
   */
  void run(int part, float[] scratch);

  /**
   * How many floats of scratch memory a part needs: for very wide images, it may be more than an
   * array holds.
   */
  default long scratchFloats() {
    return 0;
  }

  /**
   * Multiply-adds with weights that all parts together do, with those on padded channels and those
   * that more than one part does.
   */
  default long macs() {
    return 0;
  }

  /** Floats of packed weights, biases among them. */
  default long weightFloats() {
    return 0;
  }

  /**
   * The runs of output pixels that the parts write, where each part writes whole pixels that follow
   * each other; empty for other kernels.
   */
  default Optional<Parts> runs() {
    return Optional.empty();
  }
}
