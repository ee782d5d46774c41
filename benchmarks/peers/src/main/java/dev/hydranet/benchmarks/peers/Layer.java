package dev.hydranet.benchmarks.peers;

import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.Size;

/** What converters make of a HydraNet's operators. Inputs and outputs are names of nodes. */
sealed interface Layer {
  /** The value that it computes. */
  String output();

  /**
   * A convolution with the batch normalisation and the ReLU6 behind it.
   *
   * @param filters {@code [out, in / groups, height, width]}
   */
  record Convolution(
      String input, String output, Conv2d conv, float[] filters, float[] bias, boolean relu6)
      implements Layer {}

  /** A sum with the ReLU6 behind it. */
  record Sum(String first, String second, String output, boolean relu6) implements Layer {}

  /** A 5x5 max-pool of stride 1, padded to the same size. */
  record Pool(String input, String output) implements Layer {}

  /** Bilinear, between pixel centres. */
  record Resize(String input, String output, Size size) implements Layer {}

  /** A ReLU6 that stands alone. */
  record Relu6(String input, String output) implements Layer {}
}
