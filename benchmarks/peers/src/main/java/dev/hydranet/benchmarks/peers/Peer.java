package dev.hydranet.benchmarks.peers;

import dev.hydranet.engine.tensor.Tensor;
import java.util.Map;

/** A loaded network in some runtime, ready to run on one picture again and again. */
interface Peer {
  /** The runtime's version. */
  String version();

  /**
   * Computes the outputs; what a caller must do for every picture is a part of it, what needs to be
   * done once is not.
   */
  void run() throws Exception;

  /** The outputs of the last run, by name, NCHW. */
  Map<String, Tensor> outputs() throws Exception;

  /** Frees its memory. */
  void close() throws Exception;
}
