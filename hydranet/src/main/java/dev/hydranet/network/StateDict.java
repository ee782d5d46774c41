package dev.hydranet.network;

import dev.hydranet.engine.WeightsFormatException;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.util.Map;
import java.util.stream.Collectors;

/** The weights of some network, asked for how wide it is. */
record StateDict(Map<String, Tensor> tensors) {
  /** As many names as tell a reader what network they are of. */
  private static final int NAMED = 4;

  /**
   * The output channels (or features) of a convolution (or linear layer) by its weight's name. A
   * weight that is missing, empty or of no such shape gives the published number instead, so that
   * the check against the graph can go on to list it.
   */
  int outChannels(String weight, int published) {
    Tensor tensor = tensors.get(weight);
    if (tensor == null) {
      return published;
    }
    Shape shape = tensor.shape();
    boolean usable = (shape.rank() == 4 || shape.rank() == 2) && shape.elementCount() > 0;
    return usable ? shape.dim(0) : published;
  }

  /** How many tensors there are, and the names of the first, for a message. */
  String summary() {
    String first =
        tensors.keySet().stream()
            .limit(NAMED)
            .map(WeightsFormatException::quote)
            .collect(Collectors.joining(", "));
    int size = tensors.size();
    return size + " tensors" + (size == 0 ? "" : ": " + first + (size > NAMED ? ", ..." : ""));
  }
}
