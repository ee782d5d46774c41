package dev.hydranet.engine.reference;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.tensor.Tensor;

/** Element-wise activations. {@link Math#max} and {@link Math#min} pass NaN on, as they must. */
final class ReferenceActivation {
  private ReferenceActivation() {}

  static void compute(Activation activation, Tensor in, Tensor out) {
    for (int i = 0; i < out.data().length; i++) {
      float x = in.data()[i];
      out.data()[i] =
          switch (activation.function()) {
            case RELU -> Math.max(x, 0);
            case RELU6 -> Math.min(Math.max(x, 0), 6);
          };
    }
  }
}
